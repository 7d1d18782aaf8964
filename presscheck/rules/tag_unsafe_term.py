"""A tag's name makes an address of its own.

Hugo makes the address of a tag's page from its name and drops what cannot stand in one. Nothing is left of `🚀` or `!!!`,
so its page lands on `/tags/` and replaces the list of all tags. `..` is the folder above: its page replaces the home page.
A `/` makes a folder: beside a tag `AI`, the posts of `AI/ML` are counted among those of `AI` as well. All that Hugo ever
says is a warning about one file for two pages, and only when it is asked for with `--printPathWarnings`.

Give the tag a name with a letter or a digit, and without `/`. A tag such as `CI/CD` is left alone as long as there is no
tag `CI`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR
PROTECTS = True

_LONGEST = 255
"""How many bytes a file's name may have on the usual file systems."""
_SHOWN = 40


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every term what is left of it in an address; Hugo ignores an empty one."""
    paths = {(terms[0].taxonomy, terms[0].path) for terms in site.spellings.values()}
    for terms in site.spellings.values():
        reason = _reason(terms[0], paths) if terms[0].name else None
        for term in terms if reason else ():
            what, label, consequence = reason or ("", "", "")
            name = term.name if len(term.name) <= _SHOWN else term.name[:_SHOWN] + "…"
            yield Finding(
                message=f"the {term.noun} `{name}` {what}",
                path=term.page.file,
                span=term.value.span,
                label=label,
                consequence=consequence,
                help="choose a name with a letter or a digit, without `/`"
                if len(name) == len(term.name)
                else "choose a shorter name",
            )


def _reason(term: Term, paths: set[tuple[str, str]]) -> tuple[str, str, str] | None:
    """What is wrong with the term, what to say beside it, and what comes of it."""
    parts = term.path.split("/")
    has_word = any(char.isalnum() for char in term.path)
    if not has_word and set(parts) <= {"", ".", ".."}:
        what = {"/": "the home page", f"/{term.taxonomy}/": f"the list of all {term.taxonomy}"}
        label = "nothing of it can stand in an address" if not term.path else f"as a folder it means {term.address}"
        return "has no address of its own", label, f"its page replaces {what.get(term.address, term.address)}"
    if ".." in parts or "." in parts:
        return "has no address of its own", "`.` and `..` mean folders", f"its page lands at {term.address}"
    if not has_word:
        return (
            "has an address without a letter or a digit",
            f"only `{term.path}` is left of it",
            f"its page is at {term.address}, which tells nobody what it is about",
        )
    if any(len(part.encode()) > _LONGEST for part in parts):
        return (
            "is too long",
            f"{len(term.path.encode())} bytes",
            "no file can have such a name, and Hugo stops the build",
        )
    if "" in parts[:-1]:
        return (
            "has an address with an empty part",
            "`/` makes a folder",
            f"links lead to /{term.taxonomy}/{term.path}/, its page is at {term.address}",
        )
    above = next(
        ("/".join(parts[:end]) for end in range(1, len(parts)) if (term.taxonomy, "/".join(parts[:end])) in paths), ""
    )
    if above and any(parts[1:]):
        return (
            f"is below another {term.noun}",
            "`/` makes a folder",
            f"its posts are counted at /{term.taxonomy}/{above}/ as well",
        )
    return None
