"""What git knows of a site: which files changed since a revision, and what they were."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from presscheck.errors import EnvironmentFault, UsageError

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
    """What `folder` was at `revision`, in a temporary folder, for the time of a block."""
    archive = _git(folder, "archive", "--format=tar", _commit(folder, revision), "--", ".")
    with tempfile.TemporaryDirectory(prefix="presscheck-before-") as before:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(before, filter=_harmless)  # noqa: S202 - nothing leaves the folder
        yield Path(before)


def _harmless(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo:
    """`member` as it may be unpacked in `folder`: a link that leads out of it is one that leads nowhere.

    It stays a link, because that is what the rules say of it.
    """
    try:
        return tarfile.data_filter(member, folder)
    except (tarfile.AbsoluteLinkError, tarfile.LinkOutsideDestinationError):
        return tarfile.data_filter(member.replace(linkname=_NOWHERE, deep=False), folder)


def _commit(folder: Path, revision: str) -> str:
    try:
        return _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UsageError:
        raise UsageError(
            f"git knows no revision `{revision}` here", "name a commit or a branch; in CI, fetch it first"
        ) from None


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        run = subprocess.run(  # noqa: S603 - no shell, and arguments of our own
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git that the author uses
            capture_output=True,
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
