"""A table has no more than 64 columns and 20,000 cells.

Hugo fills every row of a table up to the header's number of cells, so that rows of one character grow: of 6 kilobytes
that say 1,000 columns and 1,000 rows it makes a page of 117 megabytes, in 4 seconds and 1.4 gigabytes of memory; 40 kilobytes
end it for want of memory. It gives no warning before.

Split the table, or publish the numbers as a file beside the post and link to it.

Cells are counted as Hugo fills them: columns of the header times rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._tables import cells, row
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST_COLUMNS = 64
_MOST_CELLS = 20_000


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every table how many columns its header has, and how many rows are filled up to them."""
    for table in page.markdown.tables:
        # Every line has a character and a break, every column of the header two bars or one and a character.
        if table.end - table.start <= _MOST_COLUMNS:
            continue
        text = page.source.text
        end = text.find("\n", table.start, table.end)
        bars = text.count("|", table.start, end)
        lines = text.count("\n", table.start, table.end)
        if bars < _MOST_COLUMNS and (bars + 1) * lines <= _MOST_CELLS:
            continue
        header = row(text, Span(table.start, end))
        columns = len(cells(text, header))
        count = columns * max(lines - 1, 1)
        if columns > _MOST_COLUMNS or count > _MOST_CELLS:
            yield Finding(
                message=f"this table has {columns} columns"
                if columns > _MOST_COLUMNS
                else f"this table has {count:,} cells",
                span=header,
                label="",
                consequence="the page becomes many times as large as its file, or Hugo ends for want of memory",
                help=f"split it: {_MOST_COLUMNS} columns and {_MOST_CELLS:,} cells are the most",
            )
