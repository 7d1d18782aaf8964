"""A page stays where its address may be.

`..` in a `slug`, a `url` or an alias means the folder above: `slug = "../../about"` leaves the section and puts the page at
`/about/`, out of reach of whatever is set for the section. A `url` can also name a file that is none of the author's:
`/index.html` is the home page, `/sitemap.xml` the list for search engines, `/.htaccess` what some hosts take for their
settings, and `/app.js` a program. Hugo writes the post there and says nothing; an alias `/index.html` replaces the home page
by a redirect in one build and not in the next. On the home page itself, Hugo stops at an alias that does not begin with `/`.

Write an address of the post's own that ends in `/` or `.html`. A page that sets `layout`, `type` or `outputs` of its own may
well be meant as a feed or a file for robots, and is not asked about its ending.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck import urls
from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Value
from presscheck.page import Page
from presscheck.rules._addresses import folder_of, written_addresses
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True

_MADE_BY_HUGO = {
    "/sitemap.xml": "the list of all pages for search engines",
    "/robots.txt": "what tells robots where they may go",
    "/404.html": "what readers get for a wrong address",
    "/index.xml": "the feed of the site",
}
_TABLE = """
.js .mjs .css .json .xml .txt .svg .png .jpg .jpeg .gif .webp .avif .ico .pdf .zip .woff .woff2 .php .wasm
"""
_OTHER_KINDS = frozenset(_TABLE.split())
_MEANT_AS_FILE = {"layout", "type", "outputs"}


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask where the page's `slug`, `url` and aliases lead; what takes another page's place is `url-duplicate`'s."""
    if not site.is_whole or page.address is None:
        return
    entry = page.front_matter.get("aliases") if "aliases" in page.keys.values else None
    for value in entry.value.elements if entry else ():
        if value.data == "" and posixpath.dirname(page.address.rstrip("/")) in {"", "/"}:
            yield _finding(page, value, "alias", "this is the home page, or above it", "Hugo stops the build")
    for key, _, value in written_addresses(page):
        found = _reason(page, site, key, value.data)
        if found:
            label, consequence = found
            what = {"slug": "slug", "url": "`url`", "aliases": "alias"}[key]
            yield _finding(page, value, what, label, consequence)


def _finding(page: Page, value: Value, what: str, label: str, consequence: str) -> Finding:
    return Finding(
        message=f"the {what} `{value.data}` leads where no post may be",
        path=page.file,
        span=value.span,
        label=label,
        consequence=consequence,
        help="write an address of its own, without `..`, that ends in `/` or `.html`"
        if what != "slug"
        else "write a name without `..`",
    )


def _reason(page: Page, site: Site, key: str, text: str) -> tuple[str, str] | None:
    """What to say beside the text, and what comes of it."""
    address = page.address or "/"
    is_alias = key == "aliases"
    if is_alias and page.address == "/":
        if not text.startswith("/"):
            return "on the home page, an alias begins with `/`", "Hugo stops the build: there is no folder around it"
        if urls.clean(text) == "/":
            return "this is the home page itself", "Hugo stops the build"
    parts = text.split("/")
    if ".." in parts and (_climbs_out(parts) if is_alias else True):
        if not is_alias and (len(site.by_address.get(address, ())) > 1 or address in site.list_addresses):
            return None
        return "`..` means the folder above", (
            f"the redirect is at {urls.clean(text)}" if is_alias else f"the page lands at {address}"
        )
    if key == "slug":
        return None
    path = posixpath.normpath("/" + text.lstrip("/")) if text.startswith("/") or not is_alias else ""
    return _of_file(page, site, path, is_alias=is_alias) if path and not text.endswith("/") else _of_hidden(path)


def _of_file(page: Page, site: Site, path: str, *, is_alias: bool) -> tuple[str, str] | None:
    """The same for an address that may be that of a file."""
    if posixpath.basename(path) == "index.html":
        folder = folder_of(path)
        others = [each for each in site.by_address.get(folder, ()) if each is not page]
        what = f"the page `{others[0].name}`" if others else site.list_addresses.get(folder, "")
        if what and folder != page.address:
            by = "a redirect" if is_alias else "this page"
            return f"the file of {what}", f"{what} may be replaced by {by}, at random from build to build"
    ending = posixpath.splitext(path)[1].lower()
    if is_alias or not _MEANT_AS_FILE.isdisjoint(page.front_matter.document.top):
        return _of_hidden(path)
    if path in _MADE_BY_HUGO:
        return _MADE_BY_HUGO[path], f"{path} is this post, or what belongs there, at random from build to build"
    if ending in _OTHER_KINDS:
        return f"a file that ends in `{ending}` is no page", f"the host serves the post as what `{ending}` stands for"
    return _of_hidden(path)


def _of_hidden(path: str) -> tuple[str, str] | None:
    """The same for a file or a folder that hosts hide, or take for settings."""
    hidden = next((part for part in path.split("/") if part.startswith(".") and part.strip(".")), "")
    if not hidden or hidden == ".well-known":
        return None
    return f"`{hidden}` is hidden", "most hosts do not serve it, and some take it for their settings"


def _climbs_out(parts: list[str]) -> bool:
    """Whether a path that begins at the root goes above it; one that begins elsewhere may go up."""
    depth = 0
    if parts[0]:
        return False
    for part in parts[1:]:
        depth += -1 if part == ".." else part not in {"", "."}
        if depth < 0:
            return True
    return False
