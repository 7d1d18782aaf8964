"""Finds Hugo's shortcode calls in a page's text, tells what in them Hugo cannot read, and hides them from the Markdown parser.

Hugo cuts shortcodes out before Markdown is parsed, inside code too; a call written `{{</* name */>}}` is a
quotation and stays. How a call is read was learnt by asking Hugo: a value in double quotes ends in its line, one between backticks
anywhere, and one without either behind a `=` at the next white space, whatever stands before that: `a=b>}}` does
not end a call. A value without a name and without quotes holds letters, digits, `-`, `_` and `.` only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from presscheck.text import Span, hidden

_OPENING = re.compile(r"\{\{[<%]")
_SPACES = frozenset(" \t\r\n")
_NAME = re.compile(r"[ \t\r\n\\]*(?P<closing>/[ \t\r\n/]*)?(?P<name>\w[\w/.-]*)")
_ARGUMENT = re.compile(
    r"(?P<sign>=\s*)?"
    r'(?:"(?P<double>(?:\\"|[^"\n])*+)"'
    r'|\\(?(sign)[^"`\n]*)"(?P<escaped>(?:\\(?!")|[^"\\\n])*+)\\?"'
    r"|`(?P<raw>[^`]*)`"
    r'|(?P<bare>(?(sign)(?!["`\\])\S+|[\w-][\w.-]*)))'
)
_CLOSED = re.compile(r"/[ \t\r\n/]*")
_LINE = re.compile(r"[^\r\n]*")
_QUOTE = re.compile(r"(?:=\s*)?\\?([\"`])")
_UNQUOTED = re.compile(r"(?:=\s*)?((?:(?![>%]\}\})[^\s\"`{}])+)")
_BROKEN_END = re.compile(r"[<>%]+[ \t]{0,3}\}")
_MOST = 100
"""How many calls that Hugo cannot read are looked for in one page. It stops at the first."""
_LONG = 20_000
"""How many characters a call without an end may seem to have before that is not tried again behind it."""


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
    is_self_closed: bool = False
    """Whether it is its own closing half: `{{< name />}}`."""
    is_readable: bool = True
    """Whether Hugo can read it; if not, arguments may be missing here."""

    def parameter(self, key: str, index: int | None = None) -> Parameter | None:
        """The argument called `key`, or the positional one at `index`."""
        for parameter in self.parameters:
            if parameter.key == key:
                return parameter
        positional = [parameter for parameter in self.parameters if parameter.key is None]
        return positional[index] if index is not None and index < len(positional) else None


class Trouble(StrEnum):
    """Why Hugo cannot read a call."""

    QUOTATION = "quotation"
    """`{{</*` and no `*/>}}`."""
    END = "end"
    """No end, or no name."""
    NAME = "name"
    """A `/` follows the name without a space, and so belongs to it."""
    QUOTE = "quote"
    """A quotation mark without its other half in the line, or with the end of the call before that."""
    SWALLOWED = "swallowed"
    """The end of the call belongs to a value without quotes, as no white space parts them."""
    CLOSING = "closing"
    """More than a name stands in a closing call."""
    ESCAPE = "escape"
    """A backslash stands before a backtick."""
    CHARACTER = "character"
    """A value holds what may only stand in quotes."""
    MIXED = "mixed"
    """Some values have a name and others have none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that Hugo cannot read."""

    trouble: Trouble
    """What kind it is."""
    span: Span
    """What it is about: the two braces and their sign, a name, a mark, a value."""
    start: int
    """Where the call begins."""
    name: str
    """The shortcode that is called, or nothing."""


def find_shortcodes(text: str, start: int = 0) -> tuple[Shortcode, ...]:
    """The shortcode calls in `text` from `start` on, in order; one that has no end is none."""
    return _read_all(text, start)[0] if text.find("{{", start) >= 0 else ()


def find_faults(text: str, start: int = 0) -> tuple[Fault, ...]:
    """What Hugo cannot read in the calls in `text` from `start` on, in order; of a page that is full of it the beginning."""
    return _read_all(text, start)[1] if text.find("{{", start) >= 0 else ()


def _read_all(text: str, start: int) -> tuple[tuple[Shortcode, ...], tuple[Fault, ...]]:
    calls: list[Shortcode] = []
    faults: list[Fault] = []
    opening = _OPENING.search(text, start)
    while opening and len(faults) < _MOST:
        begin, at = opening.span()
        if text.startswith("/*", at):
            right = "*/" + end_of_call(text, begin)
            end = text.find(right, at)
            if end < 0:
                faults.append(Fault(Trouble.QUOTATION, Span(begin, at + 2), begin, ""))
            at = at if end < 0 else end + len(right)
        else:
            reading = _Reading(text, begin)
            at = reading.read()
            faults.extend(reading.faults)
            if reading.call:
                calls.append(reading.call)
            elif reading.length > _LONG:
                break
        opening = _OPENING.search(text, at)
    return tuple(calls), tuple(faults)


def end_of_call(text: str, start: int) -> str:
    """What has to end the call, or the quotation of one, that begins at `start` of `text`."""
    return "%}}" if text[start + 2] == "%" else ">}}"


class _Reading:
    """The reading of one call."""

    def __init__(self, text: str, begin: int) -> None:
        self._text = text
        self._begin = begin
        self._right = end_of_call(text, begin)
        self._name = ""
        self._is_closing = False
        self._is_self_closed = False
        self._parameters: list[Parameter] = []
        self._last: re.Match[str] | None = None
        """What was read last, while it may turn out to be a name, by a `=` behind it."""
        self._is_tight: bool | None = None
        """Whether a `=` stands right behind the first name. If so, one has to behind every other."""
        self.call: Shortcode | None = None
        self.length = 0
        """How many characters were read in vain."""
        self.faults: list[Fault] = []

    def read(self) -> int:
        """Read it; returns where to look for the next one."""
        text = self._text
        named = _NAME.match(text, self._begin + 3)
        if not named:
            return self._stop(Trouble.END, self._begin, self._begin + 3)
        self._name, self._is_closing = named["name"].rstrip("/"), named["closing"] is not None
        at = named.end()
        if self._name != named["name"]:
            self._fault(Trouble.NAME, at - 1, at)
        while not text.startswith(self._right, at := self._skipped(at)):
            if argument := _ARGUMENT.match(text, at):
                self._take(argument)
                at = argument.end()
            elif (closed := _CLOSED.match(text, at)) and text.startswith(self._right, closed.end()):
                self._is_self_closed = True
                at = closed.end()
            elif (after := self._past_what_is_wrong(at)) > at:
                at = after
            else:
                self.length = at - self._begin
                quote = _QUOTE.match(text, at)
                span = quote.span(1) if quote else (self._begin, self._begin + 3)
                return self._stop(Trouble.QUOTE if quote else Trouble.END, *span)
        if self._is_closing and (self._parameters or self._is_self_closed):
            self._fault(Trouble.CLOSING, self._skipped(named.end()), at)
        return self._finish(at + 3)

    def _skipped(self, at: int) -> int:
        while self._text[at : at + 1] in _SPACES:
            at += 1
        return at

    def _take(self, argument: re.Match[str]) -> None:
        """Take a name, or a value that stands alone or behind a `=`."""
        kind = argument.lastgroup or ""
        value = argument[kind]
        if kind in ("double", "escaped") and "\\`" in value:
            at = argument.start(kind) + value.index("\\`")
            self._fault(Trouble.ESCAPE, at, at + 2)
        if kind == "double" and '\\"' in value:
            value = value.replace("\\", "")  # as Hugo does: once a mark inside is masked, it drops every backslash
        parameter = Parameter(None, value, Span(*argument.span(kind)))
        if argument["sign"]:
            if self._last:
                self._parameters[-1] = replace(parameter, key=self._parameters[-1].value)
            self._last = None
            return
        is_tight = kind == "bare" and self._text.startswith("=", argument.end())
        if self._is_tight is None:
            self._is_tight = is_tight
        elif self._is_tight != is_tight:
            self._fault(Trouble.MIXED, *argument.span(kind))
        self._parameters.append(parameter)
        self._last = argument

    def _past_what_is_wrong(self, at: int) -> int:
        """Where to read on behind what is no name, value or end; `at` if there is no use in that."""
        text = self._text
        if text.startswith("\\`", at):
            self._fault(Trouble.ESCAPE, at, at + 2)
            return at + 1
        if text.startswith("\\", at) and not text.startswith('\\"', at):  # Hugo ignores it
            return at + 1
        if text[at : at + 1].isspace():
            self._fault(Trouble.CHARACTER, at, at + 1)
            return at + 1
        unquoted = _UNQUOTED.match(text, at)
        if not unquoted or _BROKEN_END.match(text, at) or _QUOTE.match(text, at):
            return at
        if self._last and self._last.end() == at and self._last.lastgroup == "bare":  # the first half of the word
            unquoted = _UNQUOTED.match(text, self._last.start()) or unquoted
            self._parameters.pop()
        self._last = None
        self._fault(Trouble.CHARACTER, *unquoted.span(1))
        return unquoted.end()

    def _fault(self, trouble: Trouble, start: int, end: int) -> None:
        self.faults.append(Fault(trouble, Span(start, end), self._begin, self._name))

    def _finish(self, end: int) -> int:
        keyed = [each.key is not None for each in self._parameters]
        if not self.faults and any(keyed) and not all(keyed):
            self._fault(Trouble.MIXED, *self._parameters[keyed.index(not keyed[0])].span)
        if self.faults and (earlier := self._end_in_value()):
            return earlier
        self.call = self._made(end, self._parameters)
        return end

    def _stop(self, trouble: Trouble, start: int, end: int) -> int:
        """Give up: the call has no end, and whatever else seemed wrong may be no part of it."""
        self.faults.clear()
        self._fault(trouble, start, end)
        if earlier := self._end_in_value():
            return earlier
        if trouble is Trouble.QUOTE:
            line = _LINE.match(self._text, end)
            inside = self._text.find(self._right, end, line.end() if line else end)
            if inside >= 0:
                self.call = self._made(inside + 3, self._parameters)
                return inside + 3
        return self._begin + 3

    def _end_in_value(self) -> int:
        """Whether a value took the end of the call in: then that is what is wrong with it. Returns the end, or 0."""
        for number, each in enumerate(self._parameters):
            inside = self._text.find(self._right, *each.span)
            if inside >= 0:
                self.faults.clear()
                before = each.span.start - 1
                if self._text[before] in '"`':
                    self._fault(Trouble.QUOTE, before, before + 1)
                else:
                    self._fault(Trouble.SWALLOWED, each.span.start, inside + 3)
                self.call = self._made(inside + 3, self._parameters[:number])
                return inside + 3
        return 0

    def _made(self, end: int, parameters: Sequence[Parameter]) -> Shortcode:
        span = Span(self._begin, end)
        return Shortcode(
            self._name, span, self._is_closing, tuple(parameters), self._is_self_closed, is_readable=not self.faults
        )


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
        if call.is_self_closed:
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
        parts.append(hidden(text[shortcode.span.start : shortcode.span.end], "x"))
        at = shortcode.span.end
    parts.append(text[at:])
    return "".join(parts)
