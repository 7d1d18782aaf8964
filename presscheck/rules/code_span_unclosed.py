r"""A backtick has its counterpart.

Code in a sentence stands between two backticks, or two runs of equally many, in one paragraph. A run without its
counterpart is printed as it stands, and what was to be code is text: dashes and quotes in it are changed to typographic
ones, `*` and `_` may become emphasis. Hugo says nothing.

Close the code, or write `` \` `` for a backtick that is to be seen. Code that has backticks in it stands between longer runs:
``` `` `a` `` ```.

In a table a bar ends the cell, and the code with it: write `\|` there. Where such a row loses cells, the rule
`table-cells-lost` speaks, and this one is silent; so it is about a backtick that stands alone, as in a table of signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._tables import cells, row, rows
from presscheck.text import Span, span_at

SEVERITY = Severity.WARNING

_RUN = re.compile(r"\\`|(?:^ {0,3}|(?<=\]))\[(?:[^\n\]`]|`[^\n`]*`){1,200}\]|(?P<run>`+)", re.MULTILINE)
"""A run; before it, what is none: an escaped one, and the names of links by reference."""
_ALONE = re.compile(r"[\s|\"'(]`+[\s|\"')]")
_PARAGRAPH_END = re.compile(r"\n[ \t>]*\r?\n")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every backtick outside code whether it was to begin some."""
    text = page.source.text
    markdown = page.markdown
    count = text.count("`", page.front_matter.span.end)
    # What an honest page has: two for code in a sentence, six for a block.
    fenced = sum(block.is_closed and text.startswith("```", block.span.start) for block in markdown.code_blocks)
    if count == 2 * (len(markdown.code) - len(markdown.code_blocks)) + 6 * fenced:
        return
    for span in markdown.code:
        count -= text.count("`", span.start, span.end)
    if count <= 0:
        return
    prose = page.prose
    until = -1
    columns: dict[Span, int] = {}
    for found in _RUN.finditer(prose):
        if not found["run"] or found.start() < until:
            continue
        table = span_at(markdown.tables, found.start())
        if not table:
            end = _PARAGRAPH_END.search(prose, found.end())
            until = end.start() if end else len(prose)
        else:
            line = page.source.line_span(found.start())
            until = line.end
            if table not in columns:
                columns[table] = len(cells(text, next(rows(text, table))))
            if len(cells(text, row(text, line))) > columns[table]:
                continue
        other = next((each for each in _RUN.finditer(prose, found.end(), until) if each["run"]), None)
        if other is None and _ALONE.fullmatch(prose, found.start() - 1, found.end() + 1):
            continue  # somebody shows the sign itself
        yield _finding(found, other, is_in_table=bool(table))


def _finding(found: re.Match[str], other: re.Match[str] | None, *, is_in_table: bool) -> Finding:
    run = found["run"]
    notes: tuple[Note, ...] = ()
    if other and len(other["run"]) != len(run):
        notes = (Note(f"this does not close it: it has {len(other['run'])}, not {len(run)}", span=Span(*other.span())),)
    elif other and is_in_table:
        notes = (Note("this stands in another cell: a bar between them ends the code", span=Span(*other.span())),)
    many = len(run) > 1
    return Finding(
        message=f"the backtick{'s' * many} here begin{'s' * (not many)} no code",
        span=Span(*found.span()),
        label="",
        consequence=f"readers see {'them' if many else 'it'}, and what was to be code looks like text",
        help="write `\\|` for a bar inside code"
        if other and is_in_table and len(other["run"]) == len(run)
        else "close the code with as many, or put `\\` before a backtick that is to be seen",
        notes=notes,
    )
