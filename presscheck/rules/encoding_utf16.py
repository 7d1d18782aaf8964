"""The file is UTF-8, not UTF-16 or UTF-32.

Windows PowerShell's `>` and some editors write UTF-16. Hugo takes the file for UTF-8 and finds no front matter in it:
no title, no date, no `draft = true`. It publishes the whole file, front matter included, as text with a U+FFFD between
every two characters, even when the author meant it as a draft.

Save the file as UTF-8; `presscheck fix` does it without changing a character.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether the byte order mark announces something else than UTF-8."""
    encoding = page.source.encoding
    if encoding == "utf-8":
        return
    mark = Span(0, 1)
    draft = ", although it is a draft" if page.is_draft else ""
    yield Finding(
        message=f"the file is {encoding.rpartition('-')[0].upper()}; Hugo reads UTF-8 only",
        span=mark,
        label="the byte order mark says so",
        consequence=f"Hugo finds no front matter and publishes the whole file as text full of U+FFFD{draft}",
        help="save the file as UTF-8",
        fix=Fix("save the file as UTF-8", Applicability.SAFE, (Edit(mark, ""),)),
    )
