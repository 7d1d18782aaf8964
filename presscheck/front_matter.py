"""Finds the front matter of a page and reads it, however broken.

Hugo 0.168 takes front matter only when nothing but white space and a byte order mark stands before the opening
fence: `+++` for TOML, `---` for YAML, `{` for JSON. It ends at the next line that begins with the fence, whatever
follows there. Everything else is text of the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.keyed import Document, Entry, Problem
from presscheck.text import Span
from presscheck.toml_reader import read_toml

LONGEST = 16_384
"""How many characters of front matter are read. Parsers take longer than linear: 40 KB of dotted keys took 1.6 GB."""

_LEADING = re.compile(r"\ufeff?\s*")
_FENCES = {"toml": "+++", "yaml": "---"}
_BLOCK = re.compile(r"^(\+\+\+|---)[ \t]*\r?\n(.*?)^\1[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_STRAY = re.compile(r"[^\s+-]{1,3}(?=\+\+\+[ \t]*\r?$)", re.MULTILINE)
_CODE_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_KEYS = {
    "+++": re.compile(r"^[ \t]*[A-Za-z_][\w.-]*[ \t]*=", re.MULTILINE),
    "---": re.compile(
        r"^(?:title|date|draft|tags|slug|description)[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE | re.IGNORECASE
    ),
}
_LINES = {
    "toml": re.compile(r"[ \t]*(?:#(?! )|\[\[?[A-Za-z_\"]|[\]}\"'{]|[A-Za-z_\"'][\w .\"'-]*[ \t]*[=:])"),
    "yaml": re.compile(r"[ \t]+\S|- |#(?! )|[\]}]|[\w\"'-][\w \"'-]*:(?:[ \t\r\n]|$)"),
}
_LINES_AFTER_A_GAP = {
    "toml": re.compile(r"[ \t]*(?:[A-Za-z_][\w.-]*[ \t]*=|\[\[?[A-Za-z_][\w. -]*\]\]?[ \t]*\r?(?:\n|$))"),
    "yaml": re.compile(r"[a-z_][\w-]*:(?:[ \t\r\n]|$)"),
}
_GAP = re.compile(r"(?<=\n)(?=[ \t]*\r?\n)")
_JSON_HELP = 'write `"key": "value"`, both in double quotes, with a comma between two pairs'
_JSON_SAYS = (
    ("Expecting property name", "JSON wants a key in double quotes here"),
    ("Expecting ','", "a comma is missing before this"),
    ("Expecting ':'", "a colon is missing before this"),
    ("Expecting value", "JSON wants a value here: text in double quotes, a number, `true` or `false`"),
    ("Invalid control character", "a line break or a control character inside the text"),
    ("Invalid \\", "a backslash that means nothing"),
    ("Unterminated string", "text that never ends"),
)
"""What Python's reader says, what to say instead."""
_PAIR_BELOW = re.compile(r'(?P<sign>[:,\[{])\s*\n\s*"[^"\n]*"\Z')
"""The key of a pair on a line of its own, with the sign that the line before ends with."""
_JSON_PART = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[\[\]{}]')
_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?")


@dataclass(frozen=True)
class FrontMatter:
    """The keys at the top of a page."""

    notation: str
    """`toml`, `yaml`, `json`, or `none` when the page has no front matter."""
    span: Span
    """From the opening fence to the end of the line of the closing one; empty when there is none."""
    content: Span
    """Between the fences."""
    document: Document
    """What it sets, with spans of the whole file."""
    before: Span | None = None
    """Text that stands before the opening fence and makes Hugo print the front matter as text."""
    is_closed: bool = True
    """Whether the closing fence is there."""

    def get(self, key: str) -> Entry | None:
        """The root's entry for `key` (lower case), if any."""
        return self.document.get(key)

    @property
    def is_in_place(self) -> bool:
        """Whether these are the page's keys, or are meant to be: a mistake among them stops Hugo, so that none is published without them."""
        return self.notation != "none" and self.before is None

    @property
    def has_mistakes(self) -> bool:
        """Whether Hugo cannot read it, so that what it does not set may be meant to be set."""
        return self.is_in_place and not self.is_read_by_hugo

    @property
    def is_read_by_hugo(self) -> bool:
        """Whether Hugo takes these keys: fences in place and no mistake in between."""
        return self.notation != "none" and self.before is None and self.is_closed and not self.document.problems


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a page's whole `text`; never raises."""
    leading = _LEADING.match(text)
    at = leading.end() if leading else 0
    if text.startswith("+++", at):
        return _fenced(text, at, "toml")
    if text.startswith("---", at):
        return _fenced(text, at, "yaml")
    if text.startswith("{", at) and not text.startswith(("{{", "{%"), at):
        return _json(text, at)
    start = _misplaced(text, at)
    if start is not None:
        found = _fenced(text, start, "toml" if text[start] == "+" else "yaml")
        return replace(found, before=Span(at, start))
    return FrontMatter("none", Span(at, at), Span(at, at), Document())


def _misplaced(text: str, at: int) -> int | None:
    """Where the front matter begins that something at `at` stands before; None when there is none."""
    stray = _STRAY.match(text, at)
    if stray:
        return stray.end()
    fences = 0
    for block in _BLOCK.finditer(text, at):
        fences += len(_CODE_FENCE.findall(text, at, block.start()))
        if fences % 2 == 0 and _KEYS[block[1]].search(block[2]):
            return block.start()
        at = block.start()
    return None


def _fenced(text: str, start: int, notation: str) -> FrontMatter:
    fence = _FENCES[notation]
    begin = _behind(text, start)
    closing = re.compile(f"^{re.escape(fence)}", re.MULTILINE).search(text, begin)
    if closing:
        end, content_end = _behind(text, closing.start()), closing.start()
    else:
        end = content_end = _end_of_keys(text, begin, notation)
    content = Span(begin, content_end)
    if content_end - begin > LONGEST:
        document = _too_long(content)
    elif notation == "toml":
        document = read_toml(text, content)
    else:
        from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

        document = read_yaml(text[begin:content_end], begin)
    return FrontMatter(notation, Span(start, end), content, document, is_closed=closing is not None)


def _too_long(content: Span) -> Document:
    """Instead of reading what a parser may need minutes and gigabytes for."""
    message = f"the front matter has {content.end - content.start:,} characters; at most {LONGEST:,} are read"
    span = Span(content.start, content.start + 1)
    return Document(
        problems=(Problem(kind="syntax", message=message, span=span, help="move long texts below the keys"),)
    )


def _behind(text: str, fence: int) -> int:
    """The end of the fence's line; the end of the fence itself when more stands on the line."""
    end = _end_of_line(text, fence)
    return fence + 3 if text[fence + 3 : end].strip() else end


def _end_of_keys(text: str, begin: int, notation: str) -> int:
    """Where, in front matter that was never closed, the last line ends that looks like a part of it."""
    at = end = begin
    expected = _LINES[notation]
    while at < len(text):
        after = _end_of_line(text, at)
        if not text[at:after].strip():
            expected = _LINES_AFTER_A_GAP[notation]
        elif expected.match(text, at):
            end = after
        else:
            break
        at = after
    return end


def _json(text: str, start: int) -> FrontMatter:  # noqa: C901 - one scan for the brace that closes
    from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

    depth = 0
    inside_string = False
    at = start
    while at < len(text):
        char = text[at]
        if inside_string:
            if char == "\\":
                at += 1
            elif char in '"\n':
                inside_string = False  # none goes on in the next line; one that was never closed hides no brace there
        elif char == '"':
            inside_string = True
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                break
        at += 1
    closed = depth == 0 and at < len(text)
    gap = None if closed else _GAP.search(text, start)
    end = min(at + 1, len(text)) if closed else gap.start() if gap else len(text)
    content = Span(start, end)
    if end - start > LONGEST:
        return FrontMatter("json", Span(start, end), content, _too_long(content), is_closed=closed)
    # YAML forbids the tabs that JSON allows for indenting.
    document = read_yaml(text[start:end].replace("\t", " ") + ("" if closed else "}"), start, is_json=True)
    if closed:
        document = _strictly_json(text[start:end], start, document)
    return FrontMatter(
        "json", Span(start, _end_of_line(text, end) if closed else end), content, document, is_closed=closed
    )


def _strictly_json(text: str, start: int, document: Document) -> Document:
    """`document`, with the mistake that JSON forbids and YAML allows, and without the repetitions that Hugo allows."""
    from presscheck.yaml_reader import json_number  # noqa: PLC0415 - as above

    try:
        values = json.loads(text, parse_int=json_number, parse_float=json_number, parse_constant=str)
    except json.JSONDecodeError as error:
        problem = _as_json_says(text, error).shifted(start)
        # What stands behind the mistake is perhaps not what it was read as.
        sure = tuple(entry for entry in document.entries if entry.value.span.end <= problem.span.start)
        return Document(sure, (problem,))
    except RecursionError:
        return document
    problems = tuple(problem for problem in document.problems if problem.kind != "duplicate")
    return Document(document.entries, problems, None if problems else document.values or values)


def _as_json_says(text: str, error: json.JSONDecodeError) -> Problem:
    at = error.pos
    before = text[:at].rstrip()
    if text[at : at + 1] in {"}", "]"} and before.endswith(","):
        at = len(before) - 1
    if text[at : at + 1] == "," and text[at + 1 :].lstrip()[:1] in {"}", "]"}:
        span = Span(at, at + 1)
        fix = Fix("remove it", Applicability.SAFE, (Edit(span, ""),))
        return Problem(kind="syntax", message="a comma with nothing behind it", span=span, help="remove it", fix=fix)
    return _lines_above(text, before, at) or Problem(
        kind="syntax",
        message=next((ours for theirs, ours in _JSON_SAYS if error.msg.startswith(theirs)), "this is not JSON"),
        span=Span(at, at + 1),
        help=_JSON_HELP,
    )


def _lines_above(text: str, before: str, at: int) -> Problem | None:
    """What is missing in the lines above the place where Python's reader lost the thread, if it is there."""
    if text[at : at + 1] in {"", "\n", "\r"}:
        texts = [each for each in _JSON_PART.finditer(text, text.rfind("\n", 0, at) + 1, at) if each[0][0] == '"']
        if not texts:
            return None
        return Problem(
            kind="syntax",
            message="text that never ends",
            span=Span(*texts[-1].span()),
            label='no closing `"` on this line',
            help='add `"` where the text ends',
        )
    pair = _PAIR_BELOW.search(before) if text[at] == ":" else None
    list_start = _open_list(before)
    if list_start is not None and (pair or text[at] == "}"):
        return Problem(
            kind="syntax",
            message="a list that never ends",
            span=Span(list_start, list_start + 1),
            label="no closing `]`",
            help="add `]` behind the last element",
        )
    if pair and pair["sign"] == ":":
        before = before[: pair.start("sign") + 1]
    if (before.endswith(":") and "\n" in text[len(before) : at + 1]) or (before.endswith(":") and text[at] in ",}"):
        return Problem(
            kind="syntax",
            message="a value is missing",
            span=Span(len(before) - 1, len(before)),
            help='give it a value, `""` for an empty one, or remove the line',
        )
    if text[at] == '"' and "\n" in text[len(before) : at]:
        there = Span(len(before), len(before))
        return Problem(
            kind="syntax",
            message="a comma is missing behind this",
            span=Span(len(before) - 1, len(before)),
            help="add `,`",
            fix=Fix("add the comma", Applicability.UNSAFE, (Edit(there, ","),)),
        )
    return None


def _open_list(before: str) -> int | None:
    """Where the list begins that is open at the end of `before`; None when something else is, or nothing."""
    opened: list[int] = []
    for part in _JSON_PART.finditer(before):
        if part[0] in "[{":
            opened.append(part.start())
        elif part[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened and before[opened[-1]] == "[" else None


def _end_of_line(text: str, at: int) -> int:
    match = _REST_OF_LINE.match(text, at)
    return match.end() if match else len(text)
