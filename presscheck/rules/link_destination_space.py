"""An address with spaces stands in angle brackets.

Where `[the paper](our paper.pdf)` stands, Hugo makes no link of it, because the address ends at the first space: it prints
brackets and address as they are, and says nothing. The same holds for pictures.

Put the address in angle brackets, `[the paper](<our paper.pdf>)`, or write `%20` for every space; better still, give
the file a name without spaces.

The rule speaks only where the round brackets hold something like an address: a path, a fragment, a web or mail address,
or the name of a file. A title in quotes behind the address is no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket, leads_somewhere
from presscheck.text import Span

_QUOTATION = re.compile("[\"'\u2018-\u201f\u00ab\u00bb]")

SEVERITY = Severity.ERROR

_ADDRESS = re.compile(r"\]\((?P<all>(?=\S)[^()<>\n]{1,300})\)")
_TITLE = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*')[ \t]*$")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of everything written like a link, but not read as one, whether spaces are the reason."""
    if not has_loose_bracket(page):
        return
    text = page.source.text
    read = sum(text.startswith("](", link.destination_span.start - 2) for link in page.markdown.links)
    if text.count("](") == read:
        return
    prose = page.prose
    for found in _ADDRESS.finditer(prose):
        address = _TITLE.sub("", found["all"]).rstrip()
        if " " not in address and "\t" not in address:
            continue
        near = max(found.start() - 1_000, 0)
        opening = prose.rfind("[", max(near, prose.rfind("\n", near, found.start())), found.start())
        if opening < 0 or prose[found.start() - 1] == "\\" or not leads_somewhere(address):
            continue
        is_web = "://" in address
        span = Span(found.start("all"), found.start("all") + len(address))
        is_image = prose[opening - 1 : opening] == "!"
        yield Finding(
            message=f"this is no {'picture' if is_image else 'link'}: its address, `{address}`, has spaces in it",
            span=span,
            label="ends at the first space to Hugo",
            consequence="readers see the brackets and the address "
            + ("instead of a picture" if is_image else "instead of a link"),
            help="write `%20` for every space" if is_web else f"write `<{address}>`",
            fix=Fix("write `%20` for every space", Applicability.UNSAFE, (Edit(span, re.sub(r"\s", "%20", address)),))
            if is_web
            else Fix("put the address in angle brackets", _sureness(address), (Edit(span, f"<{address}>"),)),
        )


def _sureness(address: str) -> Applicability:
    """With a quotation mark of any kind in it, a part of the address may be meant as a title."""
    return Applicability.UNSAFE if _QUOTATION.search(address) else Applicability.SAFE
