"""A page's file is not longer than 256 KiB.

The time that Hugo needs for a page can grow with the square of its length: 5,000 headings in one file took it 0.8 seconds,
20,000 took 21, and 50,000, which are 200 KB, more than a minute; some tables of 40 KB took all the memory of the machine.
Nobody reads so much on one page either: it is the length of a short novel, which every reader has to load whole.

So presscheck reads no more than the first 256 KiB of a page's file. Nothing that comes after them is checked, neither links
nor secrets nor markup, although Hugo publishes it.

Make several pages of it, or put the long part (a log, a table of data) as a file beside the page and link to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import LONGEST, Span

SEVERITY = Severity.ERROR
PROTECTS = True


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether the file goes on where reading ends."""
    if not page.source.is_cut:
        return
    end = len(page.source.text)
    yield Finding(
        message=f"the file is longer than {LONGEST // 1024} KiB",
        span=Span(max(end - 1, 0), end),
        label="presscheck stops reading here",
        consequence="nothing below this place is checked, and Hugo may need minutes for the page, or all memory",
        help="make several pages of it, or link to a file with the long part",
    )
