"""Publishing to a folder: a copy beside it, compared with what was built, and exchanged with it in one step."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from presscheck.errors import EnvironmentFault, PublishFailure, PublishRefusal, UsageError
from presscheck.files import fault
from presscheck.manifest import MARK
from presscheck.publish.order import Live, Order, Outcome
from presscheck.releases import Release, Releases, alone_in, damaged, is_as_built, staging
from presscheck.survey import WORK_FOLDER

_BLOCK = 1 << 20


def publish(order: Order) -> Outcome:
    """Bring the release to the folder of its place.

    Raises UsageError, PublishRefusal and EnvironmentFault with the folder as it was.
    """
    output = path_of(order.place.url, order.root)
    _refuse_dangerous(output, order.root)
    work = output.parent / WORK_FOLDER
    releases = Releases(work, output, days=order.days)
    if order.is_rehearsal:
        return _outcome(order, releases.current())
    live = Live(look=lambda: _what_is_there(releases))
    with live.told(order.tell.say), alone_in(work, order.lock_timeout, PublishRefusal), staging(work) as staged:
        before = releases.current()
        outcome = _outcome(order, before)
        if before and before.id == order.new.id and not outcome.drifted:
            return outcome
        _copy(order, staged)
        made = releases.take(staged, order.new, order.now)
        if releases.found:
            order.tell.say(f"{output} was made by something else; a copy of what was in it lies in {releases.found}")
        return replace(outcome, release=made, sent=len(order.new.files))


def _what_is_there(releases: Releases) -> str:
    found = releases.current()
    return f"readers see release {found.id}, whole" if found else "the folder is as it was"


def path_of(url: str, root: Path) -> Path:
    """The folder that a place names, below the site's root if it is relative."""
    path = unquote(urlsplit(url).path) if url.startswith("file:") else url
    if not path.strip():
        raise UsageError(f"`{url}` names no folder", 'write it as `url = "/srv/www/blog"`')
    return Path(os.path.normpath(root / Path(path).expanduser()))


def _refuse_dangerous(output: Path, root: Path) -> None:
    """The folder is replaced as a whole, so it must not hold anything else."""
    resolved, site = output.resolve(), root.resolve()
    if site.is_relative_to(resolved) or resolved.is_relative_to(site):
        raise UsageError(f"{output} and the site's own folder lie in one another", "publish to a folder outside of it")
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is not a folder", "move it away, or name another")
    try:
        holds_something_else = output.is_dir() and any(output.iterdir()) and not (output / "index.html").exists()
    except OSError as error:
        raise fault(f"cannot read {output}", error) from error
    if holds_something_else:
        raise UsageError(f"{output} holds files, and no site", "name an empty folder, or one that holds a site")


def _outcome(order: Order, before: Release | None) -> Outcome:
    online = before.manifest if before else None
    order.refuse_harm(online)
    drifted = tuple(damaged(before)) if before else ()
    for path in drifted:
        order.tell.each(f"changed or removed by somebody else: {path}")
    return Outcome(order.new, order.new.since(online), online, 0, drifted)


def _copy(order: Order, staged: Path) -> None:
    """Copy the release, and compare what was read and what was written with what was built."""
    entries = [each for path, each in order.new.files.items() if path != MARK]
    total, done = sum(each.size for each in entries), 0
    try:
        for entry in entries:
            target = staged / entry.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if copied(order.release.site / entry.path, target) != entry.sha256 or not is_as_built(target, entry):
                raise PublishFailure(f"{entry.path} did not arrive as it was built")
            done += entry.size
            order.tell.progress(done, total)
            order.tell.each(f"copied {entry.path} ({entry.size:,} bytes)")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise EnvironmentFault(f"there is no room for the copy: {error.strerror}", "free some space") from error
        raise fault(f"cannot copy to {staged.parent}", error) from error


def copied(source: Path, target: Path) -> str:
    """Copy a file; the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("xb") as write:
        while block := read.read(_BLOCK):
            digest.update(block)
            write.write(block)
    shutil.copystat(source, target)
    target.chmod(0o644)
    return digest.hexdigest()
