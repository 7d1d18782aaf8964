"""Reads and checks a whole site as fast as may be: what has not changed is remembered, what has is read by every core.

Two things are remembered, each under a key of all that it depends on (see `cache`). *Facts*: what each page's text says,
and what the rules found in it alone; a page is known by its size and times, or else by a digest of its bytes. The
*result* of the last check: it holds while no file was touched and no page's moment came.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import presscheck
from presscheck import cache, read
from presscheck.check import ActiveRule, PageFindings, active_rules, ask_page, check_site
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic
from presscheck.errors import EnvironmentFault
from presscheck.facts import Packed
from presscheck.site import Page, Site
from presscheck.text import Source

if TYPE_CHECKING:
    from presscheck.publication import EngineMessage, Publication

WORK_FOLDER = ".presscheck"
"""The folder for everything that a run leaves around: in the site's root, and beside a published folder."""

_RACY = 2_000_000_000
"""Nanoseconds: a file touched so shortly before it was read may be touched again without a new time."""
_WORTH_SHARING = 200
"""How many pages have to be read for several processes to be faster than one."""
_CHUNK = 50


class _Known(NamedTuple):
    """What is remembered of a page."""

    stamp: tuple[int, int, int] | None
    """Its size and times when it was read; None when they cannot be trusted."""
    digest: bytes
    """Of its bytes."""
    facts: Packed
    """What other pages depend on."""
    findings: tuple[Any, ...]
    """What the rules found in it alone, with their names, packed."""


@dataclass(frozen=True)
class Survey:
    """A site that has been read, and whose pages have been asked one by one."""

    site: Site
    """The site."""
    rules: tuple[ActiveRule, ...]
    """The rules that are on."""
    findings: Mapping[str, PageFindings]
    """What was found in each page alone, by file."""

    def check(self) -> list[Diagnostic]:
        """What all rules find in the sources."""
        return check_site(self.site, self.rules, self.findings)


@dataclass(frozen=True)
class Result:
    """What a check found."""

    diagnostics: Sequence[Diagnostic]
    """In the order of files and places."""
    files: tuple[str, ...]
    """The pages that were asked."""
    source_at: Callable[[str], Source | None]
    """Gives the source at a path of a diagnostic."""


def survey(root: read.Root, clock: datetime, base_url: str = "") -> Survey:
    """Read the site at `root`, dates to be judged by `clock`, and ask each page."""
    config = read.configured(root, base_url)
    return _survey(root, clock, config, read.take_inventory(root, config))


def check(root: read.Root, clock: datetime) -> Result:
    """Check the sources of the site at `root`, or remember that nothing has changed since the last time."""
    config = read.configured(root)
    began = time.time_ns()
    inventory = read.take_inventory(root, config)
    files = tuple(f"{config.content_dir}/{each.path}" for each in inventory.pages)
    path = root.folder / WORK_FOLDER / "result"
    rules = active_rules(config)
    key = cache.digest(_key(config), repr(inventory.pages).encode(), _names(inventory))
    remembered = cache.load(path, key)
    if remembered is not None:
        lower, upper, exactly, packed = remembered
        holds = exactly == clock.isoformat() if exactly else lower <= clock.timestamp() < upper
        if holds:
            return Result([cache.diagnostic_of(each) for each in packed], files, partial(_source_at, root))
    found = _survey(root, clock, config, inventory, rules)
    diagnostics = found.check()
    newest = max((each.changed for each in (*inventory.pages, *inventory.layouts)), default=0)
    if newest < began - _RACY:
        cache.store(
            path, key, (*_window(found.site, rules, diagnostics), tuple(map(cache.packed_diagnostic, diagnostics)))
        )
    return Result(diagnostics, files, found.site.source_at)


def _window(site: Site, rules: Iterable[ActiveRule], diagnostics: Iterable[Diagnostic]) -> tuple[float, float, str]:
    """From when until when the result holds, in seconds since 1970; the one moment, if a message names the clock."""
    clocked = {rule.rule.name for rule in rules if getattr(rule.rule.module, "NAMES_THE_CLOCK", False)}
    exactly = site.clock.isoformat() if any(each.rule in clocked for each in diagnostics) else ""
    now = site.clock.timestamp()
    dates = (moment for page in site.pages for moment in (page.publish_date, page.expiry_date))
    moments = [moment.timestamp() for moment in dates if moment]
    lower = max((moment for moment in moments if moment <= now), default=float("-inf"))
    upper = min((moment for moment in moments if moment > now), default=float("inf"))
    return lower, upper, exactly


def _names(inventory: read.Inventory) -> bytes:
    listed = (sorted(inventory.files), sorted(inventory.static), sorted(inventory.assets), inventory.layouts)
    return repr(listed).encode("utf-8", "surrogateescape")


def _survey(
    root: read.Root,
    clock: datetime,
    config: Config,
    inventory: read.Inventory,
    rules: tuple[ActiveRule, ...] | None = None,
) -> Survey:
    rules = rules if rules is not None else active_rules(config)
    path = root.folder / WORK_FOLDER / "facts"
    key = _key(config)
    stored: dict[str, Any] = cache.load(path, key) or {}
    known = _read_all(root, config, rules, inventory.pages, stored)
    if known != stored:
        cache.store(path, key, known)
    pages = []
    findings: dict[str, PageFindings] = {}
    for name, packed in known.items():
        each = _Known(*packed)
        file = f"{config.content_dir}/{name}"
        pages.append(Page(name, file, config, each.facts, partial(_same_source, root, file, each.digest)))
        findings[file] = tuple((rule, cache.finding_of(finding)) for rule, finding in each.findings)
    return Survey(read.site_of(root, config, clock, inventory, pages), rules, findings)


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
    for each, found in zip(unread, _spread(_Reader(root, config, rules, stored), unread), strict=True):
        known[each.path] = found
    return known if not unread else {each.path: known[each.path] for each in listed}


class _Reader:
    """Reads one page at a time and asks it."""

    def __init__(
        self, root: read.Root, config: Config, rules: tuple[ActiveRule, ...], stored: Mapping[str, Any]
    ) -> None:
        self.root = root
        self.config = config
        self.rules = rules
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
        page = Page.of(each.path, Source.decode(name, data), self.config)
        found = ask_page(page, self.rules)
        return (stamp, digest, page.facts, tuple((rule, cache.packed_finding(finding)) for rule, finding in found))


def _spread(work: Callable[[Any], tuple[Any, ...]], items: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What `work` makes of each of `items`, in the same order: plain values, made by every core when that is worth it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < _WORTH_SHARING or cores < 2 or sys.platform != "linux":
        return [work(each) for each in items]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 30 ms that only a large site pays
    from multiprocessing import get_context  # noqa: PLC0415

    global _working  # noqa: PLW0603 - how a forked process finds its work: rules cannot be pickled
    _working = work
    chunks = [items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK)]
    try:
        with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
            return [each for part in pool.map(_work_on, chunks) for each in marshal.loads(part)]  # noqa: S302 - our own
    finally:
        _working = None


_working: Callable[[Any], tuple[Any, ...]] | None = None


def _work_on(chunk: Sequence[Any]) -> bytes:
    if _working is None:
        message = "a process was started without work"
        raise RuntimeError(message)
    return marshal.dumps([_working(each) for each in chunk])


def survey_output(
    site: Site, output: Path, shown_as: str, messages: tuple[EngineMessage, ...], memory: Path
) -> Publication:
    """What Hugo put into `output`; its files are called `shown_as/…` in messages.

    HTML that was read before is known by its digest from the file `memory`.
    """
    from presscheck.publication import Publication, RenderedPage  # noqa: PLC0415 - only a build needs it

    key = _key(None)
    stored: dict[bytes, Any] = cache.load(memory, key) or {}
    files = read.list_output(output)
    paths = [path for path in files if path.endswith((".html", ".htm"))]

    def look(path: str) -> tuple[Any, ...]:
        name = f"{shown_as}/{path}"
        data = read.read_bytes(output / path, name)
        digest = cache.digest(data)
        if digest in stored:
            return (digest, None)
        source = Source.decode(name, data)
        return (digest, RenderedPage.of(path, source, lambda: source).packed)

    seen = _spread(look, paths)
    known = {digest: packed if packed is not None else stored[digest] for digest, packed in seen}
    if known.keys() != stored.keys():
        cache.store(memory, key, known)
    pages = tuple(
        RenderedPage.unpacked(
            path,
            f"{shown_as}/{path}",
            known[digest],
            partial(read.read_source, output / path, f"{shown_as}/{path}"),
        )
        for path, (digest, _) in zip(paths, seen, strict=True)
    )
    return Publication(site, pages, frozenset(files), messages)


def _bytes_of(root: read.Root, name: str) -> bytes:
    return read.read_bytes(root.folder / name, name)


def _same_source(root: read.Root, name: str, digest: bytes) -> Source:
    """The source of a page whose facts are known; raises EnvironmentFault when it is no longer the same."""
    data = _bytes_of(root, name)
    if cache.digest(data) != digest:
        raise EnvironmentFault(f"{name} changed while it was being checked", "run it again")
    return Source.decode(name, data)


def _source_at(root: read.Root, name: str) -> Source | None:
    path = root.folder / name
    return Source.decode(name, path.read_bytes()) if path.is_file() else None


def _key(config: Config | None) -> bytes:
    """Of everything besides the files that facts and results depend on; what is known of HTML needs no `config`."""
    settings = (config.is_whole, config.path, config.values) if config else ()
    whole = (presscheck.__version__, sys.version, settings)
    return cache.digest(repr(whole).encode("utf-8", "surrogateescape"), _code())


@lru_cache(maxsize=1)
def _code() -> bytes:
    """A digest of presscheck's own code: by content, because a fresh checkout gives every file a new time."""
    package = Path(presscheck.__file__).parent
    files = (path for folder in (package, package / "rules") for path in sorted(folder.glob("*.py")))
    return cache.digest(*(path.read_bytes() for path in files))
