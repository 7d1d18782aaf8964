"""Which files have to travel, in which order, and which go at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from presscheck.hosting.model import cache_of
from presscheck.manifest import MARK, PACKED, Entry, Manifest
from presscheck.publish.state import FOLDER, Coming, State
from presscheck.publish.store import Object
from presscheck.settings import Hosting

_LISTS = (
    "text/html",
    "text/plain",
    "text/markdown",
    "application/json",
    "application/xml",
    "application/manifest+json",
)
"""What names pages, or is one, and so must not be there before what it names."""
_NAMES = Hosting(page_cache="page", asset_cache="asset", other_cache="other")
_GROUP_FILES = 1000
_GROUP_BYTES = 32 << 20


class Kind(Enum):
    """How long browsers and caches may keep a file."""

    ASSET = "asset"
    """It has a fingerprint and never changes."""
    OTHER = "other"
    """A picture, a font, or the like, that an author named."""
    PAGE = "page"
    """Everything else: pages, feeds, lists."""


class Phase(Enum):
    """What travels together; each phase begins when the one before has arrived."""

    ASSETS = "files that pages need"
    NEW = "new pages"
    CHANGED = "changed pages"


@dataclass(frozen=True)
class Group:
    """Files of one phase and one kind that travel in one go."""

    phase: Phase
    kind: Kind
    entries: tuple[Entry, ...]
    is_forced: bool = False
    """Whether they travel even when the store has the same bytes, because their headers are new."""

    @property
    def size(self) -> int:
        """In bytes, before packing."""
        return sum(each.size for each in self.entries)


@dataclass(frozen=True)
class Plan:
    """What a publication has to do."""

    groups: tuple[Group, ...]
    """What has to travel, in order."""
    doomed: tuple[str, ...]
    """The objects that no manifest needs any more, pages first."""
    drifted: tuple[str, ...]
    """What somebody changed or removed in the store since the last publication."""
    is_marked: bool
    """Whether the file that says which release is online says so already."""
    strangers: int
    """How many objects are there that we did not put there; they stay."""

    @property
    def entries(self) -> list[Entry]:
        """All that has to travel."""
        return [each for group in self.groups for each in group.entries]


def plan(
    after: Manifest, before: State | None, coming: Coming | None, there: Mapping[str, Object], hosting: Hosting
) -> Plan:
    """How to get from what the store has (`there`, of which `before` and `coming` are known) to `after`.

    What goes is decided by what we know to have put there, never by what the store lists: a list that is cut off, or has
    things of others in it, does no harm.
    """
    tags = before.tags if before else {}
    online = before.manifest.everything if before else {}
    on_its_way = coming.manifest.everything if coming else {}
    ours = {*online, *on_its_way, *(coming.doomed if coming else ())}
    headers = headers_of(hosting)
    stale = {kind for kind in Kind if before and before.headers.get(kind.value) != headers[kind.value]}
    needed, forced, drifted = [], set(), []
    for path, entry in after.everything.items():
        if path in after.kept:
            continue
        is_right = path in tags and path in there and there[path].tag == tags[path]
        if path in tags and not is_right and path not in on_its_way:
            drifted.append(path)
        if kind_of(entry) in stale:
            forced.add(path)
        if not is_right or path not in online or online[path].sha256 != entry.sha256 or path in forced:
            needed.append(entry)
    sent = [entry for entry in needed if entry.path != MARK]  # the mark is written by itself, when all is there
    new = {entry.path for entry in sent if entry.path not in online}
    return Plan(
        tuple(_grouped(sent, new, forced)),
        tuple(sorted(ours - after.everything.keys(), key=lambda path: (not path.endswith(".html"), path))),
        tuple(sorted(drifted)),
        len(sent) == len(needed),
        sum(path not in ours and path not in after.everything and not path.startswith(FOLDER) for path in there),
    )


def kind_of(entry: Entry) -> Kind:
    """How long it may be kept, as other hosts are told."""
    return Kind(cache_of(entry, _NAMES))


def headers_of(hosting: Hosting) -> dict[str, str]:
    """The `Cache-Control` of each kind, by its name."""
    return {
        Kind.ASSET.value: hosting.asset_cache,
        Kind.OTHER.value: hosting.other_cache,
        Kind.PAGE.value: hosting.page_cache,
    }


def is_packed(entry: Entry) -> bool:
    """Whether it is stored with gzip."""
    return entry.media_type.startswith(PACKED)


def _phase(entry: Entry, new: set[str]) -> Phase:
    if entry.is_fingerprinted or not entry.media_type.startswith(_LISTS):
        return Phase.ASSETS
    return Phase.NEW if entry.is_page and entry.path in new else Phase.CHANGED


def _grouped(entries: list[Entry], new: set[str], forced: set[str]) -> Iterator[Group]:
    sorted_out: dict[tuple[Phase, Kind, bool], list[Entry]] = {}
    for phase in Phase:
        for kind in Kind:
            for is_forced in (False, True):
                sorted_out[phase, kind, is_forced] = []
    for entry in sorted(entries):
        sorted_out[_phase(entry, new), kind_of(entry), entry.path in forced].append(entry)
    for (phase, kind, is_forced), found in sorted_out.items():
        for part in _parts(found):
            yield Group(phase, kind, part, is_forced)


def _parts(entries: list[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Hugo holds what it uploads in memory, and says nothing before it is done."""
    part: list[Entry] = []
    size = 0
    for entry in entries:
        if part and (len(part) == _GROUP_FILES or size + entry.size > _GROUP_BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(entry)
        size += entry.size
    if part:
        yield tuple(part)
