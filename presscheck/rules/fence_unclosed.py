"""Every code fence is closed.

A fence without its closing line runs to the end of the post, or of the quotation or list item that it stands in: the
rest of the text becomes code. Hugo says nothing.

Close it with as many characters as it was opened with, on a line of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_FENCE = re.compile(r"`{3,}|~{3,}")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every fenced block whether its closing fence is there."""
    text = page.source.text
    for block in page.markdown.code_blocks:
        if block.is_closed:
            continue
        opening = _FENCE.match(text, block.span.start)
        fence = opening[0] if opening else "```"
        end = block.span.end
        runs_to_the_end = not text[end:].strip()
        lines = text[block.span.start : end].count("\n")
        closing = fence + "\n" if text[:end].endswith("\n") else "\n" + fence + "\n"
        yield Finding(
            message="this code fence is never closed",
            span=Span(block.span.start, block.span.start + len(fence)),
            label=f"the next {lines} line{'s' * (lines != 1)} are code to Hugo" if lines > 1 else "opened here",
            consequence="the rest of the post becomes code"
            if runs_to_the_end
            else "the rest of the quotation or list item becomes code",
            help=f"add `{fence}` on a line of its own where the code ends",
            fix=Fix(f"add `{fence}`", Applicability.PLACEHOLDER, (Edit(Span(end, end), closing),))
            if runs_to_the_end
            else None,
        )
