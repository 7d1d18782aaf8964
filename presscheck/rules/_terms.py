"""What the rules about tags and other terms share."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator

from presscheck.diagnostics import Edit
from presscheck.keyed import Entry, Value
from presscheck.page import Page
from presscheck.site import Term
from presscheck.text import Span

_BEFORE = re.compile(r"[ \t]*(?:-[ \t]+)?")
_BEHIND = re.compile(r"[ \t]*,?[ \t]*(?:#.*)?\r?\n?\Z")


def term_entries(page: Page) -> Iterator[tuple[str, Entry]]:
    """The taxonomies that `page` names terms of, with the entries that Hugo takes: `[params]` goes before the top."""
    document = page.front_matter.document
    entries = document.entries
    top = document.top
    # A table is an entry of its own, or else is written in TOML, where nothing of the top can follow it.
    has_tables = bool(entries) and (len(entries[-1].path) > 1 or "params" in top)
    if has_tables and not page.front_matter.is_in_place:
        return
    for taxonomy in page.config.taxonomies:
        entry = document.at("params", taxonomy) if has_tables else None
        entry = entry or top.get(taxonomy)
        if entry and page.front_matter.is_in_place:
            yield taxonomy, entry


def entry_of(term: Term) -> Entry | None:
    """The entry that `term` stands in."""
    for taxonomy, entry in term_entries(term.page):
        if taxonomy == term.taxonomy:
            return entry
    return None


def respelt(page: Page, value: Value, name: str) -> Edit | None:
    """Puts `name` where `value` stands, in the same quotes; None when it is not written as it reads."""
    written = page.source.slice(value.span)
    inner = written[1:-1] if written[:1] in {'"', "'"} else written
    if inner != value.data or "\n" in written:
        return None
    if written[:1] == "'" and "'" not in name:
        return Edit(value.span, f"'{name}'")
    return Edit(value.span, json.dumps(name, ensure_ascii=False))


def removed(page: Page, entry: Entry, value: Value) -> Edit:
    """Takes `value` out of the list of `entry`, with the comma, or the line and its comment, that goes with it."""
    text = page.source.text
    elements = entry.value.elements
    at = bisect_left(elements, value.span.start, key=lambda each: each.span.start)
    if not elements:
        return Edit(value.span, "[]")
    is_last = at + 1 == len(elements)
    line = Span(text.rfind("\n", 0, value.span.start) + 1, text.find("\n", value.span.end) + 1)  # fast on long lines
    stands_alone = _BEFORE.fullmatch(text, line.start, value.span.start) and _BEHIND.match(
        text, value.span.end, line.end
    )
    if stands_alone and not (is_last and page.front_matter.notation == "json"):
        return Edit(line, "")
    if text[entry.value.span.start] == "-":
        return Edit(value.span, "null")
    if not is_last:
        return Edit(Span(value.span.start, elements[at + 1].span.start), "")
    start = elements[at - 1].span.end if at else value.span.start
    # A comment of the one before stays; the comma that is left over is allowed.
    return Edit(value.span if "#" in text[start : value.span.start] else Span(start, value.span.end), "")


def plural(count: int, noun: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{count} {noun}{'s' * (count != 1)}"
