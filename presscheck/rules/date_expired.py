"""A post that is to be read today has not expired.

Hugo leaves out, without a word, every page whose `expiryDate` has passed: it is in no list and no feed, and its address,
which others may have linked to, is gone without a redirect. `unpublishdate` is an old name for the same.

If the page is over, nothing needs to be done; think of those who still follow a link to it, and give its address to
another page as an alias. If not, move the date, or remove it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page, Visibility
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING
NAMES_THE_CLOCK = True

_KEYS = frozenset(("expirydate", "unpublishdate"))
_OLDEST = 1990
"""A year before this is a slip of the pen, which is the business of `date-implausible`."""


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page that is no draft whether its time is over."""
    for page in site.pages:
        if _KEYS.isdisjoint(page.keys.names) or page.visibility(site.clock) is not Visibility.EXPIRED:
            continue
        expiry, publish = page.expiry_date, page.publish_date
        span = _place(page)
        if not expiry or span is None or expiry.year < _OLDEST or (publish and expiry <= publish):
            continue
        yield Finding(
            message=f"the post is hidden since {expiry.isoformat(sep=' ', timespec='minutes')}",
            path=page.file,
            span=span,
            label=f"{_in_words(site.clock - expiry)} ago",
            consequence=f"Hugo leaves out {page.address or 'the page'} and says nothing; links to it lead nowhere",
            help="move the date or remove it, or leave the page hidden",
        )


def _place(page: Page) -> Span | None:
    """What sets the date; None for a number, which is another rule's business."""
    top = page.front_matter.document.top
    entry = top.get("expirydate") or top.get("unpublishdate")
    return entry.value.span if entry and not isinstance(entry.data, int) else None


def _in_words(past: timedelta) -> str:
    if past.days >= 2:
        return f"{past.days} days"
    hours, minutes = divmod(int(past.total_seconds()) // 60, 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number) or "a moment"
