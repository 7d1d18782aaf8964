"""A date lies in years in which the post may well have been written.

Hugo takes every year as it is written. With `date = 0202-01-05`, `2062-01-05` or `1926-01-05`, where one digit is wrong,
the post is the very last of its list, or hidden for decades, or the first of every list for ever, and an address that is
made from the date has that year in it. Hugo says nothing.

Correct the year. It is reported before `earliest` and more than `years_ahead` years from today; a site about history, which
dates its pages by what they tell of, sets other limits:

```toml
[params.presscheck.rules.date-implausible]
earliest = 1850
years_ahead = 5
```

An `expiryDate` may lie as far ahead as its author likes. `0001-01-01T00:00:00Z` there means never to Hugo; the same without
`Z`, on a site whose `timeZone` is not UTC, means long ago. A `lastmod` that lies ahead is `date-lastmod-order`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from presscheck.dates import NEVER, as_instant
from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.ERROR
SUPERSEDES = ("date-in-future",)
NAMES_THE_CLOCK = True

_MAY_LIE_AHEAD = frozenset(("expirydate", "unpublishdate", "lastmod", "modified"))
_EXPIRY = frozenset(("expirydate", "unpublishdate"))


@dataclass(frozen=True)
class Options:
    """What may be set."""

    earliest: int = 1990
    """The first year that is plausible."""
    years_ahead: int = 2
    """How many years from today are plausible."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every date whether its year is plausible; a number is another rule's business."""
    latest = site.clock.year + options.years_ahead
    for page in site.pages:
        for key, data in page.dates:
            year = data.year if isinstance(data, date) else _year(data, page)
            if year is None or options.earliest <= year <= latest or (year > latest and key in _MAY_LIE_AHEAD):
                continue
            if year == 1 and key in _EXPIRY and as_instant(data, page.config.time_zone) == NEVER:
                continue
            entry = page.front_matter.document.top[key]
            yield Finding(
                message=f"`{entry.name}` is in the year {year:04}",
                path=page.file,
                span=entry.value.span,
                label=f"{latest - options.years_ahead - year} years ago"
                if year < latest
                else f"{year - site.clock.year} years from now",
                consequence=_consequence(key, page, is_past=year < latest),
                help="correct the year",
            )


def _year(data: object, page: Page) -> int | None:
    moment = as_instant(data, page.config.time_zone) if isinstance(data, str) and data else None
    return moment.year if moment else None


def _consequence(key: str, page: Page, *, is_past: bool) -> str:
    if key in _EXPIRY and page.config.publishes_expired:
        return "it says that the page is over, and the page stays"
    if key in _EXPIRY:
        return f"Hugo takes {page.address or 'the page'} for expired and leaves it out"
    if not is_past:
        if key == "date" and page.publish_date != page.date:
            return "the page stands before all others in every list, for years"
        if page.config.publishes_future:
            return "readers see a date that is wrong"
        return f"Hugo leaves out {page.address or 'the page'} until then, and says nothing"
    if key in {"publishdate", "pubdate", "published"}:
        return "Hugo publishes the page at once"
    return "the page is the last of every list" if key == "date" else "the sitemap names this year for its last change"
