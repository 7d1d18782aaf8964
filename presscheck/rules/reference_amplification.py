"""An address that is defined once and used many times stays short.

With `[a]: https://…` on a line of its own, every `[a]` in the text becomes a link, and Hugo writes the whole address, and
the title behind it, into the page each time. A file of 65 kilobytes with one long address that is used 20,000 times makes
a page of 151 megabytes, takes a gigabyte of memory, and Hugo says nothing.

Use a shorter address; for a picture that stands in the address itself (`data:image/…`), put the picture into a file.

The limit is 262,144 characters a page: the length of each address with its title, times its uses, summed up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST = 262_144

_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,200})\]:[ \t]*", re.MULTILINE)
_USE = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask how much the uses of defined addresses add up to; the parser stops looking early, so the text is asked."""
    if not has_loose_bracket(page):
        return
    text = page.source.text
    if text.count("]:") <= len(page.markdown.footnotes) or text.count("[") * len(text) <= _MOST:
        return
    prose = page.prose
    written: dict[str, Span] = {}
    for found, end in _definitions(text):
        if prose[found.end("label")] == "]":
            written.setdefault(_name(found["label"]), Span(found.end(), end))
    uses = Counter(map(_name, _USE.findall(prose)))
    lengths = {name: (span.end - span.start) * uses[name] for name, span in written.items()}
    total = sum(lengths.values())
    if total <= _MOST:
        return
    longest = max(lengths, key=lengths.__getitem__)
    span = written[longest]
    yield Finding(
        message=f"the links by reference make {total:,} characters of addresses",
        span=span,
        label=f"{span.end - span.start:,} characters, used {uses[longest]:,} times",
        consequence="the page becomes many times as large as its file, and readers wait for it",
        help=f"shorten the address; all uses together may have {_MOST:,} characters",
    )


def _definitions(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each definition, and where its address and title end: a title may go on until a blank line."""
    found = list(_DEFINITION.finditer(text))
    borders = [*(match.start() for match in found), len(text)]
    for match, (_, border) in zip(found, pairwise(borders), strict=True):
        blank = text.find("\n\n", match.end(), border)
        yield match, blank if blank >= 0 else match.end() + len(text[match.end() : border].rstrip())


def _name(label: str) -> str:
    """What Hugo compares: neither capitals nor the number of spaces matter."""
    return " ".join(label.split()).casefold()
