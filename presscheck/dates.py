"""How Hugo 0.168 reads a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:(?:[Tt]|[ ])(\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)\d*[ ]?(Z|[+-]\d{2}:?\d{2})?(?:[ ][A-Z]{3,4})?)?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_instant(data: Any, zone: tzinfo) -> datetime | None:
    """The moment that a front matter value means, in its own zone or in `zone`; None when Hugo cannot read it.

    A whole number counts seconds from 1970.
    """
    if isinstance(data, datetime):
        return data if data.tzinfo else data.replace(tzinfo=zone)
    if isinstance(data, date):
        return datetime.combine(data, time(), tzinfo=zone)
    if isinstance(data, int) and not isinstance(data, bool):
        try:
            return _EPOCH + timedelta(seconds=data)
        except OverflowError:
            return None
    if isinstance(data, str):
        return _from_text(data, zone)
    return None


def has_offset(data: Any) -> bool:
    """Whether a date says which zone it is in; a day without a time needs none."""
    if isinstance(data, datetime):
        return data.tzinfo is not None
    if isinstance(data, str):
        found = _ISO.fullmatch(data)
        return not found or not found[2] or found[3] is not None
    return True


def _from_text(text: str, zone: tzinfo) -> datetime | None:
    found = _ISO.fullmatch(text)
    try:
        if found:
            day, clock, offset = found.groups()
            moment = datetime.fromisoformat(f"{day}T{clock or '00:00:00'}{offset or ''}")
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
        if re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", text):
            return datetime.strptime(text, "%d %b %Y").replace(tzinfo=zone)
        if re.match(r"[A-Z][a-z]{2}, \d", text):
            return parsedate_to_datetime(text)
    except ValueError:
        return None
    return None
