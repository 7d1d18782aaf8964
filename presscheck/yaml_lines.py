"""Finds the line of a YAML text that the author has to mend: parsers complain where they lose the thread, often lines below.

Only texts that no parser takes are looked at. What is read here are statements, `key: value` from the margin to the next such
line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.keyed import Problem
from presscheck.text import Span

_STATEMENT = re.compile(r"^(?![ \t\r\n#\]}]|-[ \t\r\n]|-\Z)", re.MULTILINE)
"""Where a line begins one: what is indented, closes brackets, is an item or a comment belongs to the one above."""
_KEY = re.compile(
    r"""(?:"(?:[^"\\\n]|\\.)*"[ \t]*|'[^'\n]*'[ \t]*"""
    r"""|[^\s"'#&*!|>%@`\[\]{},?:-](?:[^:#\n]|:(?!\s)|(?<!\s)\#)*?):(?=\s|\Z)"""
)
_WITHOUT_BLANK = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s/:])")
_TOML = re.compile(r"(?P<key>[A-Za-z_][\w.-]*)[ \t]*(?P<sign>=)")
_WITHOUT_COLON = re.compile(r"(?P<key>[A-Za-z_][\w-]*)(?P<gap>[ \t]+)\S")
_PART = re.compile(
    r"""(?P<text>(?<=[\s\[{,:])"(?:[^"\\]|\\.)*"|(?<=[\s\[{,:])'(?:[^']|'')*')
    |(?P<open>(?<=[\s\[{,:])["'])|(?P<comment>(?<=\s)\#[^\n]*)|(?P<opening>[\[{])|(?P<closing>[\]}])""",
    re.VERBOSE,
)
_TYPOGRAPHIC = re.compile("[“”„«»「」]")


def statements(text: str) -> Iterator[Span]:
    """The statements of `text`, from line break to line break."""
    starts = [found.start() for found in _STATEMENT.finditer(text) if found.start() < len(text)]
    yield from itertools.starmap(Span, itertools.pairwise([*starts, len(text)]))


def fault_in(text: str, statement: Span) -> Problem | None:
    """What is wrong with the statement by itself; None when that is not plain to see."""
    start, end = statement
    key = _KEY.match(text, start, end)
    return _in_value(text, key.end(), end) if key else _in_key(text, start, end)


def _in_key(text: str, start: int, end: int) -> Problem | None:
    line_end = start + len(text[start:end].split("\n", 1)[0].rstrip())
    line = Span(start, line_end)
    if text[start] in "\"'":
        if not _KEY.match(text, start + 1, line_end):
            return _endless(text, start, line_end)
        quote = Span(start, start + 1)
        return Problem(
            kind="syntax",
            message="a quote before the key, and none behind it",
            span=quote,
            help="remove it",
            fix=_unsafe("remove it", Edit(quote, "")),
        )
    toml = _TOML.match(text, start, line_end)
    if toml:
        name, sign = toml["key"], Span(*toml.span("sign"))
        return Problem(
            kind="syntax",
            message=f"`{name} =` is TOML; YAML sets a key with `:`",
            span=sign,
            help="write `:` instead of `=`",
            fix=_unsafe("replace `=` by `:`", Edit(Span(toml.end("key"), sign.end), ":")),
        )
    joined = _WITHOUT_BLANK.match(text, start, line_end)
    if joined:
        at = joined.end()
        return Problem(
            kind="syntax",
            message=f"no blank behind `{joined['key']}:`",
            span=Span(at - 1, at),
            help=f"write `{joined['key']}: {text[at:line_end]}`",
            fix=_unsafe("add the blank", Edit(Span(at, at), " ")),
        )
    if not text[start].isalnum() and text[start] != "_":
        return None
    bare = _WITHOUT_COLON.match(text, start, line_end)
    fix = _unsafe("add `:`", Edit(Span(bare.end("key"), bare.end("key")), ":")) if bare else None
    return Problem(
        kind="syntax",
        message=f"`{text[start:line_end]}` sets nothing",
        span=line,
        label="expected `key: value`",
        help=f"write `{bare['key']}: {text[bare.end('gap') : line_end]}`" if bare else "write it as `key: value`",
        fix=fix,
    )


def _in_value(text: str, at: int, end: int) -> Problem | None:
    """What is open at the end of a value that begins behind `at`; plain text and blocks of text are as they are."""
    begin = at + len(text[at:end]) - len(text[at:end].lstrip())
    if begin >= end or text[begin] not in "\"'[{":
        return None
    opened: list[int] = []
    for part in _PART.finditer(text, begin, end):
        kind = part.lastgroup
        if kind == "open":
            line_end = part.start() + len(text[part.start() : end].split("\n", 1)[0].rstrip())
            return _endless(text, part.start(), line_end)
        if kind == "opening":
            opened.append(part.start())
        elif kind == "closing" and opened:
            opened.pop()
        if kind == "text" and not opened:
            return None  # what may stand behind it is for the parser to say
    if not opened:
        return None
    closing = {"[": "]", "{": "}"}[text[opened[-1]]]
    return Problem(
        kind="syntax",
        message="a list that never ends" if closing == "]" else "a table that never ends",
        span=Span(opened[-1], opened[-1] + 1),
        label=f"no closing `{closing}`",
        help=f"add `{closing}` behind the last element",
    )


def _endless(text: str, start: int, end: int) -> Problem:
    """A quote that is opened at `start` in a line that ends at `end`, and closed nowhere."""
    quote = text[start]
    typographic = _TYPOGRAPHIC.search(text, start + 1, end)
    if typographic:
        there = Span(*typographic.span())
        return Problem(
            kind="syntax",
            message=f"`{typographic[0]}` is a typographic quote and closes nothing",
            span=there,
            help=f"write `{quote}`",
            fix=_unsafe(f"write `{quote}`", Edit(there, quote)),
        )
    return Problem(
        kind="syntax",
        message="text that never ends",
        span=Span(start, end),
        label=f"no closing `{quote}` on this line",
        help=f"add `{quote}` where the text ends",
    )


def _unsafe(title: str, edit: Edit) -> Fix:
    return Fix(title, Applicability.UNSAFE, (edit,))
