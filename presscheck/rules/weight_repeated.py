"""Every page of a section that has a weight has one of its own.

Hugo sorts a section by `weight`, from the lightest to the heaviest, and pages of the same weight by date, newest first. A
page that is put between two others with a weight that is already taken may stand on either side; two chapters of the same
weight stand in the reverse of the order in which they were written. Hugo says nothing.

Write another weight; with steps of ten there is room in between. The rule is off unless the settings turn it on, because
many sites sort by weight in groups, on purpose:

```toml
[params.presscheck.rules.weight-repeated]
severity = "info"
```
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every weight in a folder whether one published page has it."""
    groups: dict[tuple[str, int], list[Page]] = defaultdict(list)
    for page in site.published:
        weight = page.get("weight")
        if (
            not weight
            or not isinstance(weight, int)
            or isinstance(weight, bool)
            or page.kind not in {"page", "section"}
        ):
            continue
        owns_folder = page.is_leaf_bundle or page.kind == "section"
        groups[posixpath.dirname(page.directory) if owns_folder else page.directory, weight].append(page)
    for (_, weight), pages in groups.items():
        for page in pages[1:]:
            yield Finding(
                message=f"`{pages[0].name}` has the weight {weight} as well",
                path=page.file,
                span=page.front_matter.document.top["weight"].value.span,
                label=f"{len(pages)} pages of this folder",
                consequence="their order is that of their dates, newest first",
                help="write another weight for one of them",
                notes=(
                    Note("the same weight", pages[0].file, pages[0].front_matter.document.top["weight"].value.span),
                ),
            )
