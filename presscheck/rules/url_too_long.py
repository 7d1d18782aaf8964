"""A part of an address fits into the name of a file.

Every part of an address between two `/` is the name of a folder, and a name may have 255 bytes on the usual file systems; a
letter outside of English takes two or three of them. With a longer one, as comes of a whole sentence as `slug` or as title
where the address is made of it, Hugo stops the build. Of an address as a whole, hosts and tools hold about 1,000 bytes.

Choose a shorter slug. The names of tags are asked by `tag-unsafe-term`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._addresses import place_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_LONGEST_PART = 255
_LONGEST = 1000
_MOST_BYTES_A_CHARACTER = 4


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address, aliases included, how many bytes its parts have."""
    short = _LONGEST_PART // _MOST_BYTES_A_CHARACTER
    for address, pages in site.by_address.items():
        if len(address) > short:
            for page in pages:
                yield from _finding(page, address, place_of(page), "address")
    for address, page in site.alias_addresses.items():
        if len(address) > short:
            span = next(span for alias, span in page.aliases if alias == address)
            yield from _finding(page, address, span, "alias")


def _finding(page: Page, address: str, span: Span, what: str) -> Iterator[Finding]:
    longest = max(len(part.encode("utf-8", "replace")) for part in address.split("/"))
    whole = len(address.encode("utf-8", "replace"))
    if longest <= _LONGEST_PART and whole <= _LONGEST:
        return
    is_part = longest > _LONGEST_PART
    yield Finding(
        message=f"the {what} is too long" if not is_part else f"a part of the {what} is too long",
        path=page.file,
        span=span,
        label=f"{longest} bytes, of {_LONGEST_PART} at most"
        if is_part
        else f"{whole:,} bytes, of {_LONGEST:,} at most",
        consequence="no file can have such a name, and Hugo stops the build"
        if is_part
        else "some hosts and tools cannot hold it, and readers cannot pass it on",
        help="write a shorter alias" if what == "alias" else "write a shorter `slug`",
    )
