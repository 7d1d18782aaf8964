"""What a place remembers of what was published there: `.presscheck/state.json` in the bucket, or in the branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from presscheck.manifest import Manifest, ensure_format, read_json, written

FOLDER = ".presscheck/"
"""Below which nothing is part of a site."""
PATH = f"{FOLDER}state.json"
"""What is online."""
COMING = f"{FOLDER}coming.json"
"""What was about to be put online; there as long as a publication runs, and after one that was cut off."""
_FORMAT = 1


@dataclass(frozen=True)
class State:
    """What is online, as the one who put it there left it."""

    manifest: Manifest
    """The release, with the files that are kept for readers of earlier ones."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """The store's tag of each object when it was found to be right."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The `Cache-Control` of each kind of file."""
    unpurged: tuple[str, ...] = ()
    """Addresses that a cache in front of the store has not been told about."""

    def to_json(self) -> bytes:
        """As an object."""
        told = {
            "format": _FORMAT,
            "manifest": self.manifest.told(),
            "tags": dict(self.tags),
            "headers": dict(self.headers),
            "unpurged": list(self.unpurged),
        }
        return written(told)

    @classmethod
    def from_json(cls, data: bytes) -> State:
        """What `to_json` made; raises ValueError for anything else."""
        return read_json(data, "a state", cls._of_told)

    @classmethod
    def _of_told(cls, told: Mapping[str, Any]) -> State:
        ensure_format(told, _FORMAT)
        return cls(
            Manifest.of_told(told["manifest"]),
            {str(path): str(tag) for path, tag in told["tags"].items()},
            {str(kind): str(cache) for kind, cache in told["headers"].items()},
            tuple(map(str, told["unpurged"])),
        )


@dataclass(frozen=True)
class Coming:
    """What a publication is about to do, written down before it begins, so that the next one can end what it leaves."""

    manifest: Manifest
    """The release, with the files that are kept."""
    doomed: tuple[str, ...] = ()
    """The objects that go at the end."""

    def to_json(self) -> bytes:
        """As an object."""
        told = {
            "format": _FORMAT,
            "manifest": self.manifest.told(),
            "doomed": list(self.doomed),
        }
        return written(told)

    @classmethod
    def from_json(cls, data: bytes) -> Coming:
        """What `to_json` made; raises ValueError for anything else."""
        return read_json(data, "a plan", cls._of_told)

    @classmethod
    def _of_told(cls, told: Mapping[str, Any]) -> Coming:
        ensure_format(told, _FORMAT)
        return cls(Manifest.of_told(told["manifest"]), tuple(map(str, told["doomed"])))


def followed(new: Manifest, before: State | None, coming: Coming | None, today: date, days: int) -> Manifest:
    """`new` with what has to stay for readers of what was online, and of what was on its way there."""
    kept = new
    for each in (before, coming):
        if each:
            kept = kept.keeping(each.manifest, today, days)
    return kept
