"""Locks, and files and folders that are replaced or moved in one step."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from presscheck.errors import EnvironmentFault, PresscheckError
from presscheck.interrupts import held

_POLL = 0.1
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_MAC_RENAME_SWAP = 2
_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}


@contextlib.contextmanager
def locked(work: Path, patience: float, busy: type[PresscheckError] = EnvironmentFault) -> Iterator[None]:
    """Hold the lock in `work` for the time of a block; raises `busy` when it is not free within `patience` seconds.

    The operating system takes the lock back when its holder dies, so there is no stale lock to remove.
    """
    try:
        work.mkdir(parents=True, exist_ok=True)
        handle = os.open(work / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise fault(f"cannot write to {work}", error) from error
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    waited = f" and did not finish within {patience:g} seconds" if patience else ""
                    message = f"another build holds {work / 'lock'}{waited}"
                    raise busy(message, "wait for it, or give --lock-timeout more") from None
                time.sleep(_POLL)
        yield
    finally:
        os.close(handle)


def write_atomically(path: Path, data: bytes) -> None:
    """Make `data` the content of the file at `path` in one step, keeping its mode if it is there.

    What is a link stays one: the file that it leads to is written. Raises EnvironmentFault with the file as it was.
    """
    path = path.resolve()
    temporary: Path | None = None
    try:
        with held():  # a file that was made is a file we know of
            handle, name = tempfile.mkstemp(".tmp", ".presscheck-", path.parent)
            temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        raise fault(f"cannot write {path}", error) from error
    finally:
        with held():
            if temporary:
                temporary.unlink(missing_ok=True)


def move_file(path: Path, to: Path) -> None:
    """Give a file another name; raises EnvironmentFault when one is there already, with both as they were."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if to.exists() and not to.samefile(path):
            raise EnvironmentFault(f"cannot move {path}: {to} exists already", "choose which of the two is right")
        path.rename(to)
    except OSError as error:
        raise fault(f"cannot move {path} to {to}", error) from error


def link_or_copy(file: Path, to: Path) -> None:
    """Make the file at `file` be at `to` as well: under a second name, or as a copy on another disk and where there are no links."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        to.hardlink_to(file)
    except OSError:
        shutil.copy2(file, to)


def swap(finished: Path, published: Path, aside: Path) -> None:
    """Make `finished` the published folder; what was there before takes its place.

    One step of the file system where it can exchange two names (Linux and macOS on local disks). Elsewhere three, by way
    of `aside`: the published folder has no name for a moment, and `put_back` gives it its own again if that is how it
    stays. Raises EnvironmentFault, with `published` as it was.
    """
    published = _followed(published)
    if published.exists() and not published.is_dir():
        raise EnvironmentFault(f"{published} is not a folder", "move it away, or choose another --output")
    try:
        if not published.exists():
            finished.rename(published)
        elif not _exchange(finished, published):
            aside.parent.mkdir(exist_ok=True)
            published.rename(aside)
            try:
                finished.rename(published)
            except OSError:
                aside.rename(published)
                raise
            aside.rename(finished)
    except OSError as error:
        raise fault(f"cannot put the new site at {published}", error) from error


def put_back(aside: Path, published: Path) -> None:
    """Put right what a `swap` left that was killed: what is at `aside` is published again, unless something else is."""
    published = _followed(published)
    try:
        if not published.exists():
            aside.rename(published)
    except OSError as error:
        raise fault(f"cannot put the site back at {published}", error) from error
    shutil.rmtree(aside, ignore_errors=True)


def _followed(published: Path) -> Path:
    """The folder that a published folder is a link to, or itself."""
    return published.resolve() if published.is_symlink() else published


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where that is not to be had."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        call = getattr(library, "renamex_np", None)
        arguments: tuple[object, ...] = (os.fsencode(one), os.fsencode(other), _MAC_RENAME_SWAP)
    else:
        call = getattr(library, "renameat2", None)
        arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if call is None:
        return False
    if call(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code))


def fault(message: str, error: OSError) -> EnvironmentFault:
    """What to raise when the machine refused something."""
    hints = {
        errno.ENOSPC: "free some space on the disk",
        errno.EACCES: "check its permissions",
        errno.ENOTDIR: "make it a folder, or give that file another name",
        errno.EROFS: "choose a folder on a writable disk with --output",
    }
    return EnvironmentFault(f"{message}: {error.strerror}", hints.get(error.errno or 0, ""))
