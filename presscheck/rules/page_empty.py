"""A page says something.

A file with front matter and nothing below it becomes a page like any other: it is in the lists, in the feed and in the
sitemap, and readers who follow the link find a heading and nothing else. Mostly the text was never written, or was lost in a
merge.

Write the text, or set `draft = true` until it is there. Comments, which Hugo leaves out, are no text.

The rule is silent about drafts and lists (`_index.md`), and where the text may come from elsewhere: from a template of the
page's own (`layout`, `type`, or templates in a folder with the name of its section), from files in its bundle, from tables
in its front matter, or from an address that it points to.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page, Visibility
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING

_TABLES = {"menus", "menu", "build", "sitemap", "cascade", "params", "_build"}
_ELSEWHERE = ("http://", "https://", "/")


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask whether anything stands below the front matter, and if not, whether anything else fills the page."""
    if not page.is_blank:
        return
    if page.kind != "page" or page.front_matter.notation == "none" or not page.front_matter.is_read_by_hugo:
        return
    if not site.is_whole or page.source.is_cut:
        return
    if (
        page.visibility(site.clock) not in {Visibility.PUBLISHED, Visibility.FUTURE}
        or site.owner(page)
        or page.is_hidden
    ):
        return
    if _is_filled(page, site):
        return
    start = page.front_matter.span.start
    yield Finding(
        message="the page has no text",
        span=Span(start, start + 3),
        label="nothing but comments below the front matter"
        if "<!--" in page.source.text[page.front_matter.span.end :]
        else "nothing below the front matter",
        consequence=f"lists and the feed lead readers to an empty page{', ' + page.address if page.address else ''}",
        help="write the text, or set `draft = true` until it is there",
    )


def _is_filled(page: Page, site: Site) -> bool:
    """Whether a template, a resource, a table or another address may stand in for the text."""
    if page.front_matter.get("layout") or page.front_matter.get("type"):
        return True
    if page.section and any(
        name.startswith((f"{page.section}/", f"_default/{page.section}")) for name in site.templates.names
    ):
        return True
    if page.is_leaf_bundle and page.directory and site.below(page.directory) != [page.path]:
        return True
    for entry in page.front_matter.document.entries:
        table = entry.path[0].lower()
        if (len(entry.path) > 1 or isinstance(entry.data, dict)) and table not in _TABLES:
            return True
        if isinstance(entry.data, list) and any(isinstance(each, dict) for each in entry.data) and table not in _TABLES:
            return True
        if table not in {"url", "aliases"} and isinstance(entry.data, str) and entry.data.startswith(_ELSEWHERE):
            return True
    return False
