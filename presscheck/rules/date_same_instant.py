"""No two posts of a section are dated to the same second.

Hugo sorts posts by date, newest first. Two of the very same moment it sorts by title, from A to Z: of a series that was
written in one go, with the date copied from part to part, part three stands before part two, in the list, in the feed and
in the links to the previous and the next post. Hugo says nothing.

Give each its own time; a minute apart is enough. Posts that have a day and no time, or that are dated at midnight, are not
asked, and neither are those with different `weight`: there, the order is chosen. The rule is off unless the settings turn it
on, because posts that came from another program in one go often share a time:

```toml
[params.presscheck.rules.date-same-instant]
severity = "info"
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every moment whether one published post of a section has it."""
    groups: dict[tuple[str, datetime, int], list[Page]] = defaultdict(list)
    for page in site.published:
        data = page.get("date")
        moment = page.date
        if data is None or not moment or page.kind != "page" or isinstance(data, int):
            continue
        if not (moment.hour or moment.minute or moment.second):
            continue
        weight = page.get("weight")
        groups[page.section, moment, weight if isinstance(weight, int) else 0].append(page)
    for (_, moment, _), pages in groups.items():
        for page in pages[1:]:
            first, last = sorted((pages[0], page), key=lambda each: each.title.casefold())
            yield Finding(
                message=f"`{pages[0].name}` has the very same date",
                path=page.file,
                span=page.front_matter.document.top["date"].value.span,
                label=f"{len(pages)} posts of {moment.isoformat(sep=' ', timespec='seconds')}",
                consequence=f"lists sort them by title: `{first.name}` stands before `{last.name}`",
                help="give one of them another time; a minute is enough",
                notes=(Note("the same date", pages[0].file, pages[0].front_matter.document.top["date"].value.span),),
            )
