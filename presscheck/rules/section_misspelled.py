"""A section has one folder.

The first folder below `content` is a section, with a list, a feed and settings of its own. A post that is saved in `post/`
while all others are in `posts/` is in a section of its own: it is missing from the list and the feed that readers know. Hugo
says nothing, and makes a second list.

Move the post. A folder that has an `_index.md` is meant as a section, and is not asked; neither are two folders that hold
about as many pages.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.WARNING

_MANY_TIMES = 3
_CLOSE = 0.8
_SHORTEST = 4
_MOST_ADDED = 2
_DIGITS = re.compile(r"\d+")
_MOST_MISPLACED = 9


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every small section without an `_index.md` whether a large one has nearly the same name."""
    if not site.is_whole:
        return
    sections: dict[str, list[Page]] = defaultdict(list)
    meant = set()
    for page in site.pages:
        if page.kind == "page" and page.section:
            sections[page.section].append(page)
        elif page.kind == "section" and page.place == page.section:
            meant.add(page.section)
    large = [name for name in sections if len(sections[name]) >= _MANY_TIMES]
    for name, pages in sections.items():
        if name in meant or name in site.leaf_bundles or len(pages) > _MOST_MISPLACED:
            continue
        near = (each for each in large if len(sections[each]) >= _MANY_TIMES * len(pages) and _is_nearly(name, each))
        right = next(near, "")
        for page in pages if right else ():
            if site.owner(page):
                continue
            inside = page.path.removeprefix(page.home + "/").partition("/")[2]
            to = posixpath.join(page.config.content_dir, page.home, right, inside)
            yield Finding(
                message=f"the folder `{name}` is nearly `{right}`",
                path=page.file,
                span=page.source.first_line,
                label=f"`{right}` holds {len(sections[right])} pages, `{name}` {len(pages)}",
                consequence=f"the post is missing from the list and the feed of `{right}`",
                help=f"move it to `{to}`",
                notes=(Note(f"`{right}` is the folder of this page", sections[right][0].file),),
            )


def _is_nearly(name: str, other: str) -> bool:
    """Whether one is a slip for the other; names that differ in a number are not."""
    one, two = name.lower(), other.lower()
    if one == two or min(len(one), len(two)) < _SHORTEST or _DIGITS.findall(one) != _DIGITS.findall(two):
        return False
    if one[0] != two[0] or abs(len(one) - len(two)) > _MOST_ADDED:
        return False
    return difflib.SequenceMatcher(None, one, two).ratio() > _CLOSE
