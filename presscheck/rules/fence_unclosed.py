"""Every code fence is closed.

A fence without its closing line runs to the end of the post, or of the quotation or list item that it stands in: the
rest of the text becomes code. When another block follows, its opening fence is swallowed and its closing fence closes
both, so that the text between them becomes code. Hugo says nothing. A line with fewer characters, with `~~~` for
backticks, with a word behind them, or indented by four spaces closes nothing.

Close it with the characters that it was opened with, at least as many, alone on a line. A block that is to show fences
opens and closes with more characters than they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.markdown import CodeBlock
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_FENCE = re.compile(r"`{3,}|~{3,}")
_NEARLY = re.compile(r"^[ \t>]*+(?P<fence>(?P<character>[`~])(?P=character)++(?P<info>[^`\r\n]*+))\r?$", re.MULTILINE)
_GAP = re.compile(r"^[ \t>]*+\r?$", re.MULTILINE)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every fenced block whether its closing fence is there."""
    text = page.source.text
    for block in page.nested_blocks:
        swallowed_fence = _swallowed(page, block)
        if swallowed_fence:
            yield swallowed_fence
    said = len(text.rstrip())
    for block in page.markdown.code_blocks:
        if block.is_closed:
            continue
        opening = _FENCE.match(text, block.span.start)
        fence = opening[0] if opening else "```"
        end = block.span.end
        runs_to_the_end = end >= said
        swallowed = len(text[block.span.start : end].rstrip().splitlines()) - 1
        closing = fence + "\n" if text.endswith("\n", 0, end) else "\n" + fence + "\n"
        yield Finding(
            message="this code fence is never closed",
            span=Span(block.span.start, block.span.start + len(fence)),
            label=f"the {swallowed} lines below are code to Hugo" if swallowed > 1 else "opened here",
            consequence="the rest of the post becomes code"
            if runs_to_the_end
            else "the rest of the quotation or list item becomes code",
            help=f"close it with {fence} alone on a line, where the code ends",
            notes=tuple(_notes(page, block, fence)),
            fix=Fix("add the closing fence", Applicability.PLACEHOLDER, (Edit(Span(end, end), closing),))
            if runs_to_the_end
            else None,
        )


def _notes(page: Page, block: CodeBlock, fence: str) -> Iterator[Note]:
    """The first line that looks as if it were to close the block."""
    text = page.source.text
    begin = page.source.line_span(block.span.start).end
    nearly = _NEARLY.search(text, begin, block.span.end)
    if nearly:
        yield Note(_why_not(nearly, fence), span=Span(*nearly.span("fence")))
        return
    outside = _NEARLY.match(text, block.span.end)
    if outside:
        message = "this does not close it: it stands outside the quotation or list item"
        yield Note(message, span=Span(*outside.span("fence")))
        return


def _swallowed(page: Page, block: CodeBlock) -> Finding | None:
    """A closed block that holds, below a blank line, a fence with a language: it was to end before that."""
    text = page.source.text
    opening = _FENCE.match(text, block.span.start)
    if not opening:
        return None
    fence = opening[0]
    if text.count(fence, block.span.start, block.span.end) < 3:  # the two that open and close it, and one between
        return None
    begin = page.source.line_span(block.span.start).end
    gap = _GAP.search(text, begin, block.span.end)
    if not gap:
        return None
    for inner in _NEARLY.finditer(text, gap.end(), block.span.end):
        if inner["fence"].startswith(fence) and re.fullmatch(r"[\w+#-]+", inner["info"].strip()):
            lines = text.count("\n", begin, block.span.end)
            return Finding(
                message="this code fence is not closed before the next one",
                span=Span(block.span.start, block.span.start + len(fence)),
                label=f"the {lines} lines below are code to Hugo",
                consequence="the text between the two becomes code",
                help=f"close it with {fence} alone on a line, where the code ends; or open it with {fence}{fence[0]} to show fences",
                notes=(Note("this opens nothing, as it stands inside the code", span=Span(*inner.span("fence"))),),
            )
    return None


def _why_not(nearly: re.Match[str], fence: str) -> str:
    if nearly["character"] != fence[0]:
        return f"this does not close it: it was opened with {fence}"
    if nearly["info"].strip():
        return "this does not close it: more stands on the line"
    if len(nearly["fence"].rstrip()) < len(fence):
        return f"this does not close it: it was opened with {len(fence)} characters"
    return "this does not close it: it is indented by four spaces or more"
