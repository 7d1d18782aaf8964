"""Hugo's own keys stand above the first table.

In TOML a line belongs to the table whose `[name]` stands above it. `draft = true` below `[params]` is therefore
`params.draft`, which means nothing to Hugo: the draft is published. A `date` below `[params]` leaves the page dated
0001-01-01, `tags` there leave it without tags. Hugo says nothing.

Move the key above the first `[…]` line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.keyed import Entry
from presscheck.site import Page
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
_NOT_CAPTURING = {"cascade", "menus", "menu", "resources", "build", "sitemap"}
_CONSEQUENCES = {
    "draft": "Hugo publishes the draft",
    "date": "Hugo dates the page 0001-01-01",
    "title": "the page has no title",
    "aliases": "no redirect is made",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key inside a table whether Hugo would have wanted it at the top."""
    if page.front_matter.notation != "toml":
        return
    for entry in page.front_matter.document.entries:
        if not _is_captured(page, entry):
            continue
        header = _header_above(page, entry)
        if not header:
            continue
        table = ".".join(entry.path[:-1])
        name = entry.name
        line = page.source.line_span(entry.key_span.start)
        is_one_line = entry.value.span.end <= line.end
        top = page.source.text[line.start : line.end]
        edits = (Edit(Span(header.start, header.start), top if top.endswith("\n") else top + "\n"), Edit(line, ""))
        consequence = _CONSEQUENCES.get(name.lower(), f"Hugo does not see `{name}`")
        if name.lower() == "draft" and entry.data is not True:
            consequence = "Hugo does not see it"
        yield Finding(
            message=f"`{name}` belongs to the table `[{table}]`, not to the page",
            span=entry.key_span,
            label=f"this is `{table}.{name}`",
            consequence=consequence,
            help=f"move it above `[{table}]`",
            notes=(Note("the table begins here", span=header),),
            fix=Fix(f"move it above `[{table}]`", Applicability.SAFE, edits) if is_one_line else None,
        )


def _is_captured(page: Page, entry: Entry) -> bool:
    if len(entry.path) != 2:
        return False
    table, name = (part.lower() for part in entry.path)
    if table in _NOT_CAPTURING or page.front_matter.get(name):
        return False
    return name in _ANYWHERE or name in page.config.taxonomies or (table == "params" and name in _BELOW_PARAMS)


def _header_above(page: Page, entry: Entry) -> Span | None:
    """The `[table]` line that captured the key; None when it stands inside an inline table."""
    line = page.source.line_span(entry.key_span.start)
    if page.source.text[line.start : entry.key_span.start].strip():
        return None
    pattern = re.compile(rf"^[ \t]*\[[ \t]*{re.escape(entry.path[0])}[ \t]*\]", re.MULTILINE)
    headers = list(pattern.finditer(page.source.text, page.front_matter.content.start, line.start))
    return Span(*headers[-1].span()) if headers else None
