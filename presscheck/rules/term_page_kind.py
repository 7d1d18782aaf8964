"""A tag's own page is the file `_index.md` in a folder with the tag's name.

`content/tags/go/_index.md` puts a title and a text above the list of the posts. `content/tags/go.md` and
`content/tags/go/index.md` are ordinary pages, and take the place of the list: readers who follow the tag get the text and
none of the posts. The same goes for `content/tags.md` and `content/tags/index.md`, which replace the list of all tags. Hugo
says nothing.

Rename the file. A page below the folder that has no tag's name is an ordinary page, and is not asked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Move, Severity
from presscheck.page import Page
from presscheck.rules._addresses import place_of
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True
SUPERSEDES = ("url-duplicate",)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every page below the folder of a taxonomy whether it stands where a list would."""
    taxonomies = site.config.taxonomies
    prefixes = tuple(taxonomy + end for taxonomy in taxonomies for end in "/.")
    suspects = [page for page in site.published if page.path.startswith(prefixes) and page.kind == "page"]
    if not suspects or not site.is_whole:
        return
    lists = {
        f"{terms[0].taxonomy}/{terms[0].name.lower().replace(' ', '-')}": terms for terms in site.spellings.values()
    }
    for page in suspects:
        folder = _folder(page).lower().replace(" ", "-")
        terms = lists.get(folder, [])
        if not terms and folder not in taxonomies:
            continue
        to = posixpath.join(page.config.content_dir, _folder(page), "_index" + posixpath.splitext(page.path)[1])
        is_free = to not in site.by_file
        what = f"the {terms[0].noun} `{terms[0].name}`" if terms else f"all {folder}"
        yield Finding(
            message=f"this file takes the place of the list of {'posts with ' if terms else ''}{what}",
            path=page.file,
            span=place_of(page),
            label="an ordinary page",
            consequence=f"readers of {page.address or '/' + folder + '/'} get this text, and no list",
            help=f"rename it to `{to}`" if is_free else f"move its text to `{to}`, which is there already",
            fix=Fix(f"rename it to `{to}`", Applicability.SAFE, moves=(Move(page.file, to),)) if is_free else None,
        )


def _folder(page: Page) -> str:
    """The folder, below the content folder, whose list the page replaces if there is one."""
    return page.directory if page.is_leaf_bundle else posixpath.splitext(page.path)[0]
