"""The file begins with its first character, not with a byte order mark.

Some Windows editors put three invisible bytes, a byte order mark, before the first character of a UTF-8 file. Hugo skips
them. Other programs do not: a script that looks for `+++` at the beginning of the file finds no front matter, a search
for lines that begin with `+++` misses this one, and two files joined into one carry the mark into the middle of the text.

Remove it, or save the file as "UTF-8" rather than "UTF-8 with BOM". `presscheck fix` does it without changing another
byte, and the page stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether the first character of a UTF-8 file is the mark; UTF-16 has a rule of its own."""
    if not page.source.text.startswith("\ufeff") or page.source.encoding != "utf-8":
        return
    mark = Span(0, 1)
    yield Finding(
        message="the file begins with an invisible byte order mark (U+FEFF)",
        span=mark,
        label="before the first character",
        consequence="Hugo skips it; a script or another program may find no front matter in the file",
        help="save the file as UTF-8 without a byte order mark",
        fix=Fix("remove it", Applicability.SAFE, (Edit(mark, ""),)),
    )
