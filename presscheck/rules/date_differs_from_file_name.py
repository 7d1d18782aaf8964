"""A file that has a day in its name is dated on that day.

Hugo does not look at the day in `2026-01-05-ice.md`: the page has the date of its front matter. When the two differ, the
address still says `2026-01-05`, while the page, its place in the lists and the feed say another day; readers see one of
them in the address bar and the other one below the title. Mostly a post was moved to another day and its file was not.

Correct the date, or rename the file; after a rename, write the old address into `aliases`. The page is not asked when its
`publishDate`, `lastmod` or `expiryDate` is on the day of the name, nor where the site's settings let Hugo take dates from file names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import UTC

from presscheck.dates import as_instant
from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.WARNING

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_LATEST = 9999
"""In the last year of the calendar, another zone may have no date any more."""
_OLDEST = 1990
"""A year before this is a slip of the pen, which is the business of `date-implausible`."""


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of a page whose file name begins with a day whether one of its dates is on it."""
    name = posixpath.basename(page.directory) if page.is_leaf_bundle else page.stem
    if name[4:5] != "-" or not _DAY.match(name):
        return
    top = page.front_matter.document.top
    entry = top.get("date") or top.get("publishdate")
    if not entry or page.kind != "page" or site.owner(page) or ":filename" in str(page.config.get("frontmatter")):
        return
    found = (as_instant(each.data, page.config.time_zone) for _, each in page.date_entries)
    moments = [moment for moment in found if moment and 1 < moment.year < _LATEST]
    days = {
        moment.astimezone(zone).date() for moment in moments for zone in (moment.tzinfo, UTC, page.config.time_zone)
    }
    if not days or not page.date or page.date.year < _OLDEST or isinstance(entry.data, int):
        return
    day = name[:10]
    if day in {each.isoformat() for each in days}:
        return
    in_address = page.address and day in page.address
    yield Finding(
        message=f"the file is named after {day}, the page is dated {page.date.date().isoformat()}",
        span=entry.value.span,
        label="the date that Hugo takes",
        consequence=f"readers see {day} in the address, and another day on the page"
        if in_address
        else "whoever looks for the page by its day does not find it",
        help="correct the date, or rename the file",
    )
