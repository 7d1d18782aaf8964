"""The post's title is its only heading of the first level.

Most themes print the title from the front matter as a heading of the first level. A `# Heading` in the text then is a second
one, as large as the title and of the same rank: readers who listen to the page hear of two pages in one, search engines
have to guess which is the title, and where the text repeats the title, it stands there twice. Hugo says nothing.

Begin with `##` below the title; a heading that repeats the title can go.

The rule is off unless the site's settings turn it on, because only the theme knows whether it prints the title: some leave
that to the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.markdown import Heading
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING
IS_ON = False

_LOWEST = 6


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for headings of the first level."""
    headings = page.markdown.headings
    if 1 not in [heading.level for heading in headings]:
        return
    first, *others = [heading for heading in headings if heading.level == 1]
    title = page.title
    repeats = bool(title) and " ".join(title.split()).casefold() == " ".join(first.text.split()).casefold()
    yield Finding(
        message="this heading repeats the title" if repeats else "this heading is of the same level as the title",
        span=first.span,
        label="",
        consequence="readers see the title twice"
        if repeats
        else "readers see two titles, and do not know which is the post's",
        help="delete it" if repeats else "begin with `##`",
        notes=tuple(Note("another one", span=other.span) for other in others[:5]),
        fix=None if repeats and len(headings) == 1 else _demotion(page, headings),
    )


def _demotion(page: Page, headings: tuple[Heading, ...]) -> Fix | None:
    """One `#` more for every heading, where all are written with `#` and none is of the lowest level."""
    text = page.source.text
    for heading in headings:
        if heading.level == _LOWEST or not text.startswith("#", heading.span.start):
            return None
    edits = tuple(Edit(Span(heading.span.start, heading.span.start), "#") for heading in headings)
    return Fix("lower every heading of the post by one level", Applicability.UNSAFE, edits)
