"""Reads lists of attributes in braces, `{#install .wide k="v"}`, as Hugo 0.168 (Goldmark) does.

They stand behind headings and code fences, and below other blocks. What is not such a list to the letter is text: `{id}`,
`{1,3}` and `{ }` are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from presscheck.text import Span

_WORD = r"[A-Za-z_:][\w:.-]*+"
_SIMPLE = rf'(?>"(?:[^"\\\n]|\\.)*+"|[+-]?\d++(?:\.\d*+)?(?:[eE][+-]?\d++)?|{_WORD})'
_SHORT = r"[#.][^\s!-,/;-@\[-^`{-~]*+"
_SEPARATOR = r"\s*+,?\s*+"
_LIST = rf"\[(?:\s*+{_SIMPLE}(?:{_SEPARATOR}{_SIMPLE})*+\s*+)?\]"
_INNER = rf"\{{(?:\s*+(?>{_SHORT}|{_WORD}\s*+=\s*+{_SIMPLE}){_SEPARATOR})*+\}}"
"""A list as a value; more deeply than this, nobody puts one into another."""
_NO_CLASS = r"class\s*+=\s*+(?:[^\"A-Za-z_:]|(?:true|false|null)(?![\w:.-]))"
"""A class has to be a text."""
_ATTRIBUTE = re.compile(
    rf"\s*+(?>(?P<short>{_SHORT})|(?!{_NO_CLASS})(?P<name>{_WORD})\s*+=\s*+(?P<value>{_SIMPLE}|{_LIST}|{_INNER})){_SEPARATOR}",
    re.ASCII,
)
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
        found = _ATTRIBUTE.match(text, at, end)
        if not found:
            return None
        short, value = found["short"], found["value"]
        if short:
            values["id" if short[0] == "#" else "class"] = short[1:]
        else:
            values[found["name"]] = _ESCAPED.sub(r"\1", value[1:-1]) if value[0] == '"' else value
        at = found.end()
    return Attributes(Span(start, at + 1), values)


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
