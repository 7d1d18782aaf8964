"""Every link to the site itself leads somewhere.

Hugo copies the address of a link into the page as it stands. When nothing is there, because of a typo, a post that was
renamed, a file name where Hugo makes another address, readers get "404 not found", and Hugo says nothing. At a `ref` or
`relref` to a page that is not there it stops, wherever in the text that stands.

Correct the address. A folder of posts below a section has a list to link to only when it has an `_index.md`. A link to a post
that is there but not published is `link-to-hidden-page`'s business. Links to other sites are not asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.facts import Target
from presscheck.links import Links, Resolution
from presscheck.nearest import nearest
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.ERROR

_ALIKE = 0.8
_FILE = re.compile(r"\.(?!html?$|md$|markdown$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
"""How the address of a file ends that is no page."""
_REFERENCES = frozenset({"ref", "relref"})


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its internal links whether something is at its address."""
    reported = set()
    for link, found in (*site.once(Links).doubtful(page), *_loose_references(page, site)):
        place = link.destination_span
        if link.is_image or found.is_found or found.page or place in reported:
            continue
        reported.add(place)
        if site.may_be_set(_end(found.address)):
            continue  # what the address of that page is, nobody knows before its front matter is mended
        yield _to_nothing(site, page, link, found)


def _loose_references(page: Page, site: Site) -> Iterator[tuple[Target, Resolution]]:
    """The calls of `ref` and `relref` that stand in no link, and lead nowhere."""
    calls = [call for call in page.shortcodes if call.name in _REFERENCES and not call.is_closing]
    if not calls or site.owner(page):
        return
    linked = [link.destination_span for link in page.links if link.is_made_by_shortcode]
    for call in calls:
        argument = call.parameter("path", 0)
        if not argument or call.name in site.templates.shortcodes or any(each.overlaps(call.span) for each in linked):
            continue
        found = site.once(Links).reference(page, call)
        if not found.is_found:
            target = Target(
                argument.value, *argument.span, is_image=False, is_autolink=False, is_made_by_shortcode=True
            )
            yield target, found


def _to_nothing(site: Site, page: Page, link: Target, found: Resolution) -> Finding:
    path, hash_mark, fragment = link.destination.partition("#")
    by_file = site.once(Links).lookup(page, unquote(path)) if path.endswith((".md", ".markdown")) else None
    meant = by_file.address if by_file and by_file.address else _nearest(site, found.address)
    if meant == page.address and not fragment:
        meant = ""  # who links to another page means another one
    folder = "" if by_file else site.folder_without_list(found.address)
    label, advice, fix = f"nothing is at {found.address}", "correct the address, or remove the link", None
    if folder:
        label = "a folder of posts gets a list only when it has an `_index.md`"
        advice = f"add `{site.config.content_dir}/{folder}/_index.md`, or link to a post in the folder"
    elif meant:
        written = site.once(Links).written(meant) + hash_mark + fragment
        label, advice = f"did you mean `{written}`?", f"write `{written}`"
        if not link.is_made_by_shortcode:
            fix = Fix(f"write `{written}`", Applicability.UNSAFE, (Edit(link.destination_span, written),))
    return Finding(
        message=f"`{link.destination}` leads nowhere",
        path=page.file,
        span=link.destination_span,
        label=label,
        consequence=_what_hugo_does(site) if link.is_made_by_shortcode else f"readers get 404 at {found.address}",
        help=advice,
        fix=fix,
    )


def _what_hugo_does(site: Site) -> str:
    is_warning = str(site.config.get("reflinkserrorlevel", default="")).lower() == "warning"
    return "Hugo writes a link without an address" if is_warning else "Hugo stops the build"


def _nearest(site: Site, address: str) -> str:
    """The address that `address` was probably meant to be: of a file for a file, of a page for a page; else empty."""
    same_end = site.once(_by_end).get(_end(address), ())
    if len(same_end) == 1:
        return same_end[0]
    return nearest(address, site.once(_files if _FILE.search(address) else _pages), _ALIKE)


def _files(site: Site) -> list[str]:
    """The addresses of all files that are published as they are."""
    return sorted(site.file_addresses)


def _pages(site: Site) -> list[str]:
    """The addresses of all pages, those among them that Hugo makes by itself."""
    return list({**site.by_address, **site.list_addresses})


def _by_end(site: Site) -> dict[str, list[str]]:
    """The same by their last part."""
    found: dict[str, list[str]] = defaultdict(list)
    for address in site.once(_pages):
        found[_end(address)].append(address)
    found.pop("", None)
    return found


def _end(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
