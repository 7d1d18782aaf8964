"""A post has a date.

Without one, or with a blank one, Hugo dates it 1 January of the year 1. It is the last of every list, it never shows up
among the newest, feeds say `Mon, 01 Jan 0001`, and an address made from the date becomes `/1/01/…`.

Write `date = 2026-01-31T09:00:00+01:00`. It is asked of the pages in the sections that `sections` names, and in every
section where most pages have a date:

```toml
[params.presscheck.rules.date-missing]
sections = ["posts", "blog", "news"]
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.dates import DATE
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
NAMES_THE_CLOCK = True


@dataclass(frozen=True)
class Options:
    """What may be set."""

    sections: tuple[str, ...] = ("posts", "post", "blog", "news", "articles")
    """The sections whose pages have dates."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every page in a dated section for any key that sets a date."""
    if DATE not in site.config.date_sources[DATE]:
        return  # the site has its own way to date pages
    pages = [
        page for page in site.pages if page.kind == "page" and page.keys.notation != "none" and not site.owner(page)
    ]
    undated = [page for page in pages if not _is_dated(page)]
    total = Counter(page.section for page in pages)
    without = Counter(page.section for page in undated)
    dated = {section for section in total if total[section] > 2 * without[section]} | set(options.sections)
    for page in undated:
        if page.section not in dated or page.is_hidden:
            continue
        yield _finding(page, site)


def _is_dated(page: Page) -> bool:
    """Whether anything tells its date, or a key says at least something."""
    if page.date or page.source_of(DATE):
        return True
    keys = page.config.date_sources[DATE]
    entries = list(filter(None, map(page.front_matter.get, keys)))
    if not entries and any(map(page.may_set, keys)):
        return True
    return any(entry.data is not None and entry.data != "" for entry in entries)


def _finding(page: Page, site: Site) -> Finding:
    front_matter = page.front_matter
    blank = next(filter(None, map(front_matter.get, page.config.date_sources[DATE])), None)
    now = site.clock.isoformat(timespec="seconds").replace("+00:00", "Z")
    form = {"toml": "date = {}", "json": '"date": "{}"'}.get(front_matter.notation, "date: {}")
    at = front_matter.content.start
    edit = Edit(Span(at, at), form.format(now) + "\n")
    return Finding(
        message=f"`{blank.name}` is blank" if blank else "the post has no date",
        path=page.file,
        span=blank.value.span if blank else page.opening,
        label="nothing is in it" if blank else "it would be set below this line",
        consequence="Hugo dates it 0001-01-01: last in every list, never among the newest",
        help=("fill it in" if blank else "add a date") + f", such as `{form.format('2026-01-31T09:00:00+01:00')}`",
        fix=None
        if blank or front_matter.notation == "json"
        else Fix("add the date of today", Applicability.PLACEHOLDER, (edit,)),
    )
