"""A tag's name does not begin with `#`.

On other sites a tag is written with `#`; in a post's front matter the sign becomes part of the name. `#go` is another tag
than `go`, with an address that ends in `%23go`, because a bare `#` would begin a fragment. Hugo says nothing, and a theme
that puts a `#` before every tag shows two.

Write the name alone: `tags = ["go"]`. A sign at the end, as in `C#`, belongs to the name and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Severity
from presscheck.rules._terms import respelt
from presscheck.site import Site

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name of a term whether it begins with the sign; one with nothing behind it is `tag-unsafe-term`'s."""
    for terms in site.spellings.values():
        name = terms[0].name
        if not name.lstrip().startswith("#"):
            continue
        bare = name.strip().lstrip("# ")
        if not any(char.isalpha() for char in bare):
            continue
        for term in terms:
            edit = respelt(term.page, term.value, bare)
            yield Finding(
                message=f"the {term.noun} `{name.strip()}` begins with `#`",
                path=term.page.file,
                span=term.value.span,
                label="the sign is part of the name here",
                consequence=f"the post is listed at {term.address.replace('#', '%23')}, not under `{bare}`",
                help=f"write `{bare}`",
                fix=Fix(f"write `{bare}`", Applicability.SAFE, (edit,)) if edit else None,
            )
