"""What became of the pages that the ledger calls live: what several rules have to agree on."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from presscheck.diagnostics import Note
from presscheck.ledger import Line, told
from presscheck.nearest import two_nearest
from presscheck.page import Page, Visibility
from presscheck.site import Site
from presscheck.urls import encoded

_ALIKE = 0.75


class Loss(NamedTuple):
    """A page of a file that was at a live address, where nothing is any more."""

    line: Line
    """What the ledger says of the address."""
    page: Page | None
    """The page that it has most likely become; None when there is no such page."""
    is_certain: bool
    """Whether there is no doubt about that."""


def losses(site: Site) -> tuple[Loss, ...]:
    """The live addresses of pages at which nothing is any more, as far as the model of addresses can tell."""
    if not site.ledger.lines or not site.is_whole or not site.config.addresses_are_known:
        return ()
    if any(page.address is None for page in site.published):
        return ()
    lost = [line for line in site.ledger.live() if line.source and not line.is_fragment and _is_lost(site, line)]
    if not lost:
        return ()
    heirs = _Heirs(site)
    return tuple(Loss(line, *heirs.of(line)) for line in lost)


def lost_urls(site: Site) -> frozenset[str]:
    """The addresses of `losses`."""
    return frozenset(loss.line.url for loss in site.once(losses))


def place_of_ledger(site: Site) -> str:
    """The path of the ledger, relative to the root; empty when there is none."""
    return site.ledger_source.path if site.ledger_source else ""


def history(site: Site, line: Line, place: str = "") -> Note:
    """What the ledger knows of the first time that something was at the address of `line`.

    It points at the line that says so, unless that is the place of the finding, which is in the file `place`.
    """
    first = site.ledger.first.get(line.url, line)
    path = site.ledger_source.path if site.ledger_source else None
    if path == place and first.span == line.span:
        return Note(told(first))
    return Note(told(first), path, first.span)


def _is_lost(site: Site, line: Line) -> bool:
    address = unquote(line.url)
    if address in site.addresses or address + "index.html" in site.file_addresses:
        return False
    hidden = site.hidden_by_address.get(address)
    return not hidden or hidden.visibility(site.clock) is not Visibility.EXPIRED


class _Heirs:
    """Finds the page that another one has become."""

    def __init__(self, site: Site) -> None:
        self.site = site
        live = {line.url for line in site.ledger.live()}
        self.by_title: dict[str, list[Page]] = defaultdict(list)
        self.new: list[Page] = []
        for page in site.published:
            if page.title:
                self.by_title[page.title].append(page)
            if page.address and encoded(page.address) not in live:
                self.new.append(page)
        self.fresh = frozenset(map(id, self.new))
        self.titles = [page.title for page in self.new if page.title]
        named: dict[str, list[Page]] = defaultdict(list)
        for page in self.new:
            named[_name(page)].append(page)
        self.by_name = {name: pages[0] for name, pages in named.items() if len(pages) == 1}
        """The new pages whose names are theirs alone."""

    def of(self, line: Line) -> tuple[Page | None, bool]:
        """The page, and whether there is no doubt."""
        hidden = self.site.hidden_by_address.get(unquote(line.url))
        if hidden:
            return hidden, True
        same = self.site.by_file.get(line.source)
        if same and same in self._published(same):
            return same, True
        titled = self.by_title.get(line.title, []) if line.title else []
        if len(titled) == 1:
            return titled[0], True
        fresh = [page for page in titled if id(page) in self.fresh]
        if len(fresh) == 1:
            return fresh[0], False
        return self._alike(line), False

    def _published(self, page: Page) -> list[Page]:
        return self.site.by_address.get(page.address, []) if page.address else []

    def _alike(self, line: Line) -> Page | None:
        """The only new page whose file or title is much like those of the lost one."""
        wanted = _name_of(line.source)
        names = two_nearest(wanted, list(self.by_name), _ALIKE)
        if not names:
            close = two_nearest(line.title, self.titles, _ALIKE) if line.title else []
            found = [page for title in close for page in self.by_title[title] if id(page) in self.fresh]
            return found[0] if len(found) == 1 else None
        if len(names) > 1 and wanted not in names:
            return None
        return self.by_name[names[0]]


def _name(page: Page) -> str:
    return _name_of(page.file)


def _name_of(file: str) -> str:
    """What an author would call the file: the folder's name for a bundle."""
    folder, base = posixpath.split(file)
    stem = base.partition(".")[0]
    return posixpath.basename(folder) if stem in {"index", "_index"} else stem


def ways_out(url: str) -> Iterator[str]:
    """The commands that say of an address what became of it."""
    yield f"presscheck urls moved {url} --to …"
    yield f'presscheck urls gone {url} --reason "…"'
