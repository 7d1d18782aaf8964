"""A date is written as a date, not as a number.

`date = 20240105` is a number, and Hugo counts seconds from 1 January 1970 with it: the post is dated 23 August 1970, far
down in the archive. As `expiryDate` the same number hides the post, as `publishDate` it puts it online at once. A number
of milliseconds, as other programs write it, lies thousands of years ahead, and the post is missing. Hugo says nothing,
except in JSON: there it cannot read the number, and stops the build.

Write `2024-01-05`. A number of seconds is read as it was meant, but no person can read it: write the date instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR

_PLAUSIBLE = range(1990, 2100)
"""The years that a post may be from."""
_CONSEQUENCES = {
    **dict.fromkeys(("expirydate", "unpublishdate"), "Hugo takes the page for expired on {day} and leaves it out"),
    **dict.fromkeys(("publishdate", "pubdate", "published"), "Hugo publishes the page at once, as from {day}"),
    **dict.fromkeys(("lastmod", "modified"), "Hugo takes {day} for the day of the last change"),
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date whether it is a number."""
    for key, entry in page.date_entries:
        if not isinstance(entry.data, int) or isinstance(entry.data, bool):
            continue
        moment = as_instant(entry.data, UTC)
        meant, applicability = _meant(entry.data, moment)
        is_json = page.front_matter.notation == "json"
        written = f'"{meant}"' if is_json else meant
        day = f"{entry.data} seconds after 1970 is {moment.date().isoformat()}" if moment else ""
        span = entry.value.span
        yield Finding(
            message=f"`{entry.name}` is a number, not a date",
            span=span,
            label="" if is_json else day or "so many seconds after 1970 is beyond every calendar",
            consequence="Hugo stops the build and does not say in which line" if is_json else _consequence(key, moment),
            help=f"write `{written}`" if meant else "write a date such as `2026-01-31`",
            fix=Fix(f"write `{written}`", applicability, (Edit(span, written),)) if meant else None,
        )


def _consequence(key: str, moment: datetime | None) -> str:
    if moment and moment.year < _PLAUSIBLE.start:
        return _CONSEQUENCES.get(key, "Hugo dates the page {day}").format(day=moment.date().isoformat())
    if moment and moment.year in _PLAUSIBLE:
        return "Hugo reads it as meant, but nobody else can"
    return "" if key in {"expirydate", "unpublishdate"} else "Hugo takes it for a time thousands of years ahead"


def _meant(number: int, moment: datetime | None) -> tuple[str, Applicability]:
    """The day whose digits `number` has, or the time that it counts to; empty when there is neither."""
    if moment and moment.year in _PLAUSIBLE:
        return _written(moment), Applicability.SAFE
    digits = str(number)
    if len(digits) == 8:
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat(), Applicability.SAFE
        except ValueError:
            return "", Applicability.SAFE
    from_milliseconds = as_instant(number // 1000, UTC)
    if from_milliseconds and from_milliseconds.year in _PLAUSIBLE:
        return _written(from_milliseconds), Applicability.UNSAFE
    return "", Applicability.SAFE


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
