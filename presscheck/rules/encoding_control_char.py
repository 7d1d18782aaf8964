"""No control characters in the text.

A backspace, an escape or a NUL is invisible in most editors. Hugo copies it into the page and the feed, and XML forbids
it: one such character makes the whole RSS feed unreadable for every subscriber, whichever post it is in. Written as an
escape (`"\\u0008"`) in front matter it does the same.

Remove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_ESCAPED = re.compile(
    r"\\(?:u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])|x(?:0[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF])|[bfe](?=.))"
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for control characters as they are, and for escapes that make some."""
    for place in _CONTROL.finditer(page.source.text):
        yield _finding(Span(*place.span()), place[0])
    for entry in page.front_matter.document.entries:
        data = entry.data
        written = page.source.slice(entry.value.span)
        if isinstance(data, str) and _CONTROL.search(data) and not _CONTROL.search(written):
            for place in _ESCAPED.finditer(written):
                yield _finding(Span(*place.span()).shifted(entry.value.span.start), place[0])


def _finding(span: Span, text: str) -> Finding:
    names = text if text.startswith("\\") else " ".join(f"U+{ord(char):04X}" for char in text[:4])
    return Finding(
        message=f"control character {names}",
        span=span,
        label="invisible here",
        consequence="the feed that carries this page is not well-formed XML: feed readers refuse all of it",
        help="remove it",
        fix=Fix("remove it", Applicability.SAFE, (Edit(span, ""),)),
    )
