"""A tag's name has no blank before or behind it, and is not empty.

`" hugo "` is not `hugo`: Hugo keeps the blanks and makes of them `/tags/-hugo-/`, a page of its own. The post is missing
from `/tags/hugo/`, and readers see two tags that look the same. An empty name, as a form that was not filled in leaves it,
makes no page, but a template that prints the tags as the post names them prints a link without a word. Hugo says nothing.

Remove the blanks, or the empty name. A name of nothing but blanks is reported by `tag-unsafe-term`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._terms import entry_of, removed, respelt
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name of a term whether it begins and ends with something that is seen."""
    for terms in site.spellings.values():
        name = terms[0].name
        stripped = name.strip()
        if stripped == name and name:
            continue
        if name and not stripped:
            continue
        for term in terms:
            yield _padded(term, stripped) if name else _empty(term)


def _padded(term: Term, stripped: str) -> Finding:
    edit = respelt(term.page, term.value, stripped)
    ends = {(True, False): "before it", (False, True): "behind it", (True, True): "on both sides"}
    place = ends[term.name[0].isspace(), term.name[-1].isspace()]
    return Finding(
        message=f"the {term.noun} `{stripped}` has a blank {place}",
        path=term.page.file,
        span=term.value.span,
        label=f"leads to {term.address}",
        consequence=f"the post is not listed under `{stripped}`, but on a page of its own",
        help=f"write `{stripped}`",
        fix=Fix(f"write `{stripped}`", Applicability.SAFE, (edit,)) if edit else None,
    )


def _empty(term: Term) -> Finding:
    entry = entry_of(term)
    edit: Edit | None = removed(term.page, entry, term.value) if entry else None
    return Finding(
        message=f"this {term.noun} has no name",
        path=term.page.file,
        span=term.value.span,
        label="nothing between the quotes",
        consequence=f"where a template prints the {term.taxonomy} as the post names them, there is a link without a word",
        help="remove it, or name what the post is about",
        fix=Fix("remove it", Applicability.SAFE, (edit,)) if edit else None,
    )
