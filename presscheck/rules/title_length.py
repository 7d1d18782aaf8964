"""A page's title fits into a line.

Search engines, browser tabs and lists cut a long title off, often before the word that tells the page from others. Hugo
prints it as it stands, however long it is.

Say it in fewer words, the telling ones first. A short form for lists can stand in `linkTitle`. How long a title may be is
the site's choice, so the rule is off unless it is asked for; this is what it takes for right otherwise:

```toml
[params.presscheck.rules.title-length]
severity = "warning"
most = 70
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING
IS_ON = False


@dataclass(frozen=True)
class Options:
    """What may be set."""

    most: int = 70
    """How many characters a title has at most."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of the title how long it is."""
    length = len(page.title)
    if length <= options.most:
        return
    entry = page.front_matter.get("title")
    yield Finding(
        message=f"the title has {length} characters, more than {options.most}",
        span=entry.value.span if entry else Span(0, 0),
        consequence="search results and browser tabs cut it off",
        help="say it in fewer words, the telling ones first",
    )
