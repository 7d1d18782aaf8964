"""A text in the content folder is a page, and a folder there is published.

Hugo makes pages of files that end in `.md`. A post that is called `plan.mdx`, `plan.md.txt` or `plan.md.bak` becomes none: it is
in no list, and Hugo publishes the file as it is, front matter, drafts and all, at `/posts/plan.mdx`. The other way round, a
folder `_drafts` hides nothing here, as it does with other generators: what lies in it is published. Hugo says nothing of
either. And a pattern of `ignoreFiles` that is meant for notes may hit one post among others, whose name or folder it describes,
too: nothing is made of it, and nothing is said.

Rename the file so that it ends in `.md`, or take it out of the content folder; set `draft = true` in what shall not be
published. Files in page bundles are meant to be published as they are, and are asked only when they end in `.md` and
something else; files at the top of the content folder are not. What `ignoreFiles` describes is asked where other pages of the
same folder are published.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import PAGE_SUFFIXES
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING

_PAGE_LIKE = (".mdx", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".qmd", ".txt")
_COPY = re.compile(r"\.(?:md|markdown)(?:[._-][A-Za-z0-9]{1,8}|~)$")
_FOR_ROBOTS = frozenset({"robots.txt", "humans.txt", "ads.txt", "security.txt", "llms.txt", "cname.txt"})
_HIDING = re.compile(r"(?:^|/)_(?:drafts?|unpublished|private|wip|archive)/", re.IGNORECASE)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file that is no page whether it looks like one, and of every page whether its folder seems to hide it."""
    if not site.is_whole:
        return
    content = site.config.content_dir
    for path in sorted(filter(_looks_like_page, site.files)):
        is_copy = bool(_COPY.search(path))
        if not is_copy and ("/" not in path or _is_in_bundle(site, path)):
            continue
        name = posixpath.basename(path)
        to = f"{content}/{posixpath.splitext(path)[0]}.md"
        yield Finding(
            message=f"Hugo makes no page of `{name}`",
            path=f"{content}/{path}",
            span=Span(0, 0),
            consequence="it is in no list, and readers can fetch the file as it is written, a draft as well",
            help="take it out of the content folder" if is_copy or to in site.by_file else f"rename it to `{to}`",
        )
    yield from _passed_by(site)
    for page in site.published:
        if "_" in page.path and page.kind == "page":
            folder = _HIDING.search(page.path)
            if folder:
                yield Finding(
                    message=f"the folder `{folder[0].strip('/')}` hides nothing",
                    path=page.file,
                    span=page.source.first_line,
                    label="this page is published",
                    consequence=f"readers find it at {page.address or 'its address'} and in the lists",
                    help="set `draft = true`, or move it out of the content folder",
                )


def _looks_like_page(path: str) -> bool:
    lower = path.lower()
    return (lower.endswith(_PAGE_LIKE) or ".md" in lower or ".markdown" in lower) and _is_suspect(lower)


def _is_suspect(path: str) -> bool:
    name = posixpath.basename(path)
    return name not in _FOR_ROBOTS and (name.endswith(_PAGE_LIKE) or bool(_COPY.search(name)))


def _is_in_bundle(site: Site, path: str) -> bool:
    folder = posixpath.dirname(path)
    while folder:
        if folder in site.leaf_bundles:
            return True
        folder = posixpath.dirname(folder)
    return False


def _passed_by(site: Site) -> Iterator[Finding]:
    """Tell of pages that `ignoreFiles` describes, while others in their folder are published."""
    folders = {_around(page.path) for page in site.published} if site.passed_by else set()
    for path in sorted(site.passed_by):
        if path.lower().endswith(PAGE_SUFFIXES) and _around(path) in folders:
            yield Finding(
                message="`ignoreFiles` describes this page, and not its neighbours",
                path=f"{site.config.content_dir}/{path}",
                span=Span(0, 0),
                consequence="Hugo makes nothing of it and says nothing; links to it lead nowhere",
                help="make the pattern narrower, or take the file out of the content folder",
            )


def _around(path: str) -> str:
    """The folder that the page at `path` is one of many in."""
    folder, name = posixpath.split(path)
    return posixpath.dirname(folder) if name.startswith("index.") else folder
