"""Adds to the ledger what a release has, and what people say of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from presscheck import read, survey
from presscheck.config import Config
from presscheck.files import fault, locked, write_atomically
from presscheck.hosting.written import FILES
from presscheck.ledger import (
    Ledger,
    Line,
    Origin,
    Status,
    added,
    canonical,
    keeps_fragments,
    news,
    path_of,
    read_ledger,
)
from presscheck.links import MADE_ELSEWHERE, Links
from presscheck.manifest import Entry, Manifest
from presscheck.releases import Release
from presscheck.search import FOLDER as SEARCH
from presscheck.site import Site
from presscheck.stand_ins import is_stand_in
from presscheck.text import Source
from presscheck.urls import encoded

_PATIENCE = 60.0
_NOT_FOR_READERS = re.compile(r"(?:^|/)404\.html$|(?:^|/)\.(?!well-known/)")
_FOR_HOSTS = frozenset(name for files in FILES.values() for name in files)


@dataclass(frozen=True)
class There:
    """The addresses of one release."""

    recorded: frozenset[str]
    """Those that a ledger keeps."""
    everything: frozenset[str]
    """Those, and the ones that it does not keep; what only stands in for something is in neither."""


def is_wanted(root: read.Root, config: Config) -> bool:
    """Whether the site keeps a ledger."""
    return read.ledger_path(root, config).is_file()


def ledger_of(root: read.Root, config: Config) -> Ledger:
    """What the site's ledger says; nothing when it keeps none."""
    path = read.ledger_path(root, config)
    return read_ledger(read.read_source(path, path.name)) if path.exists() else Ledger()


def record(root: read.Root, release: Release, clock: datetime) -> tuple[Line, ...]:
    """Add to the ledger of the site at `root` what `release` has and it has not; gives the lines that were added.

    The ledger is made when there is none. It is as it was when this raises.
    """
    config = read.configured(root)
    site = survey.survey(root, clock, config).site
    made = origins(root, site)

    def lines(known: Ledger) -> list[Line]:
        there = there_in(release, known, site)
        return news(known, there.recorded, made, release.id, clock.date())

    return append(root, config, lines)


def append(root: read.Root, config: Config, lines_for: Callable[[Ledger], Iterable[Line]]) -> tuple[Line, ...]:
    """Add the lines that `lines_for` has for what the ledger says now; gives them. Two at once take turns."""
    path = read.ledger_path(root, config)
    with locked(root.folder / survey.WORK_FOLDER / "ledger", _PATIENCE):
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise fault(f"cannot read {path.name}", error) from error
        source = Source.decode(path.name, data)
        lines = tuple(lines_for(read_ledger(source)))
        text = added(source.text, lines)
        if text != source.text or not path.exists():
            write_atomically(path, source.encode(text))
    return lines


def is_recorded(entry: Entry, pager: str = "page") -> bool:
    """Whether the address of a file is one to keep: not one that a build made for its own use, and no later sheet of a list.

    `pager` is what the site calls those in their addresses.
    """
    if entry.is_fingerprinted or entry.path in _FOR_HOSTS or _NOT_FOR_READERS.search(entry.path):
        return False
    if entry.path.startswith(f"{SEARCH}/"):
        return False
    return not re.search(rf"(?:^|/){re.escape(pager)}/\d+(?:/|\.html$)", entry.path)


def there_in(release: Release, known: Ledger, site: Site) -> There:
    """The addresses at which `release` has something that does not merely stand in for something else."""
    config = site.config
    pager = str(config.get("pagination", "path", default="page"))
    own = {
        entry.url: entry
        for entry in release.manifest.files.values()
        if not _stands_in(entry, release.manifest, release.site, known)
    }
    kept = frozenset(url for url, entry in own.items() if is_recorded(entry, pager))
    if keeps_fragments(config):
        parts = frozenset(_fragments(release.site, (own[url] for url in kept if own[url].is_page), site))
        return There(kept | parts, frozenset(own) | parts)
    return There(kept, frozenset(own))


def _stands_in(entry: Entry, manifest: Manifest, folder: Path, known: Ledger) -> bool:
    line = known.latest.get(entry.url)
    if not line or line.status is Status.LIVE:
        return False
    if entry.is_page:
        return is_stand_in(folder / entry.path)
    to = known.destination(entry.url) if line.status is Status.MOVED else ""
    other = manifest.files.get(path_of(to)) if to.startswith("/") else None
    return bool(other) and other is not None and other.sha256 == entry.sha256


def _fragments(folder: Path, entries: Iterable[Entry], site: Site) -> Iterator[str]:
    """The addresses of the parts of the pages, besides those that templates make on every page."""
    from presscheck.publication import HtmlFacts  # noqa: PLC0415 - only a site that asks for them pays

    for entry in entries:
        try:
            facts = HtmlFacts.of(Source.decode(entry.path, (folder / entry.path).read_bytes()).text)
        except OSError as error:
            raise fault(f"cannot read {entry.path} of the release", error) from error
        if facts.redirect is not None:
            continue
        for name in facts.ids:
            if name in site.templates.ids or name.startswith(MADE_ELSEWHERE):
                continue
            try:
                yield canonical(f"{entry.url}#{name}")
            except ValueError:
                continue  # an id with a space or a quote in it, which no link names


def origins(root: read.Root, site: Site) -> dict[str, Origin]:
    """The file and the title of each page by its address, and of the page that an alias leads to.

    Where presscheck's own model of addresses does not hold, Hugo is asked.
    """
    found: dict[str, Origin] = {}
    if site.config.addresses_are_known and all(page.address is not None for page in site.published):
        for alias, page in site.alias_addresses.items():
            found[encoded(alias)] = Origin(page.file, page.title)
        for address, pages in site.by_address.items():
            found[encoded(address)] = Origin(pages[0].file, pages[0].title)
        return found
    from presscheck import hugo  # noqa: PLC0415 - most sites do without

    for file, permalink in hugo.published(root.folder, site.clock).items():
        named = site.by_file.get(file)
        inside = site.once(Links).inside(unquote(permalink))
        if named and inside:
            found[encoded(inside)] = Origin(file, named.title)
    return found
