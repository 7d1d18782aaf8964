"""No setting is one that only an earlier Hugo read.

Hugo drops settings from time to time. For some versions it warns of one, then it ignores it: with `paginate = 20` the lists are
cut after ten posts again, `disableRSS = true` does not keep the feeds from being made. What it warns of today,
`languageCode`, it will ignore tomorrow, and the pages lose their language.

Write what the message names in its place.

Settings that stop Hugo with a message of its own are not reported a second time, and neither are those that an earlier
Hugo called otherwise and that this one still takes in silence, such as `pygmentsStyle`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._config import Name, names, renamed, written
from presscheck.site import Site
from presscheck.text import Source

SEVERITY = Severity.WARNING

_IGNORED = {
    "blackfriday": "settings for Markdown stand in `[markup.goldmark]`",
    "disable404": 'write `disableKinds = ["404"]`',
    "disablerobotstxt": "write `enableRobotsTXT = false`, or nothing",
    "disablerss": 'write `disableKinds = ["rss"]`',
    "disablesitemap": 'write `disableKinds = ["sitemap"]`',
    "footnoteanchorprefix": "remove it",
    "footnotereturnlinkcontents": "write `backlinkHTML` in `[markup.goldmark.extensions.footnote]`",
    "iscjklanguage": "write `hasCJKLanguage`",
    "languagedirection": "write `direction` in the table of the language, `[languages.en]`",
    "languagename": "write `label` in the table of the language, `[languages.en]`",
    "logfile": "remove it",
    "metadataformat": "remove it; archetypes decide about the notation of new pages",
    "paginate": "write `pagerSize` in `[pagination]`",
    "paginatepath": "write `path` in `[pagination]`",
    "plainidanchors": "remove it",
    "preservetaxonomynames": "remove it; Hugo keeps the names of terms as they are written",
    "rssuri": "write `baseName` in `[outputFormats.RSS]`",
    "usemodtime": 'write `lastmod = [":fileModTime"]` in `[frontmatter]`',
    "verbose": "call Hugo with `--logLevel info` instead",
}
_RENAMED = {"iscjklanguage": "hasCJKLanguage"}
_DOTTED = {"paginate": "pagination.pagerSize", "paginatepath": "pagination.path"}
_IN_A_LANGUAGE = {"languagecode": "locale", "languagename": "label", "languagedirection": "direction"}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name in the configuration whether it is one of a former version's."""
    found = written(site)
    if not found:
        return
    source, document = found
    all_names = list(names(source, document))
    taken = {name.lowered for name in all_names}
    for name in all_names:
        path = name.lowered
        is_language = len(path) == 3 and path[0] == "languages"
        if path == ("languagecode",) or (is_language and path[-1] in _IN_A_LANGUAGE):
            yield _deprecated(source, name, _IN_A_LANGUAGE[path[-1]], taken)
        elif path == ("imaging", "quality"):
            yield _finding(
                source,
                name,
                "one day Hugo will ignore it; today it warns",
                "write `quality` in `[imaging.jpeg]`, `[imaging.webp]` or `[imaging.avif]`",
            )
        elif len(path) == 1 and path[0] in _IGNORED:
            yield _finding(source, name, _ignored(path[0]), _IGNORED[path[0]], _fix(source, name, taken))
        elif path == ("markup", "blackfriday"):
            yield _finding(source, name, _ignored("blackfriday"), _IGNORED["blackfriday"])


def _ignored(key: str) -> str:
    if key == "paginate":
        return "Hugo ignores it, and cuts lists after ten posts"
    if key == "disablerss":
        return "Hugo ignores it, and makes the feeds"
    if key == "disablesitemap":
        return "Hugo ignores it, and makes the sitemap"
    return "Hugo ignores it"


def _deprecated(source: Source, name: Name, meant: str, taken: set[tuple[str, ...]]) -> Finding:
    is_free = (*name.lowered[:-1], meant) not in taken
    edits = (Edit(name.span, renamed(source, name.span, meant)),)
    return _finding(
        source,
        name,
        "one day Hugo will ignore it; today it warns",
        f"write `{meant}`" if is_free else f"remove it, the file sets `{meant}` as well",
        Fix(f"write `{meant}`", Applicability.SAFE, edits) if is_free else None,
    )


def _fix(source: Source, name: Name, taken: set[tuple[str, ...]]) -> Fix | None:
    key = name.lowered[0]
    meant = _RENAMED.get(key)
    if not meant and source.path.endswith(".toml") and _can_be_dotted(source, name, taken):
        meant = _DOTTED.get(key)
    if not meant or tuple(meant.lower().split(".")) in taken:
        return None
    return Fix(f"write `{meant}`", Applicability.SAFE, (Edit(name.span, renamed(source, name.span, meant)),))


def _can_be_dotted(source: Source, name: Name, taken: set[tuple[str, ...]]) -> bool:
    """Whether `pagination.…` can stand where the key is: there is no table of that name, which it would define twice."""
    is_quoted = source.text[name.span.start] in {"'", '"'}
    return not is_quoted and (("pagination",) not in taken or "\npagination." in source.text)


def _finding(source: Source, name: Name, consequence: str, help_text: str, fix: Fix | None = None) -> Finding:
    return Finding(
        message=f"`{'.'.join(name.path)}` is a setting of an earlier Hugo",
        path=source.path,
        span=name.span,
        consequence=consequence,
        help=help_text,
        fix=fix,
    )
