"""`ref` and `relref` are given a page of this site.

They look a page up by its file. Of `{{< ref "https://elsewhere.example/" >}}` they take only the path, `/`, and so the link leads,
without a word from Hugo, to this site's own home page; with `https://elsewhere.example/posts/` to this site's own list of posts. `{{< ref "" >}}` makes
a link without an address.

Write an address on another site as it is, `[there](https://elsewhere.example/)`; the fix does. An empty call wants the file of a page,
`{{< ref "posts/tea.md" >}}`, or its address without any shortcode. What is a path and not found is for `link-broken`. Sites
that bring a `ref` of their own are not asked, nor is the whole address of a page of this site, which Hugo finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.facts import Target
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.site import Page, Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]+:)?//|mailto:|tel:", re.IGNORECASE)
_NAMES = frozenset({"ref", "relref"})


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each call of `ref` and `relref` whether it names a path."""
    for call, argument in _misused(page, site):
        yield _elsewhere(page, call, argument) if argument and argument.value.strip() else _empty(page, call, argument)


def is_misused(site: Site, page: Page, link: Target) -> bool:
    """Whether a call in the destination of `link` is reported here."""
    return any(link.start <= call.span.start < link.end for call, _ in _misused(page, site))


def _misused(page: Page, site: Site) -> Iterator[tuple[Shortcode, Parameter | None]]:
    """The calls that name no path, with what they name."""
    own = site.config.base_url or "\0"
    for call in page.shortcodes:
        if call.name not in _NAMES or call.is_closing or call.name in site.templates.shortcodes:
            continue
        argument = call.parameter("path", 0)
        value = argument.value.strip() if argument else ""
        if not value or (_SCHEME.match(value) and not (value + "/").startswith(own)):
            yield call, argument


def _empty(page: Page, call: Shortcode, argument: Parameter | None) -> Finding:
    span = argument.span if argument else call.span
    whole = page.source.text[span.start - 1 : span.end + 1] if argument else ""
    return Finding(
        message=f"`{call.name}` names no page",
        path=page.file,
        span=Span(span.start - 1, span.end + 1) if whole[:1] in {'"', "`"} else span,
        consequence="Hugo writes a link without an address" if argument else "Hugo stops the build",
        help=f'name the file of a page: `{{{{< {call.name} "posts/tea.md" >}}}}`, with the name that is meant',
    )


def _elsewhere(page: Page, call: Shortcode, argument: Parameter) -> Finding:
    text = page.source.text
    written = argument.value
    in_place = text[: call.span.start].endswith(("](", ": ")) and text.startswith((")", "\n", "\r", " "), call.span.end)
    host = written.partition("//")[2].partition("/")
    path = "/" + host[2].partition("#")[0].partition("?")[0]
    return Finding(
        message=f"`{call.name}` is for pages of this site, not for `{written}`",
        path=page.file,
        span=argument.span,
        label="an address, where the file of a page should be",
        consequence="Hugo finds no such page"
        if not host[0]
        else f"Hugo looks for the page `{path}` of this site: the link leads there, or the build stops",
        help=f"write `{written}` without `{call.name}`",
        fix=Fix(f"write `{written}`", Applicability.SAFE, (Edit(call.span, written),)) if in_place else None,
    )
