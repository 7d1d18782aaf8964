"""Every link to a post uses the post's own address.

`aliases` keep old addresses alive: at each of them Hugo writes a small page that sends readers on to the post. A link that
goes there loads two pages instead of one, counts as a visit to the old address, loses the `#part` that it named, and stops
working on the day that somebody tidies the aliases up. Nothing in Hugo's output tells.

Link to the address where the post is now; the fix writes it. Links from other sites are what aliases are for. Sites that
set `disableAliases` make redirects in their own way and are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._destinations import distinct, rewritten, split, targets
from presscheck.site import Site

SEVERITY = Severity.WARNING

_ELSEWHERE = ("https://", "http://", "mailto:", "#")


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its links whether it leads to a redirect."""
    if not site.alias_addresses or site.config.get("disablealiases", default=False) or site.owner(page):
        return
    addresses, base = site.by_address, site.config.base_url or "\0"
    odd = [link for link in targets(page, site) if link.destination.partition("#")[0] not in addresses]
    for link in distinct(odd) if odd else ():
        destination = link.destination
        is_whole = destination.startswith(base)
        if link.is_image or link.is_autolink or (destination.startswith(_ELSEWHERE) and not is_whole):
            continue
        found = site.once(Links).resolve(page, link)
        target = site.alias_addresses.get(found.address)
        if not target or not target.address or found.address in addresses or not found.is_found:
            continue
        rest = split(destination)[1]
        own = (
            site.config.base_url.rstrip("/") + target.address if is_whole else site.once(Links).written(target.address)
        )
        yield Finding(
            message=f"`{destination}` leads to a redirect",
            path=page.file,
            span=link.destination_span,
            label=f"the post has moved to {target.address}",
            consequence="readers load a page that only sends them on"
            + (f", and arrive at the post's top instead of `#{rest.partition('#')[2]}`" if "#" in rest else ""),
            help=f"write `{own}{rest}`",
            notes=(
                Note(
                    f"`{target.name}` keeps the old address here",
                    target.file,
                    next((span for alias, span in target.aliases if alias == found.address), None),
                ),
            ),
            fix=rewritten(page, link, own + rest),
        )
