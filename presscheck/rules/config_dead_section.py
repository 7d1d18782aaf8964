"""The sections and pages that the configuration names are there.

A menu entry with `pageRef = "/abuot"` is published as a link without an address: a reader who follows it stays where he is. A
pattern below `[permalinks]` for a section `post`, when the folder is called `posts`, changes no address, and with
`mainSections = ["blog"]` the home page of most themes lists nothing. Hugo takes all three without a word, usually
since the day on which somebody renamed a folder.

Write the name of the folder, or of the page, as it is below `content/`.

A menu entry for a page that is not published now, such as a draft, is reported as well. It is silent where pages come from
elsewhere: from the pages of a theme, a mount, several languages, or a content adapter.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.keyed import Document, Value
from presscheck.page import Page, Visibility
from presscheck.rules._config import Name, names, written
from presscheck.site import Site
from presscheck.text import Source

SEVERITY = Severity.WARNING

_KINDS = frozenset(("page", "section", "taxonomy", "term"))
_PATTERN = frozenset("*?{}[]/")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every section and page that the configuration names whether it exists."""
    found = written(site)
    if not found or not site.pages or not _all_pages_are_known(site):
        return
    source, document = found
    sections = {page.section.lower() for page in site.pages if page.section}
    yield from _permalinks(source, document, sections, site.config.taxonomies.keys())
    yield from _main_sections(site, source, document, sections)
    yield from _menus(site, source, document)


def _all_pages_are_known(site: Site) -> bool:
    config = site.config
    mounts = config.get("module", "mounts", default=())
    is_mounted = any(
        str(mount.get("target", "")).startswith("content") and mount.get("source") != config.content_dir
        for mount in mounts
        if isinstance(mount, dict)
    )
    makes_pages = any(path.endswith("_content.gotmpl") for path in site.files)
    return config.is_whole and not is_mounted and not makes_pages and len(config.languages) <= 1


def _permalinks(
    source: Source, document: Document, sections: set[str], taxonomies: Collection[str]
) -> Iterator[Finding]:
    told = set()
    for name in names(source, document):
        path = name.lowered
        is_below_kind = len(path) == 3 and path[1] in {"page", "section"}
        if path[0] != "permalinks" or not (is_below_kind or (len(path) == 2 and path[1] not in _KINDS)):
            continue
        section = path[-1]
        if section in sections or section in told or not _PATTERN.isdisjoint(section):
            continue
        if _is_list(document, name) or (section in taxonomies and not is_below_kind):
            continue
        told.add(section)
        yield Finding(
            message=f"there is no section `{name.path[-1]}` below the content folder",
            path=source.path,
            span=name.span,
            label=_label(section, sections),
            consequence="the pattern changes the address of no page",
            help="write the name of the folder, or remove the line",
        )


def _is_list(document: Document, name: Name) -> bool:
    """Whether `[[permalinks]]` is a list of rules, whose keys are not sections."""
    return isinstance((document.values or {}).get(name.path[0]), list)


def _main_sections(site: Site, source: Source, document: Document, sections: set[str]) -> Iterator[Finding]:
    entry = document.get("mainsections") or document.at("params", "mainsections")
    if not entry:
        return
    types = {str(page.get("type")).lower() for page in site.pages if page.get("type")}
    for value in entry.value.elements or (entry.value,):
        if isinstance(value.data, str) and value.data and value.data.lower() not in sections | types:
            yield Finding(
                message=f"there is no section `{value.data}` below the content folder",
                path=source.path,
                span=value.span,
                label=_label(value.data.lower(), sections),
                consequence="the lists of the newest posts that templates make lack what was meant",
                help="write the name of the folder, or remove it",
            )


def _menus(site: Site, source: Source, document: Document) -> Iterator[Finding]:
    pages = {_logical(page): page for page in site.pages}
    for value in _page_references(document):
        wanted = value.data.strip("/").lower()
        wanted = wanted.removesuffix(".md").removesuffix("/_index").removesuffix("/index")
        page = pages.get(wanted)
        if not wanted or wanted == "_index" or (not page and f"/{wanted}/" in site.list_addresses):
            continue
        visibility = page.visibility(site.clock) if page else None
        if visibility in {Visibility.PUBLISHED, Visibility.NOT_RENDERED}:
            continue
        why = f"leads to a page that is {visibility.value}" if visibility else "leads to no page"
        yield Finding(
            message=f"the menu entry `{value.data}` {why}",
            path=source.path,
            span=value.span,
            label="" if page else _label(wanted, {*pages, *(each.strip("/") for each in site.list_addresses)}),
            consequence="it is published as a link without an address: who follows it stays on the page",
            help="remove the entry until the page is published"
            if page
            else "write the path of the page below `content/`",
            notes=(Note("this is the page", page.file),) if page else (),
        )


def _page_references(document: Document) -> Iterator[Value]:
    for entry in document.entries:
        path = [part.lower() for part in entry.path]
        if path[0] not in {"menus", "menu"} or len(path) > 3:
            continue
        if len(path) == 3 and path[2] == "pageref" and isinstance(entry.data, str):
            yield entry.value
        elif len(path) == 2:
            for element in entry.value.elements:
                data = element.data if isinstance(element.data, dict) else {}
                found = next((each for key, each in data.items() if key.lower() == "pageref"), None)
                if isinstance(found, str):
                    yield element._replace(data=found)


def _logical(page: Page) -> str:
    """The path by which Hugo knows a page: without ending, the folder's for an index."""
    if page.stem in {"index", "_index"}:
        return page.directory.lower()
    return f"{page.directory}/{page.stem}".strip("/").lower()


def _label(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known - {""}), 1, 0.75)
    return f"did you mean `{close[0]}`?" if close else ""
