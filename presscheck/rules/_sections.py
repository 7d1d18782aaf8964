"""What the rules that ask only posts have in common: which pages those are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from presscheck.page import Page
from presscheck.site import Site


def posts(site: Site, sections: Iterable[str]) -> list[Page]:
    """The published pages in `sections`, or where none is named, in those that Hugo takes for the main ones."""
    pages = [page for page in site.published if page.kind == "page"]
    named = {each.lower() for each in sections} or _main(site, pages)
    return [page for page in pages if page.section.lower() in named]


def _main(site: Site, pages: Iterable[Page]) -> set[str]:
    """What `mainSections` says, below `[params]` first; else the section with the most pages, of two the first by name."""
    found = site.config.params.get("mainsections", site.config.get("mainsections"))
    if found is not None:
        return {str(each).lower() for each in (found if isinstance(found, list) else [found])}
    total = Counter(page.section.lower() for page in pages if page.section)
    return {min(total, key=lambda name: (-total[name], name))} if total else {""}
