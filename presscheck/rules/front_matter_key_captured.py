"""Hugo's own keys stand above the first table.

In TOML a line belongs to the table whose `[name]` stands above it. `draft = true` below `[params]` is therefore
`params.draft`, which means nothing to Hugo: the draft is published. A `date` below `[params]` leaves the page dated
`0001-01-01`, an `expiryDate` there keeps it for ever. Below `[menus.main]` or `[[resources]]` it is the same, and there
`tags` are lost too. Hugo says nothing.

Move the key above the first `[…]` line. Only tags and the like may stay below `[params]`, where Hugo finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ANYWHERE = {"draft", "date", "publishdate", "expirydate", "lastmod", "aliases"}
_BELOW_PARAMS = {
    "title",
    "slug",
    "url",
    "weight",
    "type",
    "layout",
    "linktitle",
    "cascade",
    "build",
    "outputs",
    "menus",
}
_MENUS = {"menus", "menu"}
_HEADER = re.compile(r"^[ \t]*(\[\[?[^\[\]\r\n,]+\]?\])[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_CONSEQUENCES = {
    "draft": "Hugo publishes the draft",
    "date": "Hugo dates the page 0001-01-01",
    "title": "the page has no title",
    "aliases": "no redirect is made",
    "expirydate": "Hugo publishes the page for ever",
    "publishdate": "Hugo does not wait for the day",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key inside a table whether Hugo would have wanted it at the top."""
    if page.front_matter.notation != "toml":
        return
    text = page.source.text
    headers: list[re.Match[str]] | None = None
    for entry in page.front_matter.document.entries:
        if not _is_captured(page, entry):
            continue
        headers = _headers(page) if headers is None else headers
        line = page.source.line_span(entry.key_span.start)
        above = [header for header in headers if header.end() <= line.start]
        if not above or text[line.start : entry.key_span.start].strip():
            continue
        first, nearest = above[0], above[-1]
        name = entry.name
        moved = text[line.start : line.end].strip() + "\n"
        at = page.front_matter.content.start
        at += len(text[at : first.start()].rstrip())
        at = page.source.line_span(at).end if at > page.front_matter.content.start else first.start()
        consequence = _CONSEQUENCES.get(name.lower(), f"Hugo does not see `{name}`")
        if name.lower() == "draft" and entry.data is not True:
            consequence = "Hugo does not see it"
        yield Finding(
            message=f"`{name}` belongs to the table `{nearest[1]}`, not to the page",
            span=entry.key_span,
            label=f"this is `{'.'.join(entry.path)}`",
            consequence=consequence,
            help=f"move it above `{first[1]}`",
            notes=(Note("the table begins here", span=Span(*nearest.span(1))),),
            fix=Fix(f"move it above `{first[1]}`", Applicability.SAFE, (Edit(Span(at, at), moved), Edit(line, "")))
            if entry.value.span.end <= line.end
            else None,
        )


def _is_captured(page: Page, entry: Entry) -> bool:
    if len(entry.path) == 1:
        return False
    table, name = entry.path[0].lower(), entry.name.lower()
    if table == "cascade" or name in page.keys.names:
        return False
    if name == "draft":
        return True
    if table == "resources":
        return False
    if table not in _MENUS and len(entry.path) > 2:
        return False
    if table == "params":
        return name in _ANYWHERE or name in _BELOW_PARAMS
    return name in _ANYWHERE or name in page.config.taxonomies


def _headers(page: Page) -> list[re.Match[str]]:
    """The `[table]` lines of the front matter; lines of lists and of long texts look like them and are left out."""
    content = page.front_matter.content
    values = [entry.value.span for entry in page.front_matter.document.entries]
    return [
        header
        for header in _HEADER.finditer(page.source.text, content.start, content.end)
        if not any(span.start <= header.start(1) < span.end for span in values)
    ]
