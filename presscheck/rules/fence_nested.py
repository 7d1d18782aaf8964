"""A block of code that shows a fence is itself fenced with more characters.

In a block opened with ```` ``` ````, the first line of nothing but ```` ``` ```` closes it, even where that line was to close
a block shown inside. What follows is text again, and the line that was to close the whole opens another block, which swallows
the next part of the post. Hugo says nothing.

Open and close the outer block with one character more than any fence inside, or with `~~~`.

The rule speaks of a fence with a language directly inside a block. Where a blank line stands above the inner fence, the outer
block may as well have been left open, and the rule `fence-unclosed` speaks of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.markdown import CodeBlock
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_FENCE = re.compile(r"`{3,}|~{3,}")
_LINE = re.compile(r"^[ \t>]*(?P<fence>(?P<marks>`{3,}|~{3,})(?P<info>[^`\r\n]*))\r?$", re.MULTILINE)
_LANGUAGE = re.compile(r"[\w+#-]+$")
_FARTHEST = 20_000
"""How many characters are searched for the line that was to close the whole."""
_MOST_MENDED = 10
"""For how many blocks it is searched."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every closed block whether a line in it opens another."""
    mended = 0
    for block in page.nested_blocks:
        for finding in _inside(page, block, is_mended=mended < _MOST_MENDED):
            mended += 1
            yield finding


def _inside(page: Page, block: CodeBlock, *, is_mended: bool) -> Iterator[Finding]:
    text = page.source.text
    opening = _FENCE.match(text, block.span.start)
    if not opening:
        return
    begin = page.source.line_span(block.span.start).end
    for inner in _LINE.finditer(text, begin, block.span.end):
        info = inner["info"].strip()
        if not inner["marks"].startswith(opening[0]) or not _LANGUAGE.match(info):
            continue
        if not all(line.strip(" \t>") for line in text[begin : inner.start()].splitlines()):
            return
        last = text.rfind(opening[0][0] * 3, block.span.start, block.span.end)
        start = text.rfind("\n", 0, last) + 1
        closing = _LINE.match(text, start)
        notes = [Note(f"the code block `{info}` was to begin here", span=Span(*inner.span("fence")))]
        if closing:
            notes.append(Note("this ends the whole", span=Span(*closing.span("fence"))))
        longer = opening[0] + opening[0][0]
        yield Finding(
            message="this code block ends where the one inside it was to end",
            span=Span(*opening.span()),
            label="",
            consequence="the rest of the code becomes text, and text below becomes code",
            help=f"open and close it with {longer}",
            notes=tuple(notes),
            fix=_longer(text, opening, inner) if is_mended else None,
        )
        return


def _longer(text: str, opening: re.Match[str], inner: re.Match[str]) -> Fix | None:
    """More characters for both ends, where counting the fences in between tells the end."""
    depth = 1
    longest = len(opening[0])
    for line in _LINE.finditer(text, inner.start(), opening.end() + _FARTHEST):
        if line["marks"][0] != opening[0][0]:
            continue
        depth += 1 if line["info"].strip() else -1
        if depth == 0:
            marks = opening[0][0] * (longest + 1)
            edits = (Edit(Span(*opening.span()), marks), Edit(Span(*line.span("marks")), marks))
            return Fix(f"open and close it with {marks}", Applicability.UNSAFE, edits)
        longest = max(longest, len(line["marks"]))
    return None
