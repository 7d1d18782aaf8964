"""What Hugo makes of a value of front matter where it wants text, or true or false."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})
_ZEROS = re.compile(r"(\.\d+?)0+(?!\d)")
"""The end of a fraction of a second that Go does not print."""


def as_text(data: Any, notation: str) -> str:
    """`data` as text, written in `notation` (`toml`, `yaml` or `json`); empty for what is none: nothing, lists and tables."""
    if isinstance(data, str):
        return data
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float):
        return _decimal(data)
    if isinstance(data, datetime):
        # YAML knows no dates for Hugo, so there they stay as written.
        text = _moment(data) if data.tzinfo and notation == "toml" else data.isoformat().replace("+00:00", "Z")
        return _ZEROS.sub(r"\1", text)
    if isinstance(data, time):
        return _ZEROS.sub(r"\1", data.isoformat())
    return str(data) if isinstance(data, (int, date)) else ""


def _decimal(number: float) -> str:
    """All digits that tell a number from the next, and no exponent."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else f"{number:+}".title()
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def _moment(moment: datetime) -> str:
    """A moment as Go prints it: `2026-01-31 09:00:00 +0100 +0100`."""
    fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
    offset = f"{moment:%z}"
    return f"{moment:%Y-%m-%d %H:%M:%S}{fraction} {offset} {offset if moment.utcoffset() else 'UTC'}"


def truth(data: Any) -> bool | None:
    """Whether `data` is true; nothing is false, a number other than 0 is true; None for what is neither."""
    if isinstance(data, str):
        return True if data in _TRUE else False if data in _FALSE else None
    return bool(data) if data is None or isinstance(data, (bool, int, float)) else None
