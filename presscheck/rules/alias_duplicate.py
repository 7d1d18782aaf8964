"""An old address leads to one page.

An alias is a page that only redirects. When two pages claim the same old address, Hugo writes both redirects to one file, and
the last one written stays: readers who follow an old link end on either page, and which one can change with the next build.
Hugo says so only when it is asked for with `--printPathWarnings`.

Leave the alias with the page that took the place of the old one, and remove the other. A page that names an alias twice does
no harm and is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._addresses import folder_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_MOST_NAMED = 5


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every alias whether only one page has it."""
    claims: dict[str, dict[str, tuple[Page, Span]]] = defaultdict(dict)
    for page in site.published:
        for alias, span in page.aliases:
            claims[folder_of(alias)].setdefault(page.path, (page, span))
    for alias, claimed in claims.items():
        if len(claimed) < 2:
            continue
        for page, span in claimed.values():
            others = [(other, place) for other, place in claimed.values() if other is not page]
            count = len(others)
            yield Finding(
                message=f"the alias {alias} is also that of "
                + (f"`{others[0][0].name}`" if count == 1 else f"{count} other pages"),
                path=page.file,
                span=span,
                label=f"here it leads to {page.address}" if page.address else "",
                consequence=f"readers who follow an old link to {alias} end on "
                + ("either page" if count == 1 else "one of the pages")
                + ", which may change with every build",
                help="keep it on one of the pages",
                notes=tuple(
                    Note(f"`{other.name}` has it too", other.file, place) for other, place in others[:_MOST_NAMED]
                ),
            )
