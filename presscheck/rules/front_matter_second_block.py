"""A file has one block of front matter.

Hugo reads the keys between the first two fences, and nothing more. A second block, below the first or further down where a
second post was pasted in, is text: readers see `title = …` as a paragraph, or, between `---`, as a heading. What it sets
counts for nothing. With `draft = true` there, the draft goes online.

Move the keys into the first block, or the second post into a file of its own. A block that is shown as an example belongs
into code, and is not asked there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_FENCE = re.compile(r"^(\+\+\+|---)[ \t]*\r?$", re.MULTILINE)
_KEYS = {
    "+++": re.compile(
        r"^(?:title|date|draft|tags|categories|slug|description|aliases|author|weight)[ \t]*=",
        re.MULTILINE | re.IGNORECASE,
    ),
    "---": re.compile(
        r"^(?:title|date|draft|tags|categories|slug|description|aliases|author|weight)[ \t]*:(?:[ \t]|\r?$)",
        re.MULTILINE | re.IGNORECASE,
    ),
}
_PROSE = {
    "+++": re.compile(r"^(?![ \t]*(?:#|\[|[\]}\"'{]|[\w.\"' -]+=|\r?$))", re.MULTILINE),
    "---": re.compile(r"^(?![ \t]*(?:#|- |\r?$)|[ \t]+\S|[\w\"' -]+:)", re.MULTILINE),
}
"""A line that is no line of front matter."""
_HIDES = {
    "+++": re.compile(r"^draft[ \t]*=[ \t]*true\b", re.MULTILINE | re.IGNORECASE),
    "---": re.compile(r"^draft[ \t]*:[ \t]*true\b", re.MULTILINE | re.IGNORECASE),
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every block between two fences of one kind below the front matter whether it sets keys."""
    text = page.source.text
    front_matter = page.front_matter
    end = front_matter.span.end
    if page.line_signs.isdisjoint("-+"):
        return
    if front_matter.notation == "none" or not front_matter.is_closed or front_matter.before:
        return
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text, end):
        if opening and fence[1] == opening[1] and _is_block(page, opening, fence):
            inside = text[opening.end() : fence.start()]
            is_hiding = bool(_HIDES[fence[1]].search(inside)) and not page.is_draft
            yield Finding(
                message="a second block of front matter",
                span=Span(*opening.span(1)),
                label="to Hugo, this is text",
                consequence="Hugo publishes the page: nobody asks the second block whether it is a draft"
                if is_hiding
                else "readers see the keys as text, and Hugo does not see them",
                help="move its keys into the first block, or what follows into a file of its own",
                notes=(
                    Note(
                        "the first block begins here", span=Span(front_matter.span.start, front_matter.span.start + 3)
                    ),
                ),
            )
            opening = None
        else:
            opening = fence


def _is_block(page: Page, opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Whether the lines between set keys, and stand outside code."""
    text, start, end = page.source.text, opening.end() + 1, closing.start()
    fence = opening[1]
    if not _KEYS[fence].search(text, start, end) or _PROSE[fence].search(text, start, end):
        return False
    return page.prose.startswith(fence, opening.start())
