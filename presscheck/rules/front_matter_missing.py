"""A post begins with front matter.

Without it Hugo publishes the page with an empty title, dated 1 January of the year 1, without a description: lists show
a blank entry at the very end, the feed an item without a name. Text that begins with `-`, `+` or `{` (a list, a
shortcode) is worse: Hugo takes the character for the beginning of front matter and stops the build of the whole site.

Begin the file with `+++`, the keys, and `+++`, each on a line of its own. `presscheck new TITLE` makes a post that has
them. A page that `build` neither renders nor lists, so that others may include its text, needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
NAMES_THE_CLOCK = True

_STOPPING = frozenset("-+{")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page that is one whether it has any; lists and files inside a bundle need none."""
    for page in site.pages:
        if page.keys.notation != "none" or page.kind != "page" or site.owner(page):
            continue
        at = page.front_matter.span.start
        if page.source.text[at : at + 1] not in _STOPPING and page.is_hidden:
            continue
        first = page.source.line_span(at)
        empty = not page.source.text.strip("\ufeff \t\r\n")
        now = site.clock.isoformat(timespec="seconds")
        stub = f'+++\ntitle = ""\ndate = {now}\ndescription = ""\n+++\n\n'
        first_character = page.source.text[at : at + 1]
        yield Finding(
            message="the file is empty" if empty else "the page has no front matter",
            path=page.file,
            span=Span(at, max(at, first.end - 1)),
            label="expected `+++` here",
            consequence=f"Hugo takes `{first_character}` for the beginning of front matter and stops the build"
            if first_character in _STOPPING
            else f"Hugo publishes {page.address or 'it'} without a title, dated 0001-01-01",
            help="begin with `+++`, `title = …`, `date = …`, `+++`, each on a line of its own",
            fix=Fix("add front matter to fill in", Applicability.PLACEHOLDER, (Edit(Span(at, at), stub),)),
        )
