r"""A table is a table, and no row has more cells than its header.

What stands in a row behind the last column of the header is gone from the page. Often a bar inside code is the reason:
it divides cells there as well, so that `` `a|b` `` becomes two. And without a line of dashes below the header, with as many
parts as the header has cells, there is no table at all: Hugo prints the rows as one paragraph with bars in it. It says
nothing in either case.

Give the header a column more, or write `\|` for a bar that is to be seen, inside code too. Let the line of dashes have
the header's number of cells: `| --- | --- |`.

Cells too many without words in them are no loss, and rows with cells missing are filled by Hugo.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import methodcaller

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page
from presscheck.rules._tables import cells, row, rows
from presscheck.text import Span

SEVERITY = Severity.ERROR

_DASHES = re.compile(r"[ \t]*\|?(?=[^\n]*\|)(?=[^\n]*-)[-:| \t]+$")
_DASHES_LINE = re.compile(r"^[ \t>]*(?:\||:?-)[-:| \t]*\r?$", re.MULTILINE)
_NEARLY_DASHES = re.compile(r"[-–—=_:|+ \t]+$")
_ROWS = re.compile(r"^[ \t>]*\|[^\n]*\|[ \t]*\r?\n(?:[ \t>]*\|[^\n]*\|[ \t]*(?:\r?\n|\Z))+", re.MULTILINE)
_INDENTED = 10
"""How far a table may begin behind the beginning of its line."""
_LONG = 60
_BARS = methodcaller("count", "|")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+\1(?!`)")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every row whether all its cells are shown, and of every row outside tables why it is there."""
    text = page.source.text
    bars = text.count("|", page.front_matter.span.end)
    if not bars or not page.config.dialect.tables:  # `markdown-feature-off` says so
        return
    tables = page.markdown.tables
    for table in tables:
        bars -= text.count("|", table.start, table.end)
        yield from _lost(text, table)
    if not bars:
        return
    for code in page.markdown.code:
        bars -= text.count("|", code.start, code.end)
    if bars > 1:
        yield from _not_read(page)


def _lost(text: str, table: Span) -> Iterator[Finding]:
    block = text[table.start : table.end].rstrip()
    lines = block.split("\n")
    most = lines[0].count("|")
    # Where every row has bars at both ends, one with no more bars than the header has no more cells.
    if (
        block.count("|\n|") == len(lines) - 1
        and block[0] == "|"
        and max(map(_BARS, lines)) <= most
        and ("\\" not in block or "\\|" not in block)
    ):
        return
    header = None
    for each in rows(text, table):
        found = cells(text, each)
        if header is None:
            header = found
            continue
        if any(text[cell.start : cell.end].strip() for cell in found[len(header) :]):
            yield _row(text, table, each, found, len(header))


def _row(text: str, table: Span, line: Span, found: list[Span], columns: int) -> Finding:
    count = len(found)
    lost = [row(text, cell) for cell in found[columns:]]
    start = next(cell.start for cell in lost if cell.end > cell.start)
    end = max(cell.end for cell in lost if cell.end > cell.start)
    edits = tuple(
        Edit(Span(line.start + code.start() + at, line.start + code.start() + at + 1), "\\|")
        for code in _CODE.finditer(text[line.start : line.end])
        for at in [match.start() for match in re.finditer(r"(?<!\\)\|", code[0])]
    )
    mends = edits and count - len(edits) <= columns
    return Finding(
        message=f"this row has {count} cells, the header {columns}",
        span=Span(start, end),
        label="not on the page",
        consequence=f"readers never see `{text[start:end] if end - start < _LONG else text[start : start + _LONG] + '…'}`",
        help="write `\\|` for the bar inside code"
        if mends
        else "give the header another column, or put these words into the last one",
        notes=(Note("the header", span=next(rows(text, table))),),
        fix=Fix("write `\\|` for the bar inside code", Applicability.UNSAFE, edits) if mends else None,
    )


def _not_read(page: Page) -> Iterator[Finding]:
    """Rows outside tables."""
    text, prose = page.source.text, page.prose
    inside = page.markdown.tables
    found_at = -1
    for dashes in _DASHES_LINE.finditer(prose):
        if "|" not in dashes[0] or "-" not in dashes[0] or _is_in(inside, dashes.start()):
            continue
        line_above = page.source.line_span(max(dashes.start() - 1, 0))
        header = row(text, Span(line_above.start, dashes.start()))
        if "|" not in prose[header.start : header.end] or dashes.start() == 0:
            continue
        columns, parts = len(cells(text, header)), len(cells(text, row(text, Span(*dashes.span()))))
        if columns != parts:
            found_at = header.start
            yield _no_table(text, header, row(text, Span(*dashes.span())), columns, parts)
    for block in _ROWS.finditer(prose):
        lines = [row(text, line) for line in _lines(prose, Span(*block.span()))]
        if lines[0].start == found_at or _is_in(inside, block.start()):
            continue
        if any(_DASHES.match(prose, *line) for line in lines) or not all(
            "|" in prose[line.start + 1 : line.end] for line in lines
        ):
            continue
        second = lines[1]
        nearly = _NEARLY_DASHES.match(text, *second)
        yield _no_table(text, lines[0], second if nearly else None, len(cells(text, lines[0])), 0)


def _lines(text: str, block: Span) -> Iterator[Span]:
    at = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        yield Span(at, at + len(line))
        at += len(line)


def _is_in(tables: tuple[Span, ...], line: int) -> bool:
    """Whether the line that begins at `line` belongs to a table; the first of a quoted table begins before it."""
    number = bisect_right(tables, (line,))
    return (number > 0 and line < tables[number - 1].end) or (
        number < len(tables) and tables[number].start - line < _INDENTED
    )


def _no_table(text: str, header: Span, dashes: Span | None, columns: int, parts: int) -> Finding:
    right = "|" + " --- |" * columns
    if dashes is None:
        line = text.rfind("\n", 0, header.start) + 1
        edit = Edit(Span(header.end, header.end), "\n" + text[line : header.start] + right)
    else:
        edit = Edit(dashes, right)
    if parts:
        message = (
            f"these rows are no table: the line of dashes has {parts} cell{'s' * (parts > 1)}, the header {columns}"
        )
    elif dashes:
        message = "these rows are no table: the line below the header is not made of `-` and `|`"
    else:
        message = "these rows are no table: no line of dashes stands below the header"
    return Finding(
        message=message,
        span=dashes or header,
        label="",
        consequence="readers see one paragraph with bars in it",
        help=f"write `{right}` below the header" if dashes is None else f"write `{right}`",
        fix=Fix(f"{'add' if dashes is None else 'write'} `{right}`", Applicability.UNSAFE, (edit,)),
    )
