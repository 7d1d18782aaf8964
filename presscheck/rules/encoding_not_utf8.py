"""The file is UTF-8.

Hugo takes every file for UTF-8. It copies a byte that is not into the page and the feed without a word, and readers
see U+FFFD there, the black diamond with a question mark. In TOML front matter, comments included, the same byte stops
the build of the whole site.

Save the file as UTF-8. `presscheck fix --unsafe-fixes` reads the stray bytes as Windows-1252, the usual origin; look
at the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_STRAY = re.compile("[\udc80-\udcff]+")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether every byte was UTF-8; one finding a file, whose fix holds every place."""
    if not page.source.has_stray_bytes:
        return
    places = list(_STRAY.finditer(page.source.text))
    front_matter = page.front_matter
    edits = tuple(Edit(Span(*place.span()), _as_windows_1252(place[0])) for place in places)
    is_windows_1252 = all(edit.text for edit in edits)
    count = sum(len(place[0]) for place in places)
    stops = front_matter.notation == "toml" and any(edit.span.start < front_matter.content.end for edit in edits)
    labels = ["the first"] if len(places) > 1 else []
    if is_windows_1252:
        labels.append(f"`{edits[0].text}` if this is Windows-1252")
    yield Finding(
        message=f"{count} byte{'s' * (count > 1)} of this file {'are' if count > 1 else 'is'} not UTF-8",
        span=Span(*places[0].span()),
        label="; ".join(labels),
        consequence="Hugo cannot read the front matter and stops the build of the whole site"
        if stops
        else "readers see U+FFFD, a black diamond with a question mark, in place of " + ("each" if count > 1 else "it"),
        help="save the file as UTF-8",
        fix=Fix("read the bytes as Windows-1252", Applicability.UNSAFE, edits) if is_windows_1252 else None,
    )


def _as_windows_1252(stray: str) -> str:
    """The characters that the bytes are in Windows-1252; empty when one of them is none there."""
    try:
        return stray.encode("ascii", errors="surrogateescape").decode("cp1252")
    except UnicodeDecodeError:
        return ""
