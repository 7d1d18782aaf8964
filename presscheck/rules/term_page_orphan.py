"""A tag's own page belongs to a tag that posts have, and is published.

When no post has the tag any more, or the folder of the page is misspelt, Hugo still builds the page, with its text and an
empty list. When the page is a draft, dated in the future or expired, Hugo builds no page of the tag at all: its posts are
listed nowhere, and the posts no longer link to the tag. Hugo says nothing.

Remove the page, or name its folder as the tag, in lower case and with `-` for a blank; publish a hidden one. A page for a tag that only
unpublished posts have is not asked, and neither is one that is set not to be rendered.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.dates import BEGIN, END
from presscheck.diagnostics import Finding, Note, Severity
from presscheck.nearest import nearest
from presscheck.page import Page, Visibility
from presscheck.rules._terms import plural
from presscheck.site import Site, Term

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page of a term whether pages name the term, and whether it is hidden itself."""
    own = [page for page in site.pages if page.kind == "term"]
    if not own or not site.is_whole:
        return
    used: dict[str, list[Term]] = {}
    for terms in site.spellings.values():
        for key in (f"{terms[0].taxonomy}/{_part(terms[0].name)}", terms[0].address.strip("/")):
            used.setdefault(key, terms)
    named: set[str] | None = None
    for page in own:
        key = _part(page.place)
        terms = used.get(key) or used.get((page.address or "").strip("/")) or []
        visibility = page.visibility(site.clock)
        if visibility is Visibility.NOT_RENDERED:
            continue
        if terms and visibility is not Visibility.PUBLISHED:
            yield _hidden(page, terms, visibility)
        elif not terms and visibility is Visibility.PUBLISHED:
            named = _named(site) if named is None else named
            if (
                key not in named
                and not any(each.startswith(key + "/") for each in named)
                and not site.may_be_set(key.rpartition("/")[2])
            ):
                yield _unused(page, used)


def _part(name: str) -> str:
    """By what Hugo tells the pages of terms apart."""
    return name.lower().replace(" ", "-")


def _named(site: Site) -> set[str]:
    """The terms that any page names, published or not."""
    taxonomies = site.config.taxonomies
    return {
        f"{taxonomy}/{_part(name)}"
        for page in site.pages
        for taxonomy in taxonomies
        for name in (*(str(value.data) for value in page.terms(taxonomy)), *page.handed_terms(taxonomy))
    }


def _hidden(page: Page, terms: list[Term], visibility: Visibility) -> Finding:
    term = terms[0]
    date = {Visibility.FUTURE: BEGIN, Visibility.EXPIRED: END}.get(visibility)
    entry = page.front_matter.get(page.source_of(date) if date else "draft")
    return Finding(
        message=f"the page of the {term.noun} `{term.name}` is {visibility.value}",
        path=page.file,
        span=entry.value.span if entry else page.source.first_line,
        label=f"{plural(len(terms), 'post')} use{'s' * (len(terms) == 1)} the {term.noun}",
        consequence=f"there is no {term.address}, and posts do not link to it",
        help="publish it, or remove it: Hugo makes a page by itself",
        notes=(Note(f"`{term.name}` is used here", term.page.file, term.value.span),),
    )


def _unused(page: Page, used: dict[str, list[Term]]) -> Finding:
    taxonomy, _, name = page.place.partition("/")
    noun = page.config.taxonomies.get(taxonomy.lower(), "term")
    close = nearest(_part(page.place), list(used), 0.8)
    meant = used[close][0].name if close else ""
    return Finding(
        message=f"no post has the {noun} `{name}`",
        path=page.file,
        span=page.source.first_line,
        label=f"did you mean `{meant}`?" if meant else "",
        consequence=f"{page.address or 'its page'} shows readers an empty list"
        + (f", and the page of `{meant}` lacks this text" if meant else ""),
        help=f"rename the folder to `{_part(meant)}`" if meant else "remove the page, or give a post the " + noun,
    )
