"""Gives a finished site what its hosts read: headers, redirects, a contact; see `hosting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from presscheck import read
from presscheck.config import Config
from presscheck.files import fault
from presscheck.hosting import model, written
from presscheck.ledger import Ledger, gone_urls, path_of
from presscheck.publication import HtmlFacts, RenderedPage
from presscheck.stand_ins import is_stand_in

_LARGEST = 8192
"""Bytes; a page that only redirects has fewer."""


def equip(folder: Path, config: Config, ledger: Ledger, clock: datetime) -> tuple[str, ...]:
    """Write the files that the settings ask for into `folder`; gives what the hosts could not be told.

    Raises UsageError for settings that are wrong, EnvironmentFault when a file cannot be written.
    """
    if not written.is_asked(config):
        model.headers(config)  # pages carry the policy, so it has to be right
        return ()
    paths = read.list_output(folder)
    is_told = bool(written.wanted(config))
    redirects = model.redirects(_redirecting(folder, paths), config) if is_told else ()
    gone = _gone(folder, ledger) if is_told else ()
    hosted = written.for_hosts(config, paths, clock, redirects, gone)
    try:
        for name, data in hosted.files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
    except OSError as error:
        raise fault(f"cannot write to {folder}", error) from error
    return hosted.notes


def service_of(folder: Path, config: Config, ledger: Ledger, place: str) -> model.Service:
    """How the published site in `folder` is to be served from `place`, a folder on a server."""
    paths = read.list_output(folder)
    own = {name for files in written.FILES.values() for name in files}
    redirects = model.redirects(_redirecting(folder, paths), config)
    return model.service(config, (path for path in paths if path not in own), redirects, _gone(folder, ledger), place)


def _redirecting(folder: Path, paths: Iterable[str]) -> Iterator[RenderedPage]:
    """The pages that may be there only to lead elsewhere."""
    for path in paths:
        if not path.endswith((".html", ".htm")) or (folder / path).stat().st_size > _LARGEST:
            continue
        data = read.read_bytes(folder / path, path)
        if b"refresh" in data.lower():
            source = read.read_source(folder / path, path)
            yield RenderedPage(path, path, HtmlFacts.of(source.text), lambda source=source: source)  # type: ignore[misc]


def _gone(folder: Path, ledger: Ledger) -> Iterator[str]:
    """The addresses whose page says that it is gone; not those at which there is something again."""
    for url in gone_urls(ledger):
        path = folder / path_of(url)
        if path.is_file() and is_stand_in(path):
            yield url
