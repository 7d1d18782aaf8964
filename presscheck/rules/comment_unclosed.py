"""Every comment ends.

A line that begins with `<!--` opens a comment, and only `-->` ends it. Without that, all the rest of the post is a comment:
Hugo drops it, without a word. Inside a quotation or a list item, the rest of that is gone. When another comment follows
further down, its `-->` ends both, and the text between them is lost.

Inside a line it is the other way round: a comment that does not end in its own paragraph is none, and readers see
`<!–` and the remark.

Write `-->` where the remark ends. A comment that begins within a line must not contain a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page
from presscheck.text import Span, span_at

SEVERITY = Severity.ERROR

_OPENING = re.compile(r"<(?=!--)(?<!\\<)")
"""Begins with one character, for which a text is searched fastest."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every `<!--` outside code where it ends."""
    text = page.source.text
    start = page.front_matter.span.end
    openings = [found.start() for found in _OPENING.finditer(text, start)]
    if not openings:
        return
    for html in page.markdown.html:
        begin = text.find("<!--", html.start, html.end)
        if begin < 0 or text[html.start : begin].strip():
            continue
        end = text.find("-->", begin + 2, html.end)
        again = text.find("\n<!--", begin, end if end >= 0 else html.end)
        if end < 0 or again >= 0:
            yield _dropped(page, Span(begin, html.end), end, again + 1)
    if all(span_at(page.markdown.html, at) for at in openings):
        return
    for found in _OPENING.finditer(page.prose):
        shown = Span(found.start(), found.start() + 4)
        closing = text.find("-->", shown.end)
        yield Finding(
            message="this comment does not end in its paragraph",
            span=shown,
            label="so it is none",
            consequence="readers see it, and what it says",
            help="write `-->` before the next blank line",
            notes=(Note("this comes too late", span=Span(closing, closing + 3)),) if closing >= 0 else (),
            fix=_closed(page, shown.end),
        )


def _dropped(page: Page, comment: Span, end: int, again: int) -> Finding:
    text = page.source.text
    below = text[comment.start : again or comment.end].splitlines()[1:]
    lost = sum(1 for line in below if line.strip(" \t>"))
    lines = f"{lost} lines" if lost > 1 else "line"
    if again and end >= 0:
        consequence = f"the {lines} up to the next comment {'are' if lost > 1 else 'is'} not on the page"
    elif not text[comment.end :].strip():
        consequence = f"the {lines} below, all the rest of the post, {'are' if lost > 1 else 'is'} not on the page"
        if page.config.keeps_html:
            consequence = "the rest of the post is not to be seen, nor is what the template has below it"
    else:
        consequence = "the rest of the quotation or list item is not on the page"
    return Finding(
        message="this comment is never closed",
        span=Span(comment.start, comment.start + 4),
        label="opened here",
        consequence=consequence,
        help="write `-->` where the remark ends",
        notes=(Note("the `-->` of this comment ends both", span=Span(again, again + 4)),) if again and end >= 0 else (),
        fix=_closed(page, comment.start + 4),
    )


def _closed(page: Page, at: int) -> Fix:
    line = page.source.line_span(at)
    place = line.start + len(page.source.slice(line).rstrip())
    return Fix("close it at the end of the line", Applicability.PLACEHOLDER, (Edit(Span(place, place), " -->"),))
