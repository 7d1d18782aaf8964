"""One page's file: what it sets, what it says, where Hugo will put it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Self, TypeVar

from presscheck import urls
from presscheck.cascades import Cascade, cascades_in
from presscheck.casts import as_text, truth
from presscheck.config import Config
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
from presscheck.front_matter import LONGEST, FrontMatter, read_front_matter
from presscheck.keyed import Entry, Value
from presscheck.markdown import CodeBlock, Link, Markdown, read_markdown
from presscheck.references import path_of
from presscheck.shortcodes import Shortcode, find_shortcodes, verbatim
from presscheck.suppressions import Suppression
from presscheck.text import Source, Span, hidden

PAGE_SUFFIXES = (".md", ".markdown", ".mdown")
"""The endings of files that become pages; Hugo takes them in capital letters too."""

_LINE_SIGN = re.compile(r"\n(?=[#\d+-])(?:#{1,6}[^#\s]|\d{1,9}[.)] |---|\+\+\+)")
_NEVER = (0, "0", "never")
"""What `build` says of that which is not to be; `false` is 0 to Python."""
_BRIEF = ("directory", "stem", "kind", "section", "title", "is_draft", "is_rendered", "hands_down", "address")
_DAYS = ("date", "publish_date", "expiry_date")

_Found = TypeVar("_Found")


class Visibility(Enum):
    """Whether Hugo publishes a page, and if not, why."""

    PUBLISHED = "published"
    DRAFT = "a draft"
    FUTURE = "dated in the future"
    EXPIRED = "expired"
    NOT_RENDERED = "set not to be rendered"


class Asked:
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
class Page(Asked):
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
                parts.append(hidden(text[max(at, start) : end]))
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

    @property
    def title_span(self) -> Span:
        """Where its title stands; the first line when it has none."""
        entry = self.front_matter.get("title")
        return entry.value.span if entry else self.source.first_line

    def values_after(self, text: str) -> dict[str, Any] | None:
        """What the page would set, as nested values, when `text` were its front matter; None when that cannot be read."""
        return Page.of(self.path, Source(self.file, text), self.config).front_matter.document.values

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

    def may_set(self, key: str) -> bool:
        """Whether it means to set `key` for all that can be told: the word stands in front matter that has mistakes."""
        return self.keys.has_mistakes and bool(
            re.search(rf"(?<!\w){re.escape(key)}(?!\w)", self.keys_as_written, re.IGNORECASE)
        )

    @property
    def keys_as_written(self) -> str:
        """The front matter, fences included; where it is never closed, all that it may be."""
        start, end = self.front_matter.span
        return self.source.text[start : end if self.front_matter.is_closed else max(end, start + LONGEST)]

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
            entry = self.front_matter.document.at("build", what) if self.front_matter.is_in_place else None
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
        if not self.front_matter.is_in_place:
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
        entry = self.front_matter.get("aliases") if self.front_matter.is_in_place else None
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
        if not self.config.addresses_are_known or (self.keys.has_mistakes and self._may_be_elsewhere):
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

    @property
    def _may_be_elsewhere(self) -> bool:
        """Whether a mistake keeps a key from being read that its address may be made of."""
        keys = ("url", "slug", "title", "date") if self.config.permalinks else ("url", "slug")
        return any(self.get(key) is None and self.may_set(key) for key in keys)

    def _place_in_language(self) -> str | None:
        """Its path below that of the home page of its language; None when only Hugo can tell."""
        if self.kind != "page":
            return urls.clean(in_address(self.place) + "/")
        pattern = self.config.permalinks.get(self.section or "/")
        if pattern:
            return urls.by_permalinks(pattern, self._tokens()) if self._is_fillable(pattern) else None
        folder = posixpath.dirname(self.place) if self.is_leaf_bundle else self.place
        return urls.clean(f"{in_address(folder)}/{self._last_part()}/")

    def _is_fillable(self, pattern: str) -> bool:
        """Whether its date is known where the permalink pattern needs one."""
        return not urls.needs_date(pattern) or DATE not in self._told or bool(self.date)

    def _last_part(self) -> str:
        return urls.url_path(self.slug) if self.slug else in_address(self._base_name())

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


def in_address(name: str) -> str:
    """A file's or folder's name as a part of an address: unlike in a slug, every space becomes a hyphen."""
    return urls.url_path(name.replace(" ", "-"))
