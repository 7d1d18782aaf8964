"""A page's title is its own.

Two pages with one title look the same in every list of the site, in the feed, among bookmarks and in search results:
readers cannot tell which one they want, and search engines often leave one of them out. Hugo says nothing.

Say in the title what the page has that the other has not: the year, the version, the second part.

Pages are compared within their folder, published ones only, without regard to capital letters. Translations may share a
title. So may pages dated at least three hundred days apart where `apart` is set, as those of a yearly report:

```toml
[params.presscheck.rules.title-duplicate]
apart = 300
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING


@dataclass(frozen=True)
class Options:
    """What may be set."""

    apart: int = 0
    """By how many days two pages with one title may lie apart; 0 for never."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every title whether an earlier page of its folder has it."""
    if not site.config.addresses_are_known:
        return
    first: dict[tuple[str, str, str], list[Page]] = defaultdict(list)
    for page in site.published:
        if page.kind != "page" or not page.title:
            continue
        title = " ".join(page.title.casefold().split())
        folder = page.directory.rpartition("/")[0] if page.is_leaf_bundle else page.directory
        others = first[folder, page.language, title]
        other = next((each for each in others if not _are_apart(page, each, options.apart)), None)
        others.append(page)
        if other:
            yield _finding(page, other)


def _are_apart(page: Page, other: Page, days: int) -> bool:
    return bool(days and page.date and other.date and abs((page.date - other.date).days) >= days)


def _finding(page: Page, other: Page) -> Finding:
    return Finding(
        message=f"the title `{page.title}` is that of another page too",
        path=page.file,
        span=_title_span(page),
        consequence="readers cannot tell the two apart in lists, in the feed and in search results",
        help="say in the title what this page has that the other has not",
        notes=(Note("the other page", other.file, _title_span(other)),),
    )


def _title_span(page: Page) -> Span:
    entry = page.front_matter.get("title")
    return entry.value.span if entry else Span(0, 0)
