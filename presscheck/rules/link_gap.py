"""Nothing stands between a link's words and its address.

`[the guide] (/posts/guide/)` is no link: one space, or a line break, between the brackets is enough, and Hugo prints
brackets and address as they stand. It says nothing. Readers see the markup, and cannot follow it.

Take the gap out: `[the guide](/posts/guide/)`.

The rule speaks only where the round brackets hold something like an address: a path, a fragment, a web or mail address,
or the name of a file. Words in square brackets with a remark behind them (`[sic] (see below)`), ticked boxes of lists,
links by reference and code are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket, leads_somewhere, opening_bracket
from presscheck.text import Span

SEVERITY = Severity.ERROR

_SIGNS = ("] (", "]\n(", "]\r\n(")
_GAP = re.compile(
    r"\](?P<gap>[ \t]{1,8}|[ \t]{0,8}\r?\n[ \t]{0,8})"
    r"\((?P<to>(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\)"
)
_TICKS = frozenset({"", "x", "X"})


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every gap between brackets whether an address follows."""
    text = page.source.text
    if not has_loose_bracket(page) or not any(sign in text for sign in _SIGNS):
        return
    prose = page.prose
    starts = {link.span.start for link in page.markdown.links}
    for found in _GAP.finditer(prose):
        start = opening_bracket(prose, found.start())
        words = prose[start + 1 : found.start()].strip()
        if start < 0 or start in starts or words in _TICKS or words[0] == "^" or not leads_somewhere(found["to"]):
            continue
        is_image = prose[start - 1 : start] == "!"
        if is_image and start - 1 in starts:
            continue
        is_line = "\n" in found["gap"]
        yield Finding(
            message=f"`[{' '.join(words.split())}]` is no {'picture' if is_image else 'link'}: "
            f"a {'line break' if is_line else 'space'} keeps it from its address",
            span=Span(start - is_image, found.start() + 1) if is_line else Span(*found.span("gap")),
            label="the address is on the next line" if is_line else "",
            consequence="readers see the brackets and the address "
            + ("instead of a picture" if is_image else "instead of a link"),
            help=f"put `({found['to']})` right behind `]`",
            fix=Fix("close the gap", Applicability.UNSAFE, (Edit(Span(*found.span("gap")), ""),)),
        )
