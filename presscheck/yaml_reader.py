"""Reads YAML and JSON with the span of every key and value, by YAML 1.2's idea of a boolean and a number.

PyYAML follows YAML 1.1, where `yes` and `on` are true; Hugo follows 1.2, where they are text.
JSON is read as the YAML it nearly is.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml

from presscheck.keyed import Document, Entry, Problem, Value
from presscheck.text import Span

_UNREADABLE = yaml.reader.Reader.NON_PRINTABLE
"""What PyYAML refuses to read and Hugo does not mind."""
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}
_INTEGER = re.compile(r"[-+]?\d+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATETIME = re.compile(
    # What Hugo reads as one; everything else stays a text.
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?|(?P<space> )\d{2}:\d{2}:\d{2}(?:\.\d+)?)"
    r"(?:(?(space) ?)(?:[+-]\d{2}:?\d{2})|Z)?"
)
_PIECE = re.compile(
    r"""(?P<quoted>(?<![^\s\[{,])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'))
    | (?P<comment>(?<!\S)\#[^\n]*)
    | (?P<opening>(?<=[\s\[{,])[\[{])
    | (?P<closing>[\]}])
    | (?P<indent>^[ ]*\t[ \t]*)
    | (?P<tab>\t+)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""What has to be told apart where there are tabs."""
_TOML = re.compile(r"[\w.-]+[ \t]*=")
_MOST = 20_000
"""How many values a text may stand for; one without aliases, as long as it may be, has fewer."""
_QUOTED = "while scanning a quoted scalar"
_ALIAS = "while scanning an alias"
_IN_QUOTES = "put the value in quotes when it holds `: ` or ` #`, or begins with one of ``[]{}&*!|>%@` ``"
_EXPLAINED = (
    (_QUOTED, "text that never ends", "add the closing quote"),
    ("mapping values are not allowed", "a second `:` in the line", "put the value in quotes"),
    (r"character '\t'", "a tab in the indentation", "indent with spaces"),
    ("cannot start any token", "a value cannot begin with `…`", "put the value in quotes"),
    ("could not find expected ':'", "a line without `key: value` above this", "write it as `key: value`"),
    (_ALIAS, "`*` at the beginning of a value is not text to YAML", "put the value in quotes"),
    ("undefined alias", "`*` at the beginning of a value is not text to YAML", "put the value in quotes"),
)
"""What PyYAML says, what to say instead, what to do; `…` is the character in question."""


def read_yaml(text: str, start: int = 0) -> Document:
    """Read `text`, one YAML or JSON mapping. Never raises.

    Spans are offsets into the text of which `text` is the part from `start` on.
    """
    try:
        # The pure-Python scanner: the C one counts offsets in bytes.
        root = yaml.compose(_UNREADABLE.sub("�", _separated_by_spaces(text)), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return Document(problems=(_explained(error, text, start),))
    except yaml.reader.ReaderError as error:
        at = min(int(error.position), len(text))
        message = (
            f"a character that YAML does not allow (U+{ord(text[at]):04X})" if at < len(text) else str(error.reason)
        )
        return Document(problems=(Problem(kind="syntax", message=message, span=_place(text, at, start)),))
    except (RecursionError, ValueError) as error:
        return Document(problems=(Problem(kind="syntax", message=str(error), span=Span(start, start + len(text))),))
    if root is None:
        return Document(values={})
    if not isinstance(root, yaml.MappingNode):
        span = Span(start + root.start_mark.index, start + root.end_mark.index)
        is_toml = bool(_TOML.match(text, root.start_mark.index))
        problem = Problem(
            kind="syntax",
            message="TOML between the fences of YAML" if is_toml else "not a list of `key: value` lines",
            span=span,
            help="write `+++` for both fences" if is_toml else "write `key: value`, one to a line",
        )
        return Document(problems=(problem,))
    builder = _Builder(start)
    try:
        values = builder.mapping(root, (), builder.entries, frozenset())
    except _TooMuch as error:
        message = f"aliases that stand for more than {_MOST:,} values"
        problem = Problem(kind="syntax", message=message, span=error.span, help="write the values out")
        return Document(problems=(problem,))
    problems = tuple(builder.problems)
    return Document(tuple(builder.entries), problems, None if problems else values)


def _separated_by_spaces(text: str) -> str:
    """`text` with spaces for the tabs that separate values: YAML and Hugo take them, PyYAML does not.

    A tab that indents stays, except between brackets, where nothing depends on how a line is indented.
    """
    if "\t" not in text:
        return text
    depth = 0
    parts: list[str] = []
    at = 0
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "opening":
            depth += 1
        elif kind == "closing":
            depth = max(depth - 1, 0)
        elif kind == "tab" or (kind == "indent" and depth):
            parts += text[at : piece.start()], piece[0].replace("\t", " ")
            at = piece.end()
    return "".join(parts) + text[at:]


def _explained(error: yaml.MarkedYAMLError, text: str, start: int) -> Problem:
    """PyYAML's complaint in words that an author uses."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    for said, message, instruction in _EXPLAINED:
        if said in problem or said in context:
            if said in {_QUOTED, _ALIAS}:
                mark = error.context_mark or mark
            at = min(mark.index, len(text)) if mark else 0
            said_here = message.replace("…", text[at : at + 1])
            return Problem(kind="syntax", message=said_here, span=_place(text, at, start), help=instruction)
    at = min(mark.index, len(text)) if mark else 0
    message = problem or context or "not readable as YAML"
    return Problem(kind="syntax", message=message, span=_place(text, at, start), help=_IN_QUOTES)


def _place(text: str, at: int, start: int) -> Span:
    return Span(start + at, start + min(at + 1, len(text)))


class _TooMuch(Exception):
    """The aliases stand for more values than anybody means."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class _Builder:
    """Turns PyYAML's nodes into entries."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.count = 0

    def mapping(
        self, node: yaml.MappingNode, path: tuple[str, ...], entries: list[Entry], above: frozenset[int]
    ) -> dict[str, Any]:
        seen: dict[str, Span] = {}
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            key_span = self.span(key_node)
            if key in seen:
                self.problems.append(
                    Problem(
                        kind="duplicate",
                        message=f"`{key}` is set twice",
                        span=key_span,
                        label="set again here",
                        help="keep one of the two",
                        first=seen[key],
                    )
                )
            seen[key] = key_span
            nested: list[Entry] = []
            value = self.value(value_node, (*path, key), nested, above)
            values[key] = value.data
            entries.append(Entry((*path, key), key_span, value))
            entries.extend(nested)
        return values

    def value(self, node: yaml.Node, path: tuple[str, ...], entries: list[Entry], above: frozenset[int]) -> Value:
        span = self.span(node)
        self.count += 1
        if self.count > _MOST:
            raise _TooMuch(span)
        if id(node) in above:
            self.problems.append(Problem(kind="syntax", message="an alias that contains itself", span=span))
            return Value(None, span)
        inside = above | {id(node)}
        if isinstance(node, yaml.MappingNode):
            return Value(self.mapping(node, path, entries, inside), span)
        if isinstance(node, yaml.SequenceNode):
            # What a list holds has no path of its own.
            elements = tuple(self.value(child, path, [], inside) for child in node.value)
            return Value([element.data for element in elements], span, elements)
        return Value(_scalar(node) if isinstance(node, yaml.ScalarNode) else None, span)

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        buffer = node.start_mark.buffer
        if buffer and isinstance(node, yaml.CollectionNode) and not node.flow_style:
            # A block collection ends where the next thing begins; give back the white space between.
            while end > start and buffer[end - 1] in " \n\r\t\0":
                end -= 1
        return Span(self.start + start, self.start + max(start, end))


def _scalar(node: yaml.ScalarNode) -> Any:
    raw = str(node.value)
    if node.style or (node.tag and not node.tag.startswith("tag:yaml.org,2002:")):
        return raw
    if raw in _BOOLEAN:
        return _BOOLEAN[raw]
    if raw in _NULL:
        return None
    if _INTEGER.fullmatch(raw) and len(raw) < 30:
        return int(raw)
    if _BASED.fullmatch(raw):
        return int(raw, 0)
    if _FLOAT.fullmatch(raw):
        return float(raw)
    try:
        if _DATE.fullmatch(raw):
            return date.fromisoformat(raw)
        if _DATETIME.fullmatch(raw):
            return datetime.fromisoformat(re.sub(r"[Tt]|[ \t]+(?=\d)", "T", raw, count=1).replace(" ", ""))
    except ValueError:
        return raw
    return raw
