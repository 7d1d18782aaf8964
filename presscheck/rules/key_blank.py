"""A text that is set says something.

A description of blanks is no description, but it counts as one: Hugo writes it into the page, and a template that would
otherwise take the summary or the site's own description takes the blanks. A `linkTitle` of blanks makes an entry of every
list that nobody can see or follow, a blank title of a section an empty heading. Hugo says nothing.

Fill the text in, or remove the line. An empty text, `""`, is the same as none, and is not reported; a post's blank title is
the business of `key-missing`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = ("key-missing",)

_CONSEQUENCES = {
    "title": "the list has an empty heading",
    "linktitle": "the page's entry in every list is empty: nobody can see or follow it",
    "description": "search results and shared links show nothing below the title",
    "summary": "the page's entry in lists is empty below the title",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every text that readers see whether it is blank."""
    top = page.front_matter.document.top
    for key, consequence in _CONSEQUENCES.items():
        entry = top.get(key)
        if not entry or not isinstance(entry.data, str) or not entry.data or entry.data.strip():
            continue
        if key == "title" and page.kind == "page":
            continue
        yield Finding(
            message=f"`{entry.name}` is blank",
            span=entry.value.span,
            label="nothing but blanks is in it",
            consequence=consequence,
            help=f"fill in `{entry.name}`, or remove the line",
            fix=Fix(f"fill in `{entry.name}`", Applicability.PLACEHOLDER, (Edit(entry.value.span, '"…"'),)),
        )
