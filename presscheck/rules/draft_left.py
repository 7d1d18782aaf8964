"""No draft is left behind.

Hugo leaves out a page with `draft = true`, without a word. That is what drafts are for; but a post whose draft line was
forgotten is missing in just the same way, in every list and feed, and links to it lead nowhere, until somebody asks.

Remove the line, or write `draft = false`, when the page is ready. The rule is off unless the settings turn it on, for a
site where drafts do not lie among the pages that are published:

```toml
[params.presscheck.rules.draft-left]
severity = "info"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False
NAMES_THE_CLOCK = True


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page whether it is a draft."""
    for page in site.pages:
        if not page.is_draft:
            continue
        entry = page.front_matter.get("draft")
        age = (site.clock - page.date).days if page.date else 0
        fix = None
        if entry and entry.data is True:
            fix = Fix("publish the page", Applicability.PLACEHOLDER, (Edit(entry.value.span, "false"),))
        yield Finding(
            message=f"`{page.name}` is a draft",
            path=page.file,
            span=entry.value.span if entry else page.opening,
            label=f"dated {age} days ago" if age > 1 else "",
            consequence=f"Hugo leaves out {page.address or 'the page'} and says nothing; links to it lead nowhere",
            help="write `false` when it is ready"
            if entry
            else "a `cascade` above it says so: write `draft = false` when it is ready",
            fix=fix,
        )
