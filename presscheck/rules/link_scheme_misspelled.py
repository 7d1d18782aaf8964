"""Every link begins with a scheme that browsers know.

A slip in the first letters, `htps://`, `http//`, `https:/`, or a second `https://` pasted before the first, and the link leads nowhere:
browsers ask which program opens `htps`, look for a server called `https`, or take the whole for a path on this site. Hugo copies
the address as it stands and says nothing.

Correct the beginning, as the fix does. Schemes that browsers hand to other programs (`tel:`, `ssh://`, `git://`, `matrix:`) are not asked,
nor is `hxxps://`, which is written on purpose so that nobody follows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.rules._destinations import PLAIN, corrected, rewritten, unusual

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)

_SUSPECT = ("https://http", "http://http", "mailto:/")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether it begins almost like `https://`, `http://` or `mailto:`."""
    for link in unusual(page):
        destination = link.destination
        if destination.startswith(PLAIN) and not destination.startswith(_SUSPECT):
            continue
        wrong, right = corrected(destination)
        if wrong:
            yield _finding(page, link, wrong, right)


def _finding(page: Page, link: Link, wrong: str, right: str) -> Finding:
    meant = right + link.destination[len(wrong) :]
    is_shown = link.is_autolink and right == "mailto:"
    return Finding(
        message=f"`{wrong}` is not how an address begins",
        span=link.destination_span,
        label=f"did you mean `{right}`?",
        consequence="readers see a broken frame"
        if link.is_image
        else "browsers find nothing there, or refuse to open it",
        help=f"write `{meant}`",
        fix=None if is_shown else rewritten(page, link, meant),
    )
