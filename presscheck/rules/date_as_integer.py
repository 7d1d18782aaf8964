"""A date is written as a date, not as a number.

`date = 20240105` is a number, and Hugo counts seconds from 1 January 1970 with it: the post is dated 23 August 1970, far
down in the archive. Hugo says nothing.

Write `2024-01-05`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page

SEVERITY = Severity.ERROR

_KEYS = ("date", "publishdate", "expirydate", "lastmod", "pubdate", "published", "unpublishdate", "modified")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date whether it is a number."""
    for key in _KEYS:
        entry = page.front_matter.get(key)
        if not entry or not isinstance(entry.data, int) or isinstance(entry.data, bool):
            continue
        moment = as_instant(entry.data, UTC)
        meant = _meant(entry.data)
        span = entry.value.span
        yield Finding(
            message=f"`{entry.name}` is a number, not a date",
            span=span,
            label=f"{entry.data} seconds after 1970 is {moment.date().isoformat()}"
            if moment
            else "beyond every calendar",
            consequence=f"Hugo dates the page {moment.date().isoformat()}" if moment else "",
            help=f"write `{meant}`" if meant else "write a date such as `2026-01-31`",
            fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(span, meant),)) if meant else None,
        )


def _meant(number: int) -> str:
    """The day whose digits `number` has, such as 20240105; empty when there is none."""
    digits = str(number)
    if len(digits) != 8:
        return ""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return ""
