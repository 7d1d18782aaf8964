"""Every link has words to follow, and leads somewhere.

`[](/posts/tea/)` makes a link of no width: nobody sees it, the keyboard stops at it, and a screen reader says "link" and no more, or
reads the address out. `[the recipe]()` has words and no address; it leads to the page that it stands on. `![The kettle]()` is
a broken frame. Hugo makes all of them and says nothing.

Write the words between `[` and `]`, and the address between `(` and `)`; if there is no address yet, write the words alone. A
link around a picture has the words of the picture; whether that has any is for `image-alt-missing`. `[top](#)` is a link to the top
of the page, and not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links for words and an address, and of each image for an address."""
    for link in page.markdown.links:
        destination, text = link.destination, link.text
        if not destination or destination.isspace():
            yield _nowhere(page, link)
        elif (not text or text.isspace()) and not link.is_image and not _holds_more(page, link):
            yield _wordless(page, link)


def _holds_more(page: Page, link: Link) -> bool:
    """Whether there is something between the brackets all the same: a picture, or HTML that is kept."""
    inside = page.source.text[link.span.start + 1 : link.span.end]
    return "![" in inside or (page.config.keeps_html and "<" in inside) or "{{" in inside


def _nowhere(page: Page, link: Link) -> Finding:
    text = page.source.text
    is_inline = text.startswith("()", link.span.end - 2)
    at = link.span.end - 1
    words = link.text.strip()
    named = f" `{words}`" if words else ""
    return Finding(
        message=f"the {'picture' if link.is_image else 'link'}{named} has no address",
        span=Span(at - 1, link.span.end) if is_inline else link.span,
        label="nothing between `(` and `)`" if is_inline else "",
        consequence="readers see a broken frame" if link.is_image else "whoever follows it stays on this page",
        help=f"write the {'picture' if link.is_image else 'page'}'s address"
        + ("" if link.is_image else ", or take the brackets away until there is one"),
        fix=Fix("write an address", Applicability.PLACEHOLDER, (Edit(Span(at, at), "…"),)) if is_inline else None,
    )


def _wordless(page: Page, link: Link) -> Finding:
    text = page.source.text
    closing = text.find("]", link.span.start, link.span.end)
    is_plain = text.startswith("[", link.span.start) and not text[link.span.start + 1 : closing].strip()
    edit = Edit(Span(link.span.start + 1, closing), "…")
    return Finding(
        message=f"the link to `{link.destination}` has no words",
        span=link.span,
        label="nothing between `[` and `]`" if is_plain else "nothing that readers see between `[` and `]`",
        consequence="readers do not see it, and those who listen to the page hear a link without a name",
        help="say between `[` and `]` what is there",
        fix=Fix("write the words", Applicability.PLACEHOLDER, (edit,)) if is_plain else None,
    )
