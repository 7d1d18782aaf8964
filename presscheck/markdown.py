"""Reads Markdown into facts with exact spans: headings, links, images, code, raw HTML, footnotes.

pulldown-cmark (by way of pyromark) does the parsing. It agrees with Goldmark, Hugo's parser, on CommonMark and on
the extensions that are switched on here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from itertools import chain
from typing import Any, NamedTuple

import pyromark

from presscheck.attributes import Attributes, attributes_at, braces_behind_fence
from presscheck.dialect import Dialect
from presscheck.goldmark import AUTOLINKS, FORMULA, Prepared, extensions, prepared
from presscheck.raw_html import ids_in
from presscheck.shortcodes import Shortcode, masked
from presscheck.text import Span, byte_places

_SURROGATE = re.compile("[\ud800-\udfff]")
_DASHES = re.compile(r"---?")
_DASH = "\0"
"""Stands for a typographic dash, which no id keeps, but which keeps the blanks around it; no parsed text holds a NUL."""
BARE_ADDRESS = re.compile(
    r"""(?: ^ | (?<=[\s*_~("']) | (?<=--) | (?<=\.\.\.) )
    (?: (?:(?:https?|ftp)://|www\.) [-\w@:%.+~\#=]{1,256} \.[a-z]+ (?::\d+)?
        (?:[/\#?] [-\w@:%+.~\#$!?&/=();,'">^{}[\]`]*)? (?<![?!.,:*_~)])
      | (?>[a-zA-Z0-9] [\w.+-]{0,63} @ (?:[a-zA-Z0-9-]+\.)+ [a-zA-Z0-9-]+) (?![-_]) )""",
    re.VERBOSE | re.ASCII,
)
"""What Goldmark makes a link of, and ids leave out."""
_WHOLE_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_NEVER = re.compile(r"(?!)")
_STRUCK = "(?<!~)~~?(?!~)|"
_NODE = re.compile(rf"(?P<own>{_STRUCK}[*_]+|\[)|(?<=[^`])`|{FORMULA}")
_TYPOGRAPHIC_NODE = re.compile(
    _NODE.pattern + r"""|--|\.\.\.|<<|>>|(?<![^\W_])'|'(?!\d)|(?:^|(?<=[^\w\s])|(?<=_))"(?=\w)|(?<=\s)"(?=\S)"""
)
"""Where Goldmark begins another node within text; behind what is `own`, otherwise before."""
_NODE_UNSTRUCK, _TYPOGRAPHIC_NODE_UNSTRUCK = (
    re.compile(node.pattern.replace(_STRUCK, "")) for node in (_NODE, _TYPOGRAPHIC_NODE)
)
"""The same where nothing is struck out."""
_NAMED_ENTITY = re.compile(r"&[a-zA-Z]\w*;")
_SHIELD = 0xDC00
"""Lifts an ASCII character that was escaped out of reach; no parsed text holds surrogates."""
_SHIELDED = re.compile("[\udc00-\udc7f]")
_DROPPED_FROM_ID = re.compile(r"[^\w\- ]")
_LOUD_ENDS = frozenset({"Link", "Image"})
_FENCE = re.compile(r"(`{3,}|~{3,})")
_DEEPEST_FENCE = 3
"""By how many spaces a closing fence may be indented."""


class Heading(NamedTuple):
    """A heading."""

    level: int
    """1 to 6."""
    text: str
    """What it says, without markup."""
    id: str
    """The fragment that leads to it, as Hugo makes it."""
    span: Span
    """The heading without its line break."""
    attributes: Attributes | None
    """Those behind it, in braces; with spans that are offsets into the whole text."""


class Link(NamedTuple):
    """A link or an image."""

    destination: str
    """Where it leads, entities and escapes resolved; as written when a shortcode makes it."""
    text: str
    """The text of a link, the alternative text of an image, without markup."""
    title: str
    """The words in quotes behind the destination."""
    span: Span
    """The whole construct."""
    destination_span: Span
    """The destination as written: in the definition, for a link by reference."""
    is_image: bool
    """Whether it is an image."""
    is_autolink: bool
    """Whether it is `<https://…>`."""
    is_made_by_shortcode: bool
    """Whether the destination holds a shortcode call, so that only Hugo knows it."""


class CodeBlock(NamedTuple):
    """A code block."""

    info: str
    """What stands behind the opening fence; empty for an indented block."""
    span: Span
    """Fences included."""
    is_fenced: bool
    """False for a block made by indenting."""
    is_closed: bool
    """Whether the closing fence is there; True for an indented block."""


class Footnote(NamedTuple):
    """The definition of a footnote, or a reference to one."""

    label: str
    """What stands behind `^`."""
    span: Span
    """The whole construct."""


@dataclass(frozen=True)
class Markdown:
    """What a page's text holds."""

    headings: tuple[Heading, ...] = ()
    """In order."""
    links: tuple[Link, ...] = ()
    """Links and images in order of their spans."""
    code_blocks: tuple[CodeBlock, ...] = ()
    """In order."""
    code: tuple[Span, ...] = ()
    """Every code block and every code span."""
    html: tuple[Span, ...] = ()
    """Raw HTML: each inline tag, each block."""
    html_ids: frozenset[str] = frozenset()
    """The `id` and `name` attributes of raw HTML."""
    block_ids: frozenset[str] = frozenset()
    """The ids that the attributes of code and of other blocks set, and those of numbered lines of code."""
    footnotes: tuple[Footnote, ...] = ()
    """The definitions of footnotes, in order."""
    footnote_references: tuple[Footnote, ...] = ()
    """The references to them, in order; what is not defined is text."""
    tables: tuple[Span, ...] = ()
    """In order."""
    quotes: tuple[Span, ...] = ()
    """Block quotes, alerts among them, in order of their beginnings."""
    lists: tuple[Span, ...] = ()
    """In order of their beginnings."""
    deepest: Span | None = None
    """The quote or list that lies inside most others; None when there is none."""
    depth: int = 0
    """How many quotes and lists that one is inside of, itself included."""
    verbatim: tuple[Span, ...] = ()
    """What is no Markdown: text between the halves of shortcodes that take it as it is, and formulas."""

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all headings, of other blocks and of raw HTML."""
        return self.html_ids.union(self.block_ids, (heading.id for heading in self.headings))


def read_markdown(
    text: str,
    start: int,
    shortcodes: tuple[Shortcode, ...],
    *,
    verbatim: tuple[Span, ...] = (),
    dialect: Dialect = Dialect(),  # noqa: B008 - it is frozen
) -> Markdown:
    """What `text` from offset `start` on holds, as `dialect` has it; spans are offsets into `text`.

    `verbatim` are the spans between shortcodes that are not read as Markdown, as `shortcodes.verbatim` finds them.
    """
    body = masked(text, shortcodes, verbatim)[start:]
    if not body.isascii():
        body = _SURROGATE.sub("?", body)
    found = prepared(body, dialect)
    reader = _Reader(text, found, start, dialect)
    reader.take_all(pyromark.events_with_range(found.body, options=extensions(dialect)))
    formulas = (Span(span.start + start, span.end + start) for span in found.formulas)
    result = reader.result()
    return replace(result, verbatim=(*verbatim, *formulas)) if verbatim or found.formulas else result


def heading_id(text: str) -> str:
    """The id that Hugo's default (`github`) gives to a heading that says `text`, before duplicates are counted."""
    kept = _DROPPED_FROM_ID.sub("", text.strip()).lower() if text.isascii() else _unicode_id(text)
    return kept.replace(" ", "-") or "heading"


def _unicode_id(text: str) -> str:
    kept = (char for char in text.strip() if char.isalpha() or char.isdecimal() or char in "-_ ")
    return "".join(char.lower()[:1] for char in kept)  # one for one, as Go does it


class _Reader:
    """Collects facts from the parser's events; one instance reads one text."""

    def __init__(self, text: str, source: Prepared, start: int, dialect: Dialect) -> None:
        self.text = text
        self.body = source.body
        self.start = start
        self.dialect = dialect
        self.behind_headings = source.behind_headings
        self.offset, self.span = byte_places(source.body, start)
        self.heading: tuple[int, Span] | None = None
        self.heading_texts: list[str] = []
        self.id_text = ""
        """What the id of the open heading is made of."""
        self.open_links: list[_OpenLink] = []
        self.ids: set[str] = set()
        self.repeats: dict[str, int] = {}
        """How often an id was numbered already, so that equal headings do not take quadratic time."""
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.code_blocks: list[CodeBlock] = []
        self.code: list[Span] = []
        self.html: list[Span] = []
        self.html_ids: set[str] = set()
        self.block_ids = {each.id for each in source.below_blocks if each.id}
        self.footnotes: list[Footnote] = []
        self.footnote_references: list[Footnote] = []
        self.tables: list[Span] = []
        self.quotes: list[Span] = []
        self.lists: list[Span] = []
        self.open_blocks = 0
        self.depth = 0
        self.deepest: Span | None = None
        self.definitions: dict[str, Any] | None = None
        self.is_listening = False
        """Whether text matters: inside a heading or a link."""

    def take_all(self, events: Iterable[tuple[Any, Any]]) -> None:  # noqa: C901, PLR0912 - flat because it is hot
        """Take what the parser found.

        Hundreds of events a page, most of them text, or edges that say nothing by themselves: the commonest come first.
        """
        events = iter(events)
        for event, place in events:
            if "Text" in event:
                if self.is_listening:
                    self.take_text(event["Text"], place)
            elif "Start" in event:
                payload = event["Start"]
                if payload.__class__ is not str:
                    if self.is_listening:
                        self.begin(payload, place)
                    elif "Link" in payload:
                        self.take_link(payload["Link"], place, events)
                    elif "Heading" in payload:
                        self.take_heading(payload["Heading"], place, events)
                    else:
                        self.begin(payload, place)
                elif payload == "HtmlBlock":
                    self.take_html(place)
            elif "End" in event:
                payload = event["End"]
                if payload.__class__ is not str:
                    if "Heading" in payload:
                        self.end_heading()
                    else:
                        self.open_blocks -= 1
                elif payload in _LOUD_ENDS:
                    self.end_link()
            elif "Code" in event:
                self.take_code(event["Code"], place)
            elif "InlineHtml" in event:
                self.take_html(place)
            elif "FootnoteReference" in event:
                self.footnote_references.append(Footnote(event["FootnoteReference"], self.span(place)))
            elif event.__class__ is str and event != "Rule":
                self.take_line_break()

    def take_link(self, data: Any, place: Any, events: Iterator[tuple[Any, Any]]) -> None:
        """Take a link outside headings; of most of them the next event is all the text, and the one after it the end."""
        first = next(events)
        inside = [first]
        if "Text" in first[0]:
            second = next(events)
            if "End" in second[0]:
                self._add(data, place["start"], place["end"], first[1]["end"], first[0]["Text"])
                return
            inside.append(second)
        self.open_links.append(_OpenLink(data, False, place["start"], place["end"]))
        self.is_listening = True
        self.take_all(inside)

    def take_heading(self, data: Any, place: Any, events: Iterator[tuple[Any, Any]]) -> None:
        """Take a heading; most say a few words without markup, which are one event, and the next one is the end."""
        self.heading = (int(data["level"][1]), self.span(place))
        inside = [next(events)]
        first = inside[0][0]
        if "Text" in first:
            text = first["Text"]
            if text.isascii() and text.replace(" ", "").isalnum():
                inside.append(next(events))
                if "End" in inside[1][0]:
                    self.heading_texts = [text]
                    self.id_text = text
                    self.end_heading()
                    return
        self.heading_texts = []
        self.is_listening = True
        self.take_all(self._spelled(chain(inside, events)))

    def begin(self, payload: Any, place: Any) -> None:
        """Take the beginning of something else that has properties, or of a link within a heading or an image."""
        if "Link" in payload:
            self.open_links.append(_OpenLink(payload["Link"], False, place["start"], place["end"]))
        elif "Image" in payload:
            self.open_links.append(_OpenLink(payload["Image"], True, place["start"], place["end"]))
            self.is_listening = True
        elif "CodeBlock" in payload:
            self._code_block(payload["CodeBlock"], self.span(place))
        elif "FootnoteDefinition" in payload:
            self.footnotes.append(Footnote(payload["FootnoteDefinition"], self.span(place)))
        elif "Table" in payload:
            self.tables.append(self.span(place))
        elif "List" in payload:
            self._open_block(self.lists, place)
        elif "BlockQuote" in payload:
            self._open_block(self.quotes, place)

    def _open_block(self, blocks: list[Span], place: Any) -> None:
        blocks.append(self.span(place))
        self.open_blocks += 1
        if self.open_blocks > self.depth:
            self.depth = self.open_blocks
            self.deepest = blocks[-1]

    def end_link(self) -> None:
        """Take the end of a link or an image."""
        link = self.open_links.pop()
        self.is_listening = bool(self.heading or self.open_links)
        if self.open_links:
            self.open_links[-1].inner_end = link.end
            if any(outer.is_image for outer in self.open_links):
                return  # of an alternative text only the words are left
        self._add(
            link.data,
            link.start,
            link.end,
            link.inner_end if link.texts else link.inner_end - 1,
            "".join(link.texts),
            is_image=link.is_image,
        )

    def _add(self, data: Any, begin: int, end: int, inner_end: int, words: str, *, is_image: bool = False) -> None:
        """Add a link that lies from `begin` to `end`, and whose words end at `inner_end`, all in bytes."""
        text = self.text
        offset = self.offset
        span = Span(offset(begin), offset(end))
        destination = data["dest_url"]
        kind = data["link_type"]
        if kind == "Inline":
            after = text.find("](", offset(inner_end), span.end) + 2
            if after > 1 and destination and text.startswith(destination, after):
                where = Span(after, after + len(destination))
            else:
                where = self._destination(after, span.end, destination) if after > 1 else span
        elif kind in AUTOLINKS:
            where = Span(span.start + 1, span.end - 1)
        else:
            where = self._definition(data["id"], destination, span)
        written = text[where.start : where.end]
        by_shortcode = "{{" in written
        self.links.append(
            Link(
                written if by_shortcode else destination,
                words,
                data["title"],
                span,
                where,
                is_image,
                kind in AUTOLINKS,
                by_shortcode,
            )
        )

    def take_code(self, text: str, place: Any) -> None:
        """Take a code span."""
        self.code.append(self.span(place))
        if self.heading:
            self.heading_texts.append(text)
        if self.open_links:
            self._link_text(text, place)

    def take_text(self, text: str, place: Any) -> None:
        """Take text inside a heading or a link."""
        if FORMULA in text:
            text = self.text[self.offset(place["start"]) : self.offset(place["end"])]
        if self.heading:
            self.heading_texts.append(text)
        if self.open_links:
            self._link_text(text, place)

    def take_line_break(self) -> None:
        """Take a line break inside a paragraph or a heading."""
        if self.heading:
            self.heading_texts.append(" ")
        for link in self.open_links:
            link.texts.append(" ")

    def take_html(self, place: Any) -> None:
        """Take an inline tag, or a block of HTML."""
        span = self.span(place)
        self.html.append(span)
        self.html_ids.update(ids_in(self.text[span.start : span.end]))
        if self.open_links:
            self.open_links[-1].inner_end = place["end"]

    def _spelled(self, events: Iterator[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """The events up to the end of the heading, whose id is spelled on the way."""
        inside = []
        spelling = _Spelling(self.text, self.dialect)
        for event, place in events:
            inside.append((event, place))
            if "End" in event and "Heading" in event["End"]:
                break
            spelling.take(event, self.offset(place["start"]), self.offset(place["end"]))
        self.id_text = spelling.result()
        return inside

    def end_heading(self) -> None:
        """Take the end of a heading."""
        if not self.heading:
            return
        self.is_listening = bool(self.open_links)
        level, span = self.heading
        self.heading = None
        text = "".join(self.heading_texts)
        attributes = self.behind_headings.get(span.start - self.start)
        if attributes:
            edges = attributes.span
            attributes = replace(attributes, span=Span(edges.start + self.start, edges.end + self.start))
        if attributes and attributes.id is not None:
            found = attributes.id
        elif not self.id_text or (attributes and not self.id_text.strip()):
            found = ""
        else:
            base = found = heading_id(self.id_text)
            count = self.repeats.get(base, 0)
            while found in self.ids:
                count += 1
                found = f"{base}-{count}"
            self.repeats[base] = count
        self.ids.add(found)
        end = span.start + len(self.text[span.start : span.end].rstrip())
        self.headings.append(Heading(level, text.strip(), found, Span(span.start, end), attributes))

    def _link_text(self, text: str, place: Any) -> None:
        for link in self.open_links:
            link.texts.append(text)
            link.inner_end = max(link.inner_end, place["end"])

    def _destination(self, at: int, end: int, destination: str) -> Span:
        """The span of the destination that begins at or behind `at`, white space and `<` skipped."""
        text = self.text
        while at < end and text[at] in " \t\r\n":
            at += 1
        if text.startswith("<", at):
            closing = text.find(">", at, end)
            return Span(at + 1, closing if closing >= 0 else end)
        if text.startswith(destination, at):
            return Span(at, at + len(destination))
        masked_text = self.body[at - self.start : end - self.start]
        depth = 0
        length = 0
        while length < len(masked_text):
            char = masked_text[length]
            if char in " \t\r\n" or (char == ")" and depth == 0):
                break
            depth += (char == "(") - (char == ")")
            length += 2 if char == "\\" else 1
        return Span(at, min(at + length, end))

    def _definition(self, label: str, destination: str, fallback: Span) -> Span:
        if self.definitions is None:
            known = pyromark.reference_definitions(self.body, options=extensions(self.dialect))
            self.definitions = {name.casefold(): definition for name, definition in known.items()}
        definition = self.definitions.get(label.casefold())
        if not definition:
            return fallback
        span = self.span(definition["span"])
        colon = self.text.find("]:", span.start, span.end)
        return self._destination(colon + 2, span.end, destination) if colon >= 0 else fallback

    def _code_block(self, payload: Any, span: Span) -> None:
        is_fenced = payload != "Indented"
        info = payload["Fenced"] if is_fenced else ""
        self.code.append(span)
        is_closed = True
        if is_fenced:
            block = self.text[span.start : span.end]
            opening = _FENCE.match(block)
            fence = opening[1] if opening else "```"
            block = block.rstrip()
            begin = max(block.rfind("\n"), block.rfind("\r")) + 1
            last = block[begin:].lstrip(" \t>") if begin else ""
            indent = len(block[begin:].expandtabs(4)) - len(last)
            column = span.start - self.text.rfind("\n", 0, span.start) - 1
            is_closed = len(last) >= len(fence) and not last.strip(fence[0]) and indent - column <= _DEEPEST_FENCE
            if "{" in info or _is_on(self.dialect.highlight, "anchorlinenos"):
                lines = self.text.count("\n", span.start, span.end) - is_closed
                self.block_ids.update(self._ids_of_code(info, lines))
        self.code_blocks.append(CodeBlock(info, span, is_fenced, is_closed))

    def _ids_of_code(self, info: str, lines: int) -> Iterator[str]:
        """The ids that a fence with `info` behind it sets: one of its own, and one for each of its `lines` when those have numbers."""
        braces = braces_behind_fence(info, 0, len(info))
        attributes = attributes_at(info, *braces) if braces else None
        own = {name.lower(): value for name, value in attributes.values.items()} if attributes else {}
        if own.get("id"):
            yield own["id"]
        options = {**self.dialect.highlight, **own}
        if not (_is_on(options, "anchorlinenos") and _is_on(options, "linenos")):
            return
        ordinal = sum(block.is_fenced for block in self.code_blocks)
        anchor = options.get("lineanchors") or f"hl-{ordinal}"
        written = str(options.get("linenostart", 1))
        first = int(written) if _WHOLE_NUMBER.fullmatch(written) else 1
        for number in range(first, first + lines):
            yield f"{anchor}-{number}"

    def result(self) -> Markdown:
        return Markdown(
            tuple(self.headings),
            tuple(sorted(self.links, key=lambda link: link.span)),
            tuple(self.code_blocks),
            tuple(self.code),
            tuple(self.html),
            frozenset(self.html_ids),
            frozenset(self.block_ids),
            tuple(self.footnotes),
            tuple(self.footnote_references),
            tuple(self.tables),
            tuple(self.quotes),
            tuple(self.lists),
            self.deepest,
            self.depth,
        )


def _is_on(options: Mapping[str, Any], name: str) -> bool:
    """Whether an option of code is true, however it is written."""
    return str(options.get(name, False)).lower() not in {"false", "0", ""}


class _Spelling:
    """Collects what Hugo makes the id of a heading of: its last line, without addresses that are links by themselves.

    Of emphasis, a link or an image Hugo 0.168 takes the first node inside and no other. An apostrophe that becomes
    typographic is a node too: `**What's new**` gets the id `what`.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.typographer = dialect.typographer
        self.address = BARE_ADDRESS if dialect.linkify else _NEVER
        nodes = (_NODE, _TYPOGRAPHIC_NODE) if dialect.strikethrough else (_NODE_UNSTRUCK, _TYPOGRAPHIC_NODE_UNSTRUCK)
        self.node = nodes[dialect.typographer]
        self.kept: list[str] = []
        self.run: list[str] = []
        """Text without a gap: the parser cuts it where Goldmark does not."""
        self.end = 0
        """Up to where the text was taken."""
        self.counts: list[bool] = []
        """Of each construct that is open, whether the next node inside counts."""
        self.labels = 0
        """How many links and images are open: an address inside is text."""

    def take(self, event: Any, start: int, end: int) -> None:
        """Take an event between the edges of the heading."""
        if "Text" in event:
            self._take_text(event["Text"], start, end)
        elif event.__class__ is str:  # a line break, which belongs to the text before
            self.run.append("\n")
            self._end_run()
        else:
            self._end_run()
            if "Start" in event:
                self._begin(event["Start"])
            elif "End" in event:
                self.counts.pop()
                self.labels -= event["End"] in _LOUD_ENDS
            elif self._is_next() and "Code" in event:
                code = _NAMED_ENTITY.sub(lambda match: unescape(match[0]), event["Code"])
                self.kept.append("\n" if "\n" in self.text[start:end] else code)
        if "Start" not in event:
            self.end = end

    def result(self) -> str:
        """The last line of what was kept; nothing when the heading gets no id."""
        self._end_run()
        last = "".join(self.kept).rpartition("\n")[2]
        return _SHIELDED.sub(lambda match: chr(ord(match[0]) - _SHIELD), last)

    def _take_text(self, text: str, start: int, end: int) -> None:
        if self.text.startswith("&#", start) and not text.startswith("&#"):
            text = self.text[start:end]  # Hugo resolves the entities that have names, and no others
        is_escaped = start > self.end and self.text[start - 1] == "\\"
        if text and text[0].isascii() and (is_escaped or text[0] != self.text[start]):
            text = chr(ord(text[0]) + _SHIELD) + text[1:]
        self.run.append(text)

    def _begin(self, payload: Any) -> None:
        counts = self._is_next()
        if payload.__class__ is not str:
            self.labels += 1
            counts &= payload.get("Link", payload.get("Image"))["link_type"] not in {"Autolink", "Email"}
        self.counts.append(counts)

    def _is_next(self) -> bool:
        """Whether the node that comes now counts; the one after it does not, in whatever is open."""
        if not self.counts:
            return True
        counts = self.counts[-1]
        self.counts[-1] = False
        return counts

    def _end_run(self) -> None:
        text = "".join(self.run)
        self.run.clear()
        if not text:
            return
        if not self.counts:
            text = self.address.sub("", text.replace(FORMULA, ""))
            self.kept.append(_DASHES.sub(_DASH, text) if self.typographer else text)
        elif self._is_next():
            node = self.node.search(text)
            end = len(text) if not node else node.end() if node["own"] else node.start()
            address = None if self.labels else self.address.search(text)
            if address and address.start() <= end:
                end = address.start()
            elif not end and text[0] != FORMULA:
                text, end = _DASH, 1  # no letter, yet more than nothing
            self.kept.append(text[:end])


class _OpenLink:
    """A link whose end has not come yet."""

    __slots__ = ("data", "end", "inner_end", "is_image", "start", "texts")

    def __init__(self, data: Any, is_image: bool, start: int, end: int) -> None:  # noqa: FBT001 - private
        self.data = data
        self.is_image = is_image
        self.start = start
        self.end = end
        self.inner_end = start + 2
        self.texts: list[str] = []
