"""No invisible characters that change how text is read or found.

A zero-width space copied from a web page splits a word for search, makes a second tag that looks like the first, and
breaks a command that a reader pastes. A bidirectional override shows text in another order than it is stored in, which
is how code that looks harmless is smuggled past a reviewer. Hugo publishes them all.

Remove them. Joiners and direction marks that scripts such as Persian, Hindi or Hebrew and emoji need are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_INVISIBLE = re.compile("(?<!^)\ufeff|[\u200b\u2060\u180e\u202a-\u202e\u2066-\u2069]", re.DOTALL)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for every such character."""
    if page.source.text.isascii():
        return
    for place in _INVISIBLE.finditer(page.source.text):
        name = (
            unicodedata.name(place[0], "BYTE ORDER MARK")
            .lower()
            .replace("zero width no-break space", "byte order mark")
        )
        turns = "\u202a" <= place[0] <= "\u202e" or "\u2066" <= place[0] <= "\u2069"
        span = Span(*place.span())
        yield Finding(
            message=f"invisible {name} (U+{ord(place[0]):04X})",
            span=span,
            label="it is here, although nothing shows",
            consequence="readers see the text in another order than it is written in"
            if turns
            else "search, tags, addresses and copied commands treat the word as another one",
            help="remove it",
            fix=Fix("remove it", Applicability.SAFE, (Edit(span, ""),)),
        )
