"""A tag stands for more than one post.

The page of a tag that only one post has leads readers from the post back to the post. A site whose tags are mostly such
makes hundreds of pages without a use, and nobody finds what belongs together.

Use a tag that other posts have, or leave it out. The rule is silent about tags of posts that are not yet published, and about
tags with a page of their own. Every new subject begins with one post, so it is off unless you turn it on:

```toml
[params.presscheck.rules.tag-singleton]
severity = "info"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site, Term

SEVERITY = Severity.INFO
IS_ON = False


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address of a term whether two pages lead to it."""
    if not site.is_whole:
        return
    uses: dict[str, list[Term]] = {}
    for terms in site.spellings.values():
        uses.setdefault(terms[0].address, []).extend(terms)
    described = {page.address for page in site.published if page.kind == "term"}
    for address, terms in uses.items():
        term = terms[0]
        if len(terms) == 1 and term.path and address not in described:
            yield Finding(
                message=f"no other post has the {term.noun} `{term.name}`",
                path=term.page.file,
                span=term.value.span,
                label="used once",
                consequence=f"{address} leads readers back to this post, and to nothing else",
                help="use one that other posts have, or remove it",
            )
