"""A folder of posts is described by `_index.md`, not by `index.md`.

`index.md` makes the folder one page, and every file in it a part of that page: Hugo publishes none of the other posts in
the folder or below, and says nothing. `_index.md` makes the folder a list of its posts.

Rename it to `_index.md`. A folder whose `index.md` is itself set not to be rendered is a store of parts for templates, and
is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Visibility
from presscheck.site import Site

SEVERITY = Severity.ERROR

_MOST_NAMED = 5


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every `index.md` whether it swallows pages with front matter of their own."""
    for owner in site.pages:
        lost = [page for page in site.swallowed.get(owner.path, ()) if page.keys.notation != "none"]
        if not lost or owner.visibility(site.clock) is Visibility.NOT_RENDERED:
            continue
        notes = [Note("not published", page.file) for page in lost[:_MOST_NAMED]]
        if len(lost) > _MOST_NAMED:
            notes.append(Note(f"and {len(lost) - _MOST_NAMED} more"))
        yield Finding(
            message=f"`index.md` hides {len(lost)} post{'s' * (len(lost) > 1)} in its folder",
            path=owner.file,
            span=owner.source.first_line,
            label="this file makes the folder one page",
            consequence=f"{'they are' if len(lost) > 1 else 'it is'} not on the site, in no list and no feed",
            help="rename it to `_index.md`, or move the others out of its folder",
            notes=tuple(notes),
        )
