"""Reads YAML and JSON with the span of every key and value, by YAML 1.2's idea of a boolean and a number.

PyYAML follows YAML 1.1, where `yes` and `on` are true; Hugo follows 1.2, where they are text.
JSON is read as the YAML it nearly is.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from math import inf, isfinite
from typing import Any

import yaml

from presscheck.keyed import DEEPEST, Document, Entry, Problem, Value
from presscheck.text import Span, hidden
from presscheck.yaml_lines import fault_in, statements

_UNREADABLE = yaml.reader.Reader.NON_PRINTABLE
"""What PyYAML refuses to read and Hugo does not mind."""
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}
_BASES = {"hex": 16, "octal": 8, "binary": 2, "decimal": 10}
_WHOLE = re.compile(
    r"(?P<sign>[-+]?)(?:0x(?P<hex>[0-9a-fA-F]+)|0o?(?P<octal>[0-7]+)|0b(?P<binary>[01]+)|(?P<decimal>0|[1-9][0-9]*))"
)
_FRACTION = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"-?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_HALF = re.compile("[\ud800-\udfff]")
_IN_JSON = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<rest>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
_NO_JSON = frozenset({"NaN", "Infinity", "-Infinity"})
_HELD = range(-(2**63), 2**64)
_MOST_DIGITS = 70
"""More than 64 bits need in any base, with what says which."""
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
_MOST_FAULTS = 8
"""How many mistakes are looked for."""
_QUOTED = "while scanning a quoted scalar"
_ALIAS = "while scanning an alias"
_TEXT_BY_TAG = re.compile(r"!!str\b")
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


def read_yaml(text: str, start: int = 0, *, is_json: bool = False) -> Document:
    """Read `text`, one YAML or JSON mapping. Never raises.

    Numbers are those of JSON if it `is_json`. Spans are offsets into the text of which `text` is the part from `start` on.
    """
    faults: list[Problem] = []
    try:
        root, text = _composed(text, faults, is_json=is_json)
    except yaml.MarkedYAMLError as error:
        return Document(problems=tuple(each.shifted(start) for each in [*faults, _explained(error, text)]))
    except yaml.reader.ReaderError as error:
        at = min(int(error.position), len(text))
        message = (
            f"a character that YAML does not allow (U+{ord(text[at]):04X})" if at < len(text) else str(error.reason)
        )
        return Document(problems=(Problem(kind="syntax", message=message, span=_place(text, at, start)),))
    except _TooDeep as error:
        return Document(problems=(_nested_too_deeply(_place(text, error.at, start)),))
    except ValueError as error:
        return Document(problems=(Problem(kind="syntax", message=str(error), span=Span(start, start + len(text))),))
    if root is None:
        return Document(problems=tuple(each.shifted(start) for each in faults), values=None if faults else {})
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
    builder = _Builder(start, is_json=is_json)
    try:
        values = builder.mapping(root, (), builder.entries, frozenset())
    except _TooMuch as error:
        message = f"aliases that stand for more than {_MOST:,} values"
        problem = Problem(kind="syntax", message=message, span=error.span, help="write the values out")
        return Document(problems=(problem,))
    except _TooDeep as error:
        return Document(problems=(_nested_too_deeply(_place(text, error.at, start)),))
    problems = (*(each.shifted(start) for each in faults), *builder.problems)
    return Document(tuple(builder.entries), problems, None if problems else values)


def _composed(text: str, faults: list[Problem], *, is_json: bool) -> tuple[yaml.Node | None, str]:
    """The root of `text`, less the statements with `faults`; and what of the text it is the root of.

    Raises yaml.MarkedYAMLError when there is something else, or more, in the way.
    """
    while True:
        try:
            # The pure-Python scanner: the C one counts offsets in bytes.
            return yaml.compose(_UNREADABLE.sub("�", _separated_by_spaces(text)), Loader=_Loader), text
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if is_json or not mark or len(faults) >= _MOST_FAULTS:
                raise
            fault = _explained(error, text)
            around = None
            for statement in statements(text):
                if statement.start > mark.index:
                    break
                around, plain = statement, fault_in(text, statement)
                if plain:
                    fault = plain
                    break
            if not around or not around.start <= fault.span.start <= around.end:
                raise
            faults.append(fault)
            text = text[: around.start] + hidden(text[around.start : around.end]) + text[around.end :]


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


def _explained(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """PyYAML's complaint in words that an author uses."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    for said, message, instruction in _EXPLAINED:
        if said in problem or said in context:
            if said in {_QUOTED, _ALIAS}:
                mark = error.context_mark or mark
            at = min(mark.index, len(text)) if mark else 0
            said_here = message.replace("…", text[at : at + 1])
            return Problem(kind="syntax", message=said_here, span=_place(text, at, 0), help=instruction)
    at = min(mark.index, len(text)) if mark else 0
    message = problem or context or "not readable as YAML"
    return Problem(kind="syntax", message=message, span=_place(text, at, 0), help=_IN_QUOTES)


def _place(text: str, at: int, start: int) -> Span:
    return Span(start + at, start + min(at + 1, len(text)))


def _nested_too_deeply(span: Span) -> Problem:
    return Problem(kind="syntax", message="nested too deeply", span=span, help=f"at most {DEEPEST} levels")


class _TooDeep(Exception):
    """More lies inside each other than is read."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class _Loader(yaml.SafeLoader):
    """PyYAML's, which calls itself for every level, and stops in time."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next node and what lies inside."""
        if self.depth > DEEPEST:
            raise _TooDeep(self.peek_event().start_mark.index)  # type: ignore[no-untyped-call]
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _TooMuch(Exception):
    """The aliases stand for more values than anybody means."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class _Builder:
    """Turns PyYAML's nodes into entries."""

    def __init__(self, start: int, *, is_json: bool) -> None:
        self.start = start
        self.is_json = is_json
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
        if len(above) >= DEEPEST:
            raise _TooDeep(node.start_mark.index)
        inside = above | {id(node)}
        if isinstance(node, yaml.MappingNode):
            return Value(self.mapping(node, path, entries, inside), span)
        if isinstance(node, yaml.SequenceNode):
            # What a list holds has no path of its own.
            elements = tuple(self.value(child, path, [], inside) for child in node.value)
            return Value([element.data for element in elements], span, elements)
        if not isinstance(node, yaml.ScalarNode):
            return Value(None, span)
        data = _scalar(node, is_json=self.is_json)
        if isinstance(data, str) and _HALF.search(data):
            data = self.whole(data, span)
        if self.is_json and not node.style and (data in _NO_JSON or data in (inf, -inf)):
            message = "not a number to JSON" if data in _NO_JSON else "a number beyond what a computer can hold"
            self.problems.append(Problem(kind="syntax", message=message, span=span, help="put it in quotes"))
        return Value(data, span)

    def whole(self, text: str, span: Span) -> str:
        """`text` with the characters that two halves make; Hugo has a sign for half a one in JSON, and stops in YAML."""
        made = mended_halves(text)
        if not self.is_json and _HALF.search(
            text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        ):
            self.problems.append(
                Problem(
                    kind="syntax",
                    message="half of a character",
                    span=span,
                    label="`\\ud800` to `\\udbff` want one from `\\udc00` to `\\udfff` behind them",
                    help="write the character itself",
                )
            )
        return made

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        buffer = node.start_mark.buffer
        if buffer and isinstance(node, yaml.CollectionNode) and not node.flow_style:
            # A block collection ends where the next thing begins; give back the white space between.
            while end > start and buffer[end - 1] in " \n\r\t\0":
                end -= 1
        return Span(self.start + start, self.start + max(start, end))


def mended_halves(text: str) -> str:
    """`text` with the characters that two halves of UTF-16 make, and a replacement for every half that is alone."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def json_number(raw: str) -> int | float | None:
    """The number that `raw` is in JSON, infinite where Hugo, which reads all as floats, has none for it; None for no number."""
    found = _IN_JSON.fullmatch(raw)
    if not found:
        return None
    return float(raw) if found["rest"] or len(raw) > _MOST_DIGITS or int(raw) not in _HELD else int(raw)


def _number(raw: str) -> int | float | None:
    """The number that `raw` is to Hugo 0.168; None for a text, as one is that 64 bits cannot hold."""
    plain = raw.replace("_", "") if raw[:1] != "_" else raw
    whole = _WHOLE.fullmatch(plain)
    if whole and whole.lastgroup:
        digits = whole["sign"] + whole[whole.lastgroup].lstrip("0")[:_MOST_DIGITS]
        number = int(digits, _BASES[whole.lastgroup]) if digits.strip("+-") else 0
        return number if number in _HELD else None
    if _NOT_FINITE.fullmatch(raw):
        return float(raw.replace(".", ""))
    fraction = float(plain) if _FRACTION.fullmatch(plain) else inf
    return fraction if isfinite(fraction) else None


def _scalar(node: yaml.ScalarNode, *, is_json: bool) -> Any:
    raw = str(node.value)
    if (
        node.style
        or _TEXT_BY_TAG.match(node.start_mark.buffer or "", node.start_mark.index)
        or (node.tag and not node.tag.startswith("tag:yaml.org,2002:"))
    ):
        return raw
    if raw in _BOOLEAN:
        return _BOOLEAN[raw]
    if raw in _NULL:
        return None
    number = json_number(raw) if is_json else _number(raw)
    if number is not None:
        return number
    try:
        if _DATE.fullmatch(raw):
            return date.fromisoformat(raw)
        if _DATETIME.fullmatch(raw):
            moment = datetime.fromisoformat(re.sub(r"[Tt]|[ \t]+(?=\d)", "T", raw, count=1).replace(" ", ""))
            # Where Hugo wants text it takes it as written.
            return moment if moment.isoformat().replace("+00:00", "Z") == raw else raw
    except ValueError:
        return raw
    return raw
