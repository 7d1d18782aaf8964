"""What the rules about addresses share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Edit
from presscheck.keyed import Entry, Value
from presscheck.page import Page
from presscheck.rules._terms import removed
from presscheck.text import Span

_KEYS = {"slug", "url", "aliases"}


def written_addresses(page: Page) -> Iterator[tuple[str, Entry, Value]]:
    """What `page` says of its addresses: `slug`, `url` or `aliases`, the entry, and each text that it holds."""
    if _KEYS.isdisjoint(page.keys.values):
        return
    top = page.front_matter.document.top
    for key in ("slug", "url", "aliases"):
        entry = top.get(key)
        if not entry or (key == "slug" and page.get("url")):
            continue
        for value in entry.value.elements if key == "aliases" and entry.value.elements else (entry.value,):
            if isinstance(value.data, str) and value.data:
                yield key, entry, value


def without_item(page: Page, entry: Entry, span: Span) -> Edit:
    """Takes the item at `span` out of the list of `entry`, with its comma or its line; the entry goes with the last."""
    text = page.source.text
    spans = [value.span for value in entry.value.elements]
    if len(spans) < 2 or span not in spans:
        start = page.source.line_span(entry.key_span.start).start
        end = page.source.line_span(max(entry.value.span.end - 1, start)).end
        behind = text[entry.value.span.end : end].strip()
        if (
            page.front_matter.notation == "json"
            or text[start : entry.key_span.start].strip()
            or behind[:1] not in {"", "#"}
        ):
            return Edit(entry.value.span, "[]")
        return Edit(Span(start, end), "")
    return removed(page, entry, next(value for value in entry.value.elements if value.span == span))


def place_of(page: Page) -> Span:
    """What gives the page its address: `url`, `slug`, else the title, else its first line."""
    for key in ("url", "slug", "title"):
        entry = page.front_matter.get(key)
        if entry:
            return entry.value.span
    return page.source.first_line


def folder_of(address: str) -> str:
    """The address of the page that is written to the file at `address`: `/a/index.html` is what readers get at `/a/`."""
    return address.removesuffix("index.html") if posixpath.basename(address) == "index.html" else address
