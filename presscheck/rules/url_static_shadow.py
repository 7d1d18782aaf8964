"""A static file and a page are not one file.

What lies in the `static` folder is published as it is. A file `static/about/index.html` beside a post with the address
`/about/` is one file of the site for two, and so are `static/index.html`, `static/tags/index.xml` or the file of a redirect:
readers get the one or the other, and which can change with every build. Hugo says nothing.

Remove the static file, or give the page another address. Files of page bundles and of templates are not asked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._addresses import folder_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_ENDINGS = (".html", ".xml")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every static file that could be a page's whether one is written there."""
    suspects = sorted(path for path in site.static if path.endswith(_ENDINGS) and _file(site, path) in site.sizes)
    if not suspects or not site.config.addresses_are_known:
        return
    for path in suspects:
        address = "/" + path
        page, what = _owner(site, address)
        if not what:
            continue
        yield Finding(
            message=f"the static file {address} is also the file of {what}",
            path=_file(site, path),
            span=Span(0, 0),
            consequence=f"readers of {folder_of(address)} get one or the other, at random from build to build",
            help="remove the static file, or give the page another address" if page else "remove the static file",
            notes=(Note("it is made from this file", page.file),) if page else (),
        )


def _owner(site: Site, address: str) -> tuple[Page | None, str]:
    """The page that Hugo writes to the file at `address`, and what to call it; empty when it is free."""
    folder = folder_of(address)
    pages = site.by_address.get(folder)
    if pages and (pages[0].kind == "page" or folder not in site.list_addresses):
        return pages[0], f"the page `{pages[0].name}`"
    if folder in site.list_addresses:
        return None, site.list_addresses[folder]
    for alias in (folder, address):
        if alias in site.alias_addresses:
            page = site.alias_addresses[alias]
            return page, f"the redirect to `{page.name}`"
    if posixpath.basename(address) == "index.xml" and "rss" not in site.config.disabled_kinds:
        above = address.removesuffix("index.xml")
        if above in site.list_addresses and not site.config.get("outputs"):
            return None, f"the feed of {site.list_addresses[above]}"
    if address == "/sitemap.xml" and "sitemap" not in site.config.disabled_kinds:
        return None, "the list of all pages for search engines"
    return None, ""


def _file(site: Site, path: str) -> str:
    """The static file relative to the root."""
    candidates = [f"{folder}/{path}" for folder in site.config.static_dirs]
    return next((each for each in candidates if each in site.sizes), candidates[0])
