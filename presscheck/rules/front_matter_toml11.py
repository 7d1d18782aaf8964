r"""The front matter is TOML that every Hugo reads.

TOML 1.1, of December 2025, allows what 1.0 forbids: a table in braces that goes over several lines or ends with a comma, a time
without seconds, `\xe9` in text. Hugo reads these since 0.164. An earlier one, on the machine of the host or of a colleague,
stops the whole site at them, and so do many editors and scripts that read TOML. `\x` is a trap besides: in
`title = "C:\xdebug"` an earlier Hugo finds a mistake, this one makes `C:Þbug` of it and says nothing.

Write the table in one line or below a `[heading]`, add the seconds, write `\u00E9`, or the letter itself, and single quotes
around a text with backslashes.

A site that sets `min` below `[module.hugoVersion]` to 0.164 or later has settled for new versions: tables and times
are not reported there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._engine import version_of
from presscheck.text import Span
from presscheck.toml_reader import GAP

SEVERITY = Severity.WARNING

_SINCE = (0, 164, 0)
_SHORT_TIME = re.compile(r":(?<=[T \[=,]\d\d:)\d\d(?![:\d])")  # begins with a sign that is searched for quickly
_TOKEN = re.compile(
    r'(?P<text>"""(?:[^\\]|\\.)*?"{3,5}|"(?:[^"\\\n]|\\.)*")'
    r"|\'\'\'.*?\'{3,5}|'[^'\n]*'"
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<sign>[\[\]{},\n])"
    r"|(?P<time>(?<![+\d:-])\d\d:\d\d(?![:\d]))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x(?P<code>[0-9A-Fa-f]{2})|.)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANK = re.compile(r"[ \t\r\n]*")
_STOPS = "a Hugo before 0.164 stops the build of the whole site here"


@dataclass
class _Bracket:
    """A bracket or brace that is open."""

    start: int
    """Where it was opened."""
    breaks: list[Edit] = field(default_factory=list)
    """What puts its lines together."""
    comma: int = 0
    """Where its last comma stands."""
    has_comment: bool = False
    """Whether a comment ends one of its lines."""


def check_page(page: Page) -> Iterator[Finding]:
    """Look for what TOML 1.0 forbids."""
    front_matter, text = page.front_matter, page.source.text
    if front_matter.notation != "toml" or not _is_suspect(text, front_matter.content):
        return
    if not front_matter.is_read_by_hugo:
        return
    is_settled = version_of(str(page.config.get("module", "hugoversion", "min", default=""))) >= _SINCE
    brackets: list[_Bracket] = []
    for token in _TOKEN.finditer(text, *front_matter.content):
        if token["text"]:
            yield from _escapes(token)
        elif token["time"] and not is_settled:
            yield _time(Span(*token.span()))
        elif token["comment"] and brackets:
            brackets[-1].has_comment = True
        elif token["sign"]:
            table = _closed(text, token, brackets)
            if table and not is_settled:
                yield from _table(text, table, token.start())


def _is_suspect(text: str, content: Span) -> bool:
    """Whether something of it may be there; most pages have none of this."""
    return text.find("{", *content) >= 0 or text.find("\\x", *content) >= 0 or bool(_SHORT_TIME.search(text, *content))


def _closed(text: str, token: re.Match[str], brackets: list[_Bracket]) -> _Bracket | None:
    """Note what the sign means for the innermost of `brackets`; the one that was open, if it closes a table in braces."""
    at, sign = token.start(), token[0]
    if sign in {"[", "{"}:
        brackets.append(_Bracket(at))
    elif not brackets:
        return None
    elif sign in {"]", "}"}:
        bracket = brackets.pop()
        return bracket if sign == "}" else None
    elif sign == ",":
        brackets[-1].comma = at
    else:
        breaks = brackets[-1].breaks
        end = _end(_BLANK, text, at)
        if not breaks or breaks[-1].span.end < end:
            breaks.append(Edit(Span(len(text[:at].rstrip(" \t\r")), end), " "))
    return None


def _table(text: str, table: _Bracket, end: int) -> Iterator[Finding]:
    edits = list(table.breaks)
    comma = Span(table.comma, table.comma + 1) if table.comma and _end(GAP, text, table.comma + 1) == end else None
    if comma:
        edits.append(Edit(comma, ""))
    if not edits:
        return
    fix = Fix(
        "write it in one line" if table.breaks else "remove it",
        Applicability.UNSAFE,
        tuple(sorted(edits, key=lambda edit: edit.span)),
    )
    yield Finding(
        message="a table in braces that goes over several lines" if table.breaks else "a comma behind the last value",
        span=Span(table.start, table.breaks[0].span.start) if table.breaks else comma or Span(end, end),
        label="TOML 1.0 has it in one line" if table.breaks else "TOML 1.0 has none in a table in braces",
        consequence=_STOPS,
        help="write it in one line, or below a heading such as `[params]`" if table.breaks else "remove it",
        fix=None if table.has_comment else fix,
    )


def _time(span: Span) -> Finding:
    return Finding(
        message="a time without seconds",
        span=span,
        label="TOML 1.0 wants `:00` behind it",
        consequence=_STOPS,
        help="add `:00`",
        fix=Fix("add the seconds", Applicability.SAFE, (Edit(Span(span.end, span.end), ":00"),)),
    )


def _escapes(token: re.Match[str]) -> Iterator[Finding]:
    for escape in _ESCAPE.finditer(token[0]):
        letter = chr(int(escape["code"], 16)) if escape["code"] else "\0"
        if _CONTROL.match(letter):  # reported by encoding-control-char
            continue
        span = Span(*escape.span()).shifted(token.start())
        written = f"\\u00{escape['code'].upper()}"
        yield Finding(
            message=f"`{escape[0]}` is one letter",
            span=span,
            label=f"this is `{letter}`" if letter.isprintable() else "",
            consequence=f"readers see that letter; {_STOPS}",
            help=f"write `{written}`, or `\\\\` where a backslash was meant",
            fix=Fix(f"write `{written}`", Applicability.UNSAFE, (Edit(span, written),)),
        )


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
