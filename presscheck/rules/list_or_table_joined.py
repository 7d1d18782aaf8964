"""A blank line stands before a list that does not begin with 1, and behind a table.

A numbered list may follow a paragraph's last line only if it begins with 1: in `Then:`, `2. Ink`, `3. Paper` on three
lines Hugo sees one paragraph, and readers see the numbers in the middle of a sentence. And a line that follows a table's last
row is a row to Hugo, even without any bar: readers see it in the first column. Hugo says nothing in either case.

Put a blank line between.

Lists with `-`, `*` or `+`, and tables below a paragraph, need none. A single number at the beginning of a line, such as a
year, is not asked; two that follow one another are. Neither is a line of a shortcode or of attributes (`{.wide}`) behind
a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._tables import rows
from presscheck.text import Span

SEVERITY = Severity.WARNING

_NUMBERED = re.compile(r"\n(?P<number>\d{1,9})(?P<mark>[.)]) +\S")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every pair of numbered lines whether it is a list, and of every table's last line whether it is a row."""
    text = page.source.text
    is_numbered = any(map(str.isdecimal, page.line_signs))
    first = _NUMBERED.search(text, max(page.front_matter.span.end - 1, 0)) if is_numbered else None
    if first:
        yield from _lists(page, first.start())
    for table in page.markdown.tables:
        # Below the header and the dashes, a line without a bar.
        if "|" not in text[text.rfind("\n", 0, max(table.end - 1, 0)) : table.end]:
            yield from _table(page, table)


def _lists(page: Page, start: int) -> Iterator[Finding]:
    text = page.source.text
    found = list(_NUMBERED.finditer(text, start))
    lists = page.markdown.lists
    prose = ""
    last = -1
    number = 0
    for match, following in pairwise(found):
        goes_on = (
            text.find("\n", match.end()) == following.start() and int(following["number"]) == int(match["number"]) + 1
        )
        is_first = last != match.start()
        last = following.start() if goes_on else -1
        if not goes_on or not is_first or match["number"] == "1" or match["mark"] != following["mark"]:
            continue
        at = match.start("number")
        while number < len(lists) and lists[number].end <= at:
            number += 1
        if number < len(lists) and lists[number].start <= at:
            continue
        prose = prose or page.prose
        if prose[at] == " " or not prose[prose.rfind("\n", 0, match.start()) + 1 : match.start()].strip():
            continue
        line_break = "\r\n" if text[match.start() - 1] == "\r" else "\n"
        yield Finding(
            message=f"this list is no list: it begins with {match['number']} right below a paragraph",
            span=Span(at, match.end("mark")),
            label="",
            consequence="readers see the numbers in the middle of the paragraph",
            help="put a blank line before it",
            fix=Fix("put a blank line before it", Applicability.SAFE, (Edit(Span(at, at), line_break),)),
        )


def _table(page: Page, table: Span) -> Iterator[Finding]:
    text = page.source.text
    found = list(rows(text, table))
    first: Span | None = None
    for row in reversed(found[2:]):
        if "|" in text[row.start : row.end]:
            break
        first = row
    if first is None or "|" not in text[found[0].start + 1 : found[0].end - 1]:
        return
    words = text[first.start : first.end]
    if words.startswith("{") or not page.prose[first.start : first.end].strip():
        return
    line = text.rfind("\n", 0, first.start) + 1
    line_break = "\r\n" if text[line - 2 : line] == "\r\n" else "\n"
    is_plain = line == first.start
    yield Finding(
        message="this line is a row of the table above",
        span=first,
        label="",
        consequence="readers see it in the table's first column",
        help="put a blank line before it, or bars into it",
        fix=Fix("put a blank line before it", Applicability.SAFE, (Edit(Span(line, line), line_break),))
        if is_plain
        else None,
    )
