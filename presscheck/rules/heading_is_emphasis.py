"""What looks like a heading is one.

A line by itself in bold looks like a heading, and is none: Hugo makes an ordinary paragraph of it. It is missing from the
table of contents, no link can lead to it, and those who listen to the page cannot jump to it.

Write `##` before it instead of asterisks around it. Whether a bold line is a heading is a matter of taste, so the rule is
off unless it is asked for:

```toml
[params.presscheck.rules.heading-is-emphasis]
severity = "warning"
```

A line that ends like a sentence, with `.`, `:`, `!` or the like, is silent, and so is one in a list, in a quotation or in
a page's first line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING
IS_ON = False

_LINE = re.compile(
    r"\n(?:(?<=\n\n)|(?<=\n\r\n))(\*\*|__)([^\s*_][^*_\r\n]{0,80}[^\s*_.:;,!?…。])\1[ \t]*(?=\r?\n\r?\n)"
)
_DEEPEST = 6


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every paragraph that is one line in bold what it looks like."""
    text = page.source.text
    if "\n**" not in text and "\n__" not in text:
        return
    start = page.front_matter.span.end
    first = start + len(text[start:]) - len(text[start:].lstrip())
    prose = ""
    starts = [heading.span.start for heading in page.markdown.headings]
    for line in _LINE.finditer(text, start):
        prose = prose or page.prose
        if line.start() <= first or prose[line.start() : line.end()] != line[0]:
            continue
        above = bisect_left(starts, line.start()) - 1
        level = min(page.markdown.headings[above].level + 1, _DEEPEST) if above >= 0 else 2
        span = Span(line.start() + 1, line.end())
        yield Finding(
            message=f"`{line[2]}` looks like a heading and is none",
            span=span,
            label="a paragraph in bold",
            consequence="it is missing from the table of contents, and nothing can link to it",
            help=f"write `{'#' * level} {line[2]}`",
            fix=Fix("make it a heading", Applicability.UNSAFE, (Edit(span, f"{'#' * level} {line[2]}"),)),
        )
