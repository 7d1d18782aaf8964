"""No two headings of a page have the same id.

An id set by hand, `## Setup {#install}`, is taken as it stands: when another heading has it already, be it set by hand
or made by Hugo from the heading's words, both keep it. Hugo says nothing. Links to `#install` lead to the first of the two,
and the second cannot be reached; tables of contents lead wrong, too.

Give one of them another id, or leave `{#…}` away: Hugo counts ids that it makes itself (`install`, `install-1`) and never
makes the same twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.markdown import Heading
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every heading whether one above has its id."""
    headings = page.markdown.headings
    ids = {heading.id for heading in headings}
    if len(ids) == len(headings) or not page.config.heading_ids_are_known:
        return
    first: dict[str, Heading] = {}
    repeats: dict[str, int] = {}
    for heading in headings:
        earlier = first.setdefault(heading.id, heading)
        if earlier is heading or not heading.id:
            continue
        place = _place(page, heading)
        number = repeats.get(heading.id, 1) + 1
        while f"{heading.id}-{number}" in ids:
            number += 1
        repeats[heading.id] = number
        free = f"{heading.id}-{number}"
        written = page.source.slice(place)
        yield Finding(
            message=f"another heading above has the id `{heading.id}`",
            span=place,
            label=f"taken by `{earlier.text}`" if earlier.text else "taken",
            consequence=f"links to `#{heading.id}` lead to the other heading, never to this one",
            help="set another id, or none",
            notes=(Note("this heading has it", span=earlier.span),),
            fix=Fix(f"make it `#{free}`", Applicability.UNSAFE, (Edit(place, written.replace(heading.id, free)),))
            if heading.id in written and place != heading.span
            else None,
        )


def _place(page: Page, heading: Heading) -> Span:
    """The id as written behind the heading's words, `#` included; the whole heading where it is written otherwise."""
    at = page.source.text.rfind(f"#{heading.id}", heading.span.start, heading.span.end)
    braces = page.source.text.rfind("{", heading.span.start, at) if at >= 0 else -1
    return Span(at, at + 1 + len(heading.id)) if braces >= 0 else heading.span
