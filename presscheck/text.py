"""Words about text: spans, positions, sources.

Offsets count characters (Unicode code points), never bytes; lines and columns count from one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

LONGEST = 262_144
"""How many bytes of a page's file are read; Hugo's parser may need minutes and gigabytes for a longer one."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TWO_BYTES, _THREE_BYTES = 0x7FF, 0xFFFF
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_C0 = "".join(char for char in map(chr, range(0x20)) if char not in "\t\n\r") + "\x7f"
_C1 = "".join(map(chr, range(0x80, 0xA0)))


class Span(NamedTuple):
    """A half-open range of character offsets; `Span(3, 3)` is the empty place before offset 3."""

    start: int
    """The first offset inside."""
    end: int
    """The first offset after; never less than `start`."""

    def shifted(self, by: int) -> Span:
        """The same range `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether both contain a character, or one inserts strictly inside the other, or both insert at one place."""
        if self == other:
            return True
        return self.start < other.end and other.start < self.end


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """The one of `spans` that the character at `at` is in; they are in order, and none overlaps another."""
    number = bisect_left(spans, (at + 1,))
    return spans[number - 1] if number and at < spans[number - 1].end else None


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as people count it."""

    line: int
    """From one."""
    column: int
    """From one, in characters."""


@dataclass(frozen=True)
class Source:
    """A text file as it was read: enough to point into it and to write it back unchanged.

    Bytes that are not UTF-8 live in `text` as lone surrogates (the `surrogateescape` convention), one each,
    so that every byte has an offset and nothing is lost.
    """

    path: str
    """Where it was read from, relative to the site's root where there is one, with `/` between the parts."""
    text: str
    """The decoded text, byte order mark included."""
    encoding: str = "utf-8"
    """`utf-8`, or the UTF-16 or UTF-32 variant that the byte order mark announced."""
    is_cut: bool = False
    """Whether the file goes on behind `text`, because it is longer than anything that is read."""

    @classmethod
    def decode(cls, path: str, data: bytes) -> Source:
        """Decode `data` by its byte order mark, else as UTF-8; never fails."""
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return cls(path, data.decode(encoding, errors="replace"), encoding)
        return cls(path, data.decode("utf-8", errors="surrogateescape"))

    @classmethod
    def of_page(cls, path: str, data: bytes) -> Source:
        """The same, but no more than LONGEST bytes of `data`."""
        if len(data) <= LONGEST:
            return cls.decode(path, data)
        # Not inside a character: those of UTF-8 go on with bytes that begin with the bits 10.
        end = next(at for at in range(LONGEST, 0, -1) if data[at] & 0xC0 != 0x80 or at < LONGEST - 3)
        return replace(cls.decode(path, data[:end]), is_cut=True)

    def encode(self, text: str) -> bytes:
        """The bytes that `text`, an edited version of this source, is stored as.

        A UTF-16 source whose byte order mark an edit removed becomes UTF-8.
        """
        if self.encoding == "utf-8" or not text.startswith("\ufeff"):
            return text.encode("utf-8", errors="surrogateescape")
        return text.encode(self.encoding)

    @cached_property
    def has_control(self) -> bool:
        """Whether a control character besides tab and line break stands in it."""
        # To search for each of them is many times faster than to look at every character.
        return any(map(self.text.__contains__, _C0 if self.text.isascii() else _C0 + _C1))

    def behind(self, sign: str) -> frozenset[str]:
        """The characters that stand right behind `sign`, a single character; remembered, because several rules ask.

        A text is searched for one character many times faster than for two, as long as that is a rare one.
        """
        known = self._behind.get(sign)
        if known is None:
            text = self.text
            found = set()
            at = text.find(sign)
            while at >= 0:
                found.add(text[at + 1 : at + 2])
                at = text.find(sign, at + 1)
            known = self._behind[sign] = frozenset(found)
        return known

    @cached_property
    def _behind(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def has_stray_bytes(self) -> bool:
        """Whether bytes that are not UTF-8 stand in it."""
        if self.text.isascii():
            return False
        try:
            self.text.encode("utf-8")
        except UnicodeEncodeError:
            return True
        return False

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Line and column of `offset`; the offset may be one past the end."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line `number` (from one) without its line break; raises IndexError when there is none."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def line_span(self, offset: int) -> Span:
        """The whole line around `offset`, its line break included."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Span(starts[line - 1], starts[line] if line < len(starts) else len(self.text))

    @property
    def first_line(self) -> Span:
        """The first line, without its break."""
        return Span(0, len(self.slice(self.line_span(0)).rstrip("\r\n")))

    def slice(self, span: Span) -> str:
        """The characters of `span`."""
        return self.text[span.start : span.end]


_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def byte_places(body: str, start: int) -> tuple[Callable[[int], int], Callable[[Mapping[str, int]], Span]]:
    """Functions from byte offsets of `body` as UTF-8, and from ranges of them, to places in a text in which it begins at `start`."""
    if body.isascii():
        return lambda at: at + start, lambda place: Span(place["start"] + start, place["end"] + start)
    ends: list[int] = []
    extra = [0]
    for match in _NOT_ASCII.finditer(body):
        code = ord(match[0])
        more = 1 if code <= _TWO_BYTES else 2 if code <= _THREE_BYTES else 3
        ends.append(match.end() + extra[-1] + more)
        extra.append(extra[-1] + more)

    def offset(at: int) -> int:
        return at - extra[bisect_right(ends, at)] + start

    return offset, lambda place: Span(offset(place["start"]), offset(place["end"]))


_NOT_A_LINE_BREAK = re.compile(r"[^\r\n]")


def hidden(text: str, sign: str = " ") -> str:
    """`text` with `sign` for everything but line breaks, so that what stands around it keeps its place."""
    return _NOT_A_LINE_BREAK.sub(sign, text)


def json_text(value: object, indent: int | None = None) -> str:
    """`value` as JSON, with U+FFFD for what Unicode cannot say; ends with a line break."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return (
        text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\ufffd\ufffd\ufffd", "\ufffd") + "\n"
    )
