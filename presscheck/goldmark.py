"""Takes out of a text what Goldmark, Hugo's parser, reads otherwise than ours, before that one parses it.

Whatever is taken out leaves as many characters behind, so that every offset stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyromark
from pyromark import Options

from presscheck.attributes import Attributes, attributes_at, attributes_behind
from presscheck.dialect import Dialect
from presscheck.text import Span, byte_places


def extensions(dialect: Dialect) -> Options:
    """What is more than plain Markdown in `dialect`."""
    found = Options.ENABLE_GFM
    for is_on, option in (
        (dialect.tables, Options.ENABLE_TABLES),
        (dialect.footnotes, Options.ENABLE_FOOTNOTES),
        (dialect.strikethrough, Options.ENABLE_STRIKETHROUGH),
        (dialect.task_lists, Options.ENABLE_TASKLISTS),
        (dialect.definition_lists, Options.ENABLE_DEFINITION_LIST),
    ):
        if is_on:
            found |= option
    return found


FORMULA = "\ufffc"
"""Stands for each character of a formula: a sign to the parser, as a dollar is, and no letter of an id."""
_FILLER = "\u00a0"
"""Stands for attributes that have a line for themselves, which becomes no blank one."""
_LAST_BRACE = re.compile(r"\}[ \t\r]*(?:\Z|\n(?P<underline>[ \t>]*+[=-])?)")
"""A brace at the end of a line; perhaps with what may be the line below a heading."""
_MAYBE_BELOW = re.compile(r"^[ \t>]*+(\{)[^\n]*", re.MULTILINE)
"""Where attributes may stand below a block."""
_EDGES = " \t\r\n>"
_NO_DEFINITION = re.compile(r"(\n[ \t>]*+):(?![ \t\r\n]|-[-|: \t\r]*(?:\n|\Z)|\Z)")
"""A colon that would begin a definition if Goldmark did not want a blank behind it."""
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
AUTOLINKS = frozenset({"Autolink", "Email"})
"""What the parser calls links that are written without a text."""


@dataclass
class Prepared:
    """A text that both parsers read alike, and what was taken out of it."""

    body: str
    """The text; what was taken out is overwritten."""
    behind_headings: Mapping[int, Attributes] = field(default_factory=dict)
    """The attributes of headings by the offset where the heading begins."""
    below_blocks: tuple[Attributes, ...] = ()
    """The attributes of other blocks."""
    formulas: tuple[Span, ...] = ()
    """What Hugo passes on as it is."""


def prepared(body: str, dialect: Dialect) -> Prepared:
    """What is to be parsed in place of `body`, if Hugo takes it in `dialect`."""
    found = Prepared(_NO_DEFINITION.sub(r"\1;", body) if dialect.definition_lists else body)
    has_formula = any(start in body for start, _ in dialect.formulas)
    has_behind = dialect.heading_attributes and "{" in body and _may_stand_behind_heading(body)
    has_below = dialect.block_attributes and "{" in body and _MAYBE_BELOW.search(body)
    if not (has_formula or has_behind or has_below):
        return found
    outline = _Outline(found.body, extensions(dialect))
    if has_formula:
        found.formulas = tuple(_formulas(found.body, outline, dialect.formulas))
        found.body = _overwritten(found.body, ((span, FORMULA) for span in found.formulas))
    if has_below:
        below = list(_below_blocks(found.body, outline))
        found.below_blocks = tuple(attributes for attributes, _ in below)
        found.body = _overwritten(found.body, ((line, " ") for _, line in below))
    if has_behind:
        behind = list(_behind_headings(found.body, outline))
        found.behind_headings = {heading.start: attributes for heading, attributes, _ in behind}
        found.body = _overwritten(found.body, ((attributes.span, filler) for _, attributes, filler in behind))
    return found


def _may_stand_behind_heading(body: str) -> bool:
    """Whether any line that ends in a brace looks like a heading; said in a moment, as most do not."""
    return any(
        found["underline"] or "#" in body[body.rfind("\n", 0, found.start()) + 1 : found.start()]
        for found in _LAST_BRACE.finditer(body)
    )


class _Outline:
    """Where the parts of a text are, in characters."""

    def __init__(self, body: str, options: Options) -> None:
        _, self.span = byte_places(body, 0)
        self.headings: list[Span] = []
        """Headings, their line breaks included."""
        self.lines: list[Span] = []
        """What is read for emphasis, links and the like: a paragraph, a cell, an item."""
        self.closed: list[Span] = []
        """What in those is not looked into: code, tags, and where links lead; in order of their ends."""
        self.code: list[Span] = []
        """Code blocks and blocks of HTML."""
        self.begin = self.end = -1
        """The part of the line that is open, in bytes."""
        self.links: list[tuple[bool, int]] = []
        """Of the links that are open, whether they are addresses by themselves, and where they begin."""
        self.is_code = False
        for event, place in pyromark.events_with_range(body, options=options):
            self._take(event, place)
        self._end_line()

    def _take(self, event: Any, place: Any) -> None:
        if event.__class__ is str:
            if event == "Rule":
                self._end_line()
            return
        ((what, payload),) = event.items()
        if what in {"Start", "End"}:
            name = payload if payload.__class__ is str else next(iter(payload))
            if name not in _INLINE:
                self._take_edge(what, name, place)
            elif name in {"Link", "Image"}:
                self._take_link(payload, place)
            return
        if self.is_code:
            return
        if what in {"Code", "InlineHtml"}:
            self.closed.append(self.span(place))
        if self.begin < 0:
            self.begin = place["start"]
        self.end = place["end"]

    def _take_edge(self, what: str, name: str, place: Any) -> None:
        """Take the beginning or the end of a block."""
        self._end_line()
        if name in {"CodeBlock", "HtmlBlock"}:
            self.is_code = what == "Start"
            self.code.append(self.span(place))
        elif name == "Heading" and what == "Start":
            self.headings.append(self.span(place))

    def _take_link(self, payload: Any, place: Any) -> None:
        if self.begin < 0:
            self.begin = place["start"]
        if payload.__class__ is not str:
            data = payload.get("Link") or payload["Image"]
            self.links.append((data["link_type"] in AUTOLINKS, place["start"]))
            return
        is_whole, start = self.links.pop()
        self.closed.append(self.span({"start": start if is_whole else max(self.end, start), "end": place["end"]}))
        self.end = place["end"]

    def _end_line(self) -> None:
        if self.begin >= 0:
            self.lines.append(self.span({"start": self.begin, "end": self.end}))
        self.begin = self.end = -1


def _overwritten(body: str, parts: Iterable[tuple[Span, str]]) -> str:
    """`body` with every span overwritten with as many of a character; line breaks stay where that is a blank."""
    pieces = []
    at = 0
    for span, char in parts:
        written = body[span.start : span.end]
        pieces += [body[at : span.start], re.sub(r"[^\r\n]", char, written) if char == " " else char * len(written)]
        at = span.end
    pieces.append(body[at:])
    return "".join(pieces)


def _formulas(body: str, outline: _Outline, pairs: tuple[tuple[str, str], ...]) -> Iterator[Span]:
    """The formulas, signs included. Behind a sign, nothing but its counterpart in the same line of text counts."""
    ends = dict(reversed(pairs))
    opening = re.compile("(?P<sign>" + "|".join(re.escape(start) for start, _ in pairs) + r")|\\.", re.DOTALL)
    closed = sorted(outline.closed)
    for line in outline.lines:
        at = line.start - body.endswith("\\", 0, line.start)  # the parser's texts begin behind it
        hopeless: set[str] = set()
        while found := opening.search(body, at, line.end):
            at = found.end()
            within = closed[max(bisect_right(closed, (found.start(), len(body))) - 1, 0) :][:1]
            if within and within[0].start <= found.start() < within[0].end:
                at = within[0].end
                continue
            sign = found["sign"]
            if not sign or sign in hopeless:
                continue
            end = body.find(ends[sign], at, line.end)
            if end < 0:
                hopeless.add(sign)
                continue
            at = end + len(ends[sign])
            yield Span(found.start(), at)


def _below_blocks(body: str, outline: _Outline) -> Iterator[tuple[Attributes, Span]]:
    """The attributes that begin a line below another, with the rest of their last line."""
    last = 0
    for found in _MAYBE_BELOW.finditer(body):
        start = found.start(1)
        code = outline.code[max(bisect_right(outline.code, (start, len(body))) - 1, 0) :][:1]
        if start < last or (code and code[0].start <= start < code[0].end):
            continue
        attributes = attributes_at(body, start, len(body))
        if attributes and body[body.rfind("\n", 0, max(found.start() - 1, 0)) + 1 : found.start()].strip(_EDGES):
            end = body.find("\n", attributes.span.end)
            last = end if end >= 0 else len(body)
            yield attributes, Span(start, last)


def _behind_headings(body: str, outline: _Outline) -> Iterator[tuple[Span, Attributes, str]]:
    """Each heading with attributes, those, and with what to overwrite them."""
    for heading in outline.headings:
        end = heading.start + len(body[heading.start : heading.end].rstrip())
        underline = body.rfind("\n", heading.start, end)
        start = body.rfind("\n", heading.start, underline) + 1 if underline >= 0 else heading.start
        start = max(start, heading.start)
        attributes = attributes_behind(body, start, end if underline < 0 else underline)
        if attributes:
            is_alone = underline >= 0 and not body[start : attributes.span.start].strip(_EDGES)
            yield heading, attributes, _FILLER if is_alone else " "
