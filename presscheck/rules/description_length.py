"""A page's description fits where it is shown.

Search engines and programs that show a shared link print the description below the title. They cut a long one in the
middle of a sentence, and replace one of three words by whatever text of the page they like. Templates put it into the page
as it stands, whatever its length.

Write one or two sentences. How long they may be is the site's choice, so the rule is off unless it is asked for; this is
what it takes for right otherwise:

```toml
[params.presscheck.rules.description-length]
severity = "warning"
least = 50
most = 160
```

A page without a description is the matter of `key-missing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING
IS_ON = False


@dataclass(frozen=True)
class Options:
    """What may be set."""

    least: int = 50
    """How many characters a description has at least."""
    most: int = 160
    """How many it has at most."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of the description how long it is."""
    entry = page.front_matter.get("description")
    if not entry or not isinstance(entry.data, str):
        return
    length = len(" ".join(entry.data.split()))
    if not length or options.least <= length <= options.most:
        return
    is_long = length > options.most
    yield Finding(
        message=f"the description has {length} characters, {'more' if is_long else 'fewer'} than "
        f"{options.most if is_long else options.least}",
        span=entry.value.span,
        consequence="search results and shared links cut it off"
        if is_long
        else "search results show another text of the page instead",
        help="say it in fewer words" if is_long else "say in one or two sentences what the page is about",
    )
