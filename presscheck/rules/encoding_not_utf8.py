"""The file is UTF-8.

Hugo takes every file for UTF-8. A byte that is not becomes U+FFFD, the black diamond with a question mark, in the
page, in the feed and in search results, and Hugo says nothing. In front matter the same byte stops the build.

Save the file as UTF-8. `presscheck fix --unsafe-fixes` reads the stray bytes as Windows-1252, the usual origin; look
at the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_STRAY = re.compile("[\udc80-\udcff]+")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether every byte was UTF-8; one finding a file, whose fix holds every place."""
    places = list(_STRAY.finditer(page.source.text))
    if not places:
        return
    edits = tuple(Edit(Span(*place.span()), _as_windows_1252(place[0])) for place in places)
    count = sum(len(place[0]) for place in places)
    yield Finding(
        message=f"{count} byte{'s' * (count > 1)} of this file {'are' if count > 1 else 'is'} not UTF-8",
        span=Span(*places[0].span()),
        label=f"the first; `{edits[0].text}` if this is Windows-1252",
        consequence="readers see U+FFFD, a black diamond with a question mark, in place of each",
        help="save the file as UTF-8",
        fix=Fix("read the bytes as Windows-1252", Applicability.UNSAFE, edits),
    )


def _as_windows_1252(stray: str) -> str:
    data = stray.encode("ascii", errors="surrogateescape")
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data)
