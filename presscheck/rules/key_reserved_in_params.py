"""What Hugo reads itself does not stand inside `params`.

`params` is for the site's templates; Hugo looks at the top only. With `draft: true` inside `params` the draft is published,
with `date` there the page is dated `0001-01-01`, with `expiryDate` it stays for ever. In YAML it takes no more than two
spaces too many. Hugo says nothing.

Move the key out of `params`. It is left alone where the page sets the same key at the top, because templates may want
both. What stands in TOML below a line `[params]` is the business of `front-matter-key-captured`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.text import Span
from presscheck.toml_reader import TABLE_HEADER

SEVERITY = Severity.ERROR

_CONSEQUENCES = {
    "draft": "Hugo publishes the draft",
    "date": "Hugo dates the page 0001-01-01",
    "publishdate": "Hugo does not wait for the day",
    "expirydate": "Hugo publishes the page for ever",
    "title": "the page has no title",
    "aliases": "no redirect is made",
    "slug": "the page's address is made from its file name",
    "url": "the page's address is made from its file name",
    "lastmod": "the sitemap does not know when the page was changed",
    "weight": "Hugo sorts the page as if it had no weight",
    "layout": "the page is made with the usual template",
    "type": "the page is made with the usual template",
    "linktitle": "lists show the long title",
    "outputs": "Hugo writes the page in the usual formats only",
}
_OTHER_DATES = {
    "date": ("publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}
"""What sets a date as well."""
_PARAMS = frozenset(("params", "Params"))


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key directly inside `params` whether Hugo would have wanted it at the top."""
    document = page.front_matter.document
    if _PARAMS.isdisjoint([entry.path[0] for entry in document.entries]):
        return
    top = document.top
    for entry in document.below("params"):
        name = entry.name.lower()
        if name not in _CONSEQUENCES or name in top or not top.keys().isdisjoint(_OTHER_DATES.get(name, ())):
            continue
        if name == "draft" and entry.data is not True:
            continue
        line = page.source.line_span(entry.key_span.start)
        before = page.source.text[line.start : entry.key_span.start]
        is_below_header = bool(TABLE_HEADER.search(page.source.text, page.front_matter.content.start, line.start))
        if page.front_matter.notation == "toml" and is_below_header and not before.strip():
            continue  # front-matter-key-captured
        yield Finding(
            message=f"`{entry.name}` stands inside `params`, where Hugo does not look",
            span=entry.key_span,
            label=f"this is `{'.'.join(entry.path)}`",
            consequence=_CONSEQUENCES[name],
            help="move it out of `params`, to the top",
            fix=_fix(page, entry, line, before, is_below_header=is_below_header),
        )


def _fix(page: Page, entry: Entry, line: Span, before: str, *, is_below_header: bool) -> Fix | None:
    """A move to the top, where key and value stand alone on one line."""
    title = "move it to the top"
    if entry.value.span.end > line.end:
        return None
    written = page.source.text[entry.key_span.start : line.end].strip()
    if page.front_matter.notation == "yaml" and before and not before.strip():
        at = page.front_matter.content.start
        return Fix(title, Applicability.SAFE, (Edit(Span(at, at), written + "\n"), Edit(line, "")))
    dotted = page.source.slice(entry.key_span)
    if (
        page.front_matter.notation == "toml"
        and dotted.lower() == f"params.{entry.name.lower()}"
        and not is_below_header
    ):
        return Fix(title, Applicability.SAFE, (Edit(entry.key_span, entry.name),))
    return None
