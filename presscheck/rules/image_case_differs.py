"""The name of a picture is written as its file is called, capital letters included.

A camera writes `IMG_0042.JPG`, and the post says `img_0042.jpg`. On macOS and Windows these are one file, and the author's preview shows
it; the servers of most sites run Linux, where they are two, and one of them is not there. Hugo copies the name as it stands and says
nothing; readers see a broken frame.

Write the name as the file's, as the fix does, or give the file the name that is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from presscheck.diagnostics import Finding, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._destinations import rewritten, same_but_for_case, split
from presscheck.site import Site

SEVERITY = Severity.ERROR
SUPERSEDES = ("image-missing",)

_KEPT = "/~@+,=:!$&'*;"


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its images that is not there whether one is but for the case."""
    reported = set()
    for link, found in site.once(Links).doubtful(page):
        if not link.is_image or found.is_found or link.destination_span in reported:
            continue
        address = same_but_for_case(site, found.address)
        if address and address != found.address:
            reported.add(link.destination_span)
            yield _finding(page, link, address)


def _finding(page: Page, link: Target, address: str) -> Finding:
    path, rest = split(link.destination)
    written, there = path.split("/"), address.split("/")
    for at in range(1, min(len(written), len(there)) + 1):
        is_same = written[-at].lower() in {there[-at].lower(), quote(there[-at], _KEPT).lower()}
        if not is_same:
            break
        written[-at] = quote(there[-at], _KEPT) if "%" in written[-at] else there[-at]
    meant = "/".join(written) + rest
    name = next(right for left, right in zip(path.split("/")[::-1], there[::-1], strict=False) if left != right)
    return Finding(
        message=f"there is no picture at `{link.destination}`, but there is one in other letters",
        path=page.file,
        span=link.destination_span,
        label=f"on disk it is `{name}`",
        consequence="on the author's Mac or Windows it may show; on the site readers see a broken frame",
        help=f"write `{meant}`",
        fix=rewritten(page, link, meant) if meant != link.destination else None,
    )
