"""A page has no more than 500 footnotes.

Hugo's parser looks through all footnotes for each reference: its time grows with the square of their number, and 50,000,
a file of a megabyte, take it a quarter of a minute and half a gigabyte of memory. It says nothing meanwhile.

Split the page, or write the sources as a list at its end.

References count too: not more than 5,000 of them, as each gets a link of its own at the foot of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST = 500
_MOST_REFERENCES = 5_000


def check_page(page: Page) -> Iterator[Finding]:
    """Ask how many footnotes, and references to them, there are."""
    markdown = page.markdown
    for found, most, noun in (
        (markdown.footnotes, _MOST, "footnotes"),
        (markdown.footnote_references, _MOST_REFERENCES, "references to footnotes"),
    ):
        if len(found) > most:
            yield Finding(
                message=f"this page has {len(found)} {noun}",
                span=found[most].span,
                label=f"number {most + 1}",
                consequence="Hugo's time grows with the square of their number, and no reader finds the way back",
                help="split the page, or write the sources as a list",
            )
            return
