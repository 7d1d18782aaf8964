"""Publishing to a branch of the repository's remote, from where hosts such as GitHub Pages take a site.

The commit is made by ghp-import in a repository of its own that borrows the objects of the site's, so that no branch, index
or file of the author's is touched. It is pushed without force: if somebody else was faster, nothing happens.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.util import find_spec
from pathlib import Path

from presscheck.errors import EnvironmentFault, PublishFailure, PublishRefusal, UsageError
from presscheck.files import fault
from presscheck.manifest import MARK, Manifest
from presscheck.publish import state
from presscheck.publish.order import Live, Order, Outcome, seen
from presscheck.publish.state import State
from presscheck.releases import digest_of

_LIMIT = 600
_REJECTED = ("[rejected]", "[remote rejected]", "non-fast-forward", "fetch first", "stale info")


@dataclass(frozen=True)
class _Online:
    """What the branch has now."""

    commit: str
    """Its newest commit; empty when there is no such branch yet."""
    state: State | None
    """What was published there; None when nothing was by us."""


def publish(order: Order) -> Outcome:
    """Bring the release to the branch of its place.

    Raises UsageError, PublishRefusal and EnvironmentFault with nothing changed, and PublishFailure.
    """
    if find_spec("ghp_import") is None:
        raise EnvironmentFault("publishing to a branch needs `ghp-import`", 'run `pip install "presscheck[publish]"`')
    remote, branch = target_of(order.place.url)
    git = _Git(order.root)
    live = Live("the branch is as it was")
    try:
        with live.told(order.tell.say), tempfile.TemporaryDirectory(prefix="presscheck-branch-") as name:
            work = Path(name)
            online = _look(git, remote, branch)
            before = online.state.manifest if online.state else None
            live.now = seen(before)
            order.refuse_harm(before)
            after = state.followed(order.new, online.state, None, order.now.date(), order.days)
            outcome = Outcome(after, after.since(before), before)
            if order.is_rehearsal:
                return outcome
            tree = work / "site"
            _lay(order, after, online, git, tree)
            (tree / state.PATH).parent.mkdir(exist_ok=True)
            (tree / state.PATH).write_bytes(_steady(State(after), online.state).to_json())
            commit = _commit(order, git, online, branch, work)
            if not commit:
                return outcome
            for entry in (*outcome.changes.added, *outcome.changes.changed):
                order.tell.each(f"committed {entry.path} ({entry.size:,} bytes)")
            push(git, remote, branch, commit, work / "made" / "objects")
            live.now = f"the branch has release {after.id}"
            return replace(outcome, sent=len(outcome.changes.added) + len(outcome.changes.changed))
    except OSError as error:
        raise fault("cannot put the commit together", error) from error


def target_of(url: str) -> tuple[str, str]:
    """The remote and the branch that `git:BRANCH` or `git:REMOTE#BRANCH` names; raises UsageError for neither."""
    text = url.removeprefix("git:")
    remote, _, branch = text.rpartition("#") if "#" in text else ("origin", "", text)
    is_good = remote and branch and not remote.startswith("-") and not branch.startswith(("-", "/"))
    if not is_good or any(part in branch for part in ("..", " ", "~", "^", ":", "\\")) or branch.startswith("refs/"):
        raise UsageError(f"`{url}` names no branch", "write `git:gh-pages`, or `git:REMOTE#BRANCH`")
    return remote, branch


class _Git:
    """Git in one repository."""

    def __init__(self, folder: Path, more: dict[str, str] | None = None) -> None:
        self.folder = folder
        """Where it runs."""
        # A question for a password would wait for ever.
        self.environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(more or {})}
        """Its environment."""

    def run(self, *arguments: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """What came of a command, whatever its status."""
        try:
            return subprocess.run(  # noqa: S603 - git, and no shell
                ["git", *arguments],  # noqa: S607 - the author's own git
                cwd=self.folder,
                env=self.environment,
                input=data,
                capture_output=True,
                timeout=_LIMIT,
                check=False,
            )
        except FileNotFoundError:
            raise EnvironmentFault("`git` is not installed", "install it") from None
        except subprocess.TimeoutExpired:
            raise PublishFailure(f"`git {arguments[0]}` took longer than {_LIMIT} seconds") from None

    def told(self, *arguments: str, data: bytes | None = None) -> bytes:
        """What a command prints; raises EnvironmentFault when it fails."""
        done = self.run(*arguments, data=data)
        if done.returncode:
            raise EnvironmentFault(f"`git {arguments[0]}` failed: {line(done.stderr)}", "nothing was changed")
        return done.stdout


def line(said: bytes) -> str:
    """What git says, in one line."""
    return " ".join(said.decode("utf-8", "replace").split())[-400:]


def _look(git: _Git, remote: str, branch: str) -> _Online:
    if git.run("rev-parse", "--git-dir").returncode:
        raise UsageError("the site is in no git repository", "publish to a folder or a bucket, or run `git init`")
    listed = git.run("ls-remote", "--", remote, f"refs/heads/{branch}")
    if listed.returncode:
        raise EnvironmentFault(
            f"cannot ask the remote `{remote}`: {line(listed.stderr)}",
            "nothing was changed; `git remote -v` lists those that there are",
        )
    commit = listed.stdout.split()[0].decode() if listed.stdout.strip() else ""
    if not commit:
        return _Online("", None)
    if git.run("cat-file", "-e", f"{commit}^{{tree}}").returncode:
        is_shallow = git.told("rev-parse", "--is-shallow-repository").strip() == b"true"
        depth = ["--depth=1"] if is_shallow else []
        git.told("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *depth, "--", remote, f"refs/heads/{branch}")
    found = git.run("cat-file", "blob", f"{commit}:{state.PATH}")
    try:
        return _Online(commit, None if found.returncode else State.from_json(found.stdout))
    except ValueError as error:
        raise PublishRefusal(
            f"{state.PATH} in the branch {branch} cannot be read: {error}",
            "nothing was changed; remove it from the branch to begin anew, and look at what is there first",
        ) from error


def _steady(new: State, old: State | None) -> State:
    """The same release keeps the moment of its first publication, so that nothing new makes no commit."""
    if old and old.manifest.id == new.manifest.id and old.manifest.kept == new.manifest.kept:
        return State(replace(new.manifest, made=old.manifest.made, base_url=new.manifest.base_url))
    return new


def _lay(order: Order, after: Manifest, online: _Online, git: _Git, tree: Path) -> None:
    """Put together what the branch is to hold: the release, and what stays for readers of earlier ones."""
    total, done = sum(each.size for each in after.files.values()), 0
    for entry in after.files.values():
        target = tree / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(order.release.site / entry.path, target)  # with the mode of a plain file
        if digest_of(target) != entry.sha256:
            raise EnvironmentFault(f"{entry.path} changed while it was copied", "build the site again")
        done += entry.size
        order.tell.progress(done, total)
    (tree / MARK).write_bytes(after.mark)
    (tree / ".nojekyll").touch()  # or GitHub leaves out what begins with `_`
    for path in after.kept:
        _bring(git, online.commit, path, tree)
    if "CNAME" not in after.files:  # the host writes it when the domain is set there
        _bring(git, online.commit, "CNAME", tree)


def _bring(git: _Git, commit: str, path: str, tree: Path) -> None:
    """Copy a file of the branch as it is."""
    found = git.run("cat-file", "blob", f"{commit}:{path}") if commit else None
    if found and not found.returncode:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(found.stdout)


def _commit(order: Order, git: _Git, online: _Online, branch: str, work: Path) -> str:
    """A commit of exactly the folder `site` in `work`, on top of what is online; empty when nothing would change."""
    tree, made = work / "site", work / "made"
    git.told("init", "--quiet", "--bare", str(made))
    place = Path(git.told("rev-parse", "--path-format=absolute", "--git-common-dir").decode().rstrip("\n"))
    (made / "objects" / "info" / "alternates").write_bytes(os.fsencode(place / "objects") + b"\n")
    with contextlib.suppress(FileNotFoundError):  # only a shallow clone has it
        shutil.copyfile(place / "shallow", made / "shallow")
    there = _Git(made, {"GIT_DIR": str(made), **_author(git, order.release.manifest.made)})
    if online.commit:
        there.told("update-ref", f"refs/heads/{branch}", online.commit)
    _import(there, tree, branch, f"Release {order.new.id}")
    commit = there.told("rev-parse", f"refs/heads/{branch}").decode().strip()
    _ensure_exact(there, commit, tree)
    trees = [there.run("rev-parse", f"{each}^{{tree}}").stdout for each in (commit, online.commit or "none")]
    return "" if trees[0] == trees[1] else commit


def _author(git: _Git, made: str) -> dict[str, str]:
    """Who commits, and when: the moment in which the release was made, so that the same release makes the same commit."""
    name, mail = (
        git.run("config", key).stdout.decode("utf-8", "replace").strip() for key in ("user.name", "user.email")
    )
    moment = datetime.fromisoformat(made).astimezone(UTC)
    return {
        "GIT_COMMITTER_NAME": name or "presscheck",
        "GIT_COMMITTER_EMAIL": mail or "presscheck@localhost",
        "GIT_COMMITTER_DATE": format_datetime(moment),
    }


def _import(git: _Git, tree: Path, branch: str, message: str) -> None:
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", branch, "--message", message, str(tree)]
    done = subprocess.run(  # noqa: S603 - a package of ours, and no shell
        command, cwd=git.folder, env=git.environment, capture_output=True, timeout=_LIMIT, check=False
    )
    if done.returncode:
        raise EnvironmentFault(f"ghp-import failed: {line(done.stderr or done.stdout)}", "nothing was changed")


def _ensure_exact(git: _Git, commit: str, tree: Path) -> None:
    """ghp-import does not look at what git makes of what it says, so we do."""
    listed = git.told("ls-tree", "-r", "-l", "-z", commit).split(b"\0")
    in_commit = {each.partition(b"\t")[2]: int(each.split()[3]) for each in listed if each}
    on_disk = {
        os.fsencode(path.relative_to(tree).as_posix()): path.stat().st_size
        for path in tree.rglob("*")
        if path.is_file()
    }
    wrong = sorted(in_commit.items() ^ on_disk.items())
    if wrong:
        raise EnvironmentFault(f"the commit is not the release: {os.fsdecode(wrong[0][0])}", "nothing was changed")


def push(git: _Git, remote: str, branch: str, commit: str, objects: Path) -> None:
    """Push without force; raises PublishRefusal when somebody else was faster, PublishFailure when it failed otherwise."""
    pushing = _Git(git.folder, {"GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects)})
    # To its address: by its name, git would note the commit, whose objects go with their folder, in the author's repository.
    address = git.run("remote", "get-url", "--push", "--", remote)
    to = os.fsdecode(address.stdout).rstrip("\n") if not address.returncode else remote
    # A hook that looks at the author's own commits has nothing to say about pages.
    silence = ("-c", "advice.pushUpdateRejected=false")
    done = pushing.run(*silence, "push", "--quiet", "--no-verify", "--", to, f"{commit}:refs/heads/{branch}")
    if not done.returncode:
        return
    said = line(done.stderr)
    if any(word in said for word in _REJECTED):
        raise PublishRefusal(
            f"the remote refused the push: {said}",
            "nothing was changed; if somebody else published meanwhile, run it again; else ask whoever keeps the branch",
        )
    now = git.run("ls-remote", "--", remote, f"refs/heads/{branch}").stdout.split()
    if not now or now[0].decode() != commit:
        raise PublishFailure(f"the push failed: {said}")
