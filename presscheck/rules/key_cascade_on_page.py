"""What is to hold for many pages stands in a section's `_index.md`.

`cascade` hands its keys down to the pages below. A single page has none below it: there, Hugo applies the keys to the page
itself, and to no other. With `draft` or `build` inside, the page itself disappears; its neighbours, which were meant, do
not. Hugo says nothing.

Move `cascade` to the `_index.md` of the folder, or, if the keys are meant for this page, write them without `cascade`. A
page whose folder holds further pages as its parts is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.WARNING


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of a `cascade` whether it stands where there are pages below."""
    if "cascade" not in page.keys.names or page.kind != "page":
        return
    entries = page.front_matter.document.entries
    if page.path in site.swallowed:
        return
    entry = next(entry for entry in entries if entry.path[0].lower() == "cascade")
    is_hiding = any(
        each.path[0].lower() == "cascade" and each.name == "draft" and each.data is True for each in entries
    )
    is_hiding = is_hiding or any(table.get("draft") is True for table in _tables(entry.data))
    yield Finding(
        message="`cascade` of a single page reaches no other page",
        span=entry.key_span,
        label=f"this is `{'.'.join(entry.path)}`" if len(entry.path) > 1 else "no page is below this one",
        consequence="it hides this page, and none of its neighbours"
        if is_hiding
        else "it holds for this page, and for none of its neighbours",
        help="move it to the `_index.md` of the folder, or write the keys without `cascade`",
    )


def _tables(data: object) -> Iterator[dict[object, object]]:
    """The tables that a `cascade` on one line, or a list of them, is made of."""
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            yield each
