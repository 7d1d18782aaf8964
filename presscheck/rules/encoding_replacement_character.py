"""No character was replaced by U+FFFD.

A program that reads a file in the wrong encoding writes `�` (U+FFFD) where it did not understand a byte, and when the file
is saved, the character that stood there is gone. To Hugo `�` is a character like any other: it goes into the page, the
title and the feed, where readers see a black diamond with a question mark. A tag `caf�` gets a page of its own, at
`/tags/caf/`.

Write the character that was meant; an older version of the file still has it. Code, raw HTML and the targets of links are
not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_LOST = re.compile("\ufffd+")
_NEAR = 40
_MOST = 50
"""How many places are named one by one."""
_WORD_BEFORE = re.compile(r"[\w'’\ufffd-]*$")
_WORD_AFTER = re.compile(r"[\w'’\ufffd-]*")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the front matter's values, of the text and of the arguments of shortcodes; one finding a word."""
    if "\ufffd" not in page.source.text or page.source.encoding != "utf-8":
        return
    places = {
        span for entry in page.front_matter.document.entries for span in _lost(page.source.text, entry.value.span)
    }
    places.update(
        span
        for call in page.shortcodes
        for parameter in call.parameters
        for span in _lost(page.source.text, parameter.span)
    )
    places.update(Span(*place.span()) for place in _LOST.finditer(page.prose))
    told = 0
    if len(places) > _MOST:
        first = min(places)
        yield Finding(
            message=f"characters are lost in {len(places)} places of this file",
            span=first,
            label="the first",
            consequence="readers see black diamonds with question marks",
            help="take an older version of the file, which still has them",
        )
        return
    for span in sorted(places):
        if span.start < told:
            continue
        word, told = _around(page.source.text, span)
        count = span.end - span.start
        yield Finding(
            message=f"{count} characters are lost here" if count > 1 else "a character is lost here",
            span=span,
            label=f"U+FFFD in `{word}`" if len(word) > count else "U+FFFD stands in its place",
            consequence="readers see a black diamond with a question mark",
            help="write what was meant; an older version of the file still has it",
        )


def _lost(text: str, within: Span) -> Iterator[Span]:
    for place in _LOST.finditer(text, *within):
        yield Span(*place.span())


def _around(text: str, span: Span) -> tuple[str, int]:
    """The word that the characters stand in, and where it ends."""
    before = _WORD_BEFORE.search(text[max(span.start - _NEAR, 0) : span.start])
    after = _WORD_AFTER.match(text[span.end : span.end + _NEAR])
    rest = after[0] if after else ""
    return (before[0] if before else "") + text[span.start : span.end] + rest, span.end + len(rest)
