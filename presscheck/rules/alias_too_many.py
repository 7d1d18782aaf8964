"""A page has a few old addresses, not dozens.

Every alias is a file of its own, which Hugo writes, the host stores and search engines fetch. A page that collects hundreds of
them, as a script that imports an old site may leave it, makes every build slower, for addresses that hardly anybody follows.

Keep the addresses that the page really had, and leave patterns, such as every old address of a whole section, to the
redirects of the host. How many there may be is set by `most`, 50 unless you say otherwise:

```toml
[params.presscheck.rules.alias-too-many]
most = 10
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
PROTECTS = True


@dataclass(frozen=True)
class Options:
    """What may be set."""

    most: int = 50
    """How many aliases a page may have."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask how many aliases the page has."""
    entry = page.front_matter.get("aliases")
    if not entry or len(entry.value.elements) <= options.most:
        return
    count = len(entry.value.elements)
    yield Finding(
        message=f"the page has {count} aliases",
        span=entry.key_span,
        label=f"at most {options.most} may be here",
        consequence=f"every build writes {count} files that only redirect",
        help="keep the addresses that it really had, or let the host redirect them by a pattern",
        notes=(Note("the first one too many", span=entry.value.elements[options.most].span),),
    )
