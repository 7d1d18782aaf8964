"""Finds Hugo's shortcode calls in a page's text and hides them from the Markdown parser.

Hugo cuts shortcodes out before Markdown is parsed, inside code too; a call written `{{</* name */>}}` is a
quotation and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from presscheck.text import Span

_CALL = re.compile(
    r"\{\{(?:<(?P<angle>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`{]|\{(?!\{)){0,4000}?)>|%(?P<percent>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`{]|\{(?!\{)){0,4000}?)%)\}\}",
    re.DOTALL,
)
_NAME = re.compile(r"\s*(?P<closing>/)?\s*(?P<name>[\w./-]*[\w-])\s*")
_PARAMETER = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`=/]+(?:/[^\s\"`=/]+)*/?))"
)
_SELF_CLOSED = re.compile(r"/\s*[>%]\}\}\Z")
_NOT_A_LINE_BREAK = re.compile(r"[^\r\n]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a call."""

    key: str | None
    """Its name; None for a positional one."""
    value: str
    """Its text without quotes."""
    span: Span
    """The value as written, without quotes."""


@dataclass(frozen=True, slots=True)
class Shortcode:
    """A call such as `{{< figure src="a.png" >}}`, or the closing half of one."""

    name: str
    """The shortcode's name, without `/`."""
    span: Span
    """The whole call, braces included."""
    is_closing: bool
    """Whether this is `{{< /name >}}`."""
    parameters: tuple[Parameter, ...]
    """Its arguments in order."""

    def parameter(self, key: str, index: int | None = None) -> Parameter | None:
        """The argument called `key`, or the positional one at `index`."""
        for parameter in self.parameters:
            if parameter.key == key:
                return parameter
        positional = [parameter for parameter in self.parameters if parameter.key is None]
        return positional[index] if index is not None and index < len(positional) else None


def find_shortcodes(text: str, start: int = 0) -> tuple[Shortcode, ...]:
    """The shortcode calls in `text` from `start` on, in order."""
    if text.find("{{", start) < 0:
        return ()
    found = []
    for match in _CALL.finditer(text, start):
        kind = "angle" if match["angle"] is not None else "percent"
        inside = match[kind]
        if inside.startswith("/*"):
            continue
        name = _NAME.match(inside)
        if not name:
            continue
        offset = match.start(kind)
        parameters = tuple(
            Parameter(
                argument["key"],
                argument[argument.lastgroup or 0],
                Span(*argument.span(argument.lastgroup or 0)).shifted(offset),
            )
            for argument in _PARAMETER.finditer(inside, name.end())
        )
        found.append(Shortcode(name["name"], Span(*match.span()), name["closing"] is not None, parameters))
    return tuple(found)


def is_self_closed(text: str, call: Shortcode) -> bool:
    """Whether `call`, in `text`, is its own closing half: `{{< name />}}`."""
    return bool(_SELF_CLOSED.search(text, max(call.span.start, call.span.end - 40), call.span.end))


def verbatim(text: str, shortcodes: tuple[Shortcode, ...], names: frozenset[str]) -> tuple[Span, ...]:
    """What stands between the halves of those calls in angle brackets that are called one of `names` (lower case).

    To Hugo the whole, from the opening brace to the last, is one word. A call that is never closed holds nothing, and what is
    between two halves may hold further calls.
    """
    found = []
    opening: Shortcode | None = None
    depth = 0
    for call in shortcodes:
        name = call.name.lower()
        if is_self_closed(text, call):
            continue
        if opening is None:
            if name in names and not call.is_closing and text.startswith("{{<", call.span.start):
                opening, depth = call, 1
        elif name == opening.name.lower():
            depth += -1 if call.is_closing else 1
            if not depth:
                found.append(Span(opening.span.end, call.span.start))
                opening = None
    return tuple(found)


def masked(text: str, shortcodes: tuple[Shortcode, ...], unread: tuple[Span, ...] = ()) -> str:
    """`text` with every call overwritten by as many letters, so that Markdown sees a word and every offset stays.

    So are the spans `unread`, line breaks and all.
    """
    if not shortcodes:
        return text
    if unread:
        edges = [0, *(edge for span in unread for edge in span), len(text)]
        text = "".join(
            "x" * (end - start) if number % 2 else text[start:end]
            for number, (start, end) in enumerate(pairwise(edges))
        )
    parts = []
    at = 0
    for shortcode in shortcodes:
        parts.append(text[at : shortcode.span.start])
        parts.append(_NOT_A_LINE_BREAK.sub("x", text[shortcode.span.start : shortcode.span.end]))
        at = shortcode.span.end
    parts.append(text[at:])
    return "".join(parts)
