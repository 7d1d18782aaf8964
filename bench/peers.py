"""Other programs, each with its exact version, installed on request and timed beside ours."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import peer_sites
from bench.bed import Bed, JobFailure
from bench.jobs import FOUND_OR_CLEAN, Job
from bench.measure import measure

_INSTALL_LIMIT = 900
"""Seconds."""
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
    cache: str = ""
    """A file or folder of the site that is deleted before each run; with `is_warm`, what an earlier run left."""
    is_warm: bool = False
    """Whether a run that is not timed comes first."""


@dataclass(frozen=True)
class Peer:
    """A program of others."""

    name: str
    """What `--peers` calls it."""
    registry: str
    """Where it comes from: `npm`, `PyPI` or `Debian`."""
    packages: tuple[str, ...]
    """What is installed, the program first, each with its exact version; for Debian, the name alone."""
    kind: str
    """`check` or `build`."""
    prepare: Callable[[Bed, Path, str], None]
    """Makes its site of the corpus: given the bed, where to, and where the peer is installed."""
    tasks: tuple[Task, ...]
    """What it is timed at."""


@dataclass(frozen=True)
class Installed:
    """A peer that is there, or could not be."""

    peer: Peer
    """The program."""
    version: str
    """Its version; why there is none when it could not be installed."""
    jobs: tuple[Job, ...]
    """Its rows of the table; they fail when it could not be installed."""


def _checker(name: str, registry: str, packages: tuple[str, ...], prepare: peer_sites.Prepare, *tasks: Task) -> Peer:
    return Peer(name, registry, packages, "check", prepare, tasks)


def _builder(name: str, title: str, registry: str, packages: tuple[str, ...], words: tuple[str, ...], **made: str) -> Peer:
    task = Task(name, title, words, cache=made.get("output", "public"))
    return Peer(name, registry, packages, "build", getattr(peer_sites, name), (task,))


PEERS = (
    _checker(
        "rumdl", "PyPI", ("rumdl==0.3.0",), peer_sites.rumdl,
        Task("rumdl", "rumdl, no cache", ("rumdl", "check", "--no-cache", "content")),
        Task("rumdl-warm", "rumdl, nothing changed", ("rumdl", "check", "content"), is_warm=True),
    ),
    _checker(
        "markdownlint-cli2", "npm", ("markdownlint-cli2@0.24.1",), peer_sites.markdownlint,
        Task("markdownlint-cli2", "markdownlint-cli2", ("markdownlint-cli2", "content/**/*.md")),
    ),
    _checker(
        "remark", "npm",
        ("remark-cli@12.0.1", "remark-preset-lint-recommended@7.0.1", "remark-frontmatter@5.0.0", "remark-gfm@4.0.1"),
        peer_sites.remark,
        Task("remark", "remark-lint", ("remark", "--quiet", "--frail", "--no-color", "content")),
    ),
    _builder("eleventy", "Eleventy", "npm", ("@11ty/eleventy@3.1.8", "@11ty/eleventy-plugin-rss@2.0.4"), ("eleventy", "--quiet")),
    # Astro 6 and later want Node.js 22.
    _builder("astro", "Astro", "npm", ("astro@5.18.2", "@astrojs/rss@4.0.19"), ("astro", "build", "--silent")),
    _builder(
        "hexo", "Hexo", "npm",
        (
            "hexo@8.1.2", "hexo-renderer-marked@7.0.1", "hexo-renderer-ejs@2.0.0", "hexo-generator-index@4.0.0",
            "hexo-generator-tag@2.0.0", "hexo-generator-feed@3.0.0",
        ),
        ("hexo", "generate", "--silent"),
    ),
    _builder("jekyll", "Jekyll", "Debian", ("jekyll",), ("jekyll", "build", "--quiet", "--disable-disk-cache")),
    _builder("pelican", "Pelican", "PyPI", ("pelican==4.12.0", "markdown==3.11.3"), ("pelican", "--quiet", "--ignore-cache")),
    _builder("mkdocs", "MkDocs", "PyPI", ("mkdocs==1.6.1",), ("mkdocs", "build", "--quiet")),
    # Later versions need a package that not every index has.
    _builder("zensical", "Zensical", "PyPI", ("zensical==0.0.60",), ("zensical", "build", "--clean")),
    _builder("nikola", "Nikola", "PyPI", ("nikola==8.3.3", "markdown==3.11.3"), ("nikola", "build", "--quiet")),
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
        return Installed(peer, "not installed", _jobs(peer, place, str(failure)))
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
        site.mkdir()
        peer.prepare(bed, site, place)
    if task.is_warm:
        bed.run(_command(peer, task, place, bed), FOUND_OR_CLEAN, site)
    elif task.cache:
        for made in (task.cache, *peer_sites.CACHES):
            shutil.rmtree(site / made, ignore_errors=True)
