"""A link names the address of a page or file, not where its source lies.

On the author's disk a picture is at `static/press.png` and a post at `content/posts/tea.md`; on the site they are at `/press.png` and
`/posts/tea/`. An editor's preview follows the path on disk and shows all well. Hugo copies the path as it stands and says nothing, and
readers get "404 not found" or a broken frame.

Write the address, as the fix does; or name the file to `ref`, `{{< ref "tea.md" >}}`, which finds the address by itself. Files below
`assets/` are not published unless a template does it: move them to `static/`, or beside the post. Where a render hook of the
templates finds pages by their files, `[tea](tea.md)` is right and not asked. A file that does not exist is for `link-broken`, a picture right beside the post for `image-beside-page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from presscheck.diagnostics import Finding, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._destinations import published_address, rewritten, source_of, split
from presscheck.site import Site

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)

_KEPT = "/~@+,=:!$&'*;"


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its links and images that lead nowhere whether a source is there."""
    reported = set()
    for link, found in site.once(Links).doubtful(page):
        if found.is_found or found.page or link.destination_span in reported:
            continue
        source = source_of(site, page, link)
        if source:
            reported.add(link.destination_span)
            yield _finding(site, page, link, source)


def _finding(site: Site, page: Page, link: Target, source: str) -> Finding:
    target = site.by_file.get(source)
    address = (target.address or "") if target else quote(published_address(site, source), _KEPT)
    noun = "page" if target else "picture" if link.is_image else "file"
    rest = split(link.destination)[1]
    meant = site.once(Links).written(address, is_image=link.is_image) + rest if address else ""
    return Finding(
        message=f"`{link.destination}` is where the {noun}'s source lies",
        path=page.file,
        span=link.destination_span,
        label=f"on the site it is at `{address}`" if address else f"Hugo does not publish {source} by itself",
        consequence="readers see a broken frame" if link.is_image else "readers get 404",
        help=f"write `{meant}`" if meant else "move the file to `static/`, or beside the post",
        fix=rewritten(page, link, meant) if meant else None,
    )
