"""A page was last changed after it was written, and not in the future.

`lastmod` goes into the sitemap, and with it to search engines; templates print it as "updated on". One that lies before
`date` says that the page was changed before it was there; one that lies ahead says that it was changed next year, and keeps
saying so after every real change, until search engines no longer believe the sitemap. Mostly it is a wrong year, or the two
dates were copied from another page. Hugo says nothing.

Correct it, or remove it: without `lastmod`, Hugo takes `date`. A page that is not yet published is not asked, nor is one
of which `lastmod` and `date` are on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from presscheck.dates import as_instant
from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page, Visibility
from presscheck.site import Site

SEVERITY = Severity.WARNING
NAMES_THE_CLOCK = True

_KEYS = frozenset(("lastmod", "modified"))
_OLDEST = 1990
"""A year before this is a slip of the pen, which is the business of `date-implausible`."""
_DAY = timedelta(days=1)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page that says when it was last changed whether that can be."""
    for page in site.pages:
        if any(key in _KEYS for key, _ in page.dates) and page.visibility(site.clock) is Visibility.PUBLISHED:
            yield from _order(page, site)


def _order(page: Page, site: Site) -> Iterator[Finding]:
    top = page.front_matter.document.top
    entry, written = top.get("lastmod") or top["modified"], top.get("date")
    if isinstance(entry.data, int):
        return
    changed = as_instant(entry.data, page.config.time_zone)
    if not changed or changed.year < _OLDEST:
        return
    is_day = isinstance(entry.data, date) and not isinstance(entry.data, datetime)
    if changed > site.clock + (_DAY if is_day else timedelta()):
        yield Finding(
            message=f"`{entry.name}` lies ahead",
            path=page.file,
            span=entry.value.span,
            label="nobody can have changed the page then",
            consequence="the sitemap tells search engines of a change that has not happened",
            help=f"correct the date, or remove `{entry.name}`",
        )
        return
    begins = as_instant(written.data, page.config.time_zone) if written and not isinstance(written.data, int) else None
    if not written or not begins or changed >= begins or changed.date() == begins.date():
        return
    yield Finding(
        message=f"`{entry.name}` is before `{written.name}`",
        path=page.file,
        span=entry.value.span,
        label="changed before it was written",
        consequence="the sitemap tells search engines of a change that is older than the page",
        help=f"correct one of the two dates, or remove `{entry.name}`",
        notes=(Note("it was written on this day", page.file, written.value.span),),
    )
