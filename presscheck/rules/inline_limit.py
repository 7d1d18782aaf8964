"""A paragraph has no more than 10,000 marks.

For each `[`, `*`, `_` or backtick that finds no counterpart at once, Hugo's parser looks back at all that are still
open: its time grows with the square of their number. 10,000 of them in one paragraph take it a fraction of a second, 40,000
take four, and 100,000, in a file of 250 kilobytes, well over half a minute. It says nothing meanwhile.

Divide the paragraph by blank lines, or put into a code block what a program wrote.

Code blocks, raw HTML and the addresses of links are not counted. The length of a line does not matter to Hugo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST = 10_000
_MARKS = "[*_`"
_BLANK = re.compile(r"\n[ \t]*\r?\n")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every paragraph how many marks it has."""
    text = page.source.text
    if not _may_be_long(text) or _count(text, 0, len(text)) <= _MOST:
        return
    prose = page.prose
    start = 0
    for end, following in [*(match.span() for match in _BLANK.finditer(prose)), (len(prose), len(prose))]:
        count = _count(prose, start, end)
        if count > _MOST:
            first = start + len(prose[start:end]) - len(prose[start:end].lstrip())
            yield Finding(
                message=f"this paragraph has {count:,} marks such as `[` and `*`",
                span=Span(first, first + 1),
                label="",
                consequence="Hugo's time grows with the square of their number",
                help=f"divide it by blank lines, or make it a code block; {_MOST:,} are the most",
            )
        start = following


def _may_be_long(text: str) -> bool:
    """Whether more than that many characters stand somewhere without an empty line."""
    at = 0
    while len(text) - at > _MOST:
        at = text.rfind("\n\n", at + 1, at + _MOST)
        if at < 0:
            return True
    return False


def _count(text: str, start: int, end: int) -> int:
    return sum(text.count(mark, start, end) for mark in _MARKS)
