"""The site as its authors wrote it: pages and files, with the addresses that Hugo will give them."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import unquote

from presscheck import urls
from presscheck.cascades import Cascade, cascades_in, folders_above, inherited
from presscheck.casts import as_text, truth
from presscheck.config import Config, Templates
from presscheck.dates import BEGIN, COMMIT, DATE, ELSEWHERE, END, FILE_NAME, NEVER, as_instant, named_after
from presscheck.facts import (
    Keys,
    Packed,
    Target,
    front_matter_of,
    html_ids_of,
    is_blank,
    keys_of,
    markdown_ids_of,
    pack,
    packed_keys_of,
    shortcodes_of,
    suppressions_of,
    targets_of,
)
from presscheck.front_matter import FrontMatter, read_front_matter
from presscheck.keyed import Document, Entry, Value
from presscheck.ledger import Ledger, place_of, read_ledger
from presscheck.markdown import CodeBlock, Link, Markdown, read_markdown
from presscheck.references import By, path_of, tried
from presscheck.shortcodes import Shortcode, find_shortcodes, verbatim
from presscheck.suppressions import Suppression, find_in_configuration
from presscheck.text import Source, Span
from presscheck.toml_reader import read_toml

PAGE_SUFFIXES = (".md", ".markdown", ".mdown")
"""The endings of files that become pages; Hugo takes them in capital letters too."""

_NOT_A_LINE_BREAK = re.compile(r"[^\r\n]")
_LINE_SIGN = re.compile(r"\n(?=[#\d+-])(?:#{1,6}[^#\s]|\d{1,9}[.)] |---|\+\+\+)")
_DECIDING = frozenset({"aliases", "build", "draft", "headless", "outputs", "slug", "url"})
"""What of front matter decides where a page is and whether it is published, dates excepted."""
_NEVER = (0, "0", "never")
"""What `build` says of that which is not to be; `false` is 0 to Python."""
_LISTS = {"section": "the section `{}`", "taxonomy": "the list `{}`", "term": "the page of the term `{}`"}
_BRIEF = ("directory", "stem", "kind", "section", "title", "is_draft", "is_rendered", "hands_down", "address")
_DAYS = ("date", "publish_date", "expiry_date")
_ELSEWHERE = ("https://", "http://", "mailto:")
_MADE_ELSEWHERE = ("fn:", "fnref:")
_GENERATED = ("index.xml", "sitemap.xml", "robots.txt", "404.html", "index.html")

_Found = TypeVar("_Found")


class Visibility(Enum):
    """Whether Hugo publishes a page, and if not, why."""

    PUBLISHED = "published"
    DRAFT = "a draft"
    FUTURE = "dated in the future"
    EXPIRED = "expired"
    NOT_RENDERED = "set not to be rendered"


class _Asked:
    """Something that many rules ask the same of."""

    def once(self, find: Callable[[Self], _Found]) -> _Found:
        """What `find` finds in it, found once for all rules that ask; `find` is a function of a module, never one made on the spot."""
        known = self._found
        if find not in known:
            known[find] = find(self)
        found: _Found = known[find]
        return found

    @cached_property
    def _found(self) -> dict[Callable[[Self], Any], Any]:
        """What was found, by what found it."""
        return {}


@dataclass(frozen=True)
class Page(_Asked):
    """One page's file: what it sets, what it says, where it will be."""

    path: str
    """Relative to the content folder, with `/` between the parts."""
    file: str
    """Relative to the site's root: what its source is called."""
    config: Config
    """The configuration it is read under."""
    facts: Packed = field(repr=False)
    """What other pages depend on."""
    load: Callable[[], Source] = field(repr=False, compare=False)
    """Reads the file; its text must be the one that the facts were taken from."""
    inherited: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What `cascade` sets for it, by key in lower case; where it sets the key itself, that goes before."""

    @classmethod
    def of(cls, path: str, source: Source, config: Config) -> Page:
        """Read the page at `path` from its source."""
        front_matter, shortcodes, markdown = _read(source, config)
        page = cls(path, source.path, config, pack(source.text, front_matter, shortcodes, markdown), lambda: source)
        # What is at hand need not be unpacked or read again.
        known = {
            "source": source,
            "front_matter": front_matter,
            "shortcodes": shortcodes,
            "markdown": markdown,
            "keys": keys_of(front_matter),
        }
        page.__dict__.update(known)
        return page

    @classmethod
    def of_brief(
        cls, path: str, file: str, config: Config, facts: Packed, *, brief: tuple[Any, ...], load: Callable[[], Source]
    ) -> Page:
        """The page whose `brief` was taken before, under the same configuration."""
        page = cls(path, file, config, facts, load)
        *known, dates, aliases, terms = brief
        page.__dict__.update(zip(_BRIEF, known, strict=True))
        page.__dict__.update(
            (name, day and datetime.fromisoformat(day)) for name, day in zip(_DAYS, dates, strict=True)
        )
        page.__dict__["aliases"] = tuple([(alias, Span(start, end)) for alias, start, end in aliases])
        page.__dict__["_terms"] = terms
        return page

    @property
    def brief(self) -> tuple[Any, ...]:
        """What is asked of every page at once, as plain values: found out where the page is read, which many processes do."""
        dates = tuple([day and day.isoformat() for day in (getattr(self, name) for name in _DAYS)])
        return (
            *[getattr(self, name) for name in _BRIEF],
            dates,
            tuple([(alias, *span) for alias, span in self.aliases]),
            self._terms,
        )

    @cached_property
    def source(self) -> Source:
        """The file as read."""
        return self.load()

    @cached_property
    def front_matter(self) -> FrontMatter:
        """The keys at its top."""
        return front_matter_of(self.facts) or read_front_matter(self.source.text)

    @cached_property
    def keys(self) -> Keys:
        """What it sets, without the places: what a rule looks at that asks all pages at once."""
        return packed_keys_of(self.facts)

    @cached_property
    def shortcodes(self) -> tuple[Shortcode, ...]:
        """The shortcode calls below them."""
        return shortcodes_of(self.facts)

    @cached_property
    def markdown(self) -> Markdown:
        """The whole text below them; a rule that asks all pages at once looks at `links` and the ids instead."""
        return _read(self.source, self.config)[2]

    @cached_property
    def prose(self) -> str:
        """What the author wrote for readers, every other character blank, so that offsets are those of the source.

        Blank are front matter, code, raw HTML, shortcode calls with what they take as it is, and where links lead. Line breaks
        stay.
        """
        text = self.source.text
        markdown = self.markdown
        blank = [Span(0, self.front_matter.span.end), *markdown.code, *markdown.verbatim, *markdown.html]
        blank += [call.span for call in self.shortcodes]
        blank += [link.destination_span for link in markdown.links]
        parts = []
        at = 0
        for start, end in sorted(blank):
            if end > at:
                parts.append(text[at:start])
                parts.append(_NOT_A_LINE_BREAK.sub(" ", text[max(at, start) : end]))
                at = end
        parts.append(text[at:])
        return "".join(parts)

    @cached_property
    def line_signs(self) -> frozenset[str]:
        """With what lines below the front matter begin that rules look at more closely, found in one search for all.

        `#` stands for a heading without a space, a digit for an item of a numbered list, `-` and `+` for fences of
        front matter.
        """
        found = _LINE_SIGN.findall(self.source.text, max(self.front_matter.span.end - 1, 0))
        return frozenset([line[1] for line in found])

    @cached_property
    def nested_blocks(self) -> tuple[CodeBlock, ...]:
        """Its closed blocks of code in which more fences may stand than the two around it."""
        text = self.source.text
        return tuple(
            [
                block
                for block in self.markdown.code_blocks
                if block.is_fenced
                and block.is_closed
                and text.count(text[block.span.start : block.span.start + 3], block.span.start + 3, block.span.end) > 1
            ]
        )

    @cached_property
    def pictures(self) -> tuple[Link, ...]:
        """Those of its links that show a picture."""
        return tuple([link for link in self.markdown.links if link.is_image])

    @property
    def links(self) -> tuple[Target, ...]:
        """Where its links and images lead; made at every call, because all pages at once would take much memory."""
        return targets_of(self.facts)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space and comments stands below its front matter."""
        return is_blank(self.facts)

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments that keep findings from being reported."""
        return suppressions_of(self.facts)

    @cached_property
    def markdown_ids(self) -> frozenset[str]:
        """The ids of its headings and of other blocks."""
        return markdown_ids_of(self.facts)

    @cached_property
    def html_ids(self) -> frozenset[str]:
        """The ids in its raw HTML."""
        return html_ids_of(self.facts)

    @property
    def opening(self) -> Span:
        """The line that opens the front matter, without its end."""
        line = self.source.line_span(self.front_matter.span.start)
        return Span(line.start, max(line.start, line.end - 1))

    # What it is

    @cached_property
    def directory(self) -> str:
        """The folder it lies in, relative to the content folder; empty at the top."""
        return posixpath.dirname(self.path)

    @cached_property
    def home(self) -> str:
        """The folder around all pages of its language, relative to the content folder; mostly empty, as that is the one."""
        return self.config.home_of(self.path)

    @property
    def place(self) -> str:
        """The folder it lies in, relative to its `home`; empty at the top."""
        return self.directory[len(self.home) :].lstrip("/")

    @cached_property
    def stem(self) -> str:
        """The file's name without its ending, and without the code of a language of the site."""
        stem = posixpath.splitext(posixpath.basename(self.path))[0]
        code = self.config.language_in(stem)
        return stem[: -len(code) - 1] if code else stem

    @cached_property
    def language(self) -> str:
        """The code (lower case) of its language: that of its folder, that in its file's name, or the site's first."""
        return self.config.language_of(self.path)

    @property
    def prefix(self) -> str:
        """With what the addresses of its language begin: nothing, or `/de`."""
        config = self.config
        return config.prefix(self.language) if len(config.language_codes) > 1 else config.prefixes[0]

    @cached_property
    def kind(self) -> str:
        """`home`, `section`, `taxonomy`, `term` or `page`."""
        if self.stem.lower() != "_index":
            return "page"
        if not self.place:
            return "home"
        parts = self.place.lower().split("/")
        if parts[0] in self.config.named_taxonomies:
            return "taxonomy" if len(parts) == 1 else "term"
        return "section"

    @property
    def logical_path(self) -> str:
        """The path by which Hugo knows it among the pages of its language."""
        return path_of(self.place, self.stem)

    @property
    def is_leaf_bundle(self) -> bool:
        """Whether it is an `index.md`, whose folder belongs to it alone."""
        return self.stem.lower() == "index"

    @cached_property
    def section(self) -> str:
        """The first folder below its `home`; empty at the top."""
        return self.place.partition("/")[0]

    # What it sets

    def get(self, key: str) -> Any:
        """The value of a front matter key (lower case) as Hugo sees it; None when Hugo does not."""
        values = self.keys.values
        return values[key] if key in values else self.inherited.get(key)

    def text(self, key: str) -> str:
        """The same as Hugo makes text of it; empty when there is none."""
        return as_text(self.get(key), self.keys.notation)

    @cached_property
    def title(self) -> str:
        """The title; empty when it is not set."""
        return self.text("title")

    @property
    def name(self) -> str:
        """What to call the page in a message: its title, else its file."""
        return self.title or self.path

    @cached_property
    def is_draft(self) -> bool:
        """Whether Hugo takes it for a draft: `draft` says so, or else `published`, where it is no date, denies it."""
        if self._sets("draft") or not self._sets("published"):
            return truth(self.get("draft")) is True
        found = self.get("published")
        is_date = "published" in self.date_keys_read and as_instant(found, self.config.time_zone)
        return not is_date and truth(found) is False

    @cached_property
    def dates(self) -> tuple[tuple[str, Any], ...]:
        """What it sets those keys (lower case) to that Hugo reads as dates."""
        return tuple([(key, value) for key, value in self.keys.values.items() if key in self.config.date_keys])

    @cached_property
    def date_entries(self) -> tuple[tuple[str, Entry], ...]:
        """The keys (lower case) at the top that Hugo reads as dates, with their entries."""
        keys = self.config.date_keys
        return tuple((key, entry) for key, entry in self.front_matter.document.top.items() if key in keys)

    @cached_property
    def _told(self) -> dict[str, tuple[str, datetime | None]]:
        """What tells each of Hugo's dates, and the moment; None where only Hugo can tell it."""
        told: dict[str, tuple[str, datetime | None]] = {}
        for name, sources in self.config.date_sources.items():
            found = next(filter(None, (self._told_by(source, told) for source in sources)), None)
            if found:
                told[name] = found
        return told

    def _told_by(
        self, source: str, told: Mapping[str, tuple[str, datetime | None]]
    ) -> tuple[str, datetime | None] | None:
        """What `source` tells; a date that was `told` before stands for the key of its name."""
        if source in ELSEWHERE:
            return source, None
        if source == FILE_NAME:
            return (source, self._named_after[0]) if self._named_after else None
        found = self.get(source)
        moment = None if found is None else as_instant(found, self.config.time_zone)
        return (source, moment) if moment else told.get(source)

    @cached_property
    def _named_after(self) -> tuple[datetime, str] | None:
        """The moment and the slug in the name of its file, or of its folder where that is its own."""
        return named_after(
            self.stem if self.kind == "page" and not self.is_leaf_bundle else posixpath.basename(self.directory),
            self.config.time_zone,
        )

    def source_of(self, date: str) -> str:
        """What tells one of `dates`: a key (lower case), `:filename` or the like; empty when nothing does."""
        return self._told[date][0] if date in self._told else ""

    @cached_property
    def date_keys_read(self) -> frozenset[str]:
        """The keys (lower case) that Hugo reads for its dates until one of them tells."""
        found: set[str] = set()
        for name, sources in self.config.date_sources.items():
            last = self.source_of(name)
            end = sources.index(last) + 1 if last in sources and last != COMMIT else len(sources)
            found.update(sources[:end])
        return frozenset(found)

    def _moment(self, date: str) -> datetime | None:
        return self._told[date][1] if date in self._told else None

    @cached_property
    def date(self) -> datetime | None:
        """When it says it was written; None when nothing tells, or only Hugo can."""
        return self._moment(DATE)

    @cached_property
    def publish_date(self) -> datetime | None:
        """From when on Hugo publishes it; None for always."""
        return self._moment(BEGIN)

    @cached_property
    def expiry_date(self) -> datetime | None:
        """From when on Hugo no longer publishes it; None for never."""
        found = self._moment(END)
        return None if found == NEVER else found

    def build(self, what: str) -> str | bool | None:
        """What `build`, its own or handed down, sets for `what`; None when it says nothing of it that Hugo goes by."""
        if "build" in self.keys.names:
            entry = self.front_matter.document.at("build", what) if self.front_matter.is_read_by_hugo else None
            found = entry.data if entry else None
        else:
            found = next((data for key, data in self.inherited.get("build", {}).items() if key.lower() == what), None)
        if isinstance(found, (int, float)) and found == 0:
            return False
        return found if isinstance(found, (str, bool)) else None

    @cached_property
    def is_rendered(self) -> bool:
        """Whether its settings, and those of its kind and language, let it have a page of its own."""
        if not self._is_built or self.build("render") == "link":
            return False
        return self.config.makes_page(self.kind, self.get("outputs"))

    @property
    def _is_built(self) -> bool:
        """Whether anything is made of it, if only its name in lists."""
        config = self.config
        if config.languages_off and self.language in config.languages_off:
            return False
        return not (self.is_headless or self.kind in config.disabled_kinds or self.build("render") in _NEVER)

    @property
    def unrendered_by(self) -> str:
        """The key (lower case) that keeps it from having a page of its own; empty when none of its own or from above does."""
        if self.is_headless:
            return "headless"
        if self.build("render") in (*_NEVER, "link"):
            return "build"
        return "outputs" if not self.config.makes_page(self.kind, self.get("outputs")) and self.get("outputs") else ""

    @property
    def is_headless(self) -> bool:
        """Whether `headless` has no page made of it and no list name it, whatever `build` says."""
        return truth(self.get("headless")) is True

    @property
    def publishes_files(self) -> bool:
        """Whether `build.publishResources` lets the files beside it be published."""
        told = self.build("publishresources")
        return told is None or not (told == "" or truth(told) is False)

    @property
    def is_hidden(self) -> bool:
        """Whether `headless` or `build` has no page made of it and no list name it: others may include its text."""
        return self.is_headless or all(self.build(what) in _NEVER for what in ("render", "list"))

    @cached_property
    def hands_down(self) -> bool:
        """Whether it has a `cascade`."""
        return "cascade" in self.keys.names

    @cached_property
    def cascades(self) -> tuple[Cascade, ...]:
        """What it hands down, to itself first."""
        front_matter = read_front_matter(self.source.text)  # with nested values, which facts are without
        values = front_matter.document.values if front_matter.is_read_by_hugo else None
        return tuple(
            cascade for key, data in (values or {}).items() if key.lower() == "cascade" for cascade in cascades_in(data)
        )

    def visibility(self, clock: datetime) -> Visibility:
        """Whether a build at `clock` publishes it."""
        return self._timing(clock) if self.is_rendered else Visibility.NOT_RENDERED

    def own_visibility(self, clock: datetime) -> Visibility:
        """Whether a build at `clock` would publish it if the configuration left drafts, future and expired pages out."""
        if not self.is_rendered:
            return Visibility.NOT_RENDERED
        return next(self._reasons(clock), Visibility.PUBLISHED)

    def is_listed_only(self, clock: datetime) -> bool:
        """Whether it is published, but without a page of its own, and stays in lists: its terms have pages."""
        return self._is_built and not self.is_rendered and self._timing(clock) is Visibility.PUBLISHED

    def _timing(self, clock: datetime) -> Visibility:
        config = self.config
        is_shown = {
            Visibility.DRAFT: config.publishes_drafts,
            Visibility.FUTURE: config.publishes_future,
            Visibility.EXPIRED: config.publishes_expired,
        }
        return next((reason for reason in self._reasons(clock) if not is_shown[reason]), Visibility.PUBLISHED)

    def _reasons(self, clock: datetime) -> Iterator[Visibility]:
        """What keeps it from readers at `clock`, unless the configuration shows it all the same."""
        if self.is_draft:
            yield Visibility.DRAFT
        if self.publish_date and self.publish_date > clock:
            yield Visibility.FUTURE
        if self.expiry_date and self.expiry_date <= clock:
            yield Visibility.EXPIRED

    def terms(self, taxonomy: str) -> Iterator[Value]:
        """The terms it names in `taxonomy` (the front matter key), with their places."""
        for name, start, end in self._terms.get(taxonomy, ()):
            yield Value(name, Span(start, end))

    @cached_property
    def _terms(self) -> dict[str, tuple[tuple[str, int, int], ...]]:
        """The terms it names and their places, by taxonomy."""
        if not self.front_matter.is_read_by_hugo:
            return {}
        found = {}
        for taxonomy in self.config.taxonomies:
            # What stands below `[params]` goes before what stands at the top.
            entry = self.front_matter.document.at("params", taxonomy) or self.front_matter.get(taxonomy)
            if entry:
                values = entry.value.elements or (entry.value,)
                texts = ((as_text(each.data, self.keys.notation), each) for each in values)
                found[taxonomy] = tuple([(text, *each.span) for text, each in texts if text or each.data == ""])
        return found

    def handed_terms(self, taxonomy: str) -> Iterator[str]:
        """The terms that `cascade` gives it in `taxonomy`, as it names none itself."""
        data = self.inherited.get("params", {}).get(taxonomy) or self.inherited.get(taxonomy)
        if taxonomy not in self._terms:
            names = (as_text(name, self.keys.notation) for name in (data if isinstance(data, list) else [data]))
            yield from filter(None, names)

    @cached_property
    def aliases(self) -> tuple[tuple[str, Span], ...]:
        """The addresses that lead to it besides its own, with the places where it sets them."""
        entry = self.front_matter.get("aliases") if self.front_matter.is_read_by_hugo else None
        if not entry:
            return ()
        base = posixpath.dirname((self.address or "/").rstrip("/"))
        found = []
        for value in entry.value.elements or (entry.value,):
            text = as_text(value.data, self.keys.notation)
            # A text that is no list is one of words.
            for written in text.split() if value is entry.value and value.data == text else filter(None, [text]):
                alias = f"{self.prefix}{written}" if written.startswith("/") else f"{base}/{written}"
                path = urls.clean(alias)
                is_file = posixpath.splitext(path)[1] in {".html", ".htm"}
                found.append((path if is_file or path.endswith("/") else path + "/", value.span))
        return tuple(found)

    @cached_property
    def address(self) -> str | None:
        """Its path below the base URL; None when only Hugo can tell."""
        if not self.config.addresses_are_known:
            return None
        if self.kind == "home":
            return f"{self.prefix}/"
        fixed = self.text("url")
        if fixed:
            written = fixed if fixed.startswith("/") else f"{self.prefix}/{fixed}"
            filled: str | None = written
            if ":" in fixed:
                filled = urls.expanded(written, self._tokens()) if self._is_fillable(written) else None
            return None if filled is None else urls.by_url(filled)
        place = self._place_in_language()
        return None if place is None else self.prefix + place

    def _place_in_language(self) -> str | None:
        """Its path below that of the home page of its language; None when only Hugo can tell."""
        if self.kind != "page":
            return urls.clean(_in_address(self.place) + "/")
        pattern = self.config.permalinks.get(self.section or "/")
        if pattern:
            return urls.by_permalinks(pattern, self._tokens()) if self._is_fillable(pattern) else None
        folder = posixpath.dirname(self.place) if self.is_leaf_bundle else self.place
        return urls.clean(f"{_in_address(folder)}/{self._last_part()}/")

    def _is_fillable(self, pattern: str) -> bool:
        """Whether its date is known where the permalink pattern needs one."""
        return not urls.needs_date(pattern) or DATE not in self._told or bool(self.date)

    def _last_part(self) -> str:
        return urls.url_path(self.slug) if self.slug else _in_address(self._base_name())

    @property
    def slug(self) -> str:
        """The slug as Hugo takes it, without hyphens at its ends; empty when there is none."""
        slug = self.text("slug")
        if self._named_after and not self._sets("slug") and any(key == FILE_NAME for key, _ in self._told.values()):
            slug = self._named_after[1]
        return slug.strip("-")

    def _sets(self, key: str) -> bool:
        """Whether it has a front matter key (lower case), or gets it from above, with whatever value."""
        return key in self.keys.values or key in self.inherited

    def _base_name(self) -> str:
        return posixpath.basename(self.directory) if self.is_leaf_bundle else self.stem

    def _section_place(self) -> str:
        """The folder, below its `home`, of the section that it is in: one with a list of its own, or the first."""
        parts = (posixpath.dirname(self.place) if self.is_leaf_bundle else self.place).split("/")
        while len(parts) > 1 and posixpath.join(self.home, *parts) not in self.config.sections:
            parts.pop()
        return "/".join(parts)

    def _tokens(self) -> dict[str, Any]:
        title = self.title.replace("/", "-").replace("\\", "-")
        day: date | None = self.date
        texts: dict[str, Callable[[], str]] = {
            "section": lambda: self.section,
            "sections": self._section_place,
            "title": lambda: title,
            "slug": lambda: self.slug or title,
            "filename": self._base_name,
            "contentbasename": self._base_name,
            "slugorfilename": lambda: self.slug or self._base_name(),
            "slugorcontentbasename": lambda: self.slug or self._base_name(),
        }
        return {**urls.date_tokens(day), **{name: _in_pattern(find) for name, find in texts.items()}}


def _read(source: Source, config: Config) -> tuple[FrontMatter, tuple[Shortcode, ...], Markdown]:
    text = source.text
    front_matter = read_front_matter(text)
    start = front_matter.span.end
    if source.is_cut:
        return front_matter, (), Markdown()
    shortcodes = find_shortcodes(text, start)
    markdown = read_markdown(
        text,
        start,
        shortcodes,
        verbatim=verbatim(text, shortcodes, config.templates.verbatim) if shortcodes else (),
        dialect=config.dialect,
    )
    return front_matter, shortcodes, markdown


def _in_pattern(find: Callable[[], str]) -> Callable[[], str]:
    """What finds a text, and makes it a part of an address."""
    return lambda: urls.url_path(find())


def _in_address(name: str) -> str:
    """A file's or folder's name as a part of an address: unlike in a slug, every space becomes a hyphen."""
    return urls.url_path(name.replace(" ", "-"))


def _heir(page: Page, above: Mapping[tuple[str, str], tuple[Cascade, ...]], of_all: tuple[Cascade, ...]) -> Page:
    """The page with what it gets from its own `cascade`, from those of the folders around it (by language), and from that `of_all`."""
    own = page.cascades if page.hands_down and page.kind == "page" else ()
    around = (above.get((page.language, folder), ()) for folder in folders_above(page.directory))
    found = inherited(chain(own, *around, of_all), page.logical_path, page.kind)
    if not found:
        return page
    heir = replace(page, inherited=found)
    if found.keys().isdisjoint({"title", *_DECIDING, *page.config.date_keys}):
        heir.__dict__.update({name: known for name, known in page.__dict__.items() if name not in heir.__dict__})
    return heir


@dataclass(frozen=True)
class Term:
    """One term of a taxonomy as one page spells it."""

    page: Page
    """The page that names it."""
    taxonomy: str
    """The front matter key."""
    value: Value
    """The spelling and its place."""

    @property
    def name(self) -> str:
        """As the page spells it."""
        return str(self.value.data)

    @property
    def path(self) -> str:
        """The last part of the address of the term's page."""
        return urls.term_path(self.name)

    @property
    def address(self) -> str:
        """The address of the term's page."""
        return urls.clean(f"{self.page.prefix}/{self.taxonomy}/{self.path}/")

    @property
    def noun(self) -> str:
        """What an author calls it: `tag`."""
        return self.page.config.taxonomies[self.taxonomy]


class Resolution(NamedTuple):
    """Where a link leads."""

    page: Page | None = None
    """The page it leads to, if it is a page of the site."""
    is_found: bool = True
    """Whether anything is there; True also when only Hugo can know."""
    address: str = ""
    """The path below the base URL that was looked for; empty when the link leaves the site."""
    fragment: str = ""
    """What follows `#`, percent-escapes resolved."""


@dataclass(frozen=True)
class Site(_Asked):
    """Everything below the root that matters to a build."""

    config: Config
    """Hugo's configuration."""
    pages: tuple[Page, ...]
    """Every page's file, in the order of their paths; files inside a leaf bundle that Hugo takes for resources too."""
    clock: datetime
    """The moment to judge dates by."""
    files: frozenset[str] = frozenset()
    """The files below the content folder that are not pages."""
    static: frozenset[str] = frozenset()
    """The files that are published byte for byte, as their paths below the base URL, without the leading `/`."""
    assets: frozenset[str] = frozenset()
    """The files below `assets/`, which templates may publish."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """How many bytes each file below the content, static and assets folders has, by its path relative to the root."""
    irregular: Mapping[str, str] = field(default_factory=dict)
    """What lies in these folders and is neither file nor folder: `a symbolic link`, `a pipe`, …, by its path."""
    passed_by: frozenset[str] = field(default=frozenset(), kw_only=True)
    """The files below the content folder that `ignoreFiles` has Hugo pass by."""
    config_source: Source | None = None
    """The configuration file as written; None when there is more than one, or none."""
    load_file: Callable[[str], bytes | None] = field(default=lambda _: None, repr=False, compare=False)
    """Gives the bytes of the file at a path relative to the root; None when there is none."""

    previous: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The address and the title of each page that an earlier revision published, by its path; empty for no revision."""

    @property
    def templates(self) -> Templates:
        """What its templates change."""
        return self.config.templates

    @cached_property
    def config_document(self) -> Document | None:
        """The keys of the configuration file with their places; None when there is no file, or it is not TOML or YAML."""
        source = self.config_source
        if not source:
            return None
        if source.path.endswith(".toml"):
            return read_toml(source.text)
        from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

        return read_yaml(source.text.replace("\t", " "), is_json=source.path.endswith(".json"))

    @classmethod
    def of_one(cls, source: Source, *, clock: datetime | None = None) -> Site:
        """A site that is one post by itself, outside any folder: nothing is known about its neighbours."""
        config = Config(is_whole=False)
        page = Page.of(posixpath.basename(source.path), source, config)
        return cls(config, (page,), clock or datetime.now(UTC))

    @cached_property
    def is_whole(self) -> bool:
        """Whether the files next to the pages are known, so that a missing one is really missing."""
        return self.config.is_whole

    def with_cascades(self) -> Site:
        """The site in which each page has what `cascade` sets for it; not whole where only Hugo can tell what becomes of that."""
        giving = [page for page in self.pages if page.hands_down]
        above = {(page.language, page.directory): page.cascades for page in giving if page.kind != "page"}
        of_all = cascades_in(self.config.get("cascade"))
        site = self
        if giving or of_all:
            site = replace(self, pages=tuple(_heir(page, above, of_all) for page in self.pages))
        if site.is_whole and site.is_left_to_hugo([*chain(of_all, *(page.cascades for page in giving))]):
            config = replace(self.config, is_whole=False)
            site = replace(site, config=config, pages=tuple(replace(page, config=config) for page in site.pages))
        return site

    def is_left_to_hugo(self, cascades: Iterable[Cascade]) -> bool:
        """Whether `cascades`, or the slug of a list, with which the addresses below it begin, decide what only Hugo can tell."""
        keys = _DECIDING | self.config.date_keys
        deciding = [each for each in cascades if not keys.isdisjoint(each.values)]
        if any(not each.is_clear or "aliases" in each.values for each in deciding):
            return True
        if any(page.kind in _LISTS and page.slug for page in self.pages):
            return True
        lists = [path for (_, path), node in self._by_place.items() if isinstance(node, str)] if deciding else []
        return any(each.is_for(path, self._kind_of_list(path)) for each in deciding for path in lists)

    def _kind_of_list(self, path: str) -> str:
        first, *more = path.strip("/").split("/")
        if first in self.config.taxonomies:
            return "term" if more else "taxonomy"
        return "section" if first else "home"

    @cached_property
    def leaf_bundles(self) -> frozenset[str]:
        """The folders that belong to one page."""
        return frozenset(page.directory for page in self.pages if page.is_leaf_bundle and page.directory)

    def owner(self, page: Page) -> Page | None:
        """The leaf bundle that swallows `page` as a resource, if one does."""
        if page.is_leaf_bundle and page.directory in self.leaf_bundles:
            folder = posixpath.dirname(page.directory)
        else:
            folder = page.directory
        while folder:
            if folder in self.leaf_bundles:
                return self._bundle_owners[folder]
            folder = posixpath.dirname(folder)
        return None

    @cached_property
    def _bundle_owners(self) -> dict[str, Page]:
        return {page.directory: page for page in reversed(self.pages) if page.is_leaf_bundle}

    @cached_property
    def swallowed(self) -> dict[str, list[Page]]:
        """The pages that are resources of a leaf bundle, by the path of the page that the bundle is."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.pages if self.leaf_bundles else ():
            owner = self.owner(page)
            if owner:
                found[owner.path].append(page)
        return dict(found)

    def below(self, folder: str) -> list[str]:
        """The files in `folder` and deeper, pages or not, in order; all paths are relative to the content folder."""
        if not folder:
            return self._paths
        end = bisect_left(self._paths, f"{folder}0")  # the sign that comes after the slash
        return self._paths[bisect_left(self._paths, f"{folder}/") : end]

    @cached_property
    def _paths(self) -> list[str]:
        """Every file below the content folder, in order."""
        return sorted([*self.files, *(page.path for page in self.pages)])

    @cached_property
    def published(self) -> tuple[Page, ...]:
        """The pages that a build publishes."""
        return tuple(
            page for page in self.pages if page.visibility(self.clock) is Visibility.PUBLISHED and not self.owner(page)
        )

    @cached_property
    def _published(self) -> frozenset[int]:
        """The identities of the published pages."""
        return frozenset(map(id, self.published))

    @cached_property
    def by_address(self) -> dict[str, list[Page]]:
        """The published pages at each address; more than one where they fight for it."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.published:
            if page.address is not None:
                found[page.address].append(page)
        return dict(found)

    @cached_property
    def hidden_by_address(self) -> dict[str, Page]:
        """The pages that would be at an address if they were published."""
        hidden = (page for page in self.pages if id(page) not in self._published)
        return {page.address: page for page in hidden if page.address is not None}

    @cached_property
    def by_path(self) -> dict[str, Page]:
        """The pages by their path below the content folder, in lower case."""
        return {page.path.lower(): page for page in self.pages}

    @cached_property
    def by_file(self) -> dict[str, Page]:
        """The pages by their file, relative to the root."""
        return {page.file: page for page in self.pages}

    @cached_property
    def ledger_source(self) -> Source | None:
        """The list of every address that was ever published; None when the site keeps none."""
        if not self.config.path:
            return None
        path = place_of(self.config)
        data = self.load_file(path)
        return None if data is None else Source.decode(path, data)

    @cached_property
    def ledger(self) -> Ledger:
        """What it says; nothing when the site keeps none."""
        return read_ledger(self.ledger_source) if self.ledger_source else Ledger()

    def source_at(self, file: str) -> Source | None:
        """The source of the page that is made from `file`, of the configuration, or of the ledger."""
        page = self.by_file.get(file)
        if page:
            return page.source
        if self.ledger_source and file == self.ledger_source.path:
            return self.ledger_source
        return self.config_source if self.config_source and file == self.config_source.path else None

    def text_of(self, page: Page) -> str:
        """The text of `page`, for a rule that asks all pages at once: it is not kept, and the rule is asked again when it changes."""
        self.load_file(page.file)  # what a rule finds in a whole site is remembered until a file changes that it loaded
        return page.load().text

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every use of every term on a published page, or on one that is only listed, in the order of the pages."""
        return tuple(
            Term(page, taxonomy, value)
            for page in self._naming
            for taxonomy in self.config.taxonomies
            for value in page.terms(taxonomy)
        )

    @cached_property
    def _naming(self) -> tuple[Page, ...]:
        """The pages whose terms have pages."""
        is_published = self._published
        return tuple(
            page
            for page in self.pages
            if id(page) in is_published or (page.is_listed_only(self.clock) and not self.owner(page))
        )

    @cached_property
    def handed_terms(self) -> tuple[Term, ...]:
        """The terms that these pages have from `cascade`, with no place."""
        return tuple(
            Term(page, taxonomy, Value(name, Span(0, 0)))
            for page in self._naming
            if page.inherited
            for taxonomy in self.config.taxonomies
            for name in page.handed_terms(taxonomy)
        )

    @cached_property
    def spellings(self) -> dict[tuple[str, str, str], list[Term]]:
        """The same by taxonomy, name as spelt, and language, each of which has lists of its own; in the order of the first uses."""
        found: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
        for term in self.terms:
            found[term.taxonomy, term.name, term.page.language].append(term)
        return dict(found)

    @cached_property
    def list_addresses(self) -> dict[str, str]:
        """The addresses of the lists that Hugo makes by itself, with what they are."""
        found = {
            **dict.fromkeys(self._homes(), "the home page"),
            **{address: what for address, what, _ in self._automatic_lists()},
        }
        lists = [page for page in self.pages if page.kind in _LISTS]
        for page in self.pages:
            if page.kind == "home" and page.visibility(self.clock) is not Visibility.PUBLISHED:
                found.pop(f"{page.prefix}/", None)
        for page in lists:
            found.pop(page.prefix + urls.clean(f"{_in_address(page.place)}/"), None)
        for page in lists:
            if page.address and page.visibility(self.clock) is Visibility.PUBLISHED:
                found[page.address] = _LISTS[page.kind].format(page.place if page.kind == "section" else page.name)
        return found

    def _homes(self) -> Iterator[str]:
        """The home pages of all languages, and what redirects to that of the first."""
        if not self.config.makes_page("home"):
            return
        yield "/"
        yield from (f"/{code}/" for code in self.config.languages if len(self.config.languages) > 1)
        yield from (f"{prefix}/" for prefix in self.config.prefixes)

    def folder_without_list(self, address: str) -> str:
        """The folder, below the content folder, whose list would be at `address` if it had an `_index.md`; else empty."""
        return self._folders.get(address.strip("/"), "")

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The folders that published pages lie in, and those around them, by the address of a list there, without `/` at its ends."""
        found: dict[str, str] = {}
        places = dict.fromkeys((page.directory, page.prefix) for page in self.published if not page.is_leaf_bundle)
        for directory, prefix in places:
            home = self.config.home_of(directory)
            parts = [part for part in directory[len(home) :].split("/") if part]
            for depth in range(1, len(parts) + 1):
                folder = "/".join(parts[:depth])
                found.setdefault(f"{prefix}/{_in_address(folder)}".strip("/"), posixpath.join(home, folder))
        return found

    @property
    def _languages(self) -> Iterable[str]:
        """The codes of the languages that are built."""
        return self.config.languages or (self.config.default_language,)

    def _automatic_lists(self) -> Iterator[tuple[str, str, str]]:
        """The lists that are there without a file of their own: the address, what it is, and in which language."""
        makes_page = self.config.makes_page
        if makes_page("section"):
            yield from self._sections()
        if makes_page("taxonomy"):
            for taxonomy in self.config.taxonomies:
                for code in self._languages:
                    yield f"{self.config.prefix(code)}/{taxonomy}/", f"the list of all {taxonomy}", code
        if makes_page("term"):
            firsts = (term for term, *_ in reversed(self.spellings.values()))  # a message names the first spelling
            for term in chain(self.handed_terms, firsts):
                if term.path:
                    yield term.address, f"the page of the {term.noun} `{term.name}`", term.page.language

    def _sections(self) -> Iterator[tuple[str, str, str]]:
        """Those of sections: of every folder at the top with a page or a section in it."""
        for page in self.pages:
            section = page.section
            if (
                page.kind in {"page", "section"}
                and section
                and posixpath.join(page.home, section) not in self.leaf_bundles
            ):
                yield f"{page.prefix}/{_in_address(section)}/", f"the section `{section}`", page.language

    @cached_property
    def alias_addresses(self) -> dict[str, Page]:
        """The addresses that redirect, with the page that they lead to."""
        return {alias: page for page in self.published for alias, _ in page.aliases}

    @cached_property
    def file_addresses(self) -> frozenset[str]:
        """The addresses of the files that are published as they are, static ones and those beside pages."""
        return frozenset(["/" + path for path in self.static]).union(self._file_places.values())

    def address_of_file(self, path: str) -> str:
        """The address at which the file at `path`, relative to the content folder, is published; empty when it is not."""
        return self._file_places.get(path, "")

    @cached_property
    def _file_places(self) -> dict[str, str]:
        """The same of all such files that are published."""
        owners: dict[str, list[Page]] = defaultdict(list)
        for page in self.pages:
            if (page.is_leaf_bundle or page.kind != "page") and not self.owner(page):
                owners[page.directory].append(page)
        sections = {(page.language, page.home, page.section) for page in self.pages if page.kind in {"page", "section"}}
        found = ((path, self._place_of_file(path, owners, sections)) for path in self.files)
        return {path: urls.clean(address) for path, address in found if address}

    def _place_of_file(
        self, path: str, owners: Mapping[str, list[Page]], sections: Container[tuple[str, str, str]]
    ) -> str:
        """Where the file beside pages at `path` is published; empty when it is not."""
        home, language = self.config.home_of(path), self.config.language_of(path)
        folder = posixpath.dirname(path)
        while folder != home and folder not in owners:
            folder = posixpath.dirname(folder)
        if folder in owners:
            page = next((page for page in owners[folder] if page.language == language), None)
            if not page or not page.publishes_files:
                return ""
            if page.visibility(self.clock) not in {Visibility.PUBLISHED, Visibility.NOT_RENDERED}:
                return ""
            if page.address:
                return f"{page.address.removesuffix('.html')}/{path[len(folder) :]}"
        place = path[len(home) :].lstrip("/")
        top, _, below = place.partition("/")
        if below and (language, home, top) in sections:
            # The list that Hugo makes of a folder at the top has the files, too; no more than its own name is sanitized.
            place = f"{_in_address(top)}/{below}"
        return f"{self.config.prefix(language)}/{place}"

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address that a link may lead to."""
        return frozenset(self.by_address).union(self.list_addresses, self.alias_addresses, self.file_addresses)

    @cached_property
    def suppressions(self) -> tuple[tuple[str, Suppression], ...]:
        """The comments that keep findings from being reported, with the files that they are in."""
        found = [(page.file, each) for page in self.pages for each in page.suppressions]
        source = self.config_source
        return (
            (*found, *((source.path, each) for each in find_in_configuration(source.text))) if source else tuple(found)
        )

    # Links

    def internal_path(self, destination: str, *, is_image: bool = False) -> str | None:
        """The part of `destination` below the base URL, query and fragment included; None for another site."""
        if destination.startswith("//"):
            return None
        base = self.config.base_url
        if base and (destination + "/").startswith(base):
            return "/" + destination[len(base) :]
        folder = self.config.base_path
        if folder != "/" and destination.startswith("/"):
            return self._below(folder, destination, is_image=is_image)
        head = destination.partition("/")[0]
        if ":" in head.partition("#")[0].partition("?")[0]:
            return None
        return destination

    def _below(self, folder: str, destination: str, *, is_image: bool) -> str | None:
        """The part of a root-relative `destination` below `folder`, the path of the base URL."""
        path = re.split("[?#]", destination, maxsplit=1)[0]
        is_added = self._adds_base_path(is_image=is_image)
        if (path + "/").startswith(folder) and not (is_added and unquote(path) in self.addresses):
            return destination[len(folder) - 1 :] if path.startswith(folder) else "/"
        return destination if is_added else None

    def _missed(self, link: Link | Target) -> str:
        """What a root-relative link means that leads past the path of the base URL, if the site has it; else empty."""
        path = unquote(re.split("[?#]", link.destination, maxsplit=1)[0])
        is_ours = path != "/" and path.startswith("/") and self.config.base_path != "/" and path in self.addresses
        return path if is_ours else ""

    def _adds_base_path(self, *, is_image: bool) -> bool:
        """Whether templates or Hugo put the path of the base URL before what a post writes."""
        is_hooked = self.templates.image_hook if is_image else self.templates.link_hook
        return is_hooked or bool(self.config.get("canonifyurls", default=False))

    def written(self, address: str, *, is_image: bool = False) -> str:
        """How a post writes `address`: with the path of the base URL in front, unless templates add it."""
        return address if self._adds_base_path(is_image=is_image) else self.config.base_path.rstrip("/") + address

    def links_of(self, page: Page) -> tuple[Target, ...]:
        """The links and images of `page`; those of the page that was asked last are at hand, as several rules ask in turn."""
        if self._last_links[0] is not page:
            self._last_links[:] = page, page.links
        found: tuple[Target, ...] = self._last_links[1]
        return found

    @cached_property
    def _last_links(self) -> list[Any]:
        """The page that was asked last, and its links and images."""
        return [None, ()]

    def doubtful_links(self, page: Page) -> tuple[tuple[Target, Resolution], ...]:
        """The links and images of `page` that lead nowhere, or to a fragment that is not there, with where they lead."""
        if self._last_doubtful[0] is not page:
            self._last_doubtful[:] = page, () if self.owner(page) else tuple(self._doubtful(page))
        found: tuple[tuple[Target, Resolution], ...] = self._last_doubtful[1]
        return found

    @cached_property
    def _last_doubtful(self) -> list[Any]:
        """The page that was asked last, because several rules ask in turn, and its doubtful links."""
        return [None, ()]

    def _doubtful(self, page: Page) -> Iterator[tuple[Target, Resolution]]:
        base = self.config.base_url or "\0"
        for link in page.links:
            if link.destination.startswith(_ELSEWHERE) and not (link.destination + "/").startswith(base):
                continue
            found, fragment = self._resolution(page, link)
            if not found.is_found or (fragment and found.page and not self._has(found.page, fragment)):
                yield link, found._replace(fragment=fragment)

    def _has(self, page: Page, fragment: str) -> bool:
        """Whether `page` has, or may have, the part that `fragment` names."""
        name = fragment.partition(":~:")[0]
        if not name or name == "top" or name.startswith(_MADE_ELSEWHERE):
            return True
        ids = self.fragments_of(page)
        return ids is None or name in ids or name in self.templates.ids

    def fragments_of(self, page: Page) -> frozenset[str] | None:
        """The ids that the text of `page` makes; None when only Hugo can tell."""
        if id(page) not in self._fragments:
            self._fragments[id(page)] = self._fragments_of(page)
        return self._fragments[id(page)]

    @cached_property
    def _fragments(self) -> dict[int, frozenset[str] | None]:
        return {}

    def _fragments_of(self, page: Page) -> frozenset[str] | None:
        if page.kind != "page" or not self.is_whole or not self.config.heading_ids_are_known:
            return None
        if any(call.name not in {"ref", "relref"} for call in page.shortcodes):
            return None
        return page.markdown_ids | page.html_ids if self.config.keeps_html else page.markdown_ids

    def resolve(self, page: Page, link: Link | Target) -> Resolution:
        """Where `link` on `page` leads."""
        found, fragment = self._resolution(page, link)
        return found._replace(fragment=fragment)

    def _resolution(self, page: Page, link: Link | Target) -> tuple[Resolution, str]:
        """Where the link leads, perhaps without the fragment, and the fragment where that matters."""
        if link.is_made_by_shortcode or not link.destination.startswith("/") or page.address is None:
            found = self._resolve(page, link)
            return found, found.fragment
        path, _, fragment = link.destination.partition("#")
        key = (page.language, path, link.is_image, link.is_autolink)
        known = self._resolutions.get(key)
        if known is None:
            found = self._resolve(page, link._replace(destination=f"{path}#x"))
            known = self._resolutions[key] = (found, bool(found.fragment))
        found, matters = known
        return found, unquote(fragment) if matters else ""

    @cached_property
    def _resolutions(self) -> dict[tuple[str, str, bool, bool], tuple[Resolution, bool]]:
        """What was found for root-relative paths, which mean the same on every page of a language, and whether a fragment matters."""
        return {}

    def prepare(self) -> None:
        """Make the tables by which links are resolved, before several processes need them."""
        _ = (self.addresses, self.hidden_by_address, self.by_path)
        if self.templates.link_hook or self.templates.image_hook:
            _ = self._by_place

    def _resolve(self, page: Page, link: Link | Target) -> Resolution:
        if link.is_made_by_shortcode:
            return self._resolve_shortcode(page, link)
        inside = (
            None
            if link.is_autolink and not link.destination.startswith("http")
            else self.internal_path(link.destination, is_image=link.is_image)
        )
        if inside is None or not self.is_whole:
            missed = self._missed(link) if self.is_whole else ""
            return Resolution(is_found=False, address=missed) if missed else Resolution()
        path, _, fragment = inside.partition("#")
        path = path.partition("?")[0]
        fragment = unquote(fragment)
        if not path:
            return Resolution(page, fragment=fragment, address=page.address or "")
        if page.address is None:
            return Resolution()
        if self.templates.link_hook or (link.is_image and self.templates.image_hook):
            found = self._find(page, unquote(path))
            if found:
                return self._at(found, fragment)
        if self._is_resource(page, link, path):
            return Resolution(address=path)
        return self._resolve_address(urls.joined(page.address, path), fragment)

    def lookup(self, page: Page, reference: str) -> Page | None:
        """The page that Hugo's own link hook finds for a path: a file's, or the one by which Hugo knows a page."""
        found = self._find(page, reference)
        return found if isinstance(found, Page) else None

    def _find(self, page: Page, reference: str, *, by_name: bool = False) -> Page | str | None:
        """The page that `reference` means on `page`, or the address of a list that Hugo makes by itself."""
        ways = tried(
            reference,
            folder=page.place,
            directory=page.directory,
            owns_folder=page.is_leaf_bundle,
            languages=self.config.language_codes,
        )
        for way, wanted in ways:
            found: Page | str | None = None
            if way is By.PATH:
                found = self._by_place.get((page.language, wanted))
            elif way is By.FILE:
                other = self.by_path.get(wanted.lower())
                if other and other.path == wanted:
                    found = self._by_place.get((page.language, other.logical_path))
            elif by_name:
                alike = self._by_name.get((page.language, wanted), [])
                found = alike[0] if len(alike) == 1 else None
            if found:
                return found
        return None

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Page | str]:
        """The pages, and the addresses of the lists that are there without one, by language and Hugo's path; the published first."""
        found: dict[tuple[str, str], Page | str] = {}
        pages = [page for page in self.pages if not self.owner(page)] if self.leaf_bundles else self.pages
        for page in pages:
            key = (page.language, page.logical_path)
            if key not in found or id(page) in self._published:
                found[key] = page
        for address, _, language in self._automatic_lists():
            path = address.removeprefix(self.config.prefix(language)).rstrip("/")
            found.setdefault((language, path), address)
        for code in self._languages:
            found.setdefault((code, "/"), f"{self.config.prefix(code)}/")
        return found

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Page | str]]:
        """The same by the last part of the path; what is not published does not count where something else has the name."""
        found: dict[tuple[str, str], list[Page | str]] = defaultdict(list)
        hidden: dict[tuple[str, str], list[Page | str]] = defaultdict(list)
        for (language, path), node in self._by_place.items():
            is_there = isinstance(node, str) or id(node) in self._published
            (found if is_there else hidden)[language, posixpath.basename(path)].append(node)
        return {**hidden, **found}

    def _is_resource(self, page: Page, link: Link | Target, path: str) -> bool:
        """Whether the file is the page's own, and will be published with it, or one that a hook finds."""
        name = unquote(path)
        is_own = posixpath.normpath(f"{page.directory}/{name}") in self.files
        if self.templates.image_hook if link.is_image else self.templates.link_hook:
            return is_own or name.lstrip("/") in self.assets
        return is_own and page.is_leaf_bundle and page.visibility(self.clock) is not Visibility.PUBLISHED

    def _at(self, found: Page | str, fragment: str) -> Resolution:
        if isinstance(found, str):
            return Resolution(address=found)
        return Resolution(found, id(found) in self._published, found.address or "", fragment)

    def _resolve_address(self, address: str, fragment: str) -> Resolution:
        for candidate in (
            address,
            address + "/",
            address.removesuffix("index.html"),
            urls.clean(address + "/index.html"),
        ):
            pages = self.by_address.get(candidate)
            if pages:
                return Resolution(pages[0], address=candidate, fragment=fragment)
            if candidate in self.addresses:
                return Resolution(self.alias_addresses.get(candidate), address=candidate)
        hidden = self.hidden_by_address.get(address) or self.hidden_by_address.get(address + "/")
        if hidden:
            return Resolution(hidden, is_found=False, address=address, fragment=fragment)
        name = posixpath.basename(address)
        generated = name in _GENERATED or "/page/" in address or address.lstrip("/") in self.assets
        unknowable = bool(posixpath.splitext(name)[1]) and name.endswith(
            (".json", ".txt", ".xml", ".css", ".js", ".ics")
        )
        return Resolution(is_found=generated or unknowable, address=address, fragment=fragment)

    def _resolve_shortcode(self, page: Page, link: Link | Target) -> Resolution:
        call = next(
            (
                call
                for call in page.shortcodes
                if link.destination_span.start <= call.span.start < link.destination_span.end
            ),
            None,
        )
        return self.reference(page, call) if call else Resolution()

    def reference(self, page: Page, call: Shortcode) -> Resolution:
        """Where a call of `ref` or `relref` on `page` leads; another call leads anywhere."""
        if call.name not in {"ref", "relref"} or not self.is_whole or call.parameter("lang"):
            return Resolution()
        argument = call.parameter("path", 0)
        path, _, fragment = argument.value.partition("#") if argument else ("", "", "")
        path = path.partition("?")[0]
        if not path:
            return Resolution(page, fragment=fragment, address=page.address or "")
        found = self._find(page, unquote(path), by_name=True)
        if found:
            return self._at(found, fragment)
        return Resolution(is_found=False, address=path, fragment=fragment)
