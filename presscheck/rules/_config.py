"""What the rules about the configuration share: the names as written, and the ones that Hugo 0.168 knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from presscheck.config import Config
from presscheck.keyed import Document
from presscheck.site import Site
from presscheck.text import Source, Span

_HEADER = re.compile(r"^[ \t]*(\[\[?)([^\[\]\r\n]+)\]?\][ \t]*(?:#.*)?\r?$", re.MULTILINE)
_PART = re.compile(r'"([^"\r\n]*)"|\'([^\'\r\n]*)\'|([A-Za-z0-9_-]+)')

ROOTS = {
    name.lower(): name
    for name in """
    archetypeDir assetDir author baseURL build buildDrafts buildExpired buildFuture cacheDir caches canonifyURLs
    capitalizeListTitles cascade cleanDestinationDir contentDir contentTypes copyright dataDir defaultContentLanguage
    defaultContentLanguageInSubdir defaultContentRole defaultContentRoleInSubdir defaultContentVersion
    defaultContentVersionInSubdir defaultOutputFormat deployment disableAliases disableDefaultLanguageRedirect
    disableDefaultSiteRedirect disableHugoGeneratorInject disableKinds disableLanguages disableLiveReload
    disablePathToLower disqusShortname enableEmoji enableGitInfo enableInlineShortcodes
    enableMissingTranslationPlaceholders enableRobotsTXT environment frontmatter googleAnalytics hasCJKLanguage
    httpCache i18nDir ignoreCache ignoreErrors ignoreFiles ignoreLogs ignoreVendorPaths imaging languages layoutDir
    locale mainSections markup mediaTypes menu menus minify module newContentEditor noBuildLock noChmod noTimes
    outputFormats outputs page pagination panicOnWarning params permalinks pluralizeListTitles printI18nWarnings
    printPathWarnings printUnusedTemplates privacy publishDir pygmentsCodeFences
    pygmentsCodeFencesGuessSyntax pygmentsOptions pygmentsStyle pygmentsUseClasses refLinksErrorLevel
    refLinksNotFoundURL related relativeURLs removePathAccents renderSegments resourceDir roles rssLimit
    sectionPagesMenu security segments server services sitemap social staticDir staticDir0 staticDir1 staticDir2
    staticDir3 staticDir4 staticDir5 staticDir6 staticDir7 staticDir8 staticDir9 staticDir10 summaryLength taxonomies
    templateMetrics templateMetricsHints theme themesDir timeout timeZone title titleCaseStyle uglyURLs versions
    workingDir languageCode
    """.split()  # noqa: SIM905 - a table of words is easier to read and to compare
}
"""The keys that Hugo reads at the top, by their lower case."""

ROOT_TABLES = frozenset(
    """
    author build caches cascade contenttypes deployment frontmatter httpcache imaging languages markup mediatypes menu
    menus minify module outputformats outputs page pagination params permalinks privacy related roles security segments
    server services sitemap social taxonomies versions
    """.split()  # noqa: SIM905 - as above
)
"""Those of them that hold other keys, in lower case."""

REMOVED_ROOTS = frozenset(
    """
    blackfriday disable404 disablerobotstxt disablerss disablesitemap footnoteanchorprefix footnotereturnlinkcontents
    iscjklanguage languagedirection languagename metadataformat paginate paginatepath plainidanchors
    preservetaxonomynames rssuri usemodtime verbose logfile
    """.split()  # noqa: SIM905 - as above
)
"""The keys that Hugo read at the top once, in lower case."""

_LANGUAGE = "direction disabled label locale languageCode languageDirection languageName weight"

TABLES = {
    tuple(path.lower().split(".")): {name.lower(): name for name in names.split()}
    for path, names in {
        "build": "buildStats cacheBusters cleanDestinationDir noJSConfigInAssets useResourceCacheWhen writeStats",
        "frontmatter": "date expiryDate lastmod publishDate",
        "imaging": "anchor avif bgColor compression exif hint jpeg meta quality resampleFilter webp",
        "markup": "asciidocExt defaultMarkdownHandler goldmark highlight rst tableOfContents",
        "markup.goldmark": "duplicateResourceFiles extensions parser renderHooks renderer",
        "markup.goldmark.extensions": "cjk definitionList extras footnote linkify linkifyProtocol passthrough "
        "strikethrough table taskList typographer",
        "markup.goldmark.parser": "attribute autoDefinitionTermID autoHeadingID autoHeadingIDType autoIDType "
        "wrapStandAloneImageWithinParagraph",
        "markup.goldmark.parser.attribute": "block title",
        "markup.goldmark.renderHooks": "image link",
        "markup.goldmark.renderHooks.image": "useEmbedded",
        "markup.goldmark.renderHooks.link": "useEmbedded",
        "markup.goldmark.renderer": "hardWraps unsafe xhtml",
        "markup.highlight": "anchorLineNos codeFences guessSyntax hl_Lines hl_inline lineAnchors lineNoStart lineNos "
        "lineNumbersInTable noClasses noHl style tabWidth wrapperClass",
        "markup.tableOfContents": "endLevel ordered startLevel",
        "minify": "disableCSS disableHTML disableJS disableJSON disableSVG disableXML minifyOutput tdewolff",
        "module": "auth hugoVersion imports mounts noProxy noVendor params private proxy replacements vendorClosest "
        "workspace",
        "page": "nextPrevInSectionSortOrder nextPrevSortOrder",
        "pagination": "disableAliases pagerSize path",
        "privacy": "disqus googleAnalytics instagram twitter vimeo x youtube",
        "related": "includeNewer indices threshold toLower",
        "security": "allowContent enableInlineShortcodes exec funcs goTemplates http node",
        "security.exec": "allow osEnv",
        "security.funcs": "getenv",
        "security.http": "mediaTypes methods urls",
        "services": "disqus googleAnalytics instagram rss twitter x",
        "sitemap": "changeFreq disable filename priority",
    }.items()
}
"""The keys that Hugo reads in the tables that hold nothing else, by their lower case."""

LANGUAGE = {**ROOTS, **{name.lower(): name for name in _LANGUAGE.split()}}
"""The keys that Hugo reads for one language."""


class Name(NamedTuple):
    """One key or table name, or one part of a dotted one."""

    path: tuple[str, ...]
    """The names from the root, this one last; spelt as the author did."""
    span: Span
    """Where it is written, quotes included."""

    @property
    def lowered(self) -> tuple[str, ...]:
        """The path as Hugo compares it."""
        return tuple(part.lower() for part in self.path)


class Header(NamedTuple):
    """A `[table]` line of TOML."""

    line: Span
    """The line, without its end."""
    table: tuple[str, ...]
    """The names from the root."""
    span: Span
    """What is between the brackets."""


def written(site: Site) -> tuple[Source, Document] | None:
    """The configuration file and its keys; None when it is not known or cannot be read."""
    source, document = site.config_source, site.config_document
    return (source, document) if source and document and document.values is not None else None


def headers(source: Source, document: Document) -> list[Header]:
    """The `[table]` lines; what looks like one inside a value is left out."""
    if not source.path.endswith(".toml"):
        return []
    values = [entry.value.span for entry in document.entries]
    found = []
    for match in _HEADER.finditer(source.text):
        span = Span(*match.span(2))
        if any(start <= span.start < end for start, end in values):
            continue
        table = tuple(name for name, _ in _parts(source.text, span))
        found.append(Header(Span(match.start(), match.end()), table, span))
    return found


def names(source: Source, document: Document) -> Iterator[Name]:
    """Every name that the file writes, each part of a dotted one by itself; a table's before those inside it."""
    for header in headers(source, document):
        yield from _named((), _parts(source.text, header.span))
    for entry in document.entries:
        if source.path.endswith(".toml"):
            parts = _parts(source.text, entry.key_span)
            yield from _named(entry.path[: len(entry.path) - len(parts)], parts)
        else:
            yield Name(entry.path, entry.key_span)


def _named(above: tuple[str, ...], parts: list[tuple[str, Span]]) -> Iterator[Name]:
    for number, (_, span) in enumerate(parts):
        yield Name((*above, *(name for name, _ in parts[: number + 1])), span)


def _parts(text: str, span: Span) -> list[tuple[str, Span]]:
    """The parts of a dotted name, with their places."""
    return [
        (next(group for group in match.groups() if group is not None), Span(*match.span()))
        for match in _PART.finditer(text, span.start, span.end)
    ]


def renamed(source: Source, span: Span, name: str) -> str:
    """`name` in the quotes, if any, of the name at `span`."""
    first = source.text[span.start : span.start + 1]
    quote = first if first in {"'", '"'} else ""
    return f"{quote}{name}{quote}"


def permits(config: Config, path: tuple[str, ...], default: Iterable[str], text: str) -> bool:
    """Whether the list of patterns at `path` (lower case) of the configuration lets `text` through, as Hugo asks it.

    A pattern behind `! ` forbids; where there are only such, all that is not forbidden is let through. An empty list is none.
    """
    found = config.get(*path, default=list(default))
    patterns = [str(each) for each in (found if isinstance(found, list) else [found])]
    if not patterns or any(each.lower() == "none" for each in patterns):
        return False
    if any(matches(each[2:], text) for each in patterns if each.startswith("! ")):
        return False
    wanted = [each for each in patterns if not each.startswith("! ")]
    return not wanted or any(matches(each, text) for each in wanted)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern of the configuration matches `text`; one that is no pattern matches nothing."""
    try:
        return bool(re.search(pattern, text))
    except re.error:
        return False
