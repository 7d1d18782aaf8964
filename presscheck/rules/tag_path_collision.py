"""Two tags that differ have two addresses.

Hugo makes the address of a tag's page from its name: lower case, spaces as hyphens, most punctuation dropped. `fine
tuning` and `fine-tuning`, `R&D` and `RD` end at the same address. Where only spaces and hyphens differ, one page serves
both, and its heading changes from build to build. Where punctuation differs, two pages are written to one file: the last
one stays, the posts of the other tag are on no list, and which of the two it is changes from build to build.

Use one spelling, or names that differ in a letter or a digit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address of a term whether only one name, case aside, leads to it."""
    groups: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for terms in site.spellings.values():
        if any(char.isalnum() for char in terms[0].path):
            groups[terms[0].taxonomy, terms[0].address] += terms
    for terms in groups.values():
        names = Counter(term.name.lower() for term in terms)
        if len(names) == 1:
            continue
        best = max(names, key=lambda name: (names[name], -len(name), name))
        first = next(term for term in terms if term.name.lower() == best)
        for term in terms:
            if term.name.lower() == best:
                continue
            span = term.value.span
            written = term.page.source.slice(span)
            fixed = written.replace(term.name, first.name)
            same_page = _joined(term.name) == _joined(best)
            yield Finding(
                message=f"the {term.noun}s `{term.name}` and `{first.name}` share one address",
                path=term.page.file,
                span=span,
                label=f"leads to {term.address}, like `{first.name}`",
                consequence=f"the heading of {term.address} is one or the other, at random from build to build"
                if same_page
                else f"{term.address} lists the posts of only one of the two, at random from build to build",
                help=f"write `{first.name}`, or a name that differs in a letter or a digit",
                notes=(Note(f"`{first.name}` is here", first.page.file, first.value.span),),
                fix=Fix(f"write `{first.name}`", Applicability.UNSAFE, (Edit(span, fixed),))
                if fixed != written
                else None,
            )


def _joined(name: str) -> str:
    """By what Hugo tells the pages of terms apart."""
    return name.lower().replace(" ", "-")
