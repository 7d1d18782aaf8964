"""A post is published before it expires.

A page whose `expiryDate` is not later than its `publishDate`, or its `date` where it has none, has no moment at which it
could be read: before the one it is not yet there, after the other it is no longer there. Hugo never publishes it, and says
nothing. Mostly a year was forgotten in January, or the two dates have changed places.

Correct one of the two. To take a page offline, write `draft = true`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.dates import BEGIN, END, as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR

_OLDEST = 1990
"""A year before this is a slip of the pen, which is the business of `date-implausible`."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of a page that expires whether it was published before."""
    dates = page.date_entries
    if len(dates) < 2:
        return
    entries = dict(dates)
    expiry, publish = entries.get(page.source_of(END)), entries.get(page.source_of(BEGIN))
    if not expiry or not publish or isinstance(expiry.data, int) or isinstance(publish.data, int):
        return
    ends = as_instant(expiry.data, page.config.time_zone)
    begins = as_instant(publish.data, page.config.time_zone)
    if not ends or not begins or ends > begins or ends.year < _OLDEST:
        return
    first, second = sorted((expiry.value.span, publish.value.span))
    swap = (Edit(first, page.source.slice(second)), Edit(second, page.source.slice(first)))
    yield Finding(
        message=f"`{expiry.name}` is not later than `{publish.name}`",
        span=expiry.value.span,
        label=f"from {ends.isoformat(sep=' ', timespec='minutes')} on the page is gone",
        consequence="Hugo never publishes the page, and says nothing",
        help="correct one of the two dates",
        notes=(Note(f"it would appear on {begins.isoformat(sep=' ', timespec='minutes')}", span=publish.value.span),),
        fix=Fix("let the two change places", Applicability.UNSAFE, swap)
        if ends < begins and publish.name.lower() == "publishdate"
        else None,
    )
