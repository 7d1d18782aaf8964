"""A tag's name makes an address of its own.

Hugo makes the address of a tag's page from its name and drops what cannot stand in one. Nothing is left of `🚀` or `!!!`,
so its page lands on `/tags/` and replaces the list of all tags. `..` is the folder above: its page replaces the home page.
A `/` makes a folder, so the page hides where no list looks for it. Hugo says nothing.

Give the tag a name with a letter or a digit, and without `/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR

_LONGEST = 200


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every term what is left of it in an address."""
    for term in site.terms:
        reason = _reason(term)
        if reason:
            label, consequence = reason
            yield Finding(
                message=f"the {term.noun} `{term.name}` cannot have a page of its own",
                path=term.page.source.path,
                span=term.value.span,
                label=label,
                consequence=consequence,
                help="choose a name with a letter or a digit, without `/`",
            )


def _reason(term: Term) -> tuple[str, str] | None:
    parts = term.path.split("/")
    if not any(char.isalnum() for char in term.path) and set(parts) <= {"", ".", ".."}:
        what = {"/": "the home page", f"/{term.taxonomy}/": f"the list of all {term.taxonomy}"}.get(
            term.address, term.address
        )
        nothing = "nothing of it can stand in an address" if not term.path else f"as a folder it means {term.address}"
        return nothing, f"its page replaces {what}"
    if ".." in parts or "." in parts:
        return f"leads out of /{term.taxonomy}/", f"its page lands at {term.address}"
    if len(parts) > 1:
        return "`/` makes a folder", f"its page lands in a folder, at {term.address}"
    if not any(char.isalnum() for char in term.path):
        return (
            f"only `{term.path}` is left of it",
            f"its page has the address {term.address}, which nobody can read or type",
        )
    if len(term.path.encode()) > _LONGEST:
        return f"{len(term.path.encode())} bytes", "the name is too long for a file; Hugo stops the build"
    return None
