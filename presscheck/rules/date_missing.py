"""A post has a date.

Without one Hugo dates it 1 January of the year 1. It is the last of every list, it never shows up in "newest", feeds
carry `0001-01-01`, and an address made from the date becomes `/1/01/…`.

Asked of the pages in the sections that `sections` names, and in every section where most pages have a date:

```toml
[params.presscheck.rules.date-missing]
sections = ["posts", "blog", "news"]
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR


@dataclass(frozen=True)
class Options:
    """What may be set."""

    sections: tuple[str, ...] = ("posts", "post", "blog", "news", "articles")
    """The sections whose pages have dates."""


_KEYS = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every page in a dated section for any key that sets a date."""
    pages = [
        page
        for page in site.pages
        if page.kind == "page" and page.front_matter.notation != "none" and not site.owner(page)
    ]
    undated = [page for page in pages if not any(page.front_matter.get(key) for key in _KEYS)]
    total = Counter(page.section for page in pages)
    without = Counter(page.section for page in undated)
    dated = {section for section in total if total[section] > 2 * without[section]} | set(options.sections)
    for page in undated:
        if page.section not in dated:
            continue
        opening = page.source.line_span(page.front_matter.span.start)
        at = page.front_matter.content.start
        line = f"date = {site.clock.isoformat(timespec='seconds')}\n"
        is_toml = page.front_matter.notation == "toml"
        yield Finding(
            message="the post has no date",
            path=page.source.path,
            span=Span(opening.start, max(opening.start, opening.end - 1)),
            label="it would be set below this line",
            consequence="Hugo dates it 0001-01-01: last in every list, never among the newest",
            help="add `date = …`, such as `date = 2026-01-31T09:00:00+01:00`",
            fix=Fix("add the date of today", Applicability.PLACEHOLDER, (Edit(Span(at, at), line),))
            if is_toml
            else None,
        )
