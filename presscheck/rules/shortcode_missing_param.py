"""A shortcode of Hugo is told what it cannot do without.

`figure` without `src` makes a picture that comes from nowhere, and Hugo says nothing; `{{< figure "chart.png" >}}` is no
better, because `figure` wants names. `ref` with an empty path links to nothing, without a word. `ref` without any path,
`youtube`, `vimeo`, `instagram` and `x` without the number of what they show, `qr` without a text and `param` without a
key, or with one that neither the page nor the site sets, stop the build, and nothing is published.

Write what is missing. A misspelt parameter is the matter of `shortcode-unknown-param`, and this rule is silent about
that call. So it is about shortcodes for which the site or its theme has a template of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import PARAMETERS, STOPS, outside_code, template_of
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.text import Span

SEVERITY = Severity.ERROR

_WANTED: dict[str, tuple[tuple[str, int | None, str], ...]] = {
    "figure": (("src", None, "readers see a broken picture"),),
    "instagram": (("", 0, STOPS),),
    "param": (("", 0, STOPS),),
    "qr": (("text", None, STOPS),),
    "ref": (("path", 0, STOPS),),
    "relref": (("path", 0, STOPS),),
    "vimeo": (("id", 0, STOPS),),
    "x": (("user", None, STOPS), ("id", None, STOPS)),
    "youtube": (("id", 0, STOPS),),
}
"""For each shortcode: the parameter's name, its place where it may come without, and what happens without it."""
_WHAT = {"instagram": "the number of the post", "param": "a key"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every call of a shortcode that Hugo brings along whether it has what it needs."""
    config = page.config
    if not page.shortcodes or not config.templates_are_known:
        return
    for call in outside_code(page):
        wanted = _WANTED.get(call.name.lower())
        if call.is_closing or not wanted or not call.is_readable or template_of(config, call.name) is not None:
            continue
        known = PARAMETERS[call.name.lower()] or frozenset()
        if any(each.key is not None and each.key not in known for each in call.parameters):
            continue
        if call.name.lower() == "qr" and not call.is_self_closed and not _is_around_nothing(page, call):
            continue
        key = call.parameter("", 0)
        if call.name.lower() == "param" and key and key.value.strip() and not _is_set(page, key.value):
            yield _unset(key)
        for name, index, consequence in wanted:
            found = call.parameter(name, index)
            if not found or not found.value.strip():
                yield _finding(page, call, name, found, consequence)


def _is_around_nothing(page: Page, call: Shortcode) -> bool:
    """Whether nothing but white space stands between the call and the one that closes it."""
    closing = next(
        (each for each in page.shortcodes if each.span.start >= call.span.end and each.name == call.name), None
    )
    return bool(closing and closing.is_closing and not page.source.text[call.span.end : closing.span.start].strip())


def _is_set(page: Page, key: str) -> bool:
    """Whether the page, what hands down to it, or the site sets `key`, to something that is neither empty nor false."""
    name, _, below = key.lower().partition(".")
    if not page.config.is_whole or page.keys.has_mistakes:
        return True
    if name in page.keys.values and not below:
        data = page.keys.values[name]
        if data or isinstance(data, (dict, date, time)):
            return True
    elif name in page.keys.names:
        return True
    sites = [page.config.get("params", default={})]
    sites += [
        table.get("params", {})
        for table in page.config.get("languages", default={}).values()
        if isinstance(table, Mapping)
    ]
    return (
        name in page.inherited
        or name in page.inherited.get("params", {})
        or page.front_matter.document.at("params", name) is not None
        or any(name == str(each).lower() for table in sites for each in table)
    )


def _unset(key: Parameter) -> Finding:
    return Finding(
        message=f"nothing sets `{key.value}`, neither the page nor the site",
        span=key.span,
        label="or it is empty or false, which is the same to `param`",
        consequence=STOPS,
        help=f"set `{key.value}` in the front matter, or below `[params]` in the configuration",
    )


def _finding(page: Page, call: Shortcode, name: str, blank: Parameter | None, consequence: str) -> Finding:
    what = f"`{name}`" if name else _WHAT[call.name.lower()]
    if blank and call.name.lower() in {"ref", "relref"}:
        consequence = "the link leads nowhere, and Hugo says nothing"
    unnamed = [each for each in call.parameters if each.key is None]
    text = page.source.text
    if blank:
        edit = Edit(blank.span, "…")
    elif unnamed and name and len(unnamed) == 1:
        start = unnamed[0].span.start - (text[unnamed[0].span.start - 1] in '"`')
        edit = Edit(Span(start, start), f"{name}=")
    else:
        at = call.span.end - 3
        at -= text[at - 1] == "/"
        space = "" if text[at - 1] in " \t\n" else " "
        edit = Edit(Span(at, at), f'{space}{name}="…" ' if name else f'{space}"…" ')
    is_named = edit.text.endswith("=")
    return Finding(
        message=f"the shortcode `{call.name}` is not told {what}",
        span=call.span,
        label="nothing is in it" if blank else "it takes values with names only" if is_named else "",
        consequence=consequence,
        help=f"write `{edit.text}` before the value" if is_named else f"add {what}",
        fix=Fix(
            f"write `{edit.text}` before the value" if is_named else f"add {what}",
            Applicability.UNSAFE if is_named else Applicability.PLACEHOLDER,
            (edit,),
        ),
    )
