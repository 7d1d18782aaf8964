"""Puts a finished folder in place, whole or not at all, and remembers what was there before.

Next to the published folder lies `.presscheck/`: the lock, the staging folders, the releases, those of them that are being
sent somewhere, and what is known of files. A build writes into a fresh staging folder; when everything is right, staging and published folder change names in one
step of the file system. What was published before moves to `.presscheck/releases/<folder>/<id>/site`, beside its
`manifest.json`, from where `rollback` brings it back. Nothing is ever written into, or cleaned inside, the published
folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from presscheck.errors import EnvironmentFault, PresscheckError, UsageError
from presscheck.files import fault, link_or_copy, locked, put_back, swap, write_atomically
from presscheck.interrupts import ensure_wanted, held
from presscheck.manifest import MARK, Entry, Manifest

_BLOCK = 1 << 20
_STAGING = "staging-"
_SENDING = "sending-"
_DAY = timedelta(days=1)
_ASIDE = "aside"


@dataclass(frozen=True)
class Release:
    """One release that is on this machine."""

    manifest: Manifest
    """What it consists of."""
    site: Path
    """The folder it lies in."""
    is_current: bool
    """Whether it is the published folder."""

    @property
    def id(self) -> str:
        """Its name."""
        return self.manifest.id


@contextlib.contextmanager
def alone_in(work: Path, patience: float, busy: type[PresscheckError] = EnvironmentFault) -> Iterator[None]:
    """Hold the lock of `work` for the time of a block, once what a killed holder left half done is put right.

    Raises `busy` when it is not free within `patience` seconds.
    """
    with locked(work, patience, busy):
        for left in (work / _ASIDE).glob("*"):
            put_back(left, work.parent / left.name)
        for left in work.glob(f"{_STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in work.glob(f"{_SENDING}*"):
            with contextlib.suppress(EnvironmentFault), locked(left, 0):  # or somebody is sending it
                shutil.rmtree(left, ignore_errors=True)
        yield


def aside_of(work: Path, output: Path) -> Path:
    """Where the published folder `output`, which lies beside `work`, is for a moment while it is replaced."""
    return work / _ASIDE / output.name


@contextlib.contextmanager
def staging(work: Path) -> Iterator[Path]:
    """A fresh folder below `work`, removed at the end of the block with whatever is then in it; the lock must be held."""
    folder = work / f"{_STAGING}{os.getpid()}"
    own_umask = os.umask(0o022)  # what is published is for everyone, whoever builds it
    try:
        try:
            (folder / "site").mkdir(parents=True)
        except OSError as error:
            raise fault(f"cannot write to {work}", error) from error
        yield folder / "site"
    finally:
        os.umask(own_umask)
        with held():
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def sending(release: Release, work: Path) -> Iterator[Release]:
    """`release` in a folder of its own below `work` for the time of a block, whatever is built or gone back to meanwhile.

    The lock must be held when the block begins, and need not be afterwards: an upload takes minutes, and nobody who writes
    has to wait for it. The files are second names of the release's own, which nothing writes into.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=_SENDING, dir=work))
    except OSError as error:
        raise fault(f"cannot write to {work}", error) from error
    try:
        with locked(folder, 0):
            for path in release.manifest.everything:
                _put_beside(release, path, folder / "site")
            yield replace(release, site=folder / "site")
    finally:
        with held():
            shutil.rmtree(folder, ignore_errors=True)


def _put_beside(release: Release, path: str, folder: Path) -> None:
    try:
        link_or_copy(release.site / path, folder / path)
    except FileNotFoundError:
        return  # whoever compares the release with its manifest says so
    except OSError as error:
        raise fault(f"cannot put release {release.id} together in {folder}", error) from error


class Releases:
    """The releases of one published folder; whoever changes them must hold the lock of `work`."""

    def __init__(self, work: Path, output: Path, *, number: int = 3, days: int = 14) -> None:
        """Below `work`; at most `number` are there, the published one included, and none but the last two for more than `days`."""
        self.output = output
        self._aside = aside_of(work, output)
        self._folder = work / "releases" / output.name
        self._number = number
        self._days = days
        self._found = work / "found"
        self.found: Path | None = None
        """Where the folder lies whose place this one took, if that was no release: it is nobody's to throw away."""

    def current(self) -> Release | None:
        """The one that is published; None when nothing is, or nothing that this machine made."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            name = str(json.loads((self.output / MARK).read_bytes())["release"])
            return Release(self._manifest(name), self.output, is_current=True)
        return None

    def all(self) -> list[Release]:
        """Every one that is whole, the newest first."""
        current = self.current()
        found = [current] if current else []
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if current and folder.name == current.id:
                continue
            with contextlib.suppress(OSError, ValueError):
                if (folder / "site").is_dir():
                    found.append(Release(self._manifest(folder.name), folder / "site", is_current=False))
        order = {name: at for at, name in enumerate(self._history())}
        return sorted(found, key=lambda each: (order.get(each.id, -1), each.manifest.made, each.id), reverse=True)

    def put(self, staged: Path, base_url: str, now: datetime, made: datetime | None = None) -> Manifest:
        """Make the finished folder `staged` the published one, and the published one a release to go back to.

        The manifest says that it was `made` then, or now. Raises EnvironmentFault with the published folder as it was.
        """
        return self._publish(staged, describe(staged, base_url, made or now), now, is_new=True)

    def roll_back(self, name: str, now: datetime) -> Manifest:
        """Publish the release `name` again, or the newest before the published one when `name` is empty.

        Its bytes are compared with its manifest first. Raises UsageError when there is none such, EnvironmentFault when
        it is damaged or cannot be put in place, with the published folder as it was.
        """
        known = self.all()
        current = next((each for each in known if each.is_current), None)
        older = known[known.index(current) + 1 :] if current else known
        chosen = one_of(known, name) if name else next(iter(older), None)
        if chosen is None:
            raise UsageError("there is no earlier release", "a build leaves one behind each time it replaces it")
        if chosen.is_current:
            raise UsageError(f"{chosen.id} is the release that is published", "name another; `releases` lists them")
        ensure_whole(chosen)
        return self._publish(chosen.site, chosen.manifest, now)

    def take(self, finished: Path, made: Manifest, now: datetime) -> Manifest:
        """Make the folder `finished`, which is a copy of the release `made`, the published one.

        What others put into the published folder stays there, unless the release has something of its own in its place.
        Raises EnvironmentFault with the published folder as it was.
        """
        try:
            self._carry_over(finished)
        except OSError as error:
            raise fault(f"cannot copy what others put into {self.output}", error) from error
        return self._publish(finished, made, now, is_new=True)

    def _carry_over(self, finished: Path) -> None:
        """Give `finished` the files of the published folder that belong to no release."""
        current = self.current()
        ours = {MARK, *(current.manifest.everything if current else ())}
        for file in _files_below(self.output) if self.output.is_dir() else ():
            name = Path(file.path).relative_to(self.output)
            target = finished / name
            if name.as_posix() in ours or target.exists() or any(each.is_file() for each in target.parents):
                continue
            if file.is_symlink():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(Path(file.path).readlink())
            else:
                link_or_copy(Path(file.path), target)

    def _put_aside(self, folder: Path, now: datetime) -> None:
        """Keep `folder`, which was published and is no release."""
        if any(folder.iterdir()):
            self._found.mkdir(parents=True, exist_ok=True)
            self.found = self._found / f"{self.output.name}-{now:%Y%m%d-%H%M%S-%f}"
            folder.rename(self.found)

    def _publish(self, finished: Path, made: Manifest, now: datetime, *, is_new: bool = False) -> Manifest:
        before = self._published(now)
        is_release = self.current() is not None
        try:
            manifest = _keep(made.keeping(before, now.date(), self._days), finished, self.output) if before else made
            write_atomically(finished / MARK, manifest.mark)
            own = self._folder / manifest.id
            own.mkdir(parents=True, exist_ok=True)
            write_atomically(own / "manifest.json", manifest.to_json())
            if is_new:
                self._remember(manifest.id, now)
            ensure_wanted()
            with held():  # what was published before is either still published or a release
                swap(finished, self.output, self._aside)
                if before and before.id != manifest.id and (self._folder / before.id).is_dir():
                    aside = self._folder / before.id / "site"
                    shutil.rmtree(aside, ignore_errors=True)
                    finished.rename(aside)
                elif before and not is_release:
                    self._put_aside(finished, now)
            shutil.rmtree(own / "site", ignore_errors=True)
        except OSError as error:
            raise fault(f"cannot make a release in {self._folder}", error) from error
        self._prune(manifest.id, now)
        return manifest

    def _published(self, now: datetime) -> Manifest | None:
        """What the published folder consists of, also when it is no release of ours."""
        current = self.current()
        if current or not self.output.is_dir():
            return current.manifest if current else None
        return describe(self.output, "", now, lambda path: Entry(path, 0, "").is_fingerprinted)

    def _prune(self, current: str, now: datetime) -> None:
        """Remove what is too old or too many, and what a killed build left half done."""
        others = [each for each in self.all() if not each.is_current]
        history = self._history()
        staying = {
            each.id
            for at, each in enumerate(others[: max(self._number - 1, 0)])
            if at == 0 or (now - history.get(each.id, now)) / _DAY <= self._days
        }
        for folder in self._folder.iterdir():
            if folder.name not in {*staying, current}:
                shutil.rmtree(folder, ignore_errors=True)

    def _history(self) -> dict[str, datetime]:
        """When each release was published first, the oldest first: two may be made in one second, or say that they were."""
        found = {}
        with contextlib.suppress(OSError, ValueError):
            for line in (self._folder / "history").read_text("utf-8").splitlines():
                moment, _, name = line.partition(" ")
                found[name] = datetime.fromisoformat(moment).astimezone(UTC)
        return found

    def _remember(self, name: str, now: datetime) -> None:
        """Write down that the release `name` is the newest, and forget those that are gone."""
        known = {each: moment for each, moment in self._history().items() if (self._folder / each).is_dir()}
        known.pop(name, None)
        lines = (f"{moment.isoformat()} {each}\n" for each, moment in [*known.items(), (name, now)])
        write_atomically(self._folder / "history", "".join(lines).encode())

    def _manifest(self, name: str) -> Manifest:
        found = Manifest.from_json((self._folder / name / "manifest.json").read_bytes())
        if found.id != name:
            raise ValueError(f"{found.id} is not {name}")
        return found


def one_of(releases: Sequence[Release], name: str) -> Release:
    """The release whose id is or begins with `name`; raises UsageError when none or more than one does."""
    found = [each for each in releases if each.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(each.id for each in found or releases)
    if found:
        raise UsageError(f"`{name}` may be {ids}", "write more of the one that is meant")
    raise UsageError(f"there is no release `{name}` on this machine", f"there are {ids}" if ids else "build one first")


def describe(
    site: Path, base_url: str, now: datetime | None = None, wanted: Callable[[str], bool] = lambda _path: True
) -> Manifest:
    """What lies in the folder `site`, as far as `wanted` by path; made `now`, or at no time. Raises EnvironmentFault when it cannot be read."""
    start = len(str(site)) + 1
    try:
        found = ((file.path, file.path[start:].replace(os.sep, "/")) for file in _files_below(site))
        # one after the other: with threads, Python takes ten times as long for many small files
        entries = [Entry(name, *_size_and_digest(path)) for path, name in found if wanted(name)]
    except OSError as error:
        raise fault(f"cannot read {site}", error) from error
    return Manifest.of(entries, now.astimezone(UTC).isoformat(timespec="seconds") if now else "", base_url)


def ensure_whole(release: Release) -> None:
    """Raise EnvironmentFault unless every file of `release` is there with the bytes that its manifest says."""
    for path in damaged(release):
        raise EnvironmentFault(
            f"release {release.id} is damaged: {path} is not what was built", "build the site again instead"
        )


def damaged(release: Release) -> Iterator[str]:
    """The files of `release` that are not there, or with other bytes than its manifest says, by their paths in it."""
    return (
        each.path for each in release.manifest.everything.values() if not is_as_built(release.site / each.path, each)
    )


def is_as_built(path: Path, entry: Entry) -> bool:
    """Whether the file at `path` has the bytes that a manifest says."""
    try:
        return path.stat().st_size == entry.size and digest_of(path) == entry.sha256
    except OSError:
        return False


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return _size_and_digest(str(path))[1]


def _size_and_digest(path: str) -> tuple[int, str]:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        digest = hashlib.sha256()
        size = 0
        while block := os.read(handle, _BLOCK):
            digest.update(block)
            size += len(block)
        return size, digest.hexdigest()
    finally:
        os.close(handle)


def _files_below(folder: Path) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _files_below(Path(each.path))
            else:
                yield each


def _keep(manifest: Manifest, finished: Path, before: Path) -> Manifest:
    """Give `finished` the files that it keeps for readers of what is published now; the manifest without those that are gone."""
    for path in manifest.kept:
        target = finished / path
        if target.exists() or not (before / path).is_file():
            continue
        link_or_copy(before / path, target)
    return replace(manifest, kept={path: entry for path, entry in manifest.kept.items() if (finished / path).exists()})
