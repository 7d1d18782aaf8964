"""The list of every address that a site ever published: `urls.jsonl`, one JSON object a line, only ever added to.

A line says what became of one address: it is `live`, it has `moved`, or it is `gone`. The last line about an address
counts, the lines before are its history. A line that is there twice does no harm, so that the lines of two branches can
be put together (`merge=union` in `.gitattributes`).

Addresses are those below the base URL, with a leading `/` and percent-encoded, as a manifest has them; with a fragment
where the site asks for that.
"""

from __future__ import annotations

import difflib
import json
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.settings import UrlLedger, file_of_site, settings
from presscheck.text import Source, Span, json_text
from presscheck.urls import encoded

STAND_IN = "<!-- presscheck: stand-in -->"
"""What ends the HTML of a page that a build writes in the place of one that is gone or has moved."""

_KEYS = ("url", "status", "release", "date", "source", "title", "to", "reason")
_KNOWN = frozenset(_KEYS)
_PLAIN = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^\ud800-\udfff]")
_ABSOLUTE = re.compile(r"https?://[^/\s]+", re.IGNORECASE)
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |$)")


class Status(Enum):
    """What became of an address."""

    LIVE = "live"
    """Something is there."""
    MOVED = "moved"
    """What was there is at another address now."""
    GONE = "gone"
    """What was there was taken away on purpose."""


_STATUSES = {each.value: each for each in Status}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what became of one address at one time."""

    url: str
    """The address, in the form of `canonical`."""
    status: Status
    """What became of it."""
    release: str = ""
    """The name of the release in which that was so; empty when nobody recorded one."""
    date: str = ""
    """The day on which it was recorded (ISO 8601); may be empty."""
    source: str = ""
    """The file that the page is made from, relative to the root; empty for everything that is no page of a file."""
    title: str = ""
    """The page's title."""
    to: str = ""
    """Where it is now, for what has moved: an address of the site, or of another one."""
    reason: str = ""
    """Why it is gone, for readers."""
    more: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What else the line says."""
    span: Span = field(default=Span(0, 0), compare=False)
    """Where the address stands in the file."""

    @property
    def base(self) -> str:
        """The address without its fragment."""
        return self.url.partition("#")[0]

    @property
    def is_fragment(self) -> bool:
        """Whether it is about a part of a page."""
        return "#" in self.url

    @property
    def is_page(self) -> bool:
        """Whether readers open it as a page, so that another page can stand in for it."""
        return is_page(self.base)

    def as_json(self) -> str:
        """The line as it is written, without its break."""
        said = {key: getattr(self, key) for key in _KEYS if key != "status"} | {"status": self.status.value}
        told = {key: said[key] for key in _KEYS if said[key]}
        return json_text({**told, **self.more}).rstrip("\n")


class Problem(NamedTuple):
    """Something that is wrong with a line."""

    message: str
    """What, in lower case, without a full stop."""
    span: Span
    """The offending characters."""
    help: str
    """What to do, as an instruction."""


@dataclass(frozen=True)
class Ledger:
    """What a ledger says."""

    lines: tuple[Line, ...] = ()
    """Every line that can be understood, in the order of the file."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the others, in the order of the file."""

    @cached_property
    def latest(self) -> Mapping[str, Line]:
        """What counts for each address: the last line about it, in the order of first mention."""
        return {line.url: line for line in self.lines}

    def history(self, url: str) -> list[Line]:
        """The lines about one address in the order of the file, without those that repeat the one before."""
        lines = [line for line in self.lines if line.url == url]
        return [line for at, line in enumerate(lines) if not at or line != lines[at - 1]]

    @cached_property
    def first(self) -> Mapping[str, Line]:
        """The first line that calls each address live."""
        found: dict[str, Line] = {}
        for line in self.lines:
            if line.status is Status.LIVE:
                found.setdefault(line.url, line)
        return found

    def live(self) -> Iterator[Line]:
        """What has to be there."""
        return (line for line in self.latest.values() if line.status is Status.LIVE)

    def belongings(self, url: str) -> list[str]:
        """The live addresses that were part of the page at `url`: its feeds, its pictures, its other forms."""
        if not url.endswith("/"):
            return []
        return [
            line.url
            for line in self.live()
            if line.url != url and line.url.startswith(url) and not line.is_fragment and self.owner(line.url) == url
        ]

    def owner(self, url: str) -> str:
        """The page, by its address, that what is at `url` was part of; empty for a page, and for what is part of none."""
        if is_page(url):
            return ""
        folder = posixpath.dirname(url)
        while folder not in {"/", ""}:
            if f"{folder}/" in self.latest:
                return f"{folder}/"
            folder = posixpath.dirname(folder)
        return ""

    def destination(self, url: str) -> str:
        """Where what was at `url` is now, however often it has moved; empty when the way leads in a circle."""
        seen = {url}
        here = url
        while (line := self.latest.get(here)) and line.status is Status.MOVED:
            here = line.to
            if here in seen:
                return ""
            seen.add(here)
        return here

    def ensure_known(self, url: str) -> Line:
        """What counts for `url`; raises UsageError with a suggestion when the ledger has no such address."""
        found = self.latest.get(url)
        if found:
            return found
        tail = [
            each for each in self.latest if each.rstrip("/").rpartition("/")[2] == url.rstrip("/").rpartition("/")[2]
        ]
        near = difflib.get_close_matches(url, self.latest, 1) or tail[:1]
        hint = f"did you mean `{near[0]}`?" if near else "`presscheck urls list` shows every address that was"
        raise UsageError(f"the ledger has no address {url}", hint)


def is_page(url: str) -> bool:
    """Whether the address `url` (without a fragment) is one that is opened as a page."""
    return url.endswith(("/", ".html", ".htm"))


def canonical(written: str, base_url: str = "") -> str:
    """An address as the ledger has it, from one that a person wrote: whole or below the base URL, encoded or not.

    Raises ValueError, with the reason, for one that can be no address of a site.
    """
    if _PLAIN.fullmatch(written):
        return written
    text = written.strip()
    if base_url and (text + "/").startswith(base_url):
        text = "/" + text[len(base_url) :]
    path, sign, fragment = text.partition("#")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("it does not begin with one `/`")
    plain = unquote(path, errors="surrogateescape")
    if _UNSAFE.search(plain.replace(" ", "")) or "?" in path:
        raise ValueError("it has characters that no address has")
    if {".", ".."} & set(plain.split("/")) or "//" in plain:
        raise ValueError("it has `.`, `..` or nothing between two `/`")
    if sign and not fragment:
        raise ValueError("nothing follows the `#`")
    return encoded(plain) + (f"#{_fragment(fragment)}" if sign else "")


def path_of(url: str) -> str:
    """The file of a site that is at `url`, relative to the site."""
    path = unquote(url.partition("#")[0]).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _fragment(text: str) -> str:
    plain = unquote(text, errors="surrogateescape")
    if _UNSAFE.search(plain):
        raise ValueError("its fragment has characters that no id has")
    return quote(plain, safe="~!$&'()*+,;=:@-._/?")


# Reading


def read_ledger(source: Source) -> Ledger:
    """What the file says; a line that cannot be understood is a problem, and all others count."""
    lines: list[Line] = []
    problems: list[Problem] = []
    at = 0
    for written in source.text.split("\n"):
        span = Span(at, at + len(written.removesuffix("\r")))
        at += len(written) + 1
        text = written.removesuffix("\r")
        if not text.strip("\ufeff \t"):
            continue
        try:
            lines.append(_read_line(text, span))
        except _Malformed as error:
            if error.line:
                lines.append(error.line)
            problems.append(Problem(error.message, _within(span, error.at, error.length), error.help))
    return Ledger(tuple(lines), tuple(problems))


class _Malformed(Exception):
    """Why a line cannot be understood, or only in part."""

    def __init__(self, message: str, help_: str, at: int = -1, length: int = 1, line: Line | None = None) -> None:
        super().__init__(message)
        self.message, self.help, self.at, self.length, self.line = message, help_, at, length, line


_RESTORE = "put the line right, or take it out; the history of the file has what it was"


def _within(line: Span, at: int, length: int) -> Span:
    """The characters `at` in the line, all of it when `at` is negative."""
    if at < 0:
        return line
    start = min(line.start + at, max(line.end - 1, line.start))
    return Span(start, min(start + length, line.end))


def _read_line(text: str, span: Span) -> Line:
    if _CONFLICT.match(text):
        raise _Malformed(
            "a mark that a merge left behind",
            "take out the lines with the marks and keep all others; `urls.jsonl merge=union` in `.gitattributes` avoids it",
        )
    skip = len(text) - len(text.lstrip("\ufeff"))
    try:
        told = json.loads(text[skip:])
    except json.JSONDecodeError as error:
        raise _Malformed(
            f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", _RESTORE, error.pos + skip
        ) from None
    except (ValueError, RecursionError):
        raise _Malformed("this is not JSON that can be read", _RESTORE) from None
    if not isinstance(told, dict):
        raise _Malformed("the line is no JSON object", _RESTORE)
    for key, value in told.items():
        if not isinstance(value, str) and key in _KNOWN:
            raise _wrong(text, key, f"`{key}` is not a text")
    if not told.get("url"):
        raise _Malformed("the line names no `url`", _RESTORE)
    try:
        url = canonical(told["url"])
    except ValueError as error:
        raise _wrong(text, "url", f"`{told['url']}` is no address of the site: {error}") from None
    try:
        status = _STATUSES[told["status"]]
    except KeyError:
        names = ", ".join(each.value for each in Status)
        raise _wrong(text, "status", f"`status` is none of {names}") from None
    at = text.find(told["url"])
    place = Span(span.start + at, span.start + at + len(told["url"])) if at >= 0 else span
    line = Line(
        url,
        status,
        told.get("release", ""),
        told.get("date", ""),
        told.get("source", ""),
        told.get("title", ""),
        told.get("to", ""),
        told.get("reason", ""),
        {key: told[key] for key in told if key not in _KNOWN},
        place,
    )
    return _judged(text, line)


def _judged(text: str, line: Line) -> Line:
    """The line; raises _Malformed with it when it says too little to act on."""
    if line.date:
        try:
            date.fromisoformat(line.date)
        except ValueError:
            raise _wrong(text, "date", f"`{line.date}` is no day such as 2026-01-31", line) from None
    if line.status is Status.GONE and not line.reason.strip():
        raise _wrong(text, "status", "the address is gone, and the line says no `reason`", line, 'add `"reason": "…"`')
    if line.status is Status.MOVED:
        try:
            to = target(line.to)
        except ValueError as error:
            # What leads nowhere is not acted on: the address stays what it was.
            raise _wrong(text, "to" if line.to else "status", f"`to` is no address: {error}") from None
        return replace(line, to=to)
    return line


def _wrong(text: str, key: str, message: str, line: Line | None = None, help_: str = _RESTORE) -> _Malformed:
    """The problem at the value of `key`, or at the key when the value is spelt in another way."""
    found = re.search(rf'"{key}"\s*:\s*("(?:[^"\\]|\\.)*"|[^,}}\s]+)', text)
    return (
        _Malformed(message, help_, found.start(1), len(found[1]), line)
        if found
        else _Malformed(message, help_, line=line)
    )


def target(written: str, base_url: str = "") -> str:
    """Where something has moved to: an address of the site in the form of `canonical`, or a whole one of another site.

    Raises ValueError, with the reason, for anything else.
    """
    text = written.strip()
    if not text:
        raise ValueError("nothing is there")
    if _ABSOLUTE.match(text) and not (base_url and (text + "/").startswith(base_url)):
        if _UNSAFE.search(text):
            raise ValueError("it has characters that no address has")
        return text
    return canonical(text, base_url)


def added(text: str, lines: Iterable[Line]) -> str:
    """The text of the file with `lines` at its end; nothing of what is there is touched."""
    gap = "" if not text or text.endswith("\n") else "\n"
    written = "".join(f"{line.as_json()}\n" for line in lines)
    return text + gap + written if written else text


# Recording


class Origin(NamedTuple):
    """What a page is made from."""

    source: str
    """Its file, relative to the root."""
    title: str
    """Its title."""


def news(
    known: Ledger,
    there: Iterable[str],
    origins: Mapping[str, Origin],
    release: str,
    day: date,
) -> list[Line]:
    """The lines to add for a release in which the addresses `there` have something at them: what is new, back, or changed.

    The same release recorded again adds nothing.
    """
    found = []
    for url in sorted(there):
        origin = origins.get(url.partition("#")[0] if "#" in url else url, Origin("", ""))
        before = known.latest.get(url)
        if before and before.status is Status.LIVE and (before.source, before.title) == origin:
            continue
        if before and before.status is Status.LIVE and (not origin.source or "#" in url):
            continue  # a page whose file is not known this time stays what it was
        found.append(Line(url, Status.LIVE, release, day.isoformat(), origin.source, origin.title))
    return found


class Difference(NamedTuple):
    """How what is published differs from what the ledger says; each sorted."""

    new: tuple[str, ...]
    """Addresses that are there and that the ledger does not have."""
    lost: tuple[str, ...]
    """Addresses that should be there."""
    returned: tuple[str, ...]
    """Addresses that are there again although they had moved or were gone."""


def difference(known: Ledger, there: Collection[str], everything: Collection[str], *, fragments: bool) -> Difference:
    """Compare the ledger with the addresses `there`, and those that have `everything` with what is never recorded."""
    latest = known.latest
    lost = (line.url for line in known.live() if line.url not in everything and (fragments or not line.is_fragment))
    return Difference(
        tuple(sorted(url for url in there if url not in latest)),
        tuple(sorted(lost)),
        tuple(sorted(url for url in there if url in latest and latest[url].status is not Status.LIVE)),
    )


# What a host can be told


def gone_urls(known: Ledger, there: Collection[str] = ()) -> tuple[str, ...]:
    """The addresses for which a host should say 410, sorted: those that are gone and not among those `there` again."""
    lines = (line for line in known.latest.values() if line.status is Status.GONE and not line.is_fragment)
    return tuple(sorted(line.url for line in lines if line.url not in there))


# In words


def told(line: Line) -> str:
    """What one line says, in a sentence without a full stop."""
    when = f"on {line.date}" if line.date else "on an unknown day"
    which = f" (release {line.release})" if line.release else ""
    if line.status is Status.MOVED:
        return f"{when} it moved to {line.to}"
    if line.status is Status.GONE:
        return f"{when} it was taken away: {line.reason or 'nobody wrote why'}"
    called = f", titled `{line.title}`" if line.title else ""
    made = f", made from {line.source}" if line.source else ""
    return f"{when} it was published{which}{called}{made}"


def keeps_fragments(config: Config) -> bool:
    """Whether the site keeps the parts of its pages too."""
    return settings(config, UrlLedger).fragments


def place_of(config: Config) -> str:
    """The path of the ledger below the root; raises UsageError for one that leads out of it."""
    return file_of_site(settings(config, UrlLedger).file, f"`file` in [params.presscheck.ledger] in {config.path}")
