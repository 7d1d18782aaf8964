"""Sentences are not indented by four spaces.

Four spaces or a tab before a line, below a blank line, make it code: Hugo prints the paragraph in the typewriter face, in
lines that run out of the page, with every mark of Markdown showing and no link working. It says nothing. Paragraphs
indented as in books, and those that were to belong to a list item but are indented too far, end this way.

Take the indentation away. To set a paragraph off, begin its lines with `>`; inside a list item, indent it as far as the
item's words.

Only a block that reads like a sentence is asked: it begins with a capital, has six words or more, ends like a sentence, and
holds none of the signs that programs are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import CodeBlock
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_SIGNS_OF_CODE = re.compile(r"[{}<>;=$|\\~^@]|\w\(|[-+*/]{2}|^[ \t]*(?:[-+*#%]|//|\d+[.:)])", re.MULTILINE)
_SENTENCE_ENDS = frozenset(".!?:…")
_WORD = re.compile(r"[^\W\d_]{2,}")
_INDENT = re.compile(r"^(?: {0,3}\t| {4})", re.MULTILINE)
_FEWEST_WORDS = 6
_LONGEST = 5_000


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every block that is code by indentation whether it reads like a sentence."""
    for block in page.markdown.code_blocks:
        if not block.is_fenced and block.span.end - block.span.start < _LONGEST:
            written = page.source.slice(block.span).strip()
            if _reads_like_a_sentence(written):
                yield _finding(page, block, written)


def _reads_like_a_sentence(written: str) -> bool:
    first = written.lstrip("\"“‘'([*_")[:1]
    without_links = re.sub(r"\]\([^()\s]{0,300}\)", "] ", written)
    if (
        not first.isupper()
        or written.rstrip("\"”’')*_")[-1:] not in _SENTENCE_ENDS
        or _SIGNS_OF_CODE.search(without_links)
    ):
        return False
    words = len(_WORD.findall(without_links))
    return words >= _FEWEST_WORDS and words * 10 >= len(without_links.split()) * 7


def _finding(page: Page, block: CodeBlock, written: str) -> Finding:
    text = page.source.text
    line = text.rfind("\n", 0, block.span.start) + 1
    first = written.partition("\n")[0].rstrip()
    is_plain = text[line : block.span.start] in {"    ", "\t"}
    edits = tuple(
        Edit(Span(line + indent.start(), line + indent.end()), "")
        for indent in _INDENT.finditer(text[line : block.span.end])
    )
    return Finding(
        message="this paragraph is code, because it is indented",
        span=Span(block.span.start, block.span.start + len(first)),
        label="",
        consequence="readers see it in the typewriter face, in lines that run out of the page",
        help="take the four spaces away" if is_plain else "indent it only as far as the item's words",
        fix=Fix("take the indentation away", Applicability.UNSAFE, edits) if is_plain else None,
    )
