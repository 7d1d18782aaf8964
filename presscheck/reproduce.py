"""Builds a site a second time, as another machine would, and tells what came out otherwise.

The second build works on a copy of the sources: in another folder, whose name has a space and a letter beyond ASCII; with
other times and modes of the files, which are made in the reverse order; on one core; with nothing in its cache. Time
zone and language are not varied, because `hugo` and `search` never pass on those of the machine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from presscheck import read
from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.files import fault
from presscheck.publication import SECOND_PLACE, Difference
from presscheck.releases import describe
from presscheck.survey import WORK_FOLDER

SURROUNDINGS = {"GOMAXPROCS": "1", "RAYON_NUM_THREADS": "1"}
"""The variables that the second build has and the first has not: the cores of Hugo, and of Pagefind."""

_MODIFIED = 1_000_000_000
"""In September 2001: no file of a site is that old, and git gives files no such time."""
_SHOWN = 60
"""How many bytes before and after the first that differs tell what it is."""
_BLOCK = 1 << 20
_LEFT_OUT = frozenset({".git", ".hypothesis", WORK_FOLDER, "node_modules"})
_MADE_HERE = ("CACHEDIR.TAG", "pyvenv.cfg")
"""What tools put into folders that are theirs: caches (https://bford.info/cachedir/), and Python environments."""


def copy_site(root: read.Root, config: Config, output: Path, place: Path) -> read.Root:
    """Copy the site at `root` into a folder below `place`, as a fresh checkout by somebody else would have it.

    What is made on a machine is left out: `output`, Hugo's `resources/_gen`, caches, installed packages, and git's own
    files unless Hugo is to read them. Raises EnvironmentFault when the copy cannot be made.
    """
    copy = place / SECOND_PLACE
    for mount in config.get("module", "mounts", default=()):
        if str(mount.get("source", "")).startswith(".."):
            raise UsageError(
                f"`{mount['source']}` is mounted from outside the site, where a copy in another folder does not find it",
                "move it below the site's folder, or do without --verify",
            )
    mounted = {str(mount.get("source", "")).partition("/")[0] for mount in config.get("module", "mounts", default=())}
    wanted = mounted | ({".git"} if config.get("enablegitinfo") else set())
    left_out = {root.folder / name for name in _LEFT_OUT - wanted} | {root.folder / "resources" / "_gen", output}
    try:
        paths = list(_files_of(root.folder, frozenset(left_out)))
        for path in sorted(paths, reverse=True):
            target = copy / path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(root.folder / path, target)
            target.chmod(0o600)
            os.utime(target, (_MODIFIED, _MODIFIED))
    except OSError as error:
        raise fault(f"cannot copy the site to {place}", error) from error
    return read.Root(copy, copy / root.config_path.relative_to(root.folder))


def _files_of(root: Path, left_out: frozenset[Path]) -> Iterator[str]:
    """The regular files below `root`, besides what lies in the folders `left_out` or is made on a machine."""
    for path, folders, names in os.walk(root):
        here = Path(path)
        if here in left_out or any((here / mark).exists() for mark in _MADE_HERE):
            folders.clear()
            continue
        for name in names:
            file = here / name
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(root).as_posix()


def differences(first: Path, second: Path) -> tuple[Difference, ...]:
    """What is not the same in two folders, in the order of paths."""
    one, other = describe(first, ""), describe(second, "")
    return tuple(
        _difference(first, second, path)
        for path in sorted({*one.files, *other.files})
        if one.files.get(path) != other.files.get(path)
    )


def _difference(first: Path, second: Path, path: str) -> Difference:
    one, other = first / path, second / path
    if not (one.exists() and other.exists()):
        return Difference(path, 0, b"" if one.exists() else None, b"" if other.exists() else None)
    here, there = one.read_bytes(), other.read_bytes()
    at = _first_difference(here, there)
    begin = max(at - _SHOWN, 0)
    return Difference(path, at, here[begin : at + _SHOWN], there[begin : at + _SHOWN])


def _first_difference(one: bytes, other: bytes) -> int:
    """Where two texts, of which none may be the whole of the other's beginning, are first not the same."""
    shared = min(len(one), len(other))
    begin = 0
    while begin < shared and one[begin : begin + _BLOCK] == other[begin : begin + _BLOCK]:
        begin += _BLOCK
    block = zip(one[begin : begin + _BLOCK], other[begin : begin + _BLOCK], strict=False)
    return begin + next((at for at, (left, right) in enumerate(block) if left != right), shared - begin)
