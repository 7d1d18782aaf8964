"""No link runs a program or opens a file on the reader's machine.

`[save](javascript:print())` comes out as a link without an address: Hugo takes `javascript:`, `vbscript:`, `file:` and `data:` away,
other than `data:` with a PNG, JPEG, GIF or WebP picture, and says nothing. Readers who follow it get the same page again; of
`![chart](data:image/svg+xml;…)` they see a broken frame. Where the site's settings keep raw HTML (`unsafe = true`), Hugo leaves the
address in, and the program runs with all that the reader may do on the site. `file:` names a file of the author's, which nobody else has.

Link to a page, or put the file into the site and link to that. What a reader is to run is code: put it between backquotes. Capital
letters and entities (`JavaScript&colon;`) make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.rules._destinations import PLAIN, unusual

SEVERITY = Severity.ERROR
PROTECTS = True
SUPERSEDES = (
    "link-broken",
    "image-missing",
)

_DANGEROUS = ("javascript:", "vbscript:", "file:", "data:")
_PICTURES = tuple(f"data:image/{kind}" for kind in ("png;", "gif;", "jpeg;", "webp;"))


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images which scheme it has."""
    for link in unusual(page):
        if link.destination.startswith(PLAIN):
            continue
        start = link.destination[:24].lower()
        if start.startswith(_DANGEROUS) and not start.startswith(_PICTURES):
            yield _finding(page, link, start.partition(":")[0] + ":")


def _finding(page: Page, link: Link, scheme: str) -> Finding:
    noun = "picture" if link.is_image else "link"
    if scheme == "file:":
        label, advice = (
            "a file on the author's own machine",
            "put the file into `static/`, and write its address from there",
        )
    elif link.is_image:
        label, advice = f"Hugo takes `{scheme}` out", "put the picture into the post's folder, and write its name"
    else:
        label, advice = (
            f"Hugo takes `{scheme}` out",
            "link to a page or a file, or show this as code, between backquotes",
        )
    return Finding(
        message=f"this {noun} begins with `{scheme}`",
        span=link.destination_span,
        label=label if not page.config.keeps_html or scheme == "file:" else "the settings have Hugo leave it in",
        consequence=_consequence(link, scheme, is_kept=page.config.keeps_html),
        help=advice,
    )


def _consequence(link: Link, scheme: str, *, is_kept: bool) -> str:
    if link.is_image:
        return (
            "readers see a broken frame"
            if not is_kept or scheme != "data:"
            else "what the address holds is shown unchecked"
        )
    if not is_kept:
        return "Hugo writes a link without an address: whoever follows it stays where they are"
    return (
        "nobody but the author has the file"
        if scheme == "file:"
        else "it runs in the reader's browser, in the name of the site"
    )
