"""The site's own settings stand above the first table.

In TOML a line belongs to the table whose `[name]` stands above it. `timeZone = "Europe/Vienna"` below `[params]` is a
parameter that nothing reads; below `[taxonomies]` the line `copyright = "Ada"` makes a second kind of tag, with a page
`/ada/`, and no copyright; with `baseURL` below a table every address in feeds and sitemap names `https://example.org/`.
Hugo says nothing. It happens when a line is added at the end of the file, which is where most people add lines.

Move the line above the first `[…]` line.

A parameter may have almost any name, so below `[params]` and the like only those settings are reported that mean nothing
there and that the file does not set at the top as well. Titles, descriptions, languages and menus are left alone there.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.keyed import Entry
from presscheck.rules._config import ROOTS, TABLES, Header, headers, written
from presscheck.site import Site
from presscheck.text import Source, Span

SEVERITY = Severity.ERROR

_NOWHERE_ELSE = frozenset(
    name.lower()
    for name in (
        "baseURL",
        "buildDrafts",
        "buildExpired",
        "buildFuture",
        "canonifyURLs",
        "defaultContentLanguage",
        "defaultContentLanguageInSubdir",
        "disableHugoGeneratorInject",
        "disableKinds",
        "disablePathToLower",
        "enableGitInfo",
        "enableMissingTranslationPlaceholders",
        "enableRobotsTXT",
        "hasCJKLanguage",
        "ignoreFiles",
        "publishDir",
        "refLinksErrorLevel",
        "relativeURLs",
        "removePathAccents",
        "staticDir",
        "summaryLength",
        "themesDir",
        "timeZone",
        "titleCaseStyle",
        "uglyURLs",
    )
)
"""What no template reads from a table of its own."""
_OFTEN_NESTED = frozenset(("baseurl", "ignorefiles", "publishdir", "staticdir"))
"""Of these, what a theme may well call the settings of a service, as in `[params.comments]`."""
_FREE = frozenset(("params", "taxonomies", "permalinks", "outputs", "menus", "menu", "mediatypes", "outputformats"))
"""Tables whose keys a site invents."""
_ONLY_TEXTS = {"taxonomies": frozenset(("title", "copyright", "locale", "theme", "enableemoji", "mainsections"))}
_CONSEQUENCES = {
    "baseurl": "feeds, sitemap and redirects lead to https://example.org/",
    "title": "the site has no title",
    "timezone": "Hugo takes dates without an offset for UTC",
    "disablekinds": "Hugo makes the pages that it was not to make",
    "enablerobotstxt": "Hugo makes no robots.txt",
    "theme": "Hugo does not use the theme",
}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every key inside a table whether Hugo would have wanted it at the top."""
    found = written(site)
    if not found or not found[0].path.endswith(".toml"):
        return
    source, document = found
    captured = [entry for entry in document.entries if _is_captured(entry)]
    lines = headers(source, document) if captured else []
    for entry in captured:
        name = entry.name.lower()
        line = source.line_span(entry.key_span.start)
        above = [header for header in lines if header.line.end <= line.start]
        if not above or name in document.top or source.text[line.start : entry.key_span.start].strip():
            continue
        last = max((each.value.span.end for each in document.top.values()), default=0)
        yield _finding(source, entry, line, above, last)


def _is_captured(entry: Entry) -> bool:
    path = tuple(part.lower() for part in entry.path)
    table, name = path[:-1], path[-1]
    if not table or name not in ROOTS:
        return False
    if table in TABLES:
        return name not in TABLES[table]
    if len(table) == 1 and name in _ONLY_TEXTS.get(table[0], ()):
        return True
    return table[0] in _FREE and name in _NOWHERE_ELSE and (len(table) == 1 or name not in _OFTEN_NESTED)


def _finding(source: Source, entry: Entry, line: Span, above: list[Header], last: int) -> Finding:
    """`last` is where the last of the keys at the top ends, 0 when there is none."""
    first, nearest = above[0], above[-1]
    text = source.text
    key = ROOTS[entry.name.lower()]
    at = source.line_span(last).end if last else first.line.start
    moved = text[line.start : line.end].strip() + "\n"
    table = text[nearest.line.start : nearest.line.end].strip().partition("#")[0].strip()
    top = text[first.line.start : first.line.end].strip().partition("#")[0].strip()
    return Finding(
        message=f"`{entry.name}` belongs to the table `{table}`, not to the site",
        path=source.path,
        span=entry.key_span,
        label=f"this is `{'.'.join(entry.path)}`",
        consequence=_CONSEQUENCES.get(entry.name.lower(), f"Hugo does not see `{key}`"),
        help=f"move it above `{top}`",
        notes=(Note("the table begins here", span=nearest.span),),
        fix=Fix(f"move it above `{top}`", Applicability.SAFE, (Edit(Span(at, at), moved), Edit(line, "")))
        if entry.value.span.end <= line.end
        else None,
    )
