"""A tag's name is not that of a file which Hugo makes.

The list of all tags is the file `/tags/index.html`, its feed `/tags/index.xml`. A tag `index.html` needs a folder of the same
name for its own page, and where there is a file there can be no folder: Hugo stops the build, and its message names
neither the tag nor the post.

Write the name without the ending. Other words that look reserved, `index`, `page`, `feed` and `rss`, are fine: their pages
are at `/tags/index/`, `/tags/page/` and so on, where nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site

SEVERITY = Severity.ERROR

_FILE = re.compile(r"index\.[a-z0-9]+")
_ENDINGS = {"html": "html", "rss": "xml", "json": "json", "calendar": "ics", "csv": "csv", "sitemap": "xml"}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name of a term that looks like an `index` with an ending whether the list is made as such a file."""
    for terms in site.spellings.values():
        path = terms[0].path
        if not path.startswith("index.") or not _FILE.fullmatch(path) or path not in _files(site.config):
            continue
        for term in terms:
            yield Finding(
                message=f"the {term.noun} `{term.name}` has the name of a file that Hugo makes",
                path=term.page.file,
                span=term.value.span,
                label=f"/{term.taxonomy}/{path} is the list of all {term.taxonomy}"
                if path == "index.html"
                else f"/{term.taxonomy}/{path} is made of the list of all {term.taxonomy}",
                consequence="Hugo stops the build, and does not name the post",
                help="choose a name without an ending",
            )


def _files(config: Config) -> set[str]:
    """The files that the list of a taxonomy is written to."""
    if "taxonomy" in config.disabled_kinds:
        return set()
    formats = config.get("outputs", "taxonomy", default=["html", "rss"])
    names = [str(each).lower() for each in formats] if isinstance(formats, list) else []
    if "rss" in config.disabled_kinds and "rss" in names:
        names.remove("rss")
    return {f"index.{_ENDINGS.get(name, name)}" for name in names}
