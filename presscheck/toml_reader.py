"""Reads TOML as an author wrote it: the span of every key and value, and every mistake rather than the first.

`tomllib` has the last word on values where it accepts the text. Where it does not, this reader goes on at the
next line that looks like a statement. It accepts what TOML 1.1 allows (Hugo 0.168 does): inline tables over
several lines with a trailing comma, `\\e` and `\\xHH`, times without seconds.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from math import isinf
from typing import Any

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.keyed import DEEPEST, Document, Entry, Problem, Value
from presscheck.text import Span

_BLANK = re.compile(r"[ \t]*")
GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
"""What may stand between two values of a list: white space, line breaks and comments."""
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
"""A key that needs no quotes."""
TABLE_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
"""The beginning of the line that begins a table."""
_STATEMENT = re.compile(r"[ \t]*(?:\[|#|\r?$|[\w.\"'-]+(?:[ \t]*\.[ \t]*[\w\"'-]+)*[ \t]*=)", re.MULTILINE)
_END_OF_LINE = re.compile(r"[^\r\n]*")
_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}(?P<seconds_%s>:\d{2}(?:\.\d+)?)?"
_BARE = re.compile(
    rf"(?P<datetime>{_DATE}[Tt ]{_TIME % 'of_day'}(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)"
    rf"|(?P<date>{_DATE})"
    rf"|(?P<time>{_TIME % 'alone'})"
    r"|(?P<based>0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)"
    r"|(?P<float>[+-]?(?:inf|nan|(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?))"
    r"|(?P<bool>true|false)"
)
_AFTER_BARE = re.compile(r"(?=[ \t\r\n,\]}#]|$)")
_TEXT = r'"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"(?!")'
_SIMPLE_LINE = re.compile(
    r"[ \t]*(?P<key>[A-Za-z0-9_-]+)[ \t]*=[ \t]*"
    rf"(?:(?P<text>{_TEXT})|(?P<bool>true|false)"
    rf"|(?P<date>{_DATE}T\d{{2}}:\d{{2}}:\d{{2}}(?:[+-]\d{{2}}:\d{{2}}|Z)?)"
    rf"|(?P<list>\[(?:{_TEXT}(?:, ?{_TEXT})*)?\]))"
    r"[ \t]*\r?(?:\n|$)"
)
_IN_LIST = re.compile(_TEXT)
_PLAIN_STRING = {
    '"': re.compile(r'"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"'),
    "'": re.compile(r"'([^'\x00-\x08\x0a-\x1f\x7f]*)'"),
}
_SMART = {"“": "”", "”": "”", "„": "“", "‘": "’", "’": "’", "«": "»", "「": "」"}
_VALUE_END = re.compile(r"[,\]}#]")
_ESCAPES = {
    "b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\",
}  # fmt: skip
_TYPOGRAPHIC = re.compile("[“”„«»「」]")
_QUOTES = {'"': "a quote", "'": "a single quote"}
_LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"\d[\w/.:+-]*(?: [\w/.:+,-]*[\w.])+")
"""What begins as a number or a date and goes on: `2026-11-20 9:00`, `20 Nov 2026`, `10 kg`."""
_PADDED_NUMBER = re.compile(r"([+-]?)0+([1-9]\d*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INT64 = range(-(2**63), 2**63)
_MOST_DIGITS = 20
"""More than 64 bits need, with a sign."""


def read_toml(text: str, span: Span | None = None) -> Document:
    """Read the TOML document that `text`, or its part at `span`, is; spans are offsets into `text`. Never raises."""
    whole = span or Span(0, len(text))
    reader = _Reader(text[: whole.end], whole.start)
    reader.read()
    if reader.is_simple and not reader.problems:
        return Document(tuple(reader.entries), (), reader.root)  # no line that tomllib could think otherwise of
    try:
        values = tomllib.loads(text[whole.start : whole.end].replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        if not reader.problems and not reader.newer_than_tomllib:
            reader.problems.append(_as_tomllib_says(text, whole, error))
    except (RecursionError, ValueError) as error:
        if not reader.problems:
            reader.problems.append(Problem(kind="syntax", message=f"not readable as TOML: {error}", span=whole))
    else:
        reader.problems = []
        reader.root = values
    problems = tuple(sorted([*reader.problems, *reader.beyond_toml], key=lambda problem: problem.span))
    return Document(tuple(reader.entries), problems, None if problems else reader.root)


def quoted(text: str) -> str:
    """`text` as a TOML string that reads well: double quotes, single where that saves escaping."""
    if ('"' in text or "\\" in text) and "'" not in text and not _CONTROL.search(text) and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped) + '"'


def _as_tomllib_says(text: str, whole: Span, error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
    message = found[1] if found else str(error)
    offset = whole.end
    if found:
        lines = text[whole.start : whole.end].split("\n")  # nothing else ends a line of TOML
        offset = whole.start + sum(len(line) + 1 for line in lines[: int(found[2]) - 1]) + int(found[3]) - 1
    at = min(offset, whole.end)
    return Problem(kind="syntax", message=message[:1].lower() + message[1:], span=Span(at, min(at + 1, whole.end)))


def _unsafe(title: str, *edits: Edit) -> Fix:
    return Fix(title, Applicability.UNSAFE, edits)


def _safe(title: str, *edits: Edit) -> Fix:
    return Fix(title, Applicability.SAFE, edits)


class _Lost(Exception):
    """The statement cannot be read further; the problem is recorded, go on at the next one."""


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.root: dict[str, Any] = {}
        self.newer_than_tomllib = False
        self.is_simple = "\r" not in text[start:]
        """Whether every line so far was a text, a boolean, a date or a list of texts under a key of its own."""
        self.beyond_toml: list[Problem] = []
        """What tomllib lets pass although Hugo does not, or we do not."""
        self._table: tuple[str, ...] = ()
        self._into: dict[str, Any] = self.root
        self._seen: dict[tuple[str, ...], Span] = {}
        self._tables: dict[tuple[str, ...], Span] = {}
        self._is_open = False
        """Whether a text of this statement was never closed: what else seems missing is in that text."""

    # Statements

    def read(self) -> None:
        text = self.text
        while True:
            simple = _SIMPLE_LINE.match(text, self.at)
            if simple:
                self._simple(simple)
                continue
            begin = self.at
            self._gap()
            self.is_simple = self.is_simple and self.at == len(text) and not text[begin:].strip(" \t\n")
            if self.at >= len(text):
                return
            self._is_open = False
            try:
                if text[self.at] == "[":
                    self._header()
                else:
                    self._pair()
            except _Lost:
                self._recover()

    def _simple(self, match: re.Match[str]) -> None:
        """A text, a boolean, a date or a list of texts on one line: most lines of most posts, without the machinery."""
        kind = next(name for name in ("text", "date", "list", "bool") if match[name] is not None)
        raw = match[kind]
        start, end = match.span(kind)
        span = Span(start, end)
        if kind == "text":
            value = Value(raw[1:-1], span)
        elif kind == "bool":
            value = Value(raw == "true", span)
        elif kind == "list":
            found = _IN_LIST.finditer(self.text, start, end)
            elements = tuple(Value(each[1], Span(each.start(), each.end())) for each in found)
            value = Value([each.data for each in elements], span, elements)
        else:
            try:
                value = Value(datetime.fromisoformat(raw), span)
            except ValueError as error:
                self._problem(f"`{raw}` is no date: {error}", span, help="write a day that exists")
                value = Value(raw, span)
        self._set((match["key"],), Span(*match.span("key")), value)
        self.at = match.end()

    def _recover(self) -> None:
        text = self.text
        while self.at < len(text):
            newline = text.find("\n", self.at)
            if newline < 0:
                self.at = len(text)
                return
            self.at = newline + 1
            if _STATEMENT.match(text, self.at):
                return

    def _header(self) -> None:
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 2 if double else 1
        path, key_span = self._key()
        self._blank()
        closing = "]]" if double else "]"
        if not self.text.startswith(closing, self.at):
            raise self._lost(
                "table name without its closing bracket",
                Span(start, self._line_end()),
                help=f"close it with `{closing}`",
            )
        self.at += len(closing)
        self._end_of_statement()
        self._table = path
        span = Span(start, self.at)
        if double:
            self._into = self._descend(path[:-1], key_span)
            made = self._into.setdefault(path[-1], [])
            if not isinstance(made, list):
                self._duplicate(path, span)
                made = []
            self._into = {}
            made.append(self._into)
            for seen in [known for known in self._seen if known[: len(path)] == path]:
                del self._seen[seen]
            for seen in [known for known in self._tables if len(known) > len(path) and known[: len(path)] == path]:
                del self._tables[seen]
            return
        if path in self._tables:
            self._duplicate(path, span)
        self._tables[path] = span
        self._into = self._descend(path, key_span)

    def _pair(self) -> None:
        path, key_span = self._key()
        self._blank()
        if self.text.startswith(":", self.at):
            if not self.text[self.at + 1 : self._line_end()].strip():
                raise self._lost(
                    f"`{'.'.join(path)}:` is YAML; TOML sets a key with `=`",
                    Span(self.at, self.at + 1),
                    help=f'write a list as `{".".join(path)} = ["…", "…"]`',
                )
            self._problem(
                f"`{'.'.join(path)}:` is YAML; TOML sets a key with `=`",
                Span(self.at, self.at + 1),
                help="write `=` instead of `:`",
                fix=_unsafe("replace `:` by `=`", Edit(Span(self.at, self.at + 1), " =")),
            )
        elif not self.text.startswith("=", self.at):
            raise self._lost(
                f"`{self.text[key_span.start : self._line_end()].strip()}` sets nothing",
                Span(key_span.start, max(self._line_end(), key_span.start + 1)),
                label="expected `key = value`",
                help="write it as `key = value`, or put `#` before it to make it a comment",
            )
        self.at += 1
        self._blank()
        begin = self.at
        if self.at >= len(self.text) or self.text[self.at] in "\r\n#":
            raise self._lost(
                f"`{'.'.join(path)}` has no value",
                Span(key_span.start, self.at),
                help='give it a value, `""` for an empty one, or remove the line',
            )
        full = (*self._table, *path)
        inside: list[Entry] = []
        value = self._after_value(begin, self._value(full, len(full), inside, in_list=False))
        self._set(path, key_span, value)
        self.entries += inside

    def _after_value(self, begin: int, value: Value) -> Value:
        """The value that was read from `begin` on, or what it is with more behind it."""
        end = _BLANK.match(self.text, self.at)
        at = end.end() if end else self.at
        if at >= len(self.text) or self.text[at] in "\r\n#":
            self.at = at
            return value
        line_end = self._line_end()
        rest = self.text[begin:line_end].rstrip()
        if _WORDS.fullmatch(rest):
            span = Span(begin, begin + len(rest))
            self.at = line_end
            self._without_quotes(rest, span)
            return Value(rest, span)
        if rest[:1] in {'"', "'"} and rest[:1] == rest[-1:] and "\n" not in self.text[begin : self.at]:
            written = quoted(rest[1:-1])
            self.at = line_end
            self._problem(
                f"{_QUOTES[rest[0]]} inside the text ends it early",
                Span(at, at + 1),
                label="the text was over before this",
                help=f"write `{written}`",
                fix=_unsafe("quote it so that it holds", Edit(Span(begin, begin + len(rest)), written)),
            )
            return value
        if rest[-1:] in {",", ";"} and begin + len(rest) - 1 == at:
            self.at = line_end
            self._problem(
                f"`{rest[-1]}` after the value",
                Span(at, at + 1),
                help="remove it; the end of the line ends the statement",
                fix=_safe("remove it", Edit(Span(at, at + 1), "")),
            )
            return value
        raise self._lost(
            f"`{self.text[at:line_end].strip()}` after the value",
            Span(at, begin + len(rest)),
            help="one `key = value` to a line; put text in quotes",
        )

    def _end_of_statement(self) -> None:
        self._blank()
        if self.at < len(self.text) and self.text[self.at] not in "\r\n#":
            raise self._lost(
                "text after the table's name", Span(self.at, self._line_end()), help="move it to the next line"
            )

    # Keys

    def _key(self) -> tuple[tuple[str, ...], Span]:
        parts: list[str] = []
        start = self.at
        while True:
            self._blank()
            char = self.text[self.at : self.at + 1]
            if char in {'"', "'"} and char:
                value = self._string(char)
                parts.append(value.data)
            else:
                bare = BARE_KEY.match(self.text, self.at)
                if not bare:
                    end = self._line_end()
                    raise self._lost(
                        f"`{self.text[start:end].strip()}` is not a key",
                        Span(start, max(end, start + 1)),
                        help="a key is made of A-Z, a-z, 0-9, `_` and `-`; put any other in quotes",
                    )
                parts.append(bare[0])
                self.at = bare.end()
            end = self.at
            self._blank()
            if len(parts) > DEEPEST:
                raise self._too_deep(Span(start, end))
            if not self.text.startswith(".", self.at):
                self.at = end
                return tuple(parts), Span(start, end)
            self.at += 1

    # Values

    def _value(self, path: tuple[str, ...], depth: int, inside: list[Entry], *, in_list: bool) -> Value:
        """The value of the key at `path`, `depth` levels below the root; the keys of an inline table go to `inside`."""
        if depth > DEEPEST:
            raise self._too_deep(Span(self.at, self.at + 1))
        char = self.text[self.at]
        if char in "\"'":
            return self._string(char)
        if char == "[":
            return self._list(path, depth)
        if char == "{":
            return self._inline_table(path, depth, inside)
        if char in _SMART:
            return self._smart_string(char)
        return self._bare(in_list=in_list)

    def _bare(self, *, in_list: bool) -> Value:
        match = _BARE.match(self.text, self.at)
        if match and _AFTER_BARE.match(self.text, match.end()):
            span = Span(*match.span())
            self.at = match.end()
            return Value(self._converted(match, span), span)
        end = self.at
        while end < len(self.text) and self.text[end] not in ("\r\n#,]" if in_list else "\r\n#"):
            end += 1
        word = self.text[self.at : end].rstrip()
        span = Span(self.at, self.at + max(len(word), 1))
        self.at = span.end
        lower = word.lower()
        if lower in {"true", "false"}:
            self._problem(
                f"`{word}` is not a TOML boolean",
                span,
                help=f"write `{lower}`",
                fix=_safe(f"write `{lower}`", Edit(span, lower)),
            )
            return Value(lower == "true", span)
        if not word:
            raise self._lost("a value is missing", span, help="remove the comma, or add the value")
        day = _LOOSE_DATE.fullmatch(word)
        number = _PADDED_NUMBER.fullmatch(word)
        if day or number:
            written = f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}" if day else f"{number[1]}{number[2]}" if number else word
            self._problem(
                f"`{word}` is no {'date' if day else 'number'} in TOML",
                span,
                label="month and day have two digits" if day else "no zero in front",
                help=f"write `{written}`",
                fix=_unsafe(f"write `{written}`", Edit(span, written)),
            )
            return Value(word, span)
        if word[-1] in _QUOTES and word.count(word[-1]) == 1:
            self._problem(
                "text without its opening quote",
                span,
                help=f"write `{quoted(word[:-1])}`",
                fix=_unsafe("add the quote", Edit(span, quoted(word[:-1]))),
            )
            return Value(word[:-1], span)
        self._without_quotes(word, span)
        return Value(word, span)

    def _without_quotes(self, word: str, span: Span) -> None:
        self._problem(
            f"`{word}` is text without quotes",
            span,
            help=f"write `{quoted(word)}`",
            fix=_unsafe("put it in quotes", Edit(span, quoted(word))),
        )

    def _converted(self, match: re.Match[str], span: Span) -> Any:
        raw = match[0]
        kind = match.lastgroup
        if kind == "bool":
            return raw == "true"
        if kind in {"datetime", "date", "time"}:
            self.newer_than_tomllib |= kind != "date" and not (match["seconds_of_day"] or match["seconds_alone"])
            convert = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}[kind]
            try:
                return convert(re.sub(r"(\.\d{6})\d+", r"\1", raw.replace("z", "Z")))
            except ValueError as error:
                self._problem(f"`{raw}` is no date: {error}", span, help="write a day that exists")
                return raw
        plain = raw.replace("_", "")
        if kind == "float" and not re.fullmatch(r"[+-]?\d+", plain):
            number = float(plain)
            if isinf(number) and "inf" not in plain:
                self._beyond("a number beyond what a computer can hold", span, help="put it in quotes")
            return number
        whole = int(plain, 0) if kind == "based" or len(plain) <= _MOST_DIGITS else _INT64.stop
        if whole in _INT64:
            return whole
        self._beyond("a number beyond 64 bits", span, label="Hugo cannot hold it", help="put it in quotes")
        return _INT64[0] if plain.startswith("-") else _INT64[-1]

    def _string(self, quote: str) -> Value:
        start = self.at
        text = self.text
        if text.startswith(quote * 3, start):
            return self._long_string(quote * 3)
        plain = _PLAIN_STRING[quote].match(text, start)
        if plain:
            self.at = plain.end()
            return Value(plain[1], Span(start, self.at))
        at = start + 1
        parts: list[str] = []
        while at < len(text) and text[at] not in "\r\n":
            char = text[at]
            if char == quote:
                self.at = at + 1
                return Value("".join(parts), Span(start, self.at))
            if char == "\\" and quote == '"':
                piece, at = self._escape(at, start)
                parts.append(piece)
                continue
            if _CONTROL.match(char):
                self._control(at)
            parts.append(char)
            at += 1
        typographic = _TYPOGRAPHIC.search(text, start + 1, at)
        if typographic:
            there = Span(*typographic.span())
            self._problem(
                f"`{typographic[0]}` is a typographic quote and closes nothing",
                there,
                help=f"write `{quote}`",
                fix=_unsafe(f"write `{quote}`", Edit(there, quote)),
            )
            self.at = there.end
            return Value(text[start + 1 : there.start], Span(start, there.end))
        word = text[start + 1 : at].rstrip()
        self.at = at
        self._is_open = True
        self._problem(
            "text that never ends",
            Span(start, start + 1 + len(word)),
            label=f"no closing `{quote}` on this line",
            help=f"add `{quote}` where the text ends",
            fix=_unsafe(f"add the closing `{quote}`", Edit(Span(start + 1 + len(word), start + 1 + len(word)), quote)),
        )
        return Value(word, Span(start, at))

    def _long_string(self, fence: str) -> Value:
        start = self.at
        text = self.text
        at = start + 3
        if text.startswith("\r\n", at):
            at += 2
        elif text.startswith("\n", at):
            at += 1
        parts: list[str] = []
        while at < len(text):
            if text.startswith(fence, at):
                while text.startswith(fence[0], at + 3) and at - start < len(text):
                    parts.append(fence[0])
                    at += 1
                self.at = at + 3
                return Value("".join(parts).replace("\r\n", "\n"), Span(start, self.at))
            if text[at] == "\\" and fence[0] == '"':
                piece, at = self._escape(at, start)
                parts.append(piece)
                continue
            if _CONTROL.match(text[at]):
                self._control(at)
            parts.append(text[at])
            at += 1
        self.at = len(text)
        raise self._lost(
            "text that never ends",
            Span(start, start + 3),
            label=f"no closing `{fence}` below",
            help=f"add `{fence}` where the text ends",
        )

    def _escape(self, at: int, start: int) -> tuple[str, int]:
        """The character that the backslash at `at` stands for, and the offset behind it."""
        text = self.text
        after = text[at + 1 : at + 2]
        if after in _ESCAPES and after:
            self.newer_than_tomllib |= after == "e"
            return _ESCAPES[after], at + 2
        digits = {"x": 2, "u": 4, "U": 8}.get(after, 0)
        code = re.compile(rf"[0-9A-Fa-f]{{{digits}}}").match(text, at + 2) if digits else None
        if code:
            number = int(code[0], 16)
            self.newer_than_tomllib |= after == "x"
            if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
                return chr(number), code.end()
        continued = re.compile(r"\\[ \t]*\r?\n[ \t\r\n]*").match(text, at)
        if continued and text.startswith('"""', start):
            return "", continued.end()
        line_end = text.find("\n", at)
        closing = text.find('"', at + 1, line_end if line_end >= 0 else len(text))
        fix = None
        if closing > 0 and not text.startswith('"""', start):
            raw = text[start + 1 : closing]
            if "'" not in raw and re.fullmatch(r"(?:[^\\]|\\[^\"\\])*", raw):
                fix = _unsafe("take the backslashes as they are", Edit(Span(start, closing + 1), f"'{raw}'"))
        self._problem(
            f"`\\{after}` means nothing in text with double quotes",
            Span(at, at + 1 + len(after)),
            help="write `\\\\` for a backslash, or use single quotes",
            fix=fix,
        )
        return "\\" + after, at + 1 + max(len(after), 1)

    def _control(self, at: int) -> None:
        message = f"a control character (U+{ord(self.text[at]):04X}) in the text"
        self.problems.append(Problem(kind="control", message=message, span=Span(at, at + 1)))

    def _smart_string(self, opening: str) -> Value:
        start = self.at
        line_end = self._line_end()
        closings = "".join({*_SMART.values(), *_SMART, '"'})
        end = start + 1
        while end < line_end and self.text[end] not in closings:
            end += 1
        last = max((at for at in range(start + 1, line_end) if self.text[at] in '”“"»」'), default=-1)
        if opening in "“”„«「" and last > 0 and "," not in self.text[end:last]:
            end = last
        # Where another closes behind it before the value can be over, this one may be an apostrophe.
        reach = _VALUE_END.search(self.text, end, line_end)
        more = max(
            (at for at in range(end + 1, reach.start() if reach else line_end) if self.text[at] in closings), default=-1
        )
        end, is_sure = (more, False) if more > 0 else (end, True)
        closed = end < line_end and end > start
        inside = self.text[start + 1 : end]
        self.at = end + 1 if closed else line_end
        span = Span(start, self.at)
        self._problem(
            f"`{opening}` is a typographic quote; TOML wants straight ones",
            Span(start, start + 1),
            help=f"write `{quoted(inside)}`",
            fix=(_safe if is_sure else _unsafe)("use straight quotes", Edit(span, quoted(inside))) if closed else None,
        )
        return Value(inside, span)

    def _list(self, path: tuple[str, ...], depth: int) -> Value:
        start = self.at
        text = self.text
        self.at += 1
        elements: list[Value] = []
        while True:
            self._gap()
            if self.at >= len(text) or self._next_statement_before_closing():
                raise self._lost(
                    "a list that never ends",
                    Span(start, start + 1),
                    label="no closing `]`",
                    help="add `]` behind the last element",
                )
            if text[self.at] == "]":
                self.at += 1
                return Value([element.data for element in elements], Span(start, self.at), tuple(elements))
            if text[self.at] == ",":
                self._problem(
                    "a comma with nothing before it",
                    Span(self.at, self.at + 1),
                    help="remove it",
                    fix=_unsafe("remove the comma", Edit(Span(self.at, self.at + 1), "")),
                )
                self.at += 1
                continue
            # What a list holds has no path of its own.
            elements.append(self._value(path, depth + 1, [], in_list=True))
            end = self.at
            self._gap()
            if self.at < len(text) and text[self.at] == ",":
                self.at += 1
            elif self.at < len(text) and text[self.at] != "]" and not self._next_statement_before_closing():
                self._problem(
                    "a comma is missing between two elements",
                    Span(end, end + 1) if text[end : end + 1] not in {"", "\r", "\n"} else Span(end - 1, end),
                    help="add `,`",
                    fix=_unsafe("add the comma", Edit(Span(end, end), ",")),
                )

    def _next_statement_before_closing(self) -> bool:
        """Whether a new line begins here that sets a key, so that the list before it was left open."""
        line_start = self.text.rfind("\n", 0, self.at) + 1
        begins_line = not self.text[line_start : self.at].strip()
        return begins_line and bool(re.compile(r"[A-Za-z0-9_-]+[ \t]*=|\[\[?[A-Za-z_]").match(self.text, self.at))

    def _inline_table(self, above: tuple[str, ...], depth: int, inside: list[Entry]) -> Value:
        start = self.at
        text = self.text
        self.at += 1
        table: dict[str, Any] = {}
        seen: dict[tuple[str, ...], Span] = {}
        comma = False
        while True:
            before = self.at
            self._gap()
            self.newer_than_tomllib |= "\n" in text[before : self.at]
            if self.at >= len(text):
                raise self._lost(
                    "a table that never ends", Span(start, start + 1), label="no closing `}`", help="add `}`"
                )
            if text[self.at] == "}":
                self.newer_than_tomllib |= comma
                self.at += 1
                return Value(table, Span(start, self.at))
            path, key_span = self._key()
            self._blank()
            if not text.startswith("=", self.at):
                raise self._lost("expected `=`", Span(self.at, self.at + 1), help="write `key = value`")
            self.at += 1
            self._gap()
            if self.at >= len(text):
                raise self._lost("a value is missing", Span(self.at - 1, self.at), help="add the value")
            full = (*above, *path)
            nested: list[Entry] = []
            value = self._value(full, depth + len(path), nested, in_list=True)
            if full in seen:
                self._duplicate(path, key_span, seen[full])
            own = [Entry(full, key_span, value), *nested]
            for entry in own:
                seen.setdefault(entry.path, entry.key_span)
            inside += own
            _put(table, path, value.data)
            self._gap()
            comma = text.startswith(",", self.at)
            if comma:
                self.at += 1
            elif not text.startswith("}", self.at):
                raise self._lost(
                    "expected `,` or `}`", Span(self.at, self.at + 1), help="separate the keys with commas"
                )

    # Bookkeeping

    def _set(self, path: tuple[str, ...], key_span: Span, value: Value) -> None:
        full = (*self._table, *path)
        if full in self._seen or full in self._tables:
            self._duplicate(full, key_span)
        else:
            self._seen[full] = key_span
            _put(self._into, path, value.data)
        self.entries.append(Entry(full, key_span, value))

    def _descend(self, path: tuple[str, ...], span: Span) -> dict[str, Any]:
        into = self.root
        for part in path:
            below = into.setdefault(part, {})
            if isinstance(below, list) and below and isinstance(below[-1], dict):
                below = below[-1]
            if not isinstance(below, dict):
                self._duplicate(path, span)
                return {}
            into = below
        return into

    def _duplicate(self, path: tuple[str, ...], span: Span, first: Span | None = None) -> None:
        self.problems.append(
            Problem(
                kind="duplicate",
                message=f"`{'.'.join(path)}` is set twice",
                span=span,
                label="set again here",
                help="keep one of the two",
                first=first or self._seen.get(path) or self._tables.get(path),
            )
        )

    def _problem(self, message: str, span: Span, *, label: str = "", help: str = "", fix: Fix | None = None) -> None:  # noqa: A002 - the word of the field
        end = min(span.end, len(self.text))
        inside = Span(min(span.start, end), end)
        self.problems.append(Problem(kind="syntax", message=message, span=inside, label=label, help=help, fix=fix))

    def _lost(self, message: str, span: Span, *, label: str = "", help: str = "") -> _Lost:  # noqa: A002 - the word of the field
        if not self._is_open:
            self._problem(message, span, label=label, help=help)
        return _Lost()

    def _too_deep(self, span: Span) -> _Lost:
        self._beyond("nested too deeply", span, help=f"at most {DEEPEST} levels")
        return _Lost()

    def _beyond(self, message: str, span: Span, *, label: str = "", help: str = "") -> None:  # noqa: A002 - the word of the field
        self.beyond_toml.append(Problem(kind="syntax", message=message, span=span, label=label, help=help))

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _gap(self) -> None:
        match = GAP.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _line_end(self) -> int:
        match = _END_OF_LINE.match(self.text, self.at)
        return match.end() if match else len(self.text)


def _put(table: dict[str, Any], path: tuple[str, ...], data: Any) -> None:
    for part in path[:-1]:
        below = table.setdefault(part, {})
        if not isinstance(below, dict):
            return
        table = below
    table.setdefault(path[-1], data)
