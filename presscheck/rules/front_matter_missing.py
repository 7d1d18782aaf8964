"""A post begins with front matter.

Without it Hugo publishes the page with an empty title, dated 1 January of the year 1, without a description: lists show
a blank entry at the very end, the feed an item without a name.

Begin the file with `+++`, the keys, and `+++`. `presscheck new TITLE` makes a post that has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page that is one whether it has any; lists and files inside a bundle need none."""
    for page in site.pages:
        if page.front_matter.notation != "none" or page.kind != "page" or site.owner(page):
            continue
        at = page.front_matter.span.start
        first = page.source.line_span(at)
        empty = not page.source.text.strip("\ufeff \t\r\n")
        stub = f'+++\ntitle = ""\ndate = {site.clock.date().isoformat()}\ndescription = ""\n+++\n\n'
        yield Finding(
            message="the file is empty" if empty else "the page has no front matter",
            path=page.source.path,
            span=Span(at, max(at, first.end - 1)),
            label="expected `+++` here",
            consequence=f"Hugo publishes {page.address or 'it'} without a title, dated 0001-01-01",
            help="begin with `+++`, `title = …`, `date = …`, `+++`",
            fix=Fix("add front matter to fill in", Applicability.PLACEHOLDER, (Edit(Span(at, at), stub),)),
        )
