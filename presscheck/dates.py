"""How Hugo 0.168 reads a date."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

DATE, CHANGED, BEGIN, END = "date", "lastmod", "publishdate", "expirydate"
"""The four dates of a page: of what it says, of its last change, and from when and until when it is published."""
FILE_NAME, FILE_TIME, COMMIT = ":filename", ":filemodtime", ":git"
"""Where else than in front matter a date may stand."""
ELSEWHERE = frozenset({FILE_TIME, COMMIT})
"""Those of which only Hugo can tell the date."""

_DEFAULT = {
    DATE: (DATE, BEGIN, CHANGED),
    CHANGED: (COMMIT, CHANGED, DATE, BEGIN),
    BEGIN: (BEGIN, DATE),
    END: (END,),
}
_OTHER_NAMES = {CHANGED: ("modified",), BEGIN: ("pubdate", "published"), END: ("unpublishdate",)}

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:(?:T|(?P<space> ))(?P<clock>\d{1,2}:\d{2}:\d{2}(?:\.\d{1,6})?)\d*"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2}|(?(space) [+-]\d{2}:?\d{2}(?: [A-Z]{3,4})?|(?!)))?)?"
)
_OTHERS = (
    (re.compile(r"\d{2} [A-Za-z]{3} \d{4}"), "%d %b %Y"),
    (re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}"), "%a, %d %b %Y %H:%M:%S %z"),
    (re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} UTC"), "%a, %d %b %Y %H:%M:%S UTC"),
    (re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d{2}:\d{2}:\d{2} \d{4}"), "%a %b %d %H:%M:%S %Y"),
    (re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d{2}:\d{2}:\d{2} UTC \d{4}"), "%a %b %d %H:%M:%S UTC %Y"),
    (re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}"), "%a %b %d %H:%M:%S %z %Y"),
)
"""The texts besides ISO 8601 that Hugo reads, each with the format that reads it here."""
_ZONE_NAME = re.compile(r"(?<=\d\d:\d\d:\d\d )(?!AM|PM)[A-Z]{3,4}(?=$| )")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""The one moment that Hugo takes for no date at all; the first midnight of another zone than UTC is a date to it."""
_NAMED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?P<clock>[-_ Tt]\d\d[-:]\d\d[-:]\d\d)?", re.ASCII)


def sources(told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Where Hugo looks for each of the four dates, the first first, when `[frontmatter]` (keys in lower case) says `told`.

    A source is a key of front matter in lower case, or one of those that begin with a colon.
    """
    return {name: tuple(dict.fromkeys(_expanded(name, told.get(name, usual)))) for name, usual in _DEFAULT.items()}


def _expanded(name: str, told: Any) -> Iterator[str]:
    """What is `told` for the date `name`, with what `:default` stands for and the other names of each key."""
    for each in told if isinstance(told, (list, tuple)) else [told]:
        source = str(each).lower()
        for key in _DEFAULT[name] if source == ":default" else (source,):
            yield key
            yield from _OTHER_NAMES.get(key, ())


def named_after(name: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """The moment with which a file's `name` (without ending) begins, and the slug behind it; None without a day."""
    bare = posixpath.splitext(name)[0]
    found = _NAMED.match(bare)
    if not found:
        return None
    day, clock = found["day"], found["clock"]
    timed = clock and _from_text(f"{day}T{clock[1:].replace('-', ':')}", zone)
    moment = timed or _from_text(day, zone)
    return (moment, bare[found.end() if timed else len(day) :].strip(" -_")) if moment else None


def as_instant(data: Any, zone: tzinfo) -> datetime | None:
    """The moment that a front matter value means, in its own zone or in `zone`; None when Hugo cannot read it.

    A whole number counts seconds from 1970.
    """
    if isinstance(data, datetime):
        return data if data.tzinfo else _placed(data, zone)
    if isinstance(data, date):
        return _placed(datetime.combine(data, time()), zone)
    if isinstance(data, int) and not isinstance(data, bool):
        try:
            return _EPOCH + timedelta(seconds=data)
        except OverflowError:
            return None
    if isinstance(data, str):
        return _from_text(data, zone)
    return None


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """`moment` in `zone`; as it is where that would be before the year 1 or after 9999, which authors write for never."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def has_offset(data: Any) -> bool:
    """Whether a date says which zone it is in; a day without a time needs none."""
    if isinstance(data, datetime):
        return data.tzinfo is not None
    if isinstance(data, str):
        found = _ISO.fullmatch(data)
        return not found or not found["clock"] or found["offset"] is not None
    return True


def _from_text(text: str, zone: tzinfo) -> datetime | None:
    found = _ISO.fullmatch(text)
    try:
        if found:
            clock = (found["clock"] or "00:00:00").rjust(8, "0")
            offset = (found["offset"] or "").strip().partition(" ")[0]
            moment = datetime.fromisoformat(f"{found['day']}T{clock}{offset}")
            return moment if moment.tzinfo else _placed(moment, zone)
        # Hugo takes a zone that is given by its name for UTC, unless it is the site's own.
        named = _ZONE_NAME.sub("UTC", text)
        for pattern, form in _OTHERS:
            if pattern.fullmatch(named):
                moment = datetime.strptime(named, form)  # noqa: DTZ007 - the next line places it
                return (
                    moment if moment.tzinfo else moment.replace(tzinfo=UTC) if "UTC" in form else _placed(moment, zone)
                )
    except ValueError:
        return None
    return None


def _placed(moment: datetime, zone: tzinfo) -> datetime:
    """`moment`, which has no zone, in `zone`; where the clocks change it is placed as Go does it."""
    offset = in_zone(moment.replace(tzinfo=UTC), zone).utcoffset() or timedelta()
    offset = in_zone(moment.replace(tzinfo=timezone(offset)), zone).utcoffset() or timedelta()
    first = moment.replace(tzinfo=zone)
    return first if first.utcoffset() == offset else first.replace(fold=1)
