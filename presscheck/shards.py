"""A part of a site that one machine rendered: a folder with the files, and `shard.json`, which says what they are a part of.

Parts become a site only when they are of the same site: the same bytes of sources, judged by the same clock, for the same
address, rendered by the same programs. Everything that could differ stands in `shard.json` and is compared.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from presscheck.errors import EnvironmentFault, PublishRefusal, UsageError
from presscheck.files import fault
from presscheck.manifest import Entry, Manifest, ensure_format, read_json, written
from presscheck.publication import EngineMessage
from presscheck.releases import digest_of
from presscheck.segments import Share

FILE = "shard.json"
"""What says what a folder is a part of; the part lies in FOLDER beside it."""
FOLDER = "site"

_FORMAT = 1


@dataclass(frozen=True)
class Whole:
    """What shards have to have in common."""

    sources: str
    """A digest of everything that the site is made from."""
    clock: str
    """The moment that decides what is published (ISO 8601, UTC)."""
    base_url: str
    """The address of the home page."""
    presscheck: str
    """The version of presscheck."""
    hugo: str
    """The version of Hugo."""


_NAMES: Mapping[str, tuple[str, str]] = {
    "sources": ("other sources", "check out the same revision everywhere"),
    "clock": ("another moment", "give every shard the same --clock, or SOURCE_DATE_EPOCH"),
    "base_url": ("another address", "give every shard the same --base-url"),
    "presscheck": ("another version of presscheck", "install the same everywhere"),
    "hugo": ("another version of Hugo", "install the same everywhere"),
}


@dataclass(frozen=True)
class Shard:
    """One rendered part."""

    share: Share
    """Which part."""
    whole: Whole
    """Of what."""
    manifest: Manifest
    """Its files."""
    messages: tuple[EngineMessage, ...] = ()
    """What Hugo said while it rendered them."""
    folder: Path = Path()
    """Where it lies; FILE is in it."""

    def to_json(self) -> bytes:
        """As FILE has it; the same shard makes the same bytes."""
        told = {
            "format": _FORMAT,
            "shard": self.share.number,
            "of": self.share.of,
            **{name: getattr(self.whole, name) for name in _NAMES},
            "messages": [[each.severity, each.text, each.path, each.line, each.column] for each in self.messages],
            "manifest": self.manifest.told(),
        }
        return written(told)

    @classmethod
    def from_json(cls, data: bytes, folder: Path = Path()) -> Shard:
        """What `to_json` made; raises ValueError for anything else."""
        return read_json(data, "a shard", lambda told: cls._of_told(told, folder))

    @classmethod
    def _of_told(cls, told: Mapping[str, Any], folder: Path) -> Shard:
        ensure_format(told, _FORMAT)
        share = Share(int(told["shard"]), int(told["of"]))
        whole = Whole(**{name: str(told[name]) for name in _NAMES})
        manifest = Manifest.of_told(told["manifest"])
        messages = tuple(_message(*each) for each in told["messages"])
        if datetime.fromisoformat(whole.clock).tzinfo is None or not 1 <= share.number <= share.of:
            raise ValueError(f"{share} as of {whole.clock} is no shard")
        return cls(share, whole, manifest, messages, folder)

    @property
    def clock(self) -> datetime:
        """The moment that decided what is published."""
        return datetime.fromisoformat(self.whole.clock)


def _message(severity: str, text: str, path: str | None, line: int, column: int) -> EngineMessage:
    return EngineMessage(str(severity), str(text), None if path is None else str(path), int(line), int(column))


def found_in(folder: Path) -> Shard:
    """The shard in `folder`; raises UsageError when there is none."""
    try:
        return Shard.from_json((folder / FILE).read_bytes(), folder)
    except OSError as error:
        raise UsageError(
            f"{folder} is no shard: it has no {FILE} ({error.strerror})",
            "name the folders that `build --shard` made, each with its `shard.json` and `site/`",
        ) from error
    except ValueError as error:
        raise UsageError(f"{folder / FILE} is not readable: {error}", "build this shard again") from error


def ensure_complete(shards: Sequence[Shard]) -> None:
    """Raise PublishRefusal unless these are all shards of one site, each once."""
    one = shards[0]
    for each in shards:
        _ensure_same(each, one.whole, f"shard {one.share}")
        if each.share.of != one.share.of:
            raise PublishRefusal(
                f"{each.folder} is shard {each.share}, but {one.folder} is shard {one.share}",
                "build all shards with the same number after the `/`",
            )
    numbers = [each.share.number for each in shards]
    twice = [each for each in shards if numbers.count(each.share.number) > 1]
    if twice:
        raise PublishRefusal(
            f"{twice[0].folder} and {twice[1].folder} are both shard {twice[0].share}", "name each shard once"
        )
    missing = [str(Share(number, one.share.of)) for number in range(1, one.share.of + 1) if number not in numbers]
    if missing:
        raise PublishRefusal(
            f"shard {', '.join(missing)} is missing: a site without it would lack pages",
            f"build it with `build --shard {missing[0]}`, and name its folder too",
        )


def ensure_of(shards: Sequence[Shard], whole: Whole) -> None:
    """Raise PublishRefusal unless the shards were made from what lies here, with the programs that are here."""
    for each in shards:
        _ensure_same(each, whole, "what is here")


def _ensure_same(shard: Shard, whole: Whole, other: str) -> None:
    for name, (what, hint) in _NAMES.items():
        its, wanted = getattr(shard.whole, name), getattr(whole, name)
        if its != wanted:
            shown = "" if name == "sources" else f": {its}, not {wanted}"
            raise PublishRefusal(f"shard {shard.share} in {shard.folder} is of {what} than {other}{shown}", hint)


def unite(shards: Sequence[Shard], into: Path) -> None:
    """Copy the files of all `shards` into the folder `into`, each compared with its manifest.

    Raises EnvironmentFault when one is not what was built, and PublishRefusal when two shards have a file with
    different bytes.
    """
    seen: dict[str, tuple[Entry, Shard]] = {}
    for shard in shards:
        for path, entry in shard.manifest.files.items():
            before, other = seen.setdefault(path, (entry, shard))
            if before.sha256 != entry.sha256:
                raise PublishRefusal(
                    f"`{path}` is not the same in shard {other.share} and in shard {shard.share}",
                    "a template prints something else in each build; `build --verify` names what",
                )
            _copy(shard, entry, into)


def _copy(shard: Shard, entry: Entry, into: Path) -> None:
    source, target = shard.folder / FOLDER / entry.path, into / entry.path
    try:
        if source.is_symlink() or digest_of(source) != entry.sha256:
            raise EnvironmentFault(
                f"shard {shard.share} is damaged: {entry.path} is not what was built", "build this shard again"
            )
    except OSError as error:
        raise EnvironmentFault(
            f"shard {shard.share} is damaged: {entry.path} is not there ({error.strerror})",
            "build this shard again; whoever carries it from machine to machine must take hidden files along",
        ) from error
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(source, target)
    except OSError as error:
        raise fault(f"cannot write {target}", error) from error


def digest_of_sources(digests: Mapping[str, str]) -> str:
    """One digest for all sources, from the digest of each by path."""
    return hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()
