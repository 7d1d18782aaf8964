"""A post that is to be read today is not dated tomorrow.

Hugo leaves out, without a word, every page whose `publishDate`, or `date`, or, when there is neither, `lastmod` lies
ahead. "My post is missing" is the question that Hugo users ask most; often the date is right and the time zone is not:
`11:00` without an offset is 11:00 in the site's `timeZone`, or in UTC where none is set.

If the page is scheduled, nothing needs to be done, but something has to build the site again after that moment. If not,
correct the date or its offset.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

from presscheck.dates import as_instant
from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page, Visibility
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING
NAMES_THE_CLOCK = True

_KEYS = ("publishdate", "pubdate", "published", "date", "lastmod", "modified")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page that is no draft whether its time has come."""
    for page in site.pages:
        if page.visibility(site.clock) is not Visibility.FUTURE or page.publish_date is None:
            continue
        ahead = page.publish_date - site.clock
        yield Finding(
            message=f"the post is hidden until {page.publish_date.isoformat(sep=' ', timespec='minutes')}",
            path=page.file,
            span=_place(page, site),
            label=f"{_in_words(ahead)} from now",
            consequence=f"Hugo leaves out {page.address or 'the page'} and says nothing; links to it lead nowhere",
            help="correct the date, or build the site again after that moment",
        )


def _place(page: Page, site: Site) -> Span:
    for key in _KEYS:
        entry = page.front_matter.get(key)
        moment = as_instant(entry.data, page.config.time_zone) if entry else None
        if entry and moment and moment > site.clock:
            return entry.value.span
    return Span(0, 0)


def _in_words(ahead: timedelta) -> str:
    if ahead.days >= 2:
        return f"{ahead.days} days"
    hours, minutes = divmod(math.ceil(ahead.total_seconds() / 60), 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number)
