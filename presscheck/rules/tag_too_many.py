"""A post has a handful of tags.

Every tag makes a page with a list and a feed. A post with dozens of tags makes dozens of pages that hold little else than
this post; readers who follow them find nothing more. When a template or a script writes hundreds of them, the build becomes
slow.

Keep the tags under which a reader would look for the post. How many there may be is set by `most`, 20 unless you say
otherwise:

```toml
[params.presscheck.rules.tag-too-many]
most = 8
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._terms import plural, term_entries
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True


@dataclass(frozen=True)
class Options:
    """What may be set."""

    most: int = 20
    """How many terms of one taxonomy a page may name."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of each taxonomy how many of its terms the page names."""
    for taxonomy, entry in term_entries(page):
        elements = entry.value.elements
        if len(elements) <= options.most:
            continue
        noun = page.config.taxonomies[taxonomy]
        excess = len(elements) - options.most
        yield Finding(
            message=f"the page has {len(elements)} {taxonomy}",
            span=entry.key_span,
            label=f"at most {options.most} may be here",
            consequence="each has a page with a list and a feed, and most of them hold little but this post",
            help=f"keep the {taxonomy} under which a reader would look for it",
            notes=(Note(f"the first of {plural(excess, noun)} too many", span=Span(*elements[options.most].span)),),
        )
