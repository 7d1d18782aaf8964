"""What a release consists of: every file with its size, digest, media type and address.

A release is named by what is in it. Two builds that print the same bytes make the same release, on any machine and at
any time; files that are only kept for readers of an earlier release do not count.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from presscheck.urls import encoded

MARK = "release.json"
"""The file of a site that says which release it is; it is in every release, and no part of its name."""

_FORMAT = 1
_Made = TypeVar("_Made")
FINGERPRINT = r"\.[0-9a-f]{32,128}\.[^/]+$|_hu_?[0-9a-f]{8,}[^/]*$|_[0-9a-f]{6,}\.pf_\w+$"
"""What ends the name of a file that a digest of what is in it is part of, as a pattern that every server understands."""

_FINGERPRINTED = re.compile(FINGERPRINT)
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


PACKED = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")
"""With what the media types begin of files that travel packed."""


def suffix_of(path: str) -> str:
    """The ending of a file's name, with its dot; empty when it has none."""
    name = path.rpartition("/")[2]
    return name[name.rfind(".") :] if "." in name else ""


class Entry(NamedTuple):
    """One file of a release."""

    path: str
    """Relative to the site, with `/`."""
    size: int
    """In bytes."""
    sha256: str
    """In hexadecimal."""
    superseded: str = ""
    """The day (ISO 8601) since when no release has it any more, for a file that is only kept for readers; else empty."""

    @property
    def suffix(self) -> str:
        """The ending of its name, with its dot; empty when it has none."""
        return suffix_of(self.path)

    @property
    def media_type(self) -> str:
        """What a server should call it."""
        suffix = self.suffix.lower()
        return _MEDIA_TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")

    @property
    def url(self) -> str:
        """Its address below the base URL, with a leading `/` and without a closing `index.html`."""
        path = self.path.removesuffix("index.html") if self.path.rpartition("/")[2] == "index.html" else self.path
        return "/" + encoded(path)

    @property
    def is_page(self) -> bool:
        """Whether readers open it as a page."""
        return self.path.endswith(".html")

    @property
    def is_fingerprinted(self) -> bool:
        """Whether a digest of what is in it is part of its name, so that it never changes."""
        return bool(_FINGERPRINTED.search(self.path))


class Changes(NamedTuple):
    """How one release differs from the one before; each sorted by path."""

    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    removed: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """How many bytes have to travel."""
        return sum(entry.size for entry in (*self.added, *self.changed))


@dataclass(frozen=True)
class Manifest:
    """The files of a release."""

    files: Mapping[str, Entry]
    """What the build made, by path."""
    made: str = ""
    """When, in UTC (ISO 8601, seconds)."""
    base_url: str = ""
    """The address of its home page."""
    kept: Mapping[str, Entry] = field(default_factory=dict)
    """Files of earlier releases that pages in readers' hands may still ask for, by path."""

    @classmethod
    def of(cls, files: Iterable[Entry], made: str = "", base_url: str = "", kept: Iterable[Entry] = ()) -> Manifest:
        """From entries in any order; the mark is left out."""
        return cls(
            {entry.path: entry for entry in sorted(files) if entry.path != MARK},
            made,
            base_url,
            {entry.path: entry for entry in sorted(kept)},
        )

    @cached_property
    def id(self) -> str:
        """The name of the release: twelve hexadecimal digits that are the same whenever the files are."""
        digest = hashlib.sha256()
        for entry in self.files.values():
            digest.update(f"{entry.path}\0{entry.sha256}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:12]

    @property
    def mark(self) -> bytes:
        """What the release's own `release.json` says."""
        return f'{{"release": "{self.id}"}}\n'.encode()

    @cached_property
    def everything(self) -> Mapping[str, Entry]:
        """All that lies in the site's folder: made, kept, and the mark."""
        mark = Entry(MARK, len(self.mark), hashlib.sha256(self.mark).hexdigest())
        return {**self.files, **self.kept, MARK: mark}

    @cached_property
    def urls(self) -> frozenset[str]:
        """The addresses of everything that the build made."""
        return frozenset(entry.url for entry in self.files.values())

    def since(self, before: Manifest | None) -> Changes:
        """What is different from `before`, kept files aside; everything is added when there was nothing before."""
        old = before.files if before else {}
        return Changes(
            tuple(entry for path, entry in self.files.items() if path not in old),
            tuple(entry for path, entry in self.files.items() if path in old and old[path].sha256 != entry.sha256),
            tuple(entry for path, entry in old.items() if path not in self.files),
        )

    def keeping(self, before: Manifest, today: date, days: int) -> Manifest:
        """This one, with the fingerprinted files that `before` has and it has not, unless they are older than `days`."""
        kept = dict(self.kept)
        for entry in (*before.files.values(), *before.kept.values()):
            if entry.path in self.files or not entry.is_fingerprinted:
                continue
            since = entry.superseded or today.isoformat()
            if (today - date.fromisoformat(since)).days <= days:
                kept[entry.path] = entry._replace(superseded=since)
        return Manifest(self.files, self.made, self.base_url, dict(sorted(kept.items())))

    def told(self) -> dict[str, object]:
        """What a file of ours says of it, as JSON has it."""
        return {
            "format": _FORMAT,
            "release": self.id,
            "made": self.made,
            "base_url": self.base_url,
            "files": [_told(entry) for entry in self.files.values()],
            "kept": [{**_told(entry), "superseded": entry.superseded} for entry in self.kept.values()],
        }

    def to_json(self) -> bytes:
        """As a file; the same manifest makes the same bytes."""
        return written(self.told())

    @classmethod
    def of_told(cls, told: Mapping[str, Any]) -> Manifest:
        """What `told` gave; raises ValueError, KeyError, TypeError or AttributeError for anything else, also when the files do not add up to the name."""
        ensure_format(told, _FORMAT)
        found = cls.of(
            (_read(each) for each in told["files"]),
            str(told["made"]),
            str(told["base_url"]),
            (_read(each) for each in told["kept"]),
        )
        if found.id != told.get("release"):
            raise ValueError("the files are not those of the release")
        return found

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """What `to_json` made; raises ValueError for anything else."""
        return read_json(data, "a manifest", cls.of_told)


def written(told: Mapping[str, object]) -> bytes:
    """A file of ours; the same words make the same bytes."""
    return json.dumps(told, indent=1).encode() + b"\n"


def read_json(data: bytes, what: str, make: Callable[[Mapping[str, Any]], _Made]) -> _Made:
    """What `make` makes of a file of ours; raises ValueError for one that is not `what`."""
    try:
        return make(json.loads(data))
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not {what}: {error!r}") from error


def ensure_format(told: Mapping[str, Any], wanted: int) -> None:
    """Raise ValueError for a file of another format than `wanted`."""
    if told["format"] != wanted:
        raise ValueError(f"format {told['format']} is not {wanted}")


def _told(entry: Entry) -> dict[str, str | int]:
    return {
        "path": entry.path,
        "size": entry.size,
        "sha256": entry.sha256,
        "type": entry.media_type,
        "url": entry.url,
    }


def _read(told: Mapping[str, object]) -> Entry:
    path, size, sha256, since = told["path"], told["size"], told["sha256"], told.get("superseded", "")
    if not (isinstance(path, str) and isinstance(size, int) and isinstance(sha256, str) and isinstance(since, str)):
        raise TypeError(f"{told!r}")
    if path.startswith("/") or ".." in path.split("/"):
        raise TypeError(f"{path!r} leads out of the site")
    if since:
        date.fromisoformat(since)
    return Entry(path, size, sha256, since)
