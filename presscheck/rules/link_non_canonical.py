"""Every link to the site itself is written the way Hugo writes addresses.

A post is at `/posts/tea/`: from the root of the site, with a closing `/`. `/posts/tea` works only because most servers send the
reader on, at the price of a second request, and some answer 404. `/posts/tea/index.html` is the same page at a second address:
search engines and statistics count it as another. `https://site.example/posts/tea/` leads away from a preview of the site to the
published one, where the new post is not yet, and stays behind when the site moves to another name. Hugo copies each of them as it
stands and says nothing.

Write the address from the root, with its closing `/`, as the fix does. Only links that lead somewhere are asked; a wrong one, be it
by the case of a letter, is for `link-broken`, an old address for `link-to-alias`. An address in angle brackets, `<https://…>`, is
shown to readers and stays. Where a render hook of the templates decides where links lead, nothing is asked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache

from presscheck.diagnostics import Finding, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._destinations import distinct, rewritten, split, targets
from presscheck.site import Site
from presscheck.urls import joined

SEVERITY = Severity.WARNING

_WHOLE = ("https://", "http://", "//")
_HARMLESS = ("mailto:", "#", "?")


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its links whether it could be shorter or is one step short."""
    if site.templates.link_hook or not site.is_whole or page.address is None:
        return
    addresses = site.by_address
    hosts = own_hosts(site.config.base_url)
    odd = [link for link in targets(page, site) if link.destination.partition("#")[0] not in addresses]
    for link in distinct(odd) if odd else ():
        path = link.destination.partition("#")[0]
        if link.is_image or link.is_autolink or path.startswith(_HARMLESS):
            continue
        if path.startswith(_WHOLE):
            if hosts and path.startswith(hosts):
                yield from _whole(site, page, link, next(host for host in hosts if path.startswith(host)))
        elif not path.endswith("/"):
            yield from _short(site, page, link)


@lru_cache(maxsize=4)
def own_hosts(base_url: str) -> tuple[str, ...]:
    """The ways to write the beginning of the site's own addresses, without the closing `/`."""
    scheme, found, rest = base_url.partition("://")
    if not found or scheme not in {"http", "https"}:
        return ()
    rest = rest.rstrip("/")
    return f"https://{rest}", f"http://{rest}", f"//{rest}"


def _whole(site: Site, page: Page, link: Target, host: str) -> Iterator[Finding]:
    path, rest = split(link.destination)
    below = path[len(host) :]
    if below and not below.startswith("/"):
        return  # another port, or another site whose name begins alike
    found = site.once(Links).resolve(page, link._replace(destination=site.once(Links).written(below or "/")))
    if not found.is_found or not found.address or found.address in site.alias_addresses:
        return
    address = (
        found.address if found.address in site.list_addresses or found.address in site.by_address else below or "/"
    )
    new = site.once(Links).written(address) + rest
    yield Finding(
        message="this link to the site itself names the whole address",
        path=page.file,
        span=link.destination_span,
        label=f"`{new}` is enough",
        consequence="in a preview it leads to the published site, and it breaks when the site moves to another name",
        help=f"write `{new}`",
        fix=rewritten(page, link, new),
    )


def _short(site: Site, page: Page, link: Target) -> Iterator[Finding]:
    path, rest = split(link.destination)
    if not path or posixpath.basename(path) in {".", ".."}:
        return
    inside = site.once(Links).inside(path)
    asked = joined(page.address or "/", inside) if inside and "\\" not in inside else ""
    if not asked or (asked + "/" not in site.addresses and not asked.endswith("/index.html")):
        return
    found = site.once(Links).resolve(page, link)
    address = found.address
    if not found.is_found or not address.endswith("/") or address in site.alias_addresses:
        return
    if address == asked + "/":
        new, why = path + "/", "the closing `/` is missing"
        consequence = "readers are sent on to the address with `/`, or get 404, as the server likes"
    elif path.endswith("index.html") and asked == address + "index.html":
        new = path.removesuffix("index.html") or "./"
        why = "`index.html` is not part of the address"
        consequence = "the page has two addresses, which search engines and statistics take for two pages"
    else:
        return
    yield Finding(
        message=f"`{link.destination}` is not the page's own address",
        path=page.file,
        span=link.destination_span,
        label=why,
        consequence=consequence,
        help=f"write `{new}{rest}`",
        fix=rewritten(page, link, new + rest),
    )
