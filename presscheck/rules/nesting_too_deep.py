"""Lists and quotations lie in one another no more than 32 deep.

Each `>` and each step of a list opens a block inside the one before, and Hugo's parser goes through all of them again for
every line: 50,000 of them, a file of 100 kilobytes, take it a quarter of a minute, and a list of 5,000 steps more than
a minute. It says nothing meanwhile, and no screen has room for what it makes.

Write fewer levels. A row of `>` or `-` that was to be a line or an arrow belongs between backticks, or is a rule of
three: `---`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_DEEPEST = 32


def check_page(page: Page) -> Iterator[Finding]:
    """Ask how deep the deepest lies."""
    markdown = page.markdown
    if markdown.depth > _DEEPEST and markdown.deepest:
        start = markdown.deepest.start
        yield Finding(
            message=f"{markdown.depth} lists and quotations lie in one another here",
            span=Span(start, start + 1),
            label="the innermost",
            consequence="Hugo's time grows with the square of their number, and the text is indented out of sight",
            help=f"write no more than {_DEEPEST} levels",
        )
