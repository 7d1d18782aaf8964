"""Every link to the site itself leads somewhere.

Hugo copies the address of a link into the page as it stands. When nothing is there, because of a typo, a post that was
renamed, a draft, a file name where Hugo makes another address, readers get "404 not found", and Hugo says nothing.

Correct the address. A link to a post that is a draft, or dated in the future, works when that post is published. Links to
other sites are not asked.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.markdown import Link
from presscheck.site import Page, Resolution, Site

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every internal link whether something is at its address."""
    reported = set()
    for page in site.pages:
        if site.owner(page):
            continue
        for link in page.markdown.links:
            if link.is_image:
                continue
            found = site.resolve(page, link)
            place = (page.path, link.destination_span)
            if found.is_found or place in reported:
                continue
            reported.add(place)
            yield _to_hidden(site, page, link, found) if found.page else _to_nothing(site, page, link, found)


def _to_hidden(site: Site, page: Page, link: Link, found: Resolution) -> Finding:
    target = found.page or page
    owner = site.owner(target)
    why = f"inside the bundle {owner.source.path}" if owner else target.visibility(site.clock).value
    return Finding(
        message=f"`{link.destination}` leads to a post that is not published",
        path=page.source.path,
        span=link.destination_span,
        label=f"the post is {why}",
        consequence="readers get 404 until it is",
        help="publish the post, or remove the link until then",
        notes=(Note(f"`{target.name}` is this file", target.source.path),),
    )


def _to_nothing(site: Site, page: Page, link: Link, found: Resolution) -> Finding:
    meant = _nearest(site, found.address)
    fix = None
    if meant and not link.is_made_by_shortcode:
        fragment = "#" + link.destination.partition("#")[2] if "#" in link.destination else ""
        fix = Fix(f"write `{meant}{fragment}`", Applicability.UNSAFE, (Edit(link.destination_span, meant + fragment),))
    file_name = link.destination.partition("#")[0]
    by_file = site.lookup(page, file_name) if file_name.endswith((".md", ".markdown")) else None
    if by_file and by_file.address:
        meant = by_file.address
        fix = Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(link.destination_span, meant),))
    return Finding(
        message=f"`{link.destination}` leads nowhere",
        path=page.source.path,
        span=link.destination_span,
        label=f"did you mean `{meant}`?" if meant else f"nothing is at {found.address}",
        consequence="Hugo stops the build" if link.is_made_by_shortcode else f"readers get 404 at {found.address}",
        help=f"write `{meant}`" if meant else "correct the address, or remove the link",
        fix=fix,
    )


def _nearest(site: Site, address: str) -> str:
    pages = [*site.by_address, *site.list_addresses]
    last = address.rstrip("/").rpartition("/")[2]
    same_end = [candidate for candidate in pages if last and candidate.rstrip("/").rpartition("/")[2] == last]
    if len(same_end) == 1:
        return same_end[0]
    close = difflib.get_close_matches(address, pages, 1, 0.8)
    return close[0] if close else ""
