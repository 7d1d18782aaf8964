"""The id of a heading is a text, and so is what the attributes of a table hold.

`## Step three {id=3}` gives the heading a number for an id, and Hugo stops: nothing of the site is published, and the message,
`interface {} is float64, not []uint8`, names neither the file nor the line. `true`, `null`, lists and braces do the same. It
stops at `null`, braces and lists of numbers below a table, too. Other values, `{width=3}`, are written as they are.

Put the value in double quotes; `presscheck fix` does so where it is a single one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.attributes import Attributes, attributes_at, items_of, kind_of
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_BELOW = re.compile(r"[ \t>\r]*\n[ \t>]*(?=\{)")
_KINDS = {"list": "a list", "table": "braces", "number": "a number", "boolean": "true or false", "nothing": "nothing"}
_SINGLE = frozenset({"number", "boolean"})
_NUMBER = re.compile(r"[+-]?\d")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the attributes of every heading, and of every table, whether Hugo can write them."""
    text = page.source.text
    if "{" not in text:
        return
    for heading in page.markdown.headings:
        if heading.attributes:
            ids = [span for name, span in items_of(text, heading.attributes) if name == "id"]
            if ids and text[ids[-1].start - 1] != "#" and kind_of(text[ids[-1].start : ids[-1].end]) != "text":
                yield _finding(text, "id", ids[-1], "the id of a heading", is_sure=len(ids) == 1)
    if not page.config.dialect.block_attributes:
        return
    for table in page.markdown.tables:
        for name, span in items_of(text, found) if (found := _below(text, table)) else ():
            if text[span.start - 1] not in "#." and not _is_written(text[span.start : span.end]):
                yield _finding(text, name, span, f"`{name}` of a table", is_sure=True)


def _below(text: str, table: Span) -> Attributes | None:
    """The attributes on the line below a table."""
    end = table.start + len(text[table.start : table.end].rstrip())
    below = _BELOW.match(text, end)
    return attributes_at(text, below.end(), len(text)) if below else None


def _is_written(value: str) -> bool:
    """Whether Hugo's template for tables can write the value."""
    kind = kind_of(value)
    if kind == "list":
        return not _NUMBER.match(value[1:].lstrip())
    return kind not in {"table", "nothing"}


def _finding(text: str, name: str, span: Span, what: str, *, is_sure: bool) -> Finding:
    written = text[span.start : span.end]
    kind = kind_of(written)
    fix = None
    if kind in _SINGLE:
        applicability = Applicability.SAFE if is_sure else Applicability.UNSAFE
        fix = Fix("put it in quotes", applicability, (Edit(span, f'"{written}"'),))
    return Finding(
        message=f"{what} is {_KINDS.get(kind, kind)}, not a text",
        span=span,
        label=f"`{name}` takes a text in double quotes",
        consequence="Hugo stops, and does not say where",
        help=f'write `{name}="{written}"`' if fix else f'write `{name}="…"`, or leave it out',
        fix=fix,
    )
