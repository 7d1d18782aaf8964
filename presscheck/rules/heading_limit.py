"""A page has no more than 500 headings.

For a heading that says what others say, Hugo tries the ids `fixed`, `fixed-1`, `fixed-2` … until one is free, so that its
time grows with the square of their number: 20,000 headings of the same words, a file of 80 kilobytes, take it 20 seconds,
50,000 more than a minute. It says nothing meanwhile.

Split the page. What was exported by a program, such as the log of all versions, is better written as a table or a list.

The limit counts all headings, as a page whose table of contents has more than 500 lines helps no reader either.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST = 500


def check_page(page: Page) -> Iterator[Finding]:
    """Ask how many headings there are."""
    headings = page.markdown.headings
    if len(headings) > _MOST:
        yield Finding(
            message=f"this page has {len(headings)} headings",
            span=headings[_MOST].span,
            label=f"number {_MOST + 1}",
            consequence="Hugo's time grows with the square of their number, and nobody reads such a table of contents",
            help="split the page, or write the entries as a list",
        )
