"""`ref` and `relref` are given a page of this site.

They look a page up by its file. Of `{{< ref "https://elsewhere.example/" >}}` they take only the path, `/`, and so the link leads,
without a word from Hugo, to this site's own home page; with `https://elsewhere.example/posts/` to this site's own list of posts. `{{< ref "" >}}` makes
a link without an address.

Write an address on another site as it is, `[there](https://elsewhere.example/)`; the fix does. An empty call wants the file of a page,
`{{< ref "posts/tea.md" >}}`, or its address without any shortcode. What is a path and not found is for `link-broken`. Sites
that bring a `ref` of their own are not asked, nor is the whole address of a page of this site, which Hugo finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._destinations import misused
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each call of `ref` and `relref` whether it names a path."""
    for call, argument in misused(page, site):
        yield _elsewhere(page, call, argument) if argument and argument.value.strip() else _empty(page, call, argument)


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
    in_place = text.endswith(("](", ": "), 0, call.span.start) and text.startswith(
        (")", "\n", "\r", " "), call.span.end
    )
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
