"""A shortcode call is written so that Hugo takes it for one.

A call begins with `{{<` or `{{%` and ends with `>}}` or `%}}`, letter by letter. With a space in between, as in
`{{ < figure src="a.png" >}}`, or with one brace, it is text like any other: Hugo says nothing, and readers see braces
where a picture should be. When only the end is wrong, with one brace or a space in it, when a value with a colon or a comma
stands without quotes, when some values have a name and others have none, or when a quotation mark is not closed in its
line, Hugo stops and publishes nothing; it names the first such place only.

Write the braces together, put values into straight double quotes, and give all of them a name or none.

Code is not asked, nor is what stands in an HTML comment, as far as Hugo takes it for text. With one brace, only the name
of a shortcode that exists makes it a mistake. Curly quotation marks are the matter of `shortcode-smart-quotes`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._shortcodes import is_embedded, outside_code
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_PRINTED = re.compile(
    r"(?<!\{)(?:\{\{[ \t]{1,3}(?P<mark>[<%])|\{(?P<one><))(?P<inside>[ \t]*/?[ \t]*(?P<name>\w[\w/-]{0,80})(?=[ \t>%])[^{}\r\n]{0,1000}?)"
    r"(?:(?P<end>[>%])[ \t]{0,3}\}{1,2})(?!\})"
)
_OPENING = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"[ \t]*/?[ \t]*(\w[\w/-]{0,80})")
_LINE = re.compile(r"[^{}\r\n]{0,2000}")
_END = re.compile(r"[ \t]*[<>%]{0,2}[ \t]{0,3}\}{1,2}")
_ENDS = {"<": ">", "%": "%"}
_TOKEN = re.compile(r"[^\s\"`]*")
_BARE = re.compile(r"[\w.-]+/?\Z")
_CURLY = frozenset("“”„‟‘’‚‛«»'")
_MOST = 100
"""How many calls without an end are reported of one page."""
_STOPS = "Hugo stops here, and nothing of the site is published"
_PRINTS = "readers see this text instead of what the shortcode makes"


def check_page(page: Page) -> Iterator[Finding]:
    """Look for what is nearly a call, and for calls that Hugo cannot read."""
    config = page.config
    text = page.source.text
    if "{" not in text or ("{{" not in text and "{<" not in text):
        return
    start = page.front_matter.span.end
    shown: list[Span] | None = None
    for match in _PRINTED.finditer(text, start):
        if match["one"] and not _exists(config, match["name"]):
            continue
        shown = _not_for_readers(page) if shown is None else shown
        if _ENDS[match["mark"] or match["one"]] == match["end"] and not _is_inside(match.start(), shown):
            yield _printed(config, match)
    if not page.shortcodes and text.find("{{<", start) < 0 and text.find("{{%", start) < 0:
        return
    for call in outside_code(page):
        yield from _unreadable(page, call)
    yield from _unended(page, config, start)


def _exists(config: Config, name: str) -> bool:
    return is_embedded(name.lower()) or name in config.templates.shortcodes


def _not_for_readers(page: Page) -> list[Span]:
    text = page.source.text
    comments = [span for span in page.markdown.html if text.startswith("<!--", span.start)]
    return sorted([*page.markdown.code, *comments])


def _is_inside(at: int, spans: list[Span]) -> bool:
    nearest = bisect_right(spans, (at, len(spans) and spans[-1].end)) - 1
    return nearest >= 0 and at < spans[nearest].end


def _printed(config: Config, match: re.Match[str]) -> Finding:
    mark, end = match["mark"] or match["one"], match["end"]
    inside = match["inside"].strip(" \t")
    if match["inside"].endswith("/"):
        inside = f"{inside[:-1].rstrip()} /"
    meant = f"{{{{{mark} {inside} {end}}}}}"
    is_sure = _exists(config, match["name"])
    return Finding(
        message=f"this is not a call of the shortcode `{match['name']}`",
        span=Span(*match.span()),
        label="one brace, where Hugo wants two" if match["one"] else "a space stands between the braces",
        consequence=_PRINTS,
        help="write the braces and the sign behind them together",
        fix=Fix(
            "write it as a call",
            Applicability.SAFE if is_sure else Applicability.UNSAFE,
            (Edit(Span(*match.span()), meant),),
        ),
    )


def _unreadable(page: Page, call: Shortcode) -> Iterator[Finding]:
    """Ask of a call that is complete whether Hugo can read what stands in it."""
    text = page.source.text
    inside = text[call.span.start + 3 : call.span.end - 3]
    if not call.parameters:
        if not call.is_closing and re.fullmatch(r"\s*[\w/-]*\w/", inside):
            at = call.span.end - 4
            yield Finding(
                message=f"a space is missing before the `/` of `{call.name}/`",
                span=Span(at, at + 1),
                label="Hugo takes it for a part of the name",
                consequence=_STOPS,
                help="write a space before it",
                fix=Fix("write a space before it", Applicability.SAFE, (Edit(Span(at, at), " "),)),
            )
        return
    if _CURLY & set(inside):
        return
    for parameter in call.parameters:
        before = text[parameter.span.start - 1]
        if before == '"' and "\n" in parameter.value:
            yield Finding(
                message="a quotation mark is not closed in its line",
                span=Span(parameter.span.start - 1, parameter.span.start),
                consequence=_STOPS,
                help='write `"` where the value ends, or put a longer text between two backticks',
            )
            return
        if "}}" in parameter.value and before not in '"`':
            yield _runs_on(call)
            return
    named = [each for each in call.parameters if each.key is not None]
    unnamed = [each for each in call.parameters if each.key is None]
    unquoted = list(_unquoted(text, unnamed, call.span.end - 3))
    if not unquoted and named and unnamed:
        yield _mixed(call, named, unnamed)
    yield from unquoted


def _runs_on(call: Shortcode) -> Finding:
    return Finding(
        message=f"the call of the shortcode `{call.name}` does not end with the sign that it begins with",
        span=Span(call.span.start, call.span.start + 3),
        label="it ends much later than it should",
        consequence=_STOPS,
        help="close it with `>}}`, or with `%}}` if it begins with `{{%`",
    )


def _mixed(call: Shortcode, named: list[Parameter], unnamed: list[Parameter]) -> Finding:
    return Finding(
        message=f"`{_short(unnamed[0].value)}` has no name, but `{named[0].key}` is one",
        span=unnamed[0].span,
        label="a value without a name",
        consequence=_STOPS,
        help=f"give each value of `{call.name}` a name, or none; a value with a space needs straight double quotes",
    )


def _unquoted(text: str, unnamed: list[Parameter], end: int) -> Iterator[Finding]:
    at = 0
    for parameter in unnamed:
        start = parameter.span.start
        if start < at or text[start - 1] in '"`' or (_BARE.match(parameter.value) and text[parameter.span.end] != "/"):
            continue
        token = _TOKEN.match(text, start, end)
        span = Span(start, token.end() if token else parameter.span.end)
        at = span.end
        value = text[span.start : span.end]
        yield Finding(
            message=f"`{_short(value)}` is not in quotes",
            span=span,
            label="without them, only letters, digits, `-`, `_` and `.` may be in it",
            consequence=_STOPS,
            help=f'write `"{_short(value)}"`',
            fix=Fix("put it into quotes", Applicability.SAFE, (Edit(span, f'"{value}"'),)),
        )


def _unended(page: Page, config: Config, start: int) -> Iterator[Finding]:
    """Ask of every `{{<` that begins no complete call how it was meant."""
    text = page.source.text
    starts = [call.span.start for call in page.shortcodes]
    left = _MOST
    for match in _OPENING.finditer(text, start):
        at = bisect_left(starts, match.start())
        if at < len(starts) and starts[at] == match.start():
            continue
        if at and match.start() < page.shortcodes[at - 1].span.end:
            continue
        yield from _one_unended(config, text, match)
        left -= 1
        if not left:
            return


def _one_unended(config: Config, text: str, match: re.Match[str]) -> Iterator[Finding]:
    mark = match[1]
    right = ">}}" if mark == "<" else "%}}"
    if text.startswith("/*", match.end()):
        if text.find(f"*/{right}", match.end()) < 0:
            yield Finding(
                message=f"this quotation of a call has no `*/{right}`",
                span=Span(match.start(), match.end() + 2),
                consequence=_STOPS,
                help=f"write `*/{right}` where the call ends",
            )
        return
    line = _LINE.match(text, match.end())
    inside = line[0] if line else ""
    if _CURLY & set(inside):
        return
    extra = int(inside.startswith("<"))
    name = _NAME.match(inside, extra)
    ending = _END.match(text, match.end() + len(inside.rstrip(" \t<>%")))
    span = Span(match.start(), ending.end() if ending else match.end())
    fix = None
    if name and ending and inside.count('"') % 2 == 0:
        applicability = Applicability.SAFE if _exists(config, name[1]) else Applicability.UNSAFE
        edits = (Edit(Span(match.end(), match.end() + 1), ""),) if extra else ()
        fix = Fix(
            f"write `{{{{{mark}` and `{right}` around it",
            applicability,
            (*edits, Edit(Span(*ending.span()), f" {right}")),
        )
    yield Finding(
        message=f"the call of the shortcode `{name[1]}` {'begins with one `<` too many' if extra else f'does not end with `{right}`'}"
        if name
        else "this call names no shortcode",
        span=span,
        label="" if name else "Hugo takes this for the beginning of a call",
        consequence=_STOPS,
        help=f"write `{{{{{mark}` and `{right}` around it"
        if name
        else "write a name, or put `{{` in backticks apart from what follows",
        fix=fix,
    )


def _short(value: str) -> str:
    return value if len(value) < 40 else value[:39] + "…"
