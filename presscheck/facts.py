"""The part of a page that other pages depend on, small enough to keep for every page and to store between runs.

Packed facts are plain values, which `marshal` stores and loads fast and which cannot run code.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from datetime import date, datetime, time
from typing import Any, NamedTuple

from presscheck.front_matter import FrontMatter
from presscheck.keyed import Document, Entry, Value
from presscheck.markdown import Markdown
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.suppressions import Suppression, find_suppressions
from presscheck.text import Span

Packed = tuple[bytes, ...]
"""The facts of a page, each part by itself, so that only what is asked for is unpacked: 10,000 pages take little memory."""

_ENOUGH = 100
"""How many characters tell that a page is not blank."""
_MARK = "\0presscheck"
_MOMENTS: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}


class Target(NamedTuple):
    """Where a link or an image of a page leads, without its words."""

    destination: str
    """As `Link.destination`."""
    start: int
    """Where the destination is written."""
    end: int
    """Where it ends."""
    is_image: bool
    """Whether it is an image."""
    is_autolink: bool
    """Whether it is `<https://…>`."""
    is_made_by_shortcode: bool
    """Whether the destination holds a shortcode call."""

    @property
    def destination_span(self) -> Span:
        """The destination as written."""
        return Span(self.start, self.end)


def pack(text: str, front_matter: FrontMatter, shortcodes: tuple[Shortcode, ...], markdown: Markdown) -> Packed:
    """The facts of a page whose whole text is `text`; see the functions that unpack them."""
    suppressions = [
        (each.verb, [(name, *span) for name, span in each.rules], each.reason, each.until, *each.span, *each.scope)
        for each in find_suppressions(text, front_matter, markdown)
    ]
    links = [
        (link.destination, *link.destination_span, link.is_image, link.is_autolink, link.is_made_by_shortcode)
        for link in markdown.links
    ]
    calls = [
        (
            call.name,
            *call.span,
            (call.is_closing, call.is_self_closed, call.is_readable),
            [(each.key, each.value, *each.span) for each in call.parameters],
        )
        for call in shortcodes
    ]
    ids = (
        [*(heading.id for heading in markdown.headings), *sorted(markdown.block_ids)],
        sorted(markdown.html_ids),
    )
    keys = text if front_matter.notation == "none" else text[: front_matter.span.end]
    outline = (keys.encode("utf-8", "surrogatepass"), *ids, [call.name for call in shortcodes])
    return (
        marshal.dumps(_packed_front_matter(front_matter)),
        marshal.dumps(links),
        marshal.dumps(ids),
        marshal.dumps(calls),
        hashlib.sha256(marshal.dumps(outline)).digest(),
        marshal.dumps(suppressions) if suppressions else b"",
        b"blank" if _is_blank(text, front_matter.span.end) else b"",
        marshal.dumps(_packed_keys(keys_of(front_matter))),
    )


class Keys(NamedTuple):
    """What front matter sets, without the places: far quicker to unpack than the whole."""

    notation: str
    """As `FrontMatter.notation`."""
    names: frozenset[str]
    """The first keys of all that is set (lower case), those of tables too, whether Hugo reads them or not."""
    values: dict[str, Any]
    """What stands at the top by key (lower case), as Hugo sees it; nothing when it sees none.

    Where there are mistakes, it is what Hugo will see once they are mended, as far as that can be told.
    """
    has_mistakes: bool
    """Whether Hugo cannot read it; more keys than those may be meant."""


def keys_of(front_matter: FrontMatter) -> Keys:
    """The keys of `front_matter`."""
    document = front_matter.document
    names = frozenset([entry.path[0].lower() for entry in document.entries])
    values = {key: entry.value.data for key, entry in document.top.items()} if front_matter.is_in_place else {}
    return Keys(front_matter.notation, names, values, front_matter.has_mistakes)


def _packed_keys(keys: Keys) -> tuple[Any, ...]:
    values = {sys.intern(key): _packed_data(value) for key, value in keys.values.items()}
    return keys.notation, sorted(keys.names - keys.values.keys()), values, keys.has_mistakes


def _is_blank(text: str, start: int) -> bool:
    """Whether nothing but white space and comments stands behind `start`."""
    first = text[start : start + _ENOUGH].lstrip()
    if first and not first.startswith("<!--"):
        return False
    parts = text[start:].split("-->")
    return not parts.pop().strip() and all(part.lstrip().startswith("<!--") for part in parts)


def is_blank(packed: Packed) -> bool:
    """Whether nothing but white space and comments stands below the front matter."""
    return bool(packed[6])


def outline_of(packed: Packed) -> bytes:
    """A digest of all that questions about other pages, or about the whole site, may depend on.

    That is the front matter as written (the whole text where there is none), the ids, and the names of the shortcodes.
    """
    return packed[4]


def packed_keys_of(packed: Packed) -> Keys:
    """The keys of the front matter."""
    notation, names, values, has_mistakes = marshal.loads(packed[7])  # noqa: S302 - values, never code
    for key, value in values.items():
        if value.__class__ is not str:
            values[key] = _data(value)
    return Keys(notation, frozenset([*names, *values]), values, has_mistakes)


def front_matter_of(packed: Packed) -> FrontMatter | None:
    """The front matter, without its nested values; None when it has mistakes and has to be read again."""
    found = marshal.loads(packed[0])  # noqa: S302 - values, never code
    if found is None:
        return None
    notation, start, end, content_start, content_end, before, entries = found
    return FrontMatter(
        notation,
        Span(start, end),
        Span(content_start, content_end),
        Document(tuple(Entry(path, Span(first, last), _value(value)) for path, first, last, value in entries)),
        Span(*before) if before else None,
    )


def suppressions_of(packed: Packed) -> tuple[Suppression, ...]:
    """The comments that keep findings from being reported, in order."""
    found = marshal.loads(packed[5]) if packed[5] else ()  # noqa: S302 - values, never code
    return tuple(
        Suppression(
            verb,
            tuple((name, Span(first, last)) for name, first, last in rules),
            reason,
            until,
            Span(start, end),
            Span(begin, close),
        )
        for verb, rules, reason, until, start, end, begin, close in found
    )


def targets_of(packed: Packed) -> tuple[Target, ...]:
    """The links and images, in order."""
    return tuple(map(Target._make, marshal.loads(packed[1])))  # noqa: S302 - values, never code


def markdown_ids_of(packed: Packed) -> frozenset[str]:
    """The ids of the headings and of other blocks."""
    return frozenset(marshal.loads(packed[2])[0])  # noqa: S302 - values, never code


def html_ids_of(packed: Packed) -> frozenset[str]:
    """The ids of raw HTML."""
    return frozenset(marshal.loads(packed[2])[1])  # noqa: S302 - values, never code


def shortcodes_of(packed: Packed) -> tuple[Shortcode, ...]:
    """The shortcode calls, in order."""
    return tuple(
        Shortcode(
            name,
            Span(start, end),
            is_closing,
            tuple(Parameter(key, value, Span(a, b)) for key, value, a, b in parameters),
            is_self_closed,
            is_readable,
        )
        for name, start, end, (is_closing, is_self_closed, is_readable), parameters in marshal.loads(packed[3])  # noqa: S302 - values, never code
    )


def _packed_front_matter(front_matter: FrontMatter) -> tuple[Any, ...] | None:
    if front_matter.document.problems or not front_matter.is_closed:
        return None
    span, content, before = front_matter.span, front_matter.content, front_matter.before
    return (
        front_matter.notation,
        span.start,
        span.end,
        content.start,
        content.end,
        (before.start, before.end) if before else None,
        tuple(
            (tuple(map(sys.intern, entry.path)), entry.key_span.start, entry.key_span.end, _packed_value(entry.value))
            for entry in front_matter.document.entries
        ),
    )


def _packed_value(value: Value) -> tuple[Any, ...]:
    if value.elements:
        return (None, value.span.start, value.span.end, tuple(_packed_value(element) for element in value.elements))
    return (_packed_data(value.data), value.span.start, value.span.end, ())


def _value(packed: tuple[Any, ...]) -> Value:
    data, start, end, elements = packed
    if elements:
        values = tuple(map(_value, elements))
        return Value([element.data for element in values], Span(start, end), values)
    return Value(data if isinstance(data, (str, bool, int)) else _data(data), Span(start, end))


def _packed_data(data: Any) -> Any:
    if isinstance(data, (datetime, date, time)):
        return (_MARK, type(data).__name__, data.isoformat())
    if isinstance(data, dict):
        return {key: _packed_data(value) for key, value in data.items()}
    return [_packed_data(each) for each in data] if isinstance(data, list) else data


def _data(packed: Any) -> Any:
    if isinstance(packed, tuple):
        return _MOMENTS[packed[1]].fromisoformat(packed[2])
    if isinstance(packed, dict):
        return {key: _data(value) for key, value in packed.items()}
    return [_data(each) for each in packed] if isinstance(packed, list) else packed
