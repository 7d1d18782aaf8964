"""A page that was online stays reachable.

Links from other sites, bookmarks and search results lead to the address that a page had. When its file, `slug`, `url`, or
date changes, or the page goes away, Hugo builds the new address and says nothing about the old one: whoever follows an old
link gets 404. presscheck knows the old addresses when it compares with an earlier revision
(`presscheck check --changed-since origin/main`); without one this rule is silent.

Add the old address to the page's `aliases`, so that Hugo puts a redirect there. For a page that is gone on purpose, add the
alias to the page that takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every address that was published whether something is still there."""
    here = {page.path: page for page in site.pages}
    titled = {page.title: page for page in site.published if page.title}
    for path, (address, title) in sorted(site.previous.items()):
        if address in site.addresses:
            continue
        page = here.get(path) or titled.get(title)
        if page and page.address is not None and page.address != address:
            yield _moved(page, address)
        elif not page:
            yield Finding(
                message=f"the page `{title or path}` is gone, and so is its address",
                path=f"{site.config.content_dir}/{path}",
                span=Span(0, 0),
                consequence=f"whoever follows an old link to {address} gets 404",
                help=f'add `aliases = ["{address}"]` to the page that takes its place',
            )


def _moved(page: Page, address: str) -> Finding:
    entry = next(filter(None, (page.front_matter.get(key) for key in ("url", "slug", "title"))), None)
    fix = None
    if page.front_matter.notation == "toml" and not page.front_matter.get("aliases") and entry and len(entry.path) == 1:
        at = page.front_matter.content.start
        fix = Fix("leave an alias behind", Applicability.SAFE, (Edit(Span(at, at), f'aliases = ["{address}"]\n'),))
    return Finding(
        message=f"this page was at {address}, and nothing is there any more",
        path=page.file,
        span=entry.value.span if entry else Span(0, 0),
        label=f"now it is at {page.address}",
        consequence="whoever follows an old link gets 404",
        help=f'add `aliases = ["{address}"]`',
        fix=fix,
    )
