"""What git knows of a site: which files changed since a revision, and what they were."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from presscheck.errors import EnvironmentFault, UsageError
from presscheck.processes import NO_VARIABLES

_TIME_LIMIT = 120
_NOWHERE = "nowhere"
"""What a link leads to that leads nowhere."""


def changed_since(folder: Path, revision: str) -> frozenset[str]:
    """The files below `folder` that differ from `revision` or are new, relative to it; raises UsageError without such one."""
    _commit(folder, revision)
    listed = _git(folder, "diff", "--name-only", "-z", "--relative", "--no-renames", revision, "--", ".")
    fresh = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    names = (listed + fresh).decode("utf-8", "surrogateescape").split("\0")
    return frozenset(filter(None, names))


@contextlib.contextmanager
def checked_out(folder: Path, revision: str) -> Iterator[Path]:
    """What `folder` was at `revision`, in a temporary folder, for the time of a block.

    git writes it with an index of its own, so neither its own index nor the files of the author are touched.
    """
    tree = f"{_commit(folder, revision)}:{_text(folder, 'rev-parse', '--show-prefix')}"
    with tempfile.TemporaryDirectory(prefix="presscheck-before-") as name:
        before = Path(name, "site")
        before.mkdir()
        surroundings = {
            "GIT_DIR": _text(folder, "rev-parse", "--absolute-git-dir"),
            "GIT_WORK_TREE": str(before),
            "GIT_INDEX_FILE": f"{name}/index",
        }
        _git(before, "read-tree", tree, surroundings=surroundings)
        _git(before, "checkout-index", "--all", "--quiet", surroundings=surroundings)
        _tame_links(before)
        yield before


def _tame_links(folder: Path) -> None:
    """Make every link that leads out of `folder` one that leads nowhere. It stays a link, because that is what the rules say of it."""
    real = folder.resolve()
    for place, folders, files in os.walk(folder):
        for path in (Path(place, name) for name in (*folders, *files)):
            if path.is_symlink() and (
                path.readlink().is_absolute() or not Path(os.path.realpath(path)).is_relative_to(real)
            ):
                path.unlink()
                path.symlink_to(_NOWHERE)


def _commit(folder: Path, revision: str) -> str:
    try:
        return _text(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except UsageError:
        raise UsageError(
            f"git knows no revision `{revision}` here", "name a commit or a branch; in CI, fetch it first"
        ) from None


def _text(folder: Path, *arguments: str) -> str:
    return os.fsdecode(_git(folder, *arguments).removesuffix(b"\n"))


def _git(folder: Path, *arguments: str, surroundings: Mapping[str, str] = NO_VARIABLES) -> bytes:
    try:
        run = subprocess.run(  # noqa: S603 - no shell, and arguments of our own
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git that the author uses
            capture_output=True,
            env={**os.environ, **surroundings},
            check=False,
            timeout=_TIME_LIMIT,
        )
    except FileNotFoundError:
        raise EnvironmentFault("git is not installed", "install it, or leave out --changed-since") from None
    except subprocess.TimeoutExpired:
        raise EnvironmentFault(f"git took longer than {_TIME_LIMIT} seconds", "run it again") from None
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip()
        raise UsageError(f"git {arguments[0]} failed: {said[-300:]}", "is this folder inside a git repository?")
    return run.stdout
