"""Headings go down one level at a time.

Below `## Setup` comes `### Windows`, not `#### Windows`. Hugo prints what is written, so that the page has a part of the
fourth level inside one of the second: readers who listen to the page, and search engines, take it for an outline in which
something is missing, and a table of contents gets an empty entry with the part inside.

Take the level that follows, also where smaller type was the reason: type is a matter of the theme. Going up, any number
of levels may end at once.

The first heading of a page may have any level, because it depends on the theme what stands above it. Headings inside
quotations are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.markdown import Heading
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every heading how far below the one before it is."""
    markdown = page.markdown
    above: Heading | None = None
    for heading in markdown.headings:
        if above and heading.level > above.level + 1:
            break
        above = heading
    else:
        return
    quotes = iter(markdown.quotes)
    quote = next(quotes, None)
    above = None
    for heading in markdown.headings:
        while quote and quote.end <= heading.span.start:
            quote = next(quotes, None)
        if quote and quote.start <= heading.span.start:
            continue
        if above and heading.level > above.level + 1:
            yield _finding(page, heading, above)
        above = heading


def _finding(page: Page, heading: Heading, above: Heading) -> Finding:
    is_marked = page.source.text.startswith("#", heading.span.start)
    marks = Span(heading.span.start, heading.span.start + heading.level) if is_marked else heading.span
    right = "#" * (above.level + 1)
    return Finding(
        message=f"this heading of level {heading.level} follows one of level {above.level}",
        span=marks,
        label="",
        consequence="the outline that readers listen to, and the table of contents, have a gap here",
        help=f"write `{right}`, and raise the headings below it as much",
        notes=(Note("the heading before", span=above.span),),
    )
