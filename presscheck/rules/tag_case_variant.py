"""A tag is spelt one way on the whole site.

`LLM` and `llm` share one page, `/tags/llm/`, because Hugo makes addresses in lower case. But the page can have only
one heading, and Hugo takes it from whichever post it happens to finish first: the heading, the tag lists and the feeds
change from build to build, and two builds of the same files are not equal. A page of the tag's own with a title settles
the heading; a template that prints the tags of a post as they stand there still shows two spellings.

Use the spelling that most of the site uses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every group of terms that differ in case only whether it has one spelling."""
    groups: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for (taxonomy, name, language), terms in site.spellings.items():
        groups[taxonomy, name.lower(), language] += terms
    titled = {page.address for page in site.published if page.kind == "term" and page.title}
    for terms in groups.values():
        spellings = Counter(term.name for term in terms)
        if len(spellings) == 1:
            continue
        best = max(spellings, key=lambda spelling: (spellings[spelling], spelling))
        first = next(term for term in terms if term.name == best)
        for term in terms:
            if term.name == best:
                continue
            span = term.value.span
            written = term.page.source.slice(span)
            fixed = written.replace(term.name, best)
            yield Finding(
                message=f"the {term.noun} `{term.name}` is spelt `{best}` elsewhere",
                path=term.page.file,
                span=span,
                label=f"`{best}` is used {spellings[best]} time{'s' * (spellings[best] > 1)}",
                consequence=_consequence(term, titled),
                help=f"write `{best}`",
                notes=(Note(f"`{best}` is here", first.page.file, first.value.span),),
                fix=Fix(f"write `{best}`", Applicability.SAFE, (Edit(span, fixed),)) if fixed != written else None,
            )


def _consequence(term: Term, titled: set[str | None]) -> str:
    if term.address in titled:
        return "readers see the two spellings wherever a template prints the tags as the posts spell them"
    return f"the heading of {term.address} is one or the other, at random from build to build"
