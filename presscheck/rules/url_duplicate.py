"""Every page has an address of its own.

Two posts with one `slug`, `foo.md` beside `foo/index.md`, `Foo.md` beside `foo.md`, a page whose `url` is that of a list:
Hugo writes both to the same file. Which one readers get depends on which was written last, and can change with every
build. Hugo says nothing unless it is asked to, and not even then in every case.

Give one of them another file name, or another `slug`; where a `url` is written, change or remove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._addresses import place_of
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True

_MOST_NAMED = 5


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address whether one page has it, and whether no list does."""
    for address, pages in site.by_address.items():
        for page in pages:
            if len(pages) > 1:
                others = [other for other in pages[: _MOST_NAMED + 1] if other is not page][:_MOST_NAMED]
                yield Finding(
                    message=f"{address} is the address of {len(pages)} pages",
                    path=page.file,
                    span=place_of(page),
                    label="this page's address",
                    consequence=f"readers get one of the {len(pages)}, at random from build to build; the rest are gone",
                    help=f"give one of them another {_what_to_change(page)}",
                    notes=tuple(Note(f"`{other.name}` has it too", other.file, place_of(other)) for other in others),
                )
            elif page.kind == "page" and address in site.list_addresses:
                yield Finding(
                    message=f"{address} is also the address of {site.list_addresses[address]}",
                    path=page.file,
                    span=place_of(page),
                    label="this page's address",
                    consequence="readers get the page or the list, at random from build to build",
                    help=f"give the page another {_what_to_change(page)}",
                )


def _what_to_change(page: Page) -> str:
    return "`url`" if page.front_matter.get("url") else "`slug` or file name"
