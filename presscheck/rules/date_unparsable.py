"""A date is written in a form that Hugo reads.

Hugo reads `2026-01-31` and `2026-01-31T09:00:00+01:00`, and a few forms more that hardly anybody means to write. At
everything else, `01/02/2024`, `January 5, 2024`, `yesterday`, and at days that no calendar has, such as `2024-02-30`, it
stops the build; it names the file but not the line, and the half-written page that it leaves behind is dated 0001-01-01.

A key that Hugo does not come to, because another tells the date before, is not asked: `modified` beside `lastmod`.

Write the year, the month and the day, in this order, with hyphens, and a time with hours, minutes, seconds and the offset from
UTC: Hugo does not read `2026-11-20 9:00`. Where the text can be read in one way only, the fix does that, in the site's
`timeZone` if none is told; `01/02/2024` is 2 January to one half of the readers and 1 February to the other, so only its
author can say.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, tzinfo

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "key-type",
    "date-as-string",
    "date-no-offset",
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
_CLOCK = re.compile(
    r"(?<=\d)(?:[Tt]|,? +(?:at +)?|,)(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?P<second>:\d\d(?:\.\d+)?)?)?"
    r"(?P<half> ?[ap]\.?m\.?)? ?(?P<offset>z|utc|gmt|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
"""What may follow on a day."""
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_IN_YEAR = 12


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date that is a text whether Hugo can read it; blank, it is not set."""
    for key, entry in page.date_entries:
        text = entry.value.data
        if key not in page.date_keys_read or not isinstance(text, str) or not text:
            continue
        span = entry.value.span
        # What has no quotes in TOML stops Hugo, whatever it says.
        is_bare = page.keys.has_mistakes and any(
            each.span.overlaps(span) for each in page.front_matter.document.problems
        )
        if not is_bare and as_instant(text, UTC):
            continue
        zone = page.config.time_zone if page.config.is_whole else None
        meant, label = _meant(text.strip()[:_LONGEST], zone)
        quote = page.source.slice(span)[:1]
        quote = quote if quote in {"'", '"'} else ""
        yield Finding(
            message=f"`{text}` is not a date that Hugo can read",
            span=span,
            label=label,
            consequence="Hugo cannot read the front matter and stops the build of the whole site"
            if is_bare
            else "Hugo stops the build and does not say in which line",
            help=f"write `{meant}`" if meant else f"write a date such as `{_in_zone('2026-01-31T09:00:00', zone)}`",
            fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(span, f"{quote}{meant}{quote}"),)) if meant else None,
        )


def _meant(text: str, zone: tzinfo | None) -> tuple[str, str]:
    """The date that the text can only mean, a time without offset being one in `zone`, else empty; and what there is to say."""
    clock = next((found for found in _CLOCK.finditer(text) if found.end() == len(text)), None)
    if not clock or not (clock["minute"] or clock["half"]):
        return _meant_day(text)
    day, label = _meant_day(text[: clock.start()])
    if not day:
        return day, label
    hour = int(clock["hour"])
    half = (clock["half"] or "").strip().lower()[:1]
    if half and not 1 <= hour <= _IN_YEAR:
        return "", "no clock has this"
    hour = hour % 12 + 12 * (half == "p") if half else hour
    written = f"{day}T{hour:02}:{clock['minute'] or '00'}{clock['second'] or ':00'}"
    offset = (clock["offset"] or "").upper()
    offset = "Z" if offset in {"UTC", "GMT", "Z"} else offset[:3] + ":" + offset[-2:] if offset else ""
    if not as_instant(written + offset, UTC):
        return "", "no clock has this"
    is_short = not clock["second"] and not half
    return (
        written + offset if offset else _in_zone(written, zone),
        "the seconds are missing" if is_short else "hours, minutes and seconds, with two digits each",
    )


def _in_zone(written: str, zone: tzinfo | None) -> str:
    """A time with the offset that it has in `zone`; as it is where nobody knows the zone."""
    moment = as_instant(written, zone) if zone else None
    offset = f"{moment:%z}" if moment else ""
    return written + ("Z" if offset == "+0000" else offset[:3] + ":" + offset[3:5] if offset else "")


def _meant_day(text: str) -> tuple[str, str]:
    """The day that the text can only mean, else empty; and what there is to say about it."""
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
