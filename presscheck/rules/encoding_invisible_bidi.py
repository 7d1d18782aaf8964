"""No invisible characters that change how text is read or found.

A zero-width space copied from a web page splits a word for search, makes a second tag that looks like the first, and
breaks a command that a reader pastes. A bidirectional override shows text in another order than it is stored in, which
is how code that looks harmless is smuggled past a reviewer. Hugo publishes them all.

Remove them. Joiners and direction marks that Persian, Hindi, Hebrew and emoji need are left alone, and so are zero-width
spaces between letters of Thai, Lao, Burmese and Khmer, and paired isolates and embeddings in a line of Hebrew or Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span, span_at

SEVERITY = Severity.ERROR

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_INVISIBLE = re.compile(
    rf"(?<!^)\ufeff|(?<![{_UNSPACED}])\u200b|\u200b(?![{_UNSPACED}])|(?<![\u1820-\u18aa])\u180e"
    "|[\u2060\u202a-\u202e\u2066-\u2069]"
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CLOSES = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for every such character."""
    if page.source.text.isascii():
        return
    line, needs_them = Span(0, 0), False
    for place in _INVISIBLE.finditer(page.source.text):
        turns = bool(_TURNING.match(place[0]))
        if turns and place.start() >= line.end:
            line = page.source.line_span(place.start())
            needs_them = _needs_turns(page.source.slice(line))
        if turns and needs_them and not span_at(page.markdown.code, place.start()):
            continue
        name = "byte order mark" if place[0] == "\ufeff" else unicodedata.name(place[0]).lower()
        span = Span(*place.span())
        yield Finding(
            message=f"invisible {name} (U+{ord(place[0]):04X})",
            span=span,
            label="it is here, although nothing shows",
            consequence="readers see the text in another order than it is written in"
            if turns
            else "search, tags and copied commands treat the word as another one",
            help="remove it",
            fix=Fix("remove it", Applicability.SAFE, (Edit(span, ""),)),
        )


def _needs_turns(line: str) -> bool:
    """Whether the line mixes directions, overrides none, and closes what it opens."""
    if not _RIGHT_TO_LEFT.search(line):
        return False
    expected = []
    for turn in _TURNING.findall(line):
        if turn in _CLOSES:
            expected.append(_CLOSES[turn])
        elif not expected or expected.pop() != turn:
            return False
    return not expected
