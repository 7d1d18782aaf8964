"""A page has no more than 500 headings.

For each heading without words of its own Hugo tries the ids `heading`, `heading-1`, `heading-2` … until one is free, so that
its time grows with the square of their number: 20,000 headings that say the same take it 20 seconds, 50,000 more than
a minute, in a file that every check before took for small. It says nothing meanwhile.

Split the page. What was exported by a program, such as the log of all versions, is better written as a table or a list.

The limit counts all headings, as a page whose table of contents has more than 500 lines helps no reader either.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Page

SEVERITY = Severity.ERROR

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
