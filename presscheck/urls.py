"""How Hugo 0.168 makes addresses, as a fast model; tests hold it against the real Hugo.

Paths are those below the base URL: they begin with `/`, and a page's ends with `/`. Nothing is percent-encoded.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import quote, unquote, unquote_plus

_KEPT = frozenset("./\\_#+~-@")
_HEX_PAIR = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"[a-z0-9./_~@+-]*")
_TOKEN = re.compile(r":(\w+)(?:\[([^\]]*)\])?")
_SLICE = re.compile(r"(?P<only>[0-9]+|last)|(?P<first>[0-9]*|last):(?P<end>[0-9]*|last)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BEHIND_ALL = 1 << 20
_SLICED = "sections"
_OF_DATE = frozenset({"year", "month", "monthname", "day", "weekday", "weekdayname", "yearday"})
_TOKENS = frozenset(
    {
        *_OF_DATE,
        *(
            "section",
            "sections",
            "title",
            "slug",
            "filename",
            "contentbasename",
            "slugorfilename",
            "slugorcontentbasename",
        ),
    }
)


def encoded(path: str) -> str:
    """A path as a request and a manifest have it: percent-encoded, but for what stands for itself in a path."""
    return quote(path, safe="/~!$&'()*+,;=:@-._")


def lowered(text: str) -> str:
    """`text` in lower case, one character for one character, as Go does it."""
    return text.lower() if text.isascii() else "".join(char.lower()[:1] for char in text)


def url_path(text: str) -> str:
    """`text` as a part of an address: lower case, runs of white space as one hyphen, most punctuation gone."""
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    gap = False
    for at, char in enumerate(text):
        if _is_kept(char) or (char == "%" and _HEX_PAIR.match(text, at)):
            if gap and char != "-":
                kept.append("-")
            gap = False
            kept.append(char)
        elif char.isspace() and kept and kept[-1] != "-":
            gap = True
    return lowered("".join(kept))


def file_stem(title: str) -> str:
    """What to call the file of a page with this title, without its ending: words with hyphens between, no longer than any system allows.

    Empty when no letter and no digit is left.
    """
    words = "".join(char if _is_word(char) else "" if char in _APOSTROPHES else " " for char in lowered(title)).split()
    stem = "-".join(words)
    while len(stem.encode()) > _LONGEST_STEM:
        shorter = stem.rpartition("-")[0]
        stem = shorter if len(shorter.encode()) * 2 > _LONGEST_STEM else stem[:-1]
    return f"{stem}-1" if stem in _TAKEN_STEMS else stem


_APOSTROPHES = "'’"
_LONGEST_STEM = 100
"""In bytes: a third of what a file may have, as a part of an address has three characters for each that is no ASCII."""
_TAKEN_STEMS = frozenset(
    {"index", "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""What would be a page bundle, and what Windows keeps for devices."""


def _is_word(char: str) -> bool:
    return char.isalpha() or char.isdecimal() or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=10_000)
def term_path(term: str) -> str:
    """The last part of the address of the page of `term`; two terms with one path share one page."""
    return url_path(lowered(term).replace(" ", "-"))


def clean(path: str) -> str:
    """`path` with `//`, `.` and `..` resolved, never above the root; a closing `/` stays."""
    normal = posixpath.normpath("/" + path.lstrip("/"))
    return normal if normal == "/" or not path.endswith("/") else normal + "/"


def joined(base: str, destination: str) -> str:
    """The path that `destination`, the path part of a link, leads to from a page at `base`; percent-escapes resolved."""
    path = unquote(destination)
    return clean(path if path.startswith("/") else posixpath.dirname(base) + "/" + path)


def is_expandable(pattern: str) -> bool:
    """Whether `expanded` can fill the permalink pattern in for any page."""
    return all(
        name in _TOKENS and (not part or (name == _SLICED and _SLICE.fullmatch(part)))
        for name, part in _TOKEN.findall(pattern)
    )


def needs_date(pattern: str) -> bool:
    """Whether the permalink pattern takes anything from a page's date."""
    return any(name in _OF_DATE for name, _ in _TOKEN.findall(pattern))


def expanded(pattern: str, tokens: Mapping[str, Callable[[], str]]) -> str | None:
    """A pattern such as `/:year/:slug/` filled in by `tokens`, which has all that there are; None when only Hugo can.

    A `+` becomes a space, and percent-escapes are resolved.
    """
    if not is_expandable(pattern):
        return None
    return unquote_plus(_TOKEN.sub(lambda match: _sliced(tokens[match[1]](), match[2]), pattern))


def by_permalinks(pattern: str, tokens: Mapping[str, Callable[[], str]]) -> str | None:
    """The address that a pattern from `[permalinks]` makes, what is no token in it sanitized too; None when only Hugo can tell."""
    filled = expanded(pattern, tokens)
    return None if filled is None else clean(url_path(filled).rstrip("/") + "/")


def by_url(url: str) -> str:
    """The address that `url` in front matter, its tokens filled in, makes: a file's where a dot is anywhere in it."""
    path = clean(url)
    return path if path.endswith("/") or "." in (path if ".." in url else url) else path + "/"


def _sliced(path: str, part: str | None) -> str:
    """The parts of `path` that a slice such as `1:`, `:last` or `0` leaves; the end is left out, as in Go."""
    found = _SLICE.fullmatch(part) if part else None
    if not found:
        return path
    parts = path.split("/")
    last = len(parts) - 1
    if found["only"]:
        only = _index(found["only"], last)
        return "/".join(parts[only : only + 1])
    first = _index(found["first"], last)
    end = _index(found["end"], last) if found["end"] else _BEHIND_ALL
    return "/".join(parts[first:end])


def _index(written: str, last: int) -> int:
    """A bound of a slice, of as many digits as anybody writes; the first part when it is left out."""
    if written == "last":
        return last
    digits = written.lstrip("0")
    return int(digits or 0) if len(digits) < len(str(_BEHIND_ALL)) else _BEHIND_ALL


def date_tokens(day: date | None) -> dict[str, Callable[[], str]]:
    """The tokens that a date fills in; a page without one gets Hugo's zero date."""
    known = day or date(1, 1, 1)
    return {
        "year": lambda: str(known.year),
        "month": lambda: f"{known.month:02}",
        "monthname": lambda: _MONTHS[known.month - 1],
        "day": lambda: f"{known.day:02}",
        "weekday": lambda: str(known.isoweekday() % 7),
        "weekdayname": lambda: _DAYS[known.weekday()],
        "yearday": lambda: str(known.timetuple().tm_yday),
    }


def _is_kept(char: str) -> bool:
    return char in _KEPT or char.isalpha() or char.isdecimal() or unicodedata.category(char)[0] == "M"
