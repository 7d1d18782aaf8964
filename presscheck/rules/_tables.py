"""Rows and cells of tables as Hugo divides them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from presscheck.text import Span

_BAR = re.compile(r"(?<!\\)\|")
_INDENT = re.compile(r"[ \t>]*")


def rows(text: str, table: Span) -> Iterator[Span]:
    """The lines of `table`, the line of dashes among them, without indentation and line break."""
    at = table.start
    while at < table.end:
        end = text.find("\n", at, table.end)
        end = table.end if end < 0 else end
        yield row(text, Span(at, end))
        at = end + 1


def row(text: str, line: Span) -> Span:
    """`line` without what stands around the row: white space, and the signs of quotations."""
    indent = _INDENT.match(text, line.start, line.end)
    start = indent.end() if indent else line.start
    return Span(start, start + len(text[start : line.end].rstrip()))


def cells(text: str, row: Span) -> list[Span]:
    """The cells between the bars; code does not protect a bar, a backslash does."""
    start, end = row
    bars = [match.start() for match in _BAR.finditer(text, start, end)]
    if bars and bars[0] == start:
        start = bars.pop(0) + 1
    if bars and bars[-1] == end - 1:
        end = bars.pop()
    borders = [start - 1, *bars, end]
    return [Span(left + 1, right) for left, right in pairwise(borders)]
