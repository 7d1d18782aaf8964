"""A page whose address is made of its date has a date.

With `permalinks` such as `/:year/:month/:slug/` Hugo puts the parts of the date into the address. For a page without one it
takes 1 January of the year 1, and the page is at `/1/01/…`. As soon as somebody adds the date the address changes, and every
link to the page breaks. Hugo says nothing.

Write the date that the page was written, or set the whole address by `url`. Pages in sections in which most pages have a
date, and in `posts`, `post`, `blog`, `news` and `articles`, are reported by `date-missing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from presscheck.dates import DATE
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._addresses import place_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_OF_DATE = re.compile(r":(?:year|month|monthname|day|weekday|weekdayname|yearday|0[1-9]|[0-9]+)(?!\w)")
_ASKED_ELSEWHERE = frozenset({"posts", "post", "blog", "news", "articles"})


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page without a date whether its address is made of one."""
    patterns = {
        section: pattern for section, pattern in site.config.permalinks.items() if _OF_DATE.search(str(pattern))
    }
    if DATE not in site.config.date_sources[DATE]:
        return  # the site has its own way to date pages
    asked = site.published if patterns else [page for page in site.published if page.get("url")]
    undated = [page for page in asked if page.kind == "page" and not _is_dated(page)]
    if not undated:
        return
    total = Counter(page.section for page in site.pages if page.kind == "page")
    without = Counter(page.section for page in site.pages if page.kind == "page" and not _is_dated(page))
    for page in undated:
        url = page.get("url")
        pattern = url if isinstance(url, str) and url else patterns.get(page.section or "/", "")
        section = page.section
        if section in _ASKED_ELSEWHERE or total[section] > 2 * without[section] or not _OF_DATE.search(str(pattern)):
            continue
        entry = page.front_matter.get("title")
        line = page.source.line_span(entry.value.span.end - 1).end if entry else 0
        sign = "=" if page.front_matter.notation == "toml" else ":"
        yield Finding(
            message="the address is made of the date, and the page has none",
            path=page.file,
            span=place_of(page),
            label=f"`{pattern}` needs one",
            consequence=f"the page is at {page.address or '/1/01/…'}, until somebody adds the date and breaks every link to it",
            help="add the date that it was written",
            fix=Fix(
                "add a date",
                Applicability.PLACEHOLDER,
                (Edit(Span(line, line), f"date {sign} 2026-01-31T09:00:00+01:00\n".replace(" :", ":")),),
            )
            if entry and page.front_matter.notation in {"toml", "yaml"}
            else None,
        )


def _is_dated(page: Page) -> bool:
    return bool(page.date or page.source_of(DATE) or page.may_set("date"))
