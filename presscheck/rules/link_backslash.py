r"""The parts of an address are divided by `/`.

`[the form](files\form.pdf)` is how Windows writes a path. Hugo makes `files%5Cform.pdf` of it, the name of one file with a backslash in
it, which is not there: readers get "404 not found", of a picture a broken frame. Before punctuation it is worse: Markdown takes the
backslash of `..\files` for an escape, and nothing is left of it. Hugo says nothing.

Write `/`, as the fix does. A path that begins with a drive, `C:\Users\…`, or with the name of a server, `\\server\…`, is a place on the
author's own machine or network: put the file into `static/` and write its address from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.rules._destinations import DRIVE, is_windows_path, unusual

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)

_ESCAPE = re.compile(r"\\[()<>\[\]\"'&#?]")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether a backslash is left in it, or a drive before it."""
    for link in unusual(page):
        if is_windows_path(link.destination):
            yield _finding(page, link)


def _finding(page: Page, link: Link) -> Finding:
    span = link.destination_span
    written = page.source.text[span.start : span.end]
    drive = DRIVE.match(link.destination)
    is_far = bool(drive) or written.startswith("\\\\")
    meant = written.replace("\\", "/")
    is_clear = not is_far and not link.is_autolink and not _ESCAPE.search(written) and "](" not in written
    label = "backslashes" if not is_far else "a drive of the author's" if drive else "a server in the author's network"
    return Finding(
        message=f"`{written}` is a path as Windows writes it",
        span=span,
        label=label,
        consequence="readers see a broken frame" if link.is_image else "readers get 404",
        help=f"write `{meant}`"
        if is_clear
        else "put the file into `static/`, and write its address from there"
        if is_far
        else "write `/` for every backslash",
        fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(span, meant),)) if is_clear else None,
    )
