"""The language in a file's name is one of the site's.

`intro.de.md` beside `intro.md` is the German version of the page, if the site's configuration knows German. If it does not,
the ending is a part of the name: Hugo publishes a second page at `/intro.de/`, in the same lists and feeds as the first, and
readers find the same entry twice, in two languages. `_index.de.md` becomes an ordinary page. Hugo says nothing.

Add the language to the configuration, correct the code, or rename the file. Without a file of the same name beside it, the
ending may be meant as it stands, and nothing is reported.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.WARNING

_TABLE = """
af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km
kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tk tl
tr uk ur uz vi xh yi zh zu
"""
_CODES = frozenset(_TABLE.split())


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file's name with the code of a language whether the site has that language."""
    config = site.config
    if not site.is_whole:
        return
    languages = config.get("languages", default={})
    known = {str(config.get("defaultcontentlanguage", default="en")).lower()}
    known.update(str(name).lower() for name in languages if isinstance(languages, Mapping))
    for page in site.pages:
        if page.path.count(".") < 2:
            continue
        base, code, ending = _parts(page)
        if code not in _CODES and code.partition("-")[0] not in _CODES:
            continue
        if code in known or len(code.partition("-")[2]) not in {0, 2, 4} or site.owner(page):
            continue
        twins = [f"{base}{ending}", *(f"{base}.{name}{ending}" for name in sorted(known))]
        twin = next((site.by_path[each] for each in twins if each in site.by_path), None)
        if twin:
            name = posixpath.basename(page.path)
            is_list = posixpath.basename(base) == "_index"
            yield Finding(
                message=f"the site has no language `{code}`",
                path=page.file,
                span=page.source.first_line,
                label=f"the file is called `{name}`",
                consequence="it becomes an ordinary page, in the list that it should describe"
                if is_list
                else "it is a second page beside the first, in the same lists and feeds",
                help=f"add `[languages.{code}]` to the configuration, or rename the file",
                notes=(Note("the page that it translates", twin.file),),
            )


def _parts(page: Page) -> tuple[str, str, str]:
    """The path, in lower case, before the code, the code, and the ending."""
    rest, ending = posixpath.splitext(page.path.lower())
    base, code = posixpath.splitext(rest)
    return base, code.removeprefix("."), ending
