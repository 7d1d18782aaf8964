"""An attribute list reaches the thing that it stands behind.

`{.wide}`, `{#figures}` or `{target="_blank"}` gives a class, an id or an attribute to a block. Hugo knows that for headings,
and, when `markup.goldmark.parser.attribute.block` is on, for the block above when the list has a line of its own. Behind a
picture, behind a link or within a sentence it knows it nowhere: readers see the braces. It says nothing.

Put the list on a line of its own below the block and switch block attributes on, or take a shortcode, such as
`{{< figure src="…" class="wide" >}}`. A word in braces that is to be seen goes between backticks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span, span_at

SEVERITY = Severity.WARNING

_LIST = re.compile(
    r"(?<![\\$\w{])\{[ \t]{0,9}(?:[.#][A-Za-z][\w-]{0,80}|(?<=\)\{)[A-Za-z][\w-]{0,80}=)[^{}\r\n]{0,200}\}(?![\w-])"
    r"|(?<=[ \t\w.,;!?)])(?<![\\$])\{[.#][A-Za-z][\w-]{0,80}\}(?![\w-])"
)
_MARGIN = re.compile(r"[ \t>]*")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every attribute list in a page's prose whether Hugo takes it for one."""
    text = page.source.text
    if "{" not in text:
        return
    if "{." not in text and "{#" not in text and "){" not in text and "{ ." not in text:
        return
    taken = [heading.attributes.span for heading in page.markdown.headings if heading.attributes]
    line = said = Span(0, 0)
    for found in _LIST.finditer(page.prose):
        span = Span(*found.span())
        if span.start >= line.end:
            line = page.source.line_span(span.start)
            said = _said(text, line)
        is_alone = span == said
        is_block = is_alone and (page.config.dialect.block_attributes or not page.config.is_whole)
        if span_at(taken, span.start) or is_block:
            continue
        if text.startswith("\\", span.start - 1) and span.start:
            continue
        yield Finding(
            message=f"`{found[0]}` is text to Hugo",
            span=span,
            label="block attributes are off" if is_alone else "attributes are for headings and whole blocks",
            consequence="readers see the braces, and nothing gets the attribute",
            help="leave it out, or switch `markup.goldmark.parser.attribute.block` on"
            if is_alone
            else "leave it out, or take a shortcode for what it belongs to",
        )


def _said(text: str, line: Span) -> Span:
    """What stands on the line, without the marks of quotations and the blanks around it."""
    margin = _MARGIN.match(text, line.start, line.end)
    begin = margin.end() if margin else line.start
    return Span(begin, begin + len(text[begin : line.end].rstrip()))
