"""Addresses differ in more than upper and lower case.

Hugo writes `/Notes/` and `/notes/`, which a `url` or an alias can ask for, to two folders. On a computer that does not tell
the case of file names apart, as macOS and Windows do by default, they are one folder, and one page overwrites the other. On a
host that tells them apart, a reader who types the address gets the wrong page. Hugo says nothing.

Give one of the pages another address. An alias that differs in case from the address of its own page is not asked: it leads
an old address to the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._addresses import folder_of, place_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

Claim = tuple[str, Page, Span | None]
"""An address, the page that claims it, and the place of the alias if it is one."""


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address with a capital letter whether another one is the same without it."""
    groups: dict[str, dict[tuple[str, str], Claim]] = defaultdict(dict)
    for address, pages in site.by_address.items():
        if address != address.lower():
            for page in pages:
                groups[address.lower()][address, page.path] = (address, page, None)
    for page in site.published:
        for alias, span in page.aliases:
            if alias != alias.lower():
                address = folder_of(alias)
                groups[address.lower()].setdefault((address, page.path), (address, page, span))
    for lower, group in groups.items():
        claims = list(group.values())
        first = claims[0]
        second = next((claim for claim in claims if claim[1] is not first[1]), first)
        for claim in claims:
            address, page, place = claim
            other, what = _rival(site, lower, claim, second if page is first[1] else first)
            if other is None and not what:
                continue
            yield Finding(
                message=f"{address} differs in case only from the address of "
                + (f"the page `{other.name}`" if other else what),
                path=page.file,
                span=place or place_of(page),
                label="this alias" if place else "this page's address",
                consequence="built on macOS or Windows, one of the two overwrites the other",
                help=f"choose another {'alias' if place else 'address'}",
                notes=(Note("the other one is made from this file", other.file, place_of(other)),) if other else (),
            )


def _rival(site: Site, lower: str, claim: Claim, another: Claim) -> tuple[Page | None, str]:
    """The other page, or the list, whose address differs from that of `claim` in case only."""
    address, page, _ = claim
    if another[1] is not page and another[0] != address:
        return another[1], ""
    at_lower = site.by_address.get(lower, [])
    alias = site.alias_addresses.get(lower)
    rivals = at_lower or ([alias] if alias else [])
    other = next((each for each in rivals if each is not page), None)
    return other, "" if other or page in at_lower else site.list_addresses.get(lower, "")
