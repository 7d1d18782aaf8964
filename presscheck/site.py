"""The site as its authors wrote it: pages and files, with the addresses that Hugo will give them."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain

from presscheck import urls
from presscheck.cascades import Cascade, cascades_in, folders_above, inherited
from presscheck.config import Config, Templates
from presscheck.keyed import Document, Value
from presscheck.ledger import Ledger, place_of, read_ledger
from presscheck.page import Asked, Page, Visibility, in_address
from presscheck.suppressions import Suppression, find_in_configuration
from presscheck.text import Source, Span
from presscheck.toml_reader import read_toml

_DECIDING = frozenset({"aliases", "build", "draft", "headless", "outputs", "slug", "url"})
"""What of front matter decides where a page is and whether it is published, dates excepted."""
_LISTS = {"section": "the section `{}`", "taxonomy": "the list `{}`", "term": "the page of the term `{}`"}


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
class Site(Asked):
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
        lists = [path for (_, path), node in self.by_place.items() if isinstance(node, str)] if deciding else []
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
    def published_ids(self) -> frozenset[int]:
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
        hidden = (page for page in self.pages if id(page) not in self.published_ids)
        return {page.address: page for page in hidden if page.address is not None}

    @cached_property
    def by_path(self) -> dict[str, Page]:
        """The pages by their path below the content folder, in lower case."""
        return {page.path.lower(): page for page in self.pages}

    @cached_property
    def by_place(self) -> dict[tuple[str, str], Page | str]:
        """The pages, and the addresses of the lists that are there without one, by language and Hugo's path; the published first."""
        found: dict[tuple[str, str], Page | str] = {}
        pages = [page for page in self.pages if not self.owner(page)] if self.leaf_bundles else self.pages
        for page in pages:
            key = (page.language, page.logical_path)
            if key not in found or id(page) in self.published_ids:
                found[key] = page
        for address, _, language in self.automatic_lists():
            path = address.removeprefix(self.config.prefix(language)).rstrip("/")
            found.setdefault((language, path), address)
        for code in self.languages:
            found.setdefault((code, "/"), f"{self.config.prefix(code)}/")
        return found

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
        is_published = self.published_ids
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
            **{address: what for address, what, _ in self.automatic_lists()},
        }
        lists = [page for page in self.pages if page.kind in _LISTS]
        for page in self.pages:
            if page.kind == "home" and page.visibility(self.clock) is not Visibility.PUBLISHED:
                found.pop(f"{page.prefix}/", None)
        for page in lists:
            found.pop(page.prefix + urls.clean(f"{in_address(page.place)}/"), None)
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
                found.setdefault(f"{prefix}/{in_address(folder)}".strip("/"), posixpath.join(home, folder))
        return found

    @property
    def languages(self) -> Iterable[str]:
        """The codes of the languages that are built."""
        return self.config.languages or (self.config.default_language,)

    def automatic_lists(self) -> Iterator[tuple[str, str, str]]:
        """The lists that are there without a file of their own: the address, what it is, and in which language."""
        makes_page = self.config.makes_page
        if makes_page("section"):
            yield from self._sections()
        if makes_page("taxonomy"):
            for taxonomy in self.config.taxonomies:
                for code in self.languages:
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
                yield f"{page.prefix}/{in_address(section)}/", f"the section `{section}`", page.language

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
            place = f"{in_address(top)}/{below}"
        return f"{self.config.prefix(language)}/{place}"

    def may_be_set(self, name: str) -> bool:
        """Whether `name`, the last part of an address, may be said by front matter that has mistakes."""
        letters = _letters(name)
        return bool(letters) and letters in self._unread_letters

    @cached_property
    def _unread_letters(self) -> str:
        return "\n".join(_letters(page.keys_as_written) for page in self.pages if page.keys.has_mistakes)

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


def _letters(text: str) -> str:
    """What a text and the part of an address made of it have in common: letters and digits, in lower case."""
    return "".join(filter(str.isalnum, text)).lower()
