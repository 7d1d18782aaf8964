"""Other programs, each with its exact version, installed on request and timed beside ours."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.bed import Bed, JobFailure
from bench.jobs import FOUND_OR_CLEAN, Job
from bench.measure import measure
from bench.posts import as_written, dated_name, same_name, with_lines, with_yaml

_INSTALL_LIMIT = 900
"""Seconds."""
_SITES = Path(__file__).resolve().parent / "peer_sites"
_DONE = "installed"
"""A file that says so, beside what was installed."""


@dataclass(frozen=True)
class Task:
    """One thing that a peer is timed at."""

    name: str
    """What the job is called."""
    says: str
    """What it does, for a reader who knows none of the names."""
    words: tuple[str, ...]
    """Its program and arguments."""
    shows: str = ""
    """What the end of its output holds when it did its work, where its status does not tell."""
    is_warm: bool = False
    """Whether a run that is not timed comes first, and what it leaves is kept."""


@dataclass(frozen=True)
class Peer:
    """A program of others; its templates and settings are in `peer_sites`, below its name."""

    name: str
    """What `--peers` calls it."""
    kind: str
    """`check` or `build`."""
    registry: str
    """Where it comes from: `npm`, `PyPI` or `Debian`."""
    packages: tuple[str, ...]
    """What is installed, the program first, each with its exact version; for Debian, the name alone."""
    tasks: tuple[Task, ...]
    """What it is timed at."""
    posts: str = "content/posts"
    """The folder of its site that holds posts."""
    static: str = "static"
    """The folder of its site that holds what is copied as it is."""
    post: Callable[[str], str] = as_written
    """Its way to write a post, made of ours."""
    file_name: Callable[[str, str], str] = same_name
    """Its way to name one, given our name and text."""
    leaves: tuple[str, ...] = ()
    """What its runs write, deleted before a run that is not warm."""


@dataclass(frozen=True)
class Installed:
    """A peer that is there, or could not be."""

    peer: Peer
    """The program."""
    version: str
    """Its version; empty when it could not be installed."""
    jobs: tuple[Job, ...]
    """Its rows of the table; they fail when it could not be installed."""


PEERS = (
    Peer(
        "rumdl", "check", "PyPI", ("rumdl==0.3.0",),
        (
            Task("rumdl", "rumdl, no cache", ("rumdl", "check", "--no-cache", "content")),
            Task("rumdl-warm", "rumdl, nothing changed", ("rumdl", "check", "content"), is_warm=True),
        ),
    ),
    Peer(
        "markdownlint-cli2", "check", "npm", ("markdownlint-cli2@0.24.1",),
        (Task("markdownlint-cli2", "markdownlint-cli2", ("markdownlint-cli2", "content/**/*.md")),),
    ),
    Peer(
        "remark", "check", "npm",
        ("remark-cli@12.0.1", "remark-preset-lint-recommended@7.0.1", "remark-frontmatter@5.0.0", "remark-gfm@4.0.1"),
        (Task("remark", "remark-lint", ("remark", "--quiet", "--frail", "--no-color", "content"), "warnings"),),
    ),
    Peer(
        "eleventy", "build", "npm", ("@11ty/eleventy@3.1.8", "@11ty/eleventy-plugin-rss@3.0.0"),
        (Task("eleventy", "Eleventy", ("eleventy", "--quiet")),),
        posts="posts", post=with_yaml, leaves=("_site",),
    ),
    # Astro 6 and later want Node.js 22.
    Peer(
        "astro", "build", "npm", ("astro@5.18.2", "@astrojs/rss@4.0.19"),
        (Task("astro", "Astro", ("astro", "build", "--silent")),),
        posts="src/posts", static="public", post=with_yaml, leaves=("dist", ".astro"),
    ),
    Peer(
        "hexo", "build", "npm",
        (
            "hexo@8.1.2", "hexo-renderer-marked@7.0.1", "hexo-renderer-ejs@2.0.0", "hexo-generator-index@4.0.0",
            "hexo-generator-tag@2.0.0", "hexo-generator-feed@3.0.0",
        ),
        (Task("hexo", "Hexo", ("hexo", "generate", "--silent")),),
        posts="source/_posts", static="source", post=with_yaml, leaves=("public", "db.json"),
    ),
    Peer(
        "jekyll", "build", "Debian", ("jekyll",),
        (Task("jekyll", "Jekyll", ("jekyll", "build", "--quiet", "--disable-disk-cache")),),
        posts="_posts", static=".", post=with_yaml, file_name=dated_name, leaves=("_site", ".jekyll-cache"),
    ),
    Peer(
        "pelican", "build", "PyPI", ("pelican==4.12.0", "markdown==3.11.3"),
        (Task("pelican", "Pelican", ("pelican", "--quiet", "--ignore-cache")),),
        static="content", post=with_lines, leaves=("output", "cache"),
    ),
    Peer(
        "mkdocs", "build", "PyPI", ("mkdocs==1.6.1",),
        (Task("mkdocs", "MkDocs", ("mkdocs", "build", "--quiet")),),
        posts="docs/posts", static="docs", post=with_yaml, leaves=("site",),
    ),
    # Later versions need a package that not every index has.
    Peer(
        "zensical", "build", "PyPI", ("zensical==0.0.60",),
        (Task("zensical", "Zensical", ("zensical", "build", "--clean")),),
        posts="docs/posts", static="docs", post=with_yaml, leaves=("site", ".cache"),
    ),
    Peer(
        "nikola", "build", "PyPI", ("nikola==8.3.3", "markdown==3.11.3", "ruamel.yaml==0.19.1"),
        (Task("nikola", "Nikola", ("nikola", "build", "--quiet")),),
        posts="posts", static="files", post=with_yaml, leaves=("output", "cache", ".doit.db"),
    ),
)  # fmt: skip
"""Checkers first."""
NAMES = tuple(peer.name for peer in PEERS)


def wanted(names: Sequence[str]) -> list[Peer]:
    """The peers that `--peers` asks for, in the order of the table."""
    return [peer for peer in PEERS if peer.name in names or "all" in names]


def all_jobs(folder: Path) -> list[Job]:
    """Every peer's jobs, as if installed in `folder`."""
    return [job for peer in PEERS for job in _jobs(peer, folder / peer.name)]


def install(peer: Peer, folder: Path, say: Callable[[str], None]) -> Installed:
    """Install `peer` below `folder` unless it is there already; a failure becomes that of its jobs."""
    place = (folder / peer.name).resolve()
    try:
        if peer.registry == "Debian":
            version = _debian_version(peer, folder)
        else:
            version = peer.packages[0].replace("==", "@").rpartition("@")[2]
            mark = place / _DONE
            if not mark.exists() or mark.read_text("utf-8") != " ".join(peer.packages):
                say(f"installing {', '.join(peer.packages)} from {peer.registry}")
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir(parents=True)
                _fetch(peer, place)
                mark.write_text(" ".join(peer.packages), "utf-8")
    except JobFailure as failure:
        say(f"{peer.name} cannot be installed: {failure}")
        return Installed(peer, "", _jobs(peer, place, str(failure)))
    return Installed(peer, version, _jobs(peer, place))


def _debian_version(peer: Peer, folder: Path) -> str:
    """The version of a program that the system's administrator installed."""
    if not shutil.which(peer.packages[0]):
        raise JobFailure(f"there is no {peer.packages[0]}; install it with `apt-get install {peer.packages[0]}`")
    folder.mkdir(parents=True, exist_ok=True)
    run = measure([peer.packages[0], "--version"], folder, folder / f"{peer.name}.log", _INSTALL_LIMIT)
    return run.said.split()[-1]


def _fetch(peer: Peer, place: Path) -> None:
    if peer.registry == "npm":
        (place / "package.json").write_text('{"private": true}\n', "utf-8")
        _do(["npm", "install", "--no-fund", "--no-audit", "--loglevel=error", "--save-exact", *peer.packages], place)
    else:
        _do([sys.executable, "-m", "venv", "."], place)
        _do(["bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.packages], place)


def _do(command: list[str], place: Path) -> None:
    if not (shutil.which(command[0]) or (place / command[0]).exists()):
        raise JobFailure(f"there is no {command[0]}")
    run = measure(command, place, place / "log", _INSTALL_LIMIT)
    if run.status:
        raise JobFailure(f"{command[0]} ended with status {run.status}: {run.said}")


def _jobs(peer: Peer, place: Path, failure: str = "") -> tuple[Job, ...]:
    return tuple(
        Job(
            task.name,
            peer.kind,
            task.says,
            partial(_command, peer, task, place),
            partial(_ready, peer, task, place, failure),
            accepted=FOUND_OR_CLEAN if peer.kind == "check" else frozenset({0}),
            shows=task.shows,
            folder=partial(_site, peer),
            is_ours=False,
        )
        for task in peer.tasks
    )


def _site(peer: Peer, bed: Bed) -> Path:
    return bed.folder / f"peer-{peer.name}"


def _command(peer: Peer, task: Task, place: Path, _bed: Bed) -> list[str]:
    folders = {"npm": place / "node_modules" / ".bin", "PyPI": place / "bin"}
    program, *rest = task.words
    return [str(folders[peer.registry] / program) if peer.registry in folders else program, *rest]


def _ready(peer: Peer, task: Task, place: Path, failure: str, bed: Bed) -> None:
    if failure:
        raise JobFailure(failure)
    site = _site(peer, bed)
    if not site.exists():
        _lay(peer, bed, site, place)
    if task.is_warm:
        bed.run(_command(peer, task, place, bed), FOUND_OR_CLEAN, site)
    else:
        for name in peer.leaves:
            path = site / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _lay(peer: Peer, bed: Bed, site: Path, place: Path) -> None:
    """Make the peer's site: its templates, the posts in its notation, the pictures."""
    shutil.copytree(_SITES / peer.name, site)
    shutil.copytree(bed.corpus / "static", site / peer.static, dirs_exist_ok=True)
    (site / peer.posts).mkdir(parents=True, exist_ok=True)
    for path in (bed.corpus / "content" / "posts").iterdir():
        text = path.read_text("utf-8")
        (site / peer.posts / peer.file_name(path.name, text)).write_text(peer.post(text), "utf-8")
    if peer.registry == "npm":  # where Node.js looks for modules
        (site / "node_modules").symlink_to(place / "node_modules")
