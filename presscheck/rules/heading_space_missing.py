"""A space stands between a heading's `#` and its words.

`##Setup` is no heading: Hugo prints the line as it stands, marks and all, as part of a paragraph. It is missing from the table
of contents, no link leads to it, and Hugo says nothing.

Put a space behind the marks: `## Setup`.

A line that begins with a single `#` may be a tag or a number: it is asked only where it stands alone as a paragraph, begins
with a capital, and holds no other `#`. Code is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_LINE = re.compile(r"^(?P<marks>#{1,6})(?P<words>[^#\s!][^\n\r]*)", re.MULTILINE)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every line that begins with `#` and goes on without a space whether it was to be a heading."""
    if "#" not in page.line_signs:
        return
    prose = page.prose
    for line in _LINE.finditer(prose, page.front_matter.span.end):
        marks, words = line["marks"], line["words"].strip()
        if len(marks) == 1 and not _is_heading(prose, line, words):
            continue
        at = line.end("marks")
        is_sure = len(marks) > 1 or " " in words
        yield Finding(
            message=f"`{marks}{_short(words)}` is no heading: a space is missing behind `{marks}`",
            span=Span(line.start(), at + 1),
            label="",
            consequence=f"readers see `{marks}` in the text, and the heading is missing from the table of contents",
            help=f"write `{marks} {_short(words)}`",
            fix=Fix(
                "put a space behind it",
                Applicability.SAFE if is_sure else Applicability.UNSAFE,
                (Edit(Span(at, at), " "),),
            ),
        )


def _is_heading(prose: str, line: re.Match[str], words: str) -> bool:
    """Whether a line with a single `#` stands alone, and neither names tags nor a number."""
    if not words[0].isupper() or "#" in words:
        return False
    above = prose[prose.rfind("\n", 0, max(line.start() - 1, 0)) + 1 : line.start()]
    below = prose[line.end() : line.end() + 400].lstrip("\r").removeprefix("\n").partition("\n")[0]
    return not above.strip() and not below.strip()


def _short(words: str) -> str:
    return words if len(words) < 40 else words[:39] + "…"
