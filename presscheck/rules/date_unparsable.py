"""A date is written in a form that Hugo reads.

Hugo reads `2026-01-31` and `2026-01-31T09:00:00+01:00`, and a few forms more that hardly anybody means to write. At
everything else, `01/02/2024`, `January 5, 2024`, `yesterday`, and at days that no calendar has, such as `2024-02-30`, it
stops the build; it names the file but not the line, and the half-written page that it leaves behind is dated 0001-01-01.

A key that Hugo does not come to, because another tells the date before, is not asked: `modified` beside `lastmod`.

Write the year, the month and the day, in this order, with hyphens. Where the text can be read in one way only, the fix does
that; `01/02/2024` is 2 January to one half of the readers and 1 February to the other, so only its author can say.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "key-type",
    "date-as-string",
    "front-matter-toml-syntax",  # which says of `20/11/2026` in TOML that it is text without quotes
)

_LONGEST = 80
"""How many characters of a text are looked at."""
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_DOTS = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_SLASHES = re.compile(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4})")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]? +")
_DAY_NAME = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? +(?:of +)?(?P<name>[a-z]{3,9})[.,]? +(?P<year>\d{4})")
_NAME_DAY = re.compile(r"(?P<name>[a-z]{3,9})[.,]? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})")
_NO_SECONDS = re.compile(r"(?P<before>\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?P<offset>Z|[+-]\d\d:\d\d)?")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_IN_YEAR = 12


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date that is a text whether Hugo can read it; blank, it is not set."""
    for key, entry in page.date_entries:
        text = entry.value.data
        if key not in page.date_keys_read or not isinstance(text, str) or not text or as_instant(text, UTC):
            continue
        meant, label = _meant(text.strip()[:_LONGEST])
        span = entry.value.span
        quote = page.source.slice(span)[:1]
        quote = quote if quote in {"'", '"'} else ""
        yield Finding(
            message=f"`{text}` is not a date that Hugo can read",
            span=span,
            label=label,
            consequence="Hugo stops the build and does not say in which line",
            help=f"write `{meant}`" if meant else "write a date such as `2026-01-31T09:00:00+01:00`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, f"{quote}{meant}{quote}"),))
            if meant
            else None,
        )


def _meant(text: str) -> tuple[str, str]:
    """The date that the text can only mean, else empty; and what there is to say about it."""
    found = _NO_SECONDS.fullmatch(text)
    if found:
        written = f"{found['before'].replace(' ', 'T')}:00{found['offset'] or ''}"
        return (
            (written, "the seconds are missing")
            if as_instant(written, UTC)
            else ("", "no clock and no calendar has this")
        )
    for form in (_YEAR_FIRST, _DIGITS, _DOTS):
        found = form.fullmatch(text)
        if found:
            return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _SLASHES.fullmatch(text)
    if found:
        return _either(int(found["one"]), int(found["two"]), int(found["year"]))
    low = _WEEKDAY.sub("", text.lower(), count=1)
    found = _DAY_NAME.fullmatch(low) or _NAME_DAY.fullmatch(low)
    if found:
        name = found["name"]
        months = [
            at
            for at, month in enumerate(_MONTHS, 1)
            if name in {month, month[:3]} or (name, month) == ("sept", "september")
        ]
        if months:
            return _day(int(found["year"]), months[0], int(found["day"]))
    return "", ""


def _either(one: int, two: int, year: int) -> tuple[str, str]:
    """A day whose month may come first or second."""
    if one == two or (one > _IN_YEAR) != (two > _IN_YEAR):
        return _day(year, min(one, two), max(one, two))
    if one > _IN_YEAR:
        return "", "no month has this number"
    return "", f"{one} {_title(two)} or {two} {_title(one)}?"


def _day(year: int, month: int, day: int) -> tuple[str, str]:
    if not 1 <= month <= _IN_YEAR:
        return "", f"there is no month {month}"
    if not 1 <= day <= (calendar.monthrange(year, month)[1] if year else 0):
        return "", f"{_title(month)} {year} has no day {day}"
    return date(year, month, day).isoformat(), "year, month and day, with hyphens"


def _title(month: int) -> str:
    return _MONTHS[month - 1].capitalize()
