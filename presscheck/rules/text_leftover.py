"""No note to the author is left in the text.

`TODO: check the figure`, `[insert screenshot here]`, TBD, "Lorem ipsum dolor sit amet": what the author wrote down to come back
to. Hugo takes it for text, and readers, feeds and search engines get it.

Write what is missing, or take the note out. A note that has to stay in the file belongs into a comment, `<!-- … -->`, which
Hugo leaves out.

Drafts are not asked, nor are code, and sentences that speak about TODO lists and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

# A pattern that begins with one rare character is searched for many times faster than several words.
_T = re.compile(r"T(?:ODO|BD)").search
_X = re.compile(r"X(?:ME|XX)").search
_L = re.compile(r"L(?:orem ipsum d|OREM IPSUM D)").search
_BRACKET = re.compile(r"\[(?:[Ii]nsert|INSERT|[Aa]dd|ADD|[Yy]our|YOUR)\b").search
_ABOUT = (
    r"(?:lists?|items?|apps?|comments?|files?|tags?|markers?|entries|notes?|is|are|was|were|in|and|or|as|by|on|of|the|that|"
    r"means|stands|should|can|may|will|has|have)\b"
)
_NOTE = re.compile(
    r"(?<![\w.`'\"“‘/-])(?:TODO|FIXME|XXX)(?:\([^)\r\n]{0,40}\))?:(?=[ \t\r\n])[^\r\n]{0,60}"
    r"|[\[(][ \t]*(?:TODO|FIXME|TBD|XXX)(?![\w-])[^\])\r\n]{0,80}[\])](?!\()"
    rf"|^[ \t>#*_+-]{{0,20}}(?P<line>(?:TODO|FIXME|XXX)(?=[ \t*_]*\r?$|[ \t]+(?!{_ABOUT})[a-z])[^\r\n]{{0,60}})"
    r"|(?<![\w'\"“‘/-])TBD(?![\w'\"”’/-])"
    r"|\bLorem ipsum dolor\b[^.\r\n]{0,40}|\bLOREM IPSUM DOLOR\b"
    r"|\[[ \t]*(?:[Ii]nsert|INSERT|[Aa]dd|ADD|[Yy]our|YOUR)\b[^\]\r\n]{1,60}\b(?:here|HERE)[ \t]*\](?!\()",
    re.MULTILINE,
)
_MOST = 100
"""How many notes of a page are reported."""
_LONGEST = 40


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the title, the description and the text whether they hold such a note."""
    text = page.source.text
    if not (_T(text) or _L(text) or _BRACKET(text) or ("X" in text and _X(text))) or page.is_draft:
        return
    places = []
    for key in ("title", "description", "summary"):
        entry = page.front_matter.get(key)
        if entry and isinstance(entry.data, str):
            start, end = entry.value.span
            inside = text[start:end].strip("\"'")
            if re.fullmatch(r"(?:TODO|TBD|FIXME|XXX)\b.*", inside, re.DOTALL) or _NOTE.search(inside):
                places.append(entry.value.span)
    notes = islice(_NOTE.finditer(page.prose, page.front_matter.span.end), _MOST)
    places.extend(Span(*note.span("line" if note["line"] else 0)) for note in notes)
    for span in places:
        written = text[span.start : span.end].rstrip("*_ \t")
        is_filler = written[:5].lower() == "lorem"
        yield Finding(
            message=f"`{_short(written)}` {'only fills the space' if is_filler else 'is a note to the author'}",
            span=Span(span.start, span.start + len(written)),
            label="Hugo takes it for text",
            consequence="readers see it",
            help="write what is missing, or make the note a comment: `<!-- … -->`"
            if span.start >= page.front_matter.span.end
            else "write what is missing",
        )


def _short(written: str) -> str:
    return written if len(written) <= _LONGEST else written[: _LONGEST - 1].rstrip() + "…"
