"""The site's configuration: what of Hugo's settings presscheck has to know, and presscheck's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from presscheck import dates, urls
from presscheck.casts import truth
from presscheck.dialect import Dialect
from presscheck.errors import UsageError
from presscheck.modules import Mount

_GOLDMARK = ("markup", "goldmark")
_TABLES = (
    ("params",), ("taxonomies",), ("languages",), ("languages", "*"), ("module",), ("markup",), ("outputformats",), _GOLDMARK,
    *((*_GOLDMARK, name) for name in ("parser", "renderer", "extensions", "renderhooks")),
    *((*_GOLDMARK, "renderhooks", name) for name in ("link", "image")),
)  # fmt: skip
"""What has to be a table, if it is there; `*` stands for any key."""
_FOLDERS = ("archetypedir", "assetdir", "contentdir", "datadir", "i18ndir", "layoutdir", "staticdir")
"""The texts that name a folder."""
_TEXTS = (
    *((name,) for name in ("baseurl", "defaultcontentlanguage", "timezone", *_FOLDERS)),
    ("languages", "*", "contentdir"), ("taxonomies", "*"),
)  # fmt: skip
"""What has to be a text, or what Hugo makes one of without a word, such as a number."""
_LISTS = (("disablekinds",), ("disablelanguages",))
"""What has to be a list, or a text, which Hugo takes for a list of one."""
_APART = frozenset({"baseurl", "disablekinds", "frontmatter", "permalinks", "taxonomies", "uglyurls"})
"""What a language may set for itself that makes its addresses differ from those of another in more than the beginning."""
_NOT_FOR_BROWSERS = frozenset(
    {"amp", "calendar", "css", "csv", "gotmpl", "json", "markdown", "robots", "rss", "sitemap", "webappmanifest"}
)
"""Hugo's own output formats that give no page at the page's address."""
_NONE_IF_EMPTY = frozenset({"taxonomies"})
"""What has no entries if it is left empty; anything else is then as if it were not there."""
_STATIC = ("staticdir", *(f"staticdir{number}" for number in range(11)))


def _read_only() -> Mapping[str, Any]:
    return {}


_SECTION_PATH = re.compile(r"/(?:\{(?P<section>[^/,{}*]+),(?P=section)/\*\*\}|\*)")
"""How Hugo writes "all pages of a section", or of the top, since it lists the patterns."""
INNER = re.compile(r"\.Inner(?:Deindent)?\b")
"""Where a shortcode's template takes the text between the two halves of a call."""
_READS_MARKDOWN = re.compile(
    r"markdownify|RenderString|(?:\{\{-?|[(|=]|\b(?:if|range|return|with))\s*(?:partials?|partialCached|templates?|block)\b",
    re.IGNORECASE,
)
"""What makes Markdown of a text in a shortcode's template, or may do so elsewhere."""
_VERBATIM = frozenset({"comment", "highlight"})
"""Those of Hugo itself that take a text as it is."""


@dataclass(frozen=True)
class Templates:
    """What templates, the site's own and those of its theme, change about the meaning of a post."""

    names: frozenset[str] = frozenset()
    """The files below the layouts folder."""
    own: frozenset[str] = frozenset()
    """Those of them that lie there, and not in a theme."""
    shortcode_sources: Mapping[str, str] = field(default_factory=dict)
    """The text of each shortcode."""
    link_hook: bool = False
    """Whether a render hook decides where links lead, so that `x.md` may mean a page."""
    image_hook: bool = False
    """Whether a render hook decides where images come from."""
    parsed: frozenset[str] = frozenset()
    """Of `link` and `image`, whose destination a render hook has Hugo take apart, so that one it cannot read stops the build."""
    shortcodes: frozenset[str] = frozenset()
    """The names of the shortcodes that have a template."""
    ids: frozenset[str] = frozenset()
    """The ids that stand in its templates, so that any page may have them."""

    @cached_property
    def verbatim(self) -> frozenset[str]:
        """The shortcodes (lower case) that take the text between `{{<` and `{{< /` as it is."""
        own = {name.lower(): text for name, text in self.shortcode_sources.items()}
        found = {name for name, text in own.items() if INNER.search(text) and not _READS_MARKDOWN.search(text)}
        return frozenset(found | (_VERBATIM - own.keys()))


@dataclass(frozen=True)
class Config:
    """Hugo's configuration, merged, with keys in lower case."""

    values: Mapping[str, Any] = field(default_factory=_read_only)
    """The whole configuration as nested mappings; keys in lower case except below `params`."""
    path: str = ""
    """The file it was read from, relative to the root; empty when there is none."""
    is_whole: bool = True
    """Whether nothing is set or lies elsewhere (a theme's pages, a cascade) that was not taken in."""
    templates: Templates = Templates()
    """What templates change about the meaning of a post."""
    mounts: tuple[Mount, ...] = ()
    """What a theme and modules lend to the site; what goes before others comes first."""
    sections: frozenset[str] = frozenset()
    """The folders, below that of all pages, that have a list of their own; only told where addresses depend on it."""

    @classmethod
    def of(cls, values: Mapping[str, Any], path: str = "", *, is_whole: bool = True) -> Config:
        """A configuration from a parsed file; keys may be in any case. Raises UsageError for one of the wrong shape."""
        found = cls(_as_hugo_reads(values), path, is_whole)
        _check_shape(found)
        own = found._in_its_language()
        if own is not found:
            _check_shape(own)
        hands_down = any("cascade" in table for table in own.languages.values())
        return replace(own, is_whole=False) if hands_down and len(own.languages) > 1 else own

    def _in_its_language(self) -> Config:
        """With the settings of the only language in place of those of the site, if it has one and no other."""
        if len(self.languages) != 1:
            return self
        (settings,) = self.languages.values()
        params = settings.get("params")
        both = {"params": {**self.params, **params}} if isinstance(params, Mapping) else {}
        return replace(self, values={**self.values, **settings, **both})

    def get(self, *keys: str, default: Any = None) -> Any:
        """The value at `keys` (lower case), or `default` when any of them is missing."""
        found: Any = self.values
        for key in keys:
            if not isinstance(found, Mapping) or key not in found:
                return default
            found = found[key]
        return found

    def texts(self, *keys: str) -> tuple[str, ...]:
        """What the list at `keys` (lower case) names; a text by itself counts as a list of one, as to Hugo, and all else as none."""
        found = self.get(*keys)
        listed = found if isinstance(found, list) else [found]
        return tuple(each for each in listed if isinstance(each, str))

    @cached_property
    def base_url(self) -> str:
        """The address of the home page, with a closing `/`; empty when it is not set."""
        url = str(self.get("baseurl", default=""))
        return url if url.endswith("/") or not url else url + "/"

    @property
    def base_path(self) -> str:
        """The path of `base_url`, with a closing `/`; `/` when the site has its host for itself."""
        return urlsplit(self.base_url).path.rstrip("/") + "/"

    @cached_property
    def time_zone(self) -> tzinfo:
        """The zone of dates without an offset; UTC when `timeZone` is not set."""
        name = self.get("timezone", default="")
        if not name:
            return UTC
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            message = f'`timeZone = "{name}"` in {self.path or "the configuration"} is not a time zone'
            raise UsageError(message, 'use a name such as "Europe/Vienna"') from None

    @cached_property
    def date_sources(self) -> dict[str, tuple[str, ...]]:
        """Where Hugo looks for each date of a page, as `dates.sources` gives them; in commits only where it reads them."""
        told = self.get("frontmatter", default={})
        found = dates.sources(told if isinstance(told, Mapping) else {})
        if self.get("enablegitinfo", default=False):
            return found
        return {name: tuple(key for key in keys if key != dates.COMMIT) for name, keys in found.items()}

    @cached_property
    def date_keys(self) -> frozenset[str]:
        """The keys (lower case) of front matter that Hugo reads as dates."""
        return frozenset(key for keys in self.date_sources.values() for key in keys if not key.startswith(":"))

    @property
    def dates_are_known(self) -> bool:
        """Whether front matter and names of files tell when pages are published, alike in all languages."""
        decisive = (dates.DATE, dates.BEGIN, dates.END)
        return all(dates.ELSEWHERE.isdisjoint(self.date_sources[name]) for name in decisive) and not any(
            "frontmatter" in settings for settings in self.languages.values() if len(self.languages) > 1
        )

    @cached_property
    def languages(self) -> dict[str, Mapping[str, Any]]:
        """The settings of each language that is built, by its code (lower case); nothing when none is named."""
        tables = self.get("languages", default={})
        return {code: table for code, table in tables.items() if code not in self.languages_off}

    @cached_property
    def languages_off(self) -> frozenset[str]:
        """The codes (lower case) of the languages that are not built."""
        tables = self.get("languages", default={}).items()
        off = [code for code, table in tables if table.get("disabled")]
        return frozenset([*off, *(code.lower() for code in self.texts("disablelanguages"))])

    @cached_property
    def content_dir(self) -> str:
        """The folder of the pages, relative to the root; where languages have folders of their own, the one around them."""
        usual = str(self.get("contentdir", default="content"))
        folders = {self._folder_of(code) for code in self.languages}
        if not folders or any(folder.startswith(("/", "..")) for folder in folders):
            return usual
        return posixpath.commonpath(folders) or usual

    @cached_property
    def static_dirs(self) -> tuple[str, ...]:
        """The folders that are published byte for byte, relative to the root; languages may have more of them."""
        own: list[Mapping[str, Any]] = [{"staticdir": "static", **self.values}]
        languages = self.languages.values() if len(self.languages) > 1 else ()
        told = [settings[key] for settings in (*own, *languages) for key in _STATIC if key in settings]
        found = (str(folder) for each in told for folder in (each if isinstance(each, list) else [each]))
        return tuple(dict.fromkeys(found))

    @property
    def asset_dir(self) -> str:
        """The folder of the files that templates may publish, relative to the root."""
        return str(self.get("assetdir", default="assets"))

    @property
    def layout_dir(self) -> str:
        """The folder of the templates, relative to the root."""
        return str(self.get("layoutdir", default="layouts"))

    @cached_property
    def taxonomies(self) -> dict[str, str]:
        """The front matter key of each taxonomy that pages are made of, with the name of one of its terms: `{"tags": "tag"}`."""
        return {} if {"taxonomy", "term"} <= self.disabled_kinds else self.named_taxonomies

    @cached_property
    def named_taxonomies(self) -> dict[str, str]:
        """The same, whether pages are made or not."""
        found = self.get("taxonomies", default={"tag": "tags", "category": "categories"})
        return {str(plural).lower(): singular for singular, plural in found.items()}

    def passes_by(self, path: str) -> bool:
        """Whether `ignoreFiles` has Hugo pass by the file at `path`, the whole of it, in the content folder."""
        return any(pattern and pattern.search(path) for pattern in self._ignored)

    @property
    def passes_by_unclearly(self) -> bool:
        """Whether some of `ignoreFiles` can be read by Hugo only."""
        return None in self._ignored

    @cached_property
    def _ignored(self) -> tuple[re.Pattern[str] | None, ...]:
        """What `ignoreFiles` describes; None for what is no expression to Python, whose dialect is nearly that of Hugo."""
        written = self.get("ignorefiles", default=[])
        return tuple(map(_expression, written if isinstance(written, list) else [written]))

    @cached_property
    def disabled_kinds(self) -> frozenset[str]:
        """The kinds of page that are not made."""
        return frozenset(kind.lower() for kind in self.texts("disablekinds"))

    def makes_page(self, kind: str, outputs: Any = None) -> bool:
        """Whether browsers get a page of what is of this kind and names these `outputs`, if any, in its front matter."""
        if kind in self.disabled_kinds:
            return False
        named = outputs or self.get("outputs", kind)
        formats = named if isinstance(named, list) else ["html" if named is None else named]
        return not {str(each).lower() for each in formats} <= _NOT_FOR_BROWSERS

    @cached_property
    def publishes_drafts(self) -> bool:
        """Whether drafts are published."""
        return truth(self.get("builddrafts")) is True

    @cached_property
    def publishes_future(self) -> bool:
        """Whether pages are published before their day."""
        return truth(self.get("buildfuture")) is True

    @cached_property
    def publishes_expired(self) -> bool:
        """Whether pages are published after their end."""
        return truth(self.get("buildexpired")) is True

    @property
    def permalinks(self) -> dict[str, str]:
        """The pattern for the pages of each section."""
        return self._permalinks[0]

    @cached_property
    def _permalinks(self) -> tuple[dict[str, str], bool]:
        """The same, and whether nothing but pages of a section has a pattern: not terms, not some pages by their path."""
        written = self.get("permalinks", default={})
        if isinstance(written, list):
            return self._listed_permalinks(written)
        found = dict(written)
        pages = found.pop("page", {})
        if not isinstance(pages, Mapping):
            pages = {"page": pages}
        flat = {section: pattern for section, pattern in found.items() if isinstance(pattern, str)}
        others = any(isinstance(found.get(kind), Mapping) and found[kind] for kind in ("section", "taxonomy", "term"))
        return {**flat, **pages}, not others and self.taxonomies.keys().isdisjoint(flat)

    def _listed_permalinks(self, rules: list[Any]) -> tuple[dict[str, str], bool]:
        """What is made of a list of patterns with what each is for: the form that Hugo itself prints, of a table too."""
        pages: dict[str, str] = {}
        is_all = True
        for rule in rules:
            pattern, target = (rule.get("pattern"), rule.get("target")) if isinstance(rule, Mapping) else (None, None)
            kind, path = (target.get("kind"), target.get("path")) if isinstance(target, Mapping) else ("", "")
            place = _SECTION_PATH.fullmatch(str(path))
            section = (place["section"] or "/").lower() if place else ""
            is_section = bool(section) and section not in self.taxonomies
            if is_section and kind == "page" and isinstance(pattern, str):
                pages.setdefault(section, pattern)
            elif not is_section or kind != "term":
                is_all = False
        return pages, is_all

    @cached_property
    def default_language(self) -> str:
        """The code (lower case) of the language of a page that names none."""
        return str(self.get("defaultcontentlanguage", default="en")).lower()

    @cached_property
    def language_codes(self) -> frozenset[str]:
        """What may end a file's name as the code of a language, in lower case."""
        return frozenset({*self.languages, *self.languages_off, self.default_language})

    @cached_property
    def homes(self) -> dict[str, str]:
        """The folders, below that of all pages, in each of which the pages of a language lie, with its code; deeper ones first.

        An empty one stands last, for the pages elsewhere, whose files may name another language.
        """
        places = {posixpath.relpath(self._folder_of(code), self.content_dir): code for code in reversed(self.languages)}
        below = {place: places[place] for place in sorted(places, key=len, reverse=True) if not place.startswith(".")}
        return {**below, "": self._at_the_top[0] if len(self._at_the_top) == 1 else self.default_language}

    @cached_property
    def _at_the_top(self) -> list[str]:
        """The languages whose pages lie in the folder of all pages."""
        return [code for code in self.languages if self._folder_of(code) == posixpath.normpath(self.content_dir)]

    def _folder_of(self, language: str) -> str:
        """The folder of the pages in `language`, relative to the root."""
        usual = self.get("contentdir", default="content")
        return posixpath.normpath(str(self.languages[language].get("contentdir", usual)))

    def home_of(self, path: str) -> str:
        """The one of `homes` in which the file or folder at `path` lies."""
        if len(self.homes) == 1:
            return ""
        return next(home for home in self.homes if not home or path == home or path.startswith(home + "/"))

    def language_of(self, path: str) -> str:
        """The code (lower case) of the language of the file at `path`: that of its folder, that in its name, or the site's first."""
        if len(self.language_codes) == 1:
            return self.default_language
        home = self.home_of(path)
        written = "" if home else self.language_in(posixpath.splitext(posixpath.basename(path))[0])
        return written or self.homes[home]

    def language_in(self, stem: str) -> str:
        """The code of a language at the end of a file's name without its ending, in lower case; empty when there is none."""
        code = stem.rpartition(".")[2].lower() if "." in stem else ""
        return code if code in self.language_codes else ""

    def prefix(self, language: str) -> str:
        """With what the addresses of the pages in `language` (a code) begin: nothing, or `/de`."""
        is_first = language == self.default_language
        is_plain = is_first and not self.get("defaultcontentlanguageinsubdir", default=False)
        return "" if is_plain else f"/{language}"

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(dict.fromkeys(map(self.prefix, self.languages or (self.default_language,))))

    @cached_property
    def addresses_are_known(self) -> bool:
        """Whether the model in `urls` can tell every address: nothing mounted, no clever patterns, and alike in all languages."""
        return (
            self.is_whole
            and (len(self.languages) <= 1 or all(map(_APART.isdisjoint, self.languages.values())))
            # Hugo takes the pages in a folder below for pages of the language around it, too.
            and not (self._at_the_top and len(self.homes) > 1)
            and not self.get("uglyurls", default=False)
            and not self.get("relativeurls", default=False)
            and not self.get("disablepathtolower", default=False)
            and not self.get("removepathaccents", default=False)
            and self._permalinks[1]
            and all(map(urls.is_expandable, self.permalinks.values()))
        )

    @property
    def templates_are_known(self) -> bool:
        """Whether every template is at hand: nothing but the layouts folder and a theme's is mounted as such."""
        mounts = self.get("module", "mounts", default=())
        return self.is_whole and not any(
            str(mount.get("target", "")).startswith("layouts") and mount.get("source") != self.layout_dir
            for mount in mounts
        )

    @cached_property
    def dialect(self) -> Dialect:
        """How Markdown is read."""
        return Dialect.of(self.get("markup", default={}))

    @cached_property
    def keeps_html(self) -> bool:
        """Whether raw HTML of a post reaches its page."""
        return bool(self.get("markup", "goldmark", "renderer", "unsafe", default=False))

    @cached_property
    def heading_ids_are_known(self) -> bool:
        """Whether headings get the ids that `markdown.heading_id` makes, and nothing else gets any like them."""
        parser = self.get("markup", "goldmark", "parser", default={})
        return (
            bool(parser.get("autoheadingid", True))
            and not parser.get("autodefinitiontermid", False)
            and str(parser.get("autoheadingidtype", parser.get("autoidtype", "github"))) == "github"
        )

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """The table `[params]` by keys in lower case, as Hugo takes them."""
        return {key.lower(): value for key, value in self.get("params", default={}).items()}

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The table `[params.presscheck]`."""
        found = {} if self.params.get("presscheck") is None else self.params["presscheck"]
        if not isinstance(found, Mapping):
            message = f"`params.presscheck` in {self.path or 'the configuration'} is not a table"
            raise UsageError(message, "write `[params.presscheck]`")
        return found


def _check_shape(config: Config) -> None:
    where = f"in {config.path or 'the configuration'}"
    for name, found in _set_at(config, _TABLES):
        if not isinstance(found, Mapping):
            raise UsageError(f"`{name}` {where} is not a table", f"write `[{name}]`")
    for name, found in _set_at(config, _LISTS):
        if not isinstance(found, (list, str)):
            raise UsageError(f"`{name}` {where} is not a list", "write it in brackets")
    for name, found in _set_at(config, _TEXTS):
        _check_text(name, found, where)
    _check_mounts(config, where)
    _check_permalinks(config, where)
    try:
        urlsplit(config.base_url)
    except ValueError as error:
        raise UsageError(f"`baseURL` {where} is no address: {error}", 'write `baseURL = "https://…/"`') from None


def _check_text(name: str, found: Any, where: str) -> None:
    texts = found if name == "staticdir" and isinstance(found, list) else [found]
    if any(isinstance(each, (Mapping, list)) for each in texts):
        raise UsageError(f"`{name}` {where} is not a text", f'write `{name} = "…"`')
    if name.rpartition(".")[2] in _FOLDERS and any("\0" in str(each) for each in texts):
        raise UsageError(f"`{name}` {where} names no folder: NUL is in it", "write the name of a folder")


def _check_mounts(config: Config, where: str) -> None:
    mounts = config.get("module", "mounts", default=[])
    if not isinstance(mounts, list) or not all(isinstance(mount, Mapping) for mount in mounts):
        raise UsageError(f"`module.mounts` {where} is not a list of tables", "write `[[module.mounts]]`")


def _check_permalinks(config: Config, where: str) -> None:
    written = config.get("permalinks", default={})
    if isinstance(written, list):
        return
    if not isinstance(written, Mapping):
        raise UsageError(f"`permalinks` {where} is neither a table nor a list", "write `[permalinks]`")
    for name, found in _set_at(config, (("permalinks", "*"), ("permalinks", "*", "*"))):
        if not isinstance(found, str) and not (isinstance(found, Mapping) and name.count(".") == 1):
            raise UsageError(f"`{name}` {where} is no pattern", f'write `{name} = "/:year/:slug/"`')


def _set_at(config: Config, patterns: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    """What is set at any of `patterns`, in which `*` stands for any key, each with its dotted name."""
    for pattern in patterns:
        yield from _at(config.values, pattern)


def _at(table: Mapping[str, Any], pattern: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    first, *rest = pattern
    for key in table if first == "*" else (first,):
        if key in table and not rest:
            yield key, table[key]
        elif isinstance(table.get(key), Mapping):
            yield from ((f"{key}.{name}", found) for name, found in _at(table[key], tuple(rest)))


def _as_hugo_reads(values: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in lower case, and without those that YAML or JSON leave empty; what is below `params` stays as it is."""
    found: dict[str, Any] = {}
    for written, value in values.items():
        key = written.lower()
        if isinstance(value, Mapping) and key != "params":
            found[key] = _as_hugo_reads(value)
        elif value is not None:
            found[key] = value
        elif key in _NONE_IF_EMPTY:
            found[key] = {}
    return found


def _expression(pattern: object) -> re.Pattern[str] | None:
    try:
        return re.compile(str(pattern))
    except re.error:
        return None
