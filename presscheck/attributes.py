"""Reads lists of attributes in braces, `{#install .wide k="v"}`, as Hugo 0.168 (Goldmark) does.

They stand behind headings and code fences, and below other blocks. What is not such a list to the letter is text: `{id}`,
`{1,3}` and `{ }` are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from presscheck.text import Span

_WORD = r"[A-Za-z_:][\w:.-]*+"
_SIMPLE = rf'(?>"(?:[^"\\\n]|\\.)*+"|[+-]?\d++(?:\.\d*+)?(?:[eE][+-]?\d++)?|{_WORD})'
_SHORT = r"[#.][^\s!-,/;-@\[-^`{-~]*+"
_SEPARATOR = r"\s*+,?\s*+"
_NO_CLASS = r"class\s*+=\s*+(?:[^\"A-Za-z_:]|(?:true|false|null)(?![\w:.-]))"
"""A class has to be a text."""
_LEVELS = 3
"""How many lists and braces are read inside each other; nobody puts one into another."""


def _value_within(levels: int) -> str:
    """A value: a text, a word or a number, else a list or braces with up to so many levels inside."""
    if not levels:
        return _SIMPLE
    inside = _value_within(levels - 1)
    return (
        rf"(?>{_SIMPLE}|\[(?>\]|\s*+(?:{inside}\s*+(?:,\s*+(?!\]))?)++\])"
        rf"|\{{(?:\s*+(?>{_SHORT}|(?!{_NO_CLASS}){_WORD}\s*+=\s*+{inside}){_SEPARATOR})*+\}})"
    )


@cache
def _attribute() -> re.Pattern[str]:
    """One attribute and what separates it from the next; made when the first list is read, as that takes a while."""
    value = _value_within(_LEVELS)
    return re.compile(
        rf"\s*+(?>(?P<short>{_SHORT})|(?!{_NO_CLASS})(?P<name>{_WORD})\s*+=\s*+(?P<value>{value})){_SEPARATOR}",
        re.ASCII,
    )


_KINDS = {'"': "text", "[": "list", "{": "table"}
_WORDS = {"true": "boolean", "false": "boolean", "null": "nothing"}
_ESCAPED = re.compile(r'\\(["/\\])')
_BRACE = re.compile(r"\\[!-/:-@\[-`{-~]?|(?P<brace>\{)")
"""An opening brace, unless it is escaped."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """One list."""

    span: Span
    """From brace to brace."""
    values: dict[str, str]
    """The value of each name, both as written, a text without its quotes; the last one where a name stands twice."""

    @property
    def id(self) -> str | None:
        """The id as a browser takes it: of `id` and `ID`, the first."""
        return next((value for name, value in self.values.items() if name.lower() == "id"), None)


def attributes_at(text: str, start: int, end: int) -> Attributes | None:
    """The list that begins with the brace at `start` and is closed before `end`; None when there is none."""
    at = start + 1
    values: dict[str, str] = {}
    while not text.startswith("}", at, end):
        found = _attribute().match(text, at, end)
        if not found:
            return None
        short, value = found["short"], found["value"]
        if short:
            values["id" if short[0] == "#" else "class"] = short[1:]
        else:
            values[found["name"]] = _ESCAPED.sub(r"\1", value[1:-1]) if value[0] == '"' else value
        at = found.end()
    return Attributes(Span(start, at + 1), values)


def braces_behind_fence(text: str, start: int, end: int) -> Span | None:
    """The braces that Hugo reads behind a code fence: from the last one before the first that closes; None where none does."""
    opening = text.find("{", start, end)
    closing = text.find("}", opening, end) if opening >= 0 else -1
    return Span(text.rindex("{", opening, closing), closing + 1) if closing >= 0 else None


def items_of(text: str, attributes: Attributes) -> Iterator[tuple[str, Span]]:
    """The names in a list, in order, each with the place of its value; what begins with a sign has its name from that."""
    at = attributes.span.start + 1
    while found := _attribute().match(text, at, attributes.span.end):
        short = found["short"]
        yield (
            ("id" if short[0] == "#" else "class", Span(found.start("short") + 1, found.end("short")))
            if short
            else (found["name"], Span(*found.span("value")))
        )
        at = found.end()


def kind_of(value: str) -> str:
    """What a value, as written behind `=`, is to Hugo: `text`, `list`, `table`, `number`, `boolean` or `nothing`."""
    if value[0] in _KINDS:
        return _KINDS[value[0]]
    return _WORDS.get(value, "number" if value[0].isdigit() or value[0] in "+-" else "text")


def attributes_behind(text: str, start: int, end: int) -> Attributes | None:
    """The list at the end of the line from `start` to `end`, behind which only white space may follow."""
    last = text.rfind("}", start, end)
    if last < 0 or text[last + 1 : end].strip():
        return None
    for found in _BRACE.finditer(text, start, last):
        if found["brace"]:
            attributes = attributes_at(text, found.start(), last + 1)
            if attributes and attributes.span.end == last + 1:
                return attributes
    return None
