"""How an alias is added to a page, in whatever notation its front matter has."""

from __future__ import annotations

import json

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.text import Span
from presscheck.toml_reader import quoted


def written(page: Page, address: str) -> str:
    """The line that sets `address` as the only alias of `page`, in its notation."""
    value = _value(page, address)
    notation = page.front_matter.notation
    return {"yaml": f"aliases: [{value}]", "json": f'"aliases": [{value}]'}.get(notation, f"aliases = [{value}]")


def alias_fix(page: Page, address: str, applicability: Applicability) -> Fix | None:
    """The fix that adds the alias `address` to `page`; None where its front matter cannot be read, or there is none."""
    if not page.front_matter.is_read_by_hugo:
        return None
    entry = page.front_matter.get("aliases")
    edit = _added(page, entry, address) if entry else _begun(page, address)
    return Fix("leave an alias behind", applicability, (edit,)) if edit else None


def _value(page: Page, address: str) -> str:
    return quoted(address) if page.front_matter.notation == "toml" else json.dumps(address, ensure_ascii=False)


def _begun(page: Page, address: str) -> Edit:
    front_matter = page.front_matter
    line = written(page, address)
    at = front_matter.content.start
    text = page.source.text
    if front_matter.notation != "json":
        return Edit(Span(at, at), line + _line_break(text, front_matter.span.start))
    if not front_matter.document.entries:
        return Edit(front_matter.content, f"{{{line}}}")
    first = front_matter.document.entries[0].key_span.start
    gap = text[at + 1 : first]
    return Edit(Span(at + 1, at + 1), f"{gap}{line}," if gap.strip() == "" else f" {line},")


def _added(page: Page, entry: Entry, address: str) -> Edit | None:
    """Behind the last alias of a list, or in a list with the one that was there."""
    value = _value(page, address)
    text = page.source.text
    elements = entry.value.elements
    span = entry.value.span
    if isinstance(entry.data, str):
        return Edit(span, f"[{_value(page, entry.data)}, {value}]")
    if entry.data is None:
        return Edit(span, f"[{value}]" if text[span.start - 1 : span.start].isspace() else f" [{value}]")
    if not isinstance(entry.data, list):
        return None
    if not elements:
        return Edit(span, f"[{value}]")
    last = elements[-1].span
    line = page.source.line_span(last.start)
    before = text[line.start : last.start]
    if page.front_matter.notation == "yaml" and before.strip() == "-" and text[span.start : span.start + 1] != "[":
        end = line.start + len(text[line.start : line.end].rstrip("\r\n"))
        return Edit(Span(end, end), _line_break(text, last.start) + before + value)
    return Edit(Span(last.end, last.end), f", {value}")


def _line_break(text: str, at: int) -> str:
    """The line break that the file uses, at the first line behind `at`."""
    end = text.find("\n", at)
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
