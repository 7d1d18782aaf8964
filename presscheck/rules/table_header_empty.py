"""Every column of a table says what is in it.

A table's first row names its columns. Where a name is missing, readers have to guess; those who listen to the page hear
each value with the name of its column, and here with none. Hugo writes an empty `<th></th>`.

Name the column in a word or two. A column of marks or numbers has a name too, such as "Result" or "No.".

The corner of a table that compares things, the first cell of its first row, may be empty: its column holds the names of
the rows. A table that has no names at all is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_MAYBE_EMPTY = re.compile(r"\|[ \t]*\|")
_CELL = re.compile(r"(?:\\.|[^|\\\n])*")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every cell in the first row of every table, but the first, whether something is in it."""
    text = page.source.text
    for table in page.markdown.tables:
        end = text.find("\n", table.start, table.end)
        if not _MAYBE_EMPTY.search(text, table.start, end if end >= 0 else table.end):
            continue
        cells = _cells(text, table.start, end if end >= 0 else table.end)
        empty = [cell for cell in cells if not text[cell.start : cell.end].strip()]
        if len(cells) > 1 and len(empty) == len(cells):
            yield _finding(Span(table.start, end), "the columns of this table have no names", None)
            continue
        for cell in empty:
            if cell is not cells[0]:
                yield _finding(_visible(cell), f"column {cells.index(cell) + 1} of this table has no name", cell)


def _cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of the row, without the bars on its edges."""
    if end > start and text[end - 1] == "\r":
        end -= 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    at = start + 1 if text.startswith("|", start) else start
    found: list[Span] = []
    while at <= end:
        match = _CELL.match(text, at, end)
        stop = match.end() if match else at
        if stop >= end and stop == at and found:
            break
        found.append(Span(at, stop))
        at = stop + 1
    return found


def _visible(cell: Span) -> Span:
    return cell if cell.end > cell.start else Span(cell.start, cell.start + 1)


def _finding(span: Span, message: str, cell: Span | None) -> Finding:
    return Finding(
        message=message,
        span=span,
        consequence="readers have to guess what is in it, and those who listen hear values without a name",
        help="name it in a word or two" if cell else "name each in a word or two",
        fix=Fix("name it", Applicability.PLACEHOLDER, (Edit(cell, " … "),)) if cell else None,
    )
