"""A link has its words in square brackets and its address in round ones.

`(the guide)[/posts/guide/]` is no link: Hugo prints brackets and address as they stand, and says nothing. Readers see
the markup, and cannot follow it.

Write the words first, in square brackets, and the address behind them, in round ones: `[the guide](/posts/guide/)`.

The rule speaks only where the square brackets hold something like an address: a path, a fragment, a web or mail address,
or the name of a file. `f(x)[0]`, `(see)[1]` and code are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket, leads_somewhere
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ADDRESS = re.compile(r"\)\[(?P<to>[^\[\]()<>\s]{1,500})\](?![(\[:])")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every `)[` whether an address follows and words stand before."""
    if not has_loose_bracket(page) or ")[" not in page.source.text:
        return
    prose = page.prose
    for found in _ADDRESS.finditer(prose):
        start = prose.rfind("(", max(found.start() - 300, 0), found.start())
        words = prose[start + 1 : found.start()]
        if start < 0 or not words.strip() or "\n" in words or "[" in words or not leads_somewhere(found["to"]):
            continue
        before = prose[start - 1 : start]
        if before == "\\":
            continue
        is_image = before == "!"
        mended = f"[{words}]({found['to']})"
        yield Finding(
            message=f"`({words})[{found['to']}]` is no {'picture' if is_image else 'link'}: its brackets are the wrong way round",
            span=Span(start - is_image, found.end()),
            label="square brackets come first",
            consequence="readers see the brackets and the address, "
            + ("and no picture" if is_image else "and cannot follow them"),
            help=f"write `{'!' * is_image}{mended}`",
            fix=Fix("swap the brackets", Applicability.SAFE, (Edit(Span(start, found.end()), mended),)),
        )
