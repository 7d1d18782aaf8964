"""Every picture says in words what it shows.

A picture without alternative text does not exist for readers who listen to the page, for search engines, and for everyone
while it does not load. Hugo writes `alt=""`, which tells a screen reader that the picture is mere decoration.

Write what the picture says, in a phrase: `![Latency doubles beyond 32 users](latency.svg)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every image whether its text holds a letter or a digit."""
    for link in page.markdown.links:
        if not link.is_image or any(char.isalnum() for char in link.text):
            continue
        opening = page.source.text.startswith("![", link.span.start)
        closing = page.source.text.find("]", link.span.start, link.span.end)
        place = Span(link.span.start + 2, closing) if opening and closing >= 0 else link.span
        yield Finding(
            message="this picture has no alternative text",
            span=link.span,
            label="nothing between `[` and `]`" if not link.text else "no word between `[` and `]`",
            consequence="readers who listen to the page, and search engines, do not know that it is there",
            help="say in a phrase what it shows, between `[` and `]`",
            fix=Fix("describe it", Applicability.PLACEHOLDER, (Edit(place, "…"),)),
        )
