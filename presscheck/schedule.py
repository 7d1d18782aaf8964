"""When a site changes by itself: a post dated in the future appears, or one that expires goes.

Nobody has to touch a file for that, but somebody has to build. What is told here lets a timer know when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from presscheck.dates import in_zone
from presscheck.site import Site


class Dated(NamedTuple):
    """A page that is published for a time, as far as its dates decide."""

    file: str
    """Relative to the site's root."""
    begin: datetime | None
    """From when on; None for always."""
    end: datetime | None
    """The first moment at which it is no longer published; None for never."""
    is_draft: bool = False
    """Whether it waits for its author instead."""


class Change(NamedTuple):
    """A page that appears or goes when its moment comes."""

    at: datetime
    """The moment, in the site's time zone; a build as of it or later prints the change."""
    file: str
    """The page's file, relative to the site's root."""
    appears: bool
    """Whether it is published from then on; otherwise it is gone."""

    @property
    def told(self) -> str:
        """In words."""
        return f"{self.at.isoformat()}, {self.file} {self.verb}"

    @property
    def verb(self) -> str:
        """What the page does then, in a word."""
        return "appears" if self.appears else "goes"


def changes(pages: Iterable[Dated], clock: datetime) -> list[Change]:
    """All that will change after `clock`, the soonest first."""
    return sorted(each for page in pages for each in _changes(page, clock))


def _changes(page: Dated, clock: datetime) -> Iterator[Change]:
    if page.begin and page.end and page.end <= page.begin:
        return  # gone before it begins: nobody ever reads it
    if page.begin and page.begin > clock:
        yield Change(page.begin, page.file, appears=True)
    if page.end and page.end > clock:
        yield Change(page.end, page.file, appears=False)


def is_known(site: Site) -> bool:
    """Whether the dates of a page stand in front matter or its file's name; else only Hugo can tell them."""
    return site.config.dates_are_known and site.is_whole


def upcoming(site: Site, after: datetime, ask: Callable[[], Iterable[Dated]]) -> list[Change]:
    """All that will change in `site` after a moment; `ask` gives what Hugo tells of the pages it lists, if only Hugo can."""
    return changes(dated(site, () if is_known(site) else ask()), after)


def dated(site: Site, theirs: Iterable[Dated] = ()) -> list[Dated]:
    """The pages of `site` that are published for a time; what is in `theirs` goes before front matter.

    A page that `headless` or `build` hides is one of them: others may show it, and Hugo 0.168 counts its date in the
    sitemap's dates of the lists above it.
    """
    config = site.config
    always, for_ever, drafts = config.publishes_future, config.publishes_expired, config.publishes_drafts
    known = {each.file: each for each in theirs}
    own = (
        Dated(page.file, page.publish_date, page.expiry_date, page.is_draft)
        for page in site.pages
        if page.file not in known and page.kind not in config.disabled_kinds and not site.owner(page)
    )
    return [
        each._replace(
            begin=None if always or not each.begin else in_zone(each.begin, config.time_zone),
            end=None if for_ever or not each.end else in_zone(each.end, config.time_zone),
        )
        for each in (*known.values(), *own)
        if (each.begin or each.end) and (drafts or not each.is_draft)
    ]
