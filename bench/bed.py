"""The sites that the jobs of one size work on, each made when it is first asked for."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from bench.corpus import name, write_corpus
from bench.measure import Run, measure

ROOT = Path(__file__).resolve().parent.parent
"""This repository."""
_MINIMAL = Path(__file__).resolve().parent / "minimal"
_SHELL = ("config.toml", "layouts", "assets", "i18n", "archetypes", "static")
_SETTLED = 2.5
"""Seconds after which a change is old enough for a cache to trust the file's time."""
_FELL_OVER = b"Traceback (most recent call last)"
"""Python exits with 1 then, as a checker does that found something."""
_INDEXES = (
    "content/_index.md",
    "content/posts/_index.md",
    "content/docs/_index.md",
    "content/archive/_index.md",
)


class JobFailure(Exception):
    """A program ended with a status that it should not have; the text says which, and its last words."""


class Bed:
    """A folder with the corpus and everything that is made of it."""

    def __init__(self, folder: Path, posts: int, seed: int, time_limit: float) -> None:
        self.folder = folder
        self.posts = posts
        self.is_built = False
        """Whether the themed site for builds is as its last build left it, cache and all."""
        self._time_limit = time_limit
        self._edits = 0
        self._changed = 0.0
        folder.mkdir(parents=True)
        write_corpus(self.corpus / "content", self.corpus / "static", posts, seed)

    @property
    def corpus(self) -> Path:
        """`content` and `static`, as they were written."""
        return self.folder / "corpus"

    def bare(self) -> Path:
        """The posts with the minimal templates."""
        return self._site("bare", [(_MINIMAL, ""), (self.corpus, "")])

    def themed(self, use: str) -> Path:
        """The posts with this repository's layouts, assets and configuration; a copy for each `use`."""
        return self._site(use, [*((ROOT / entry, entry) for entry in (*_SHELL, *_INDEXES)), (self.corpus, "")])

    def own(self) -> Path:
        """A copy of this repository's own site, so that a run leaves nothing in the repository."""
        return self._site("own", [(ROOT / entry, entry) for entry in (*_SHELL, "content", "ci", ".github")])

    def fresh(self, use: str) -> Path:
        """The path of a folder for the output of `use`; what an earlier run left there is gone."""
        folder = self.folder / f"{use}-output"
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def edit(self, site: Path) -> None:
        """Append a sentence to one post of `site`, another one each time."""
        self._edits += 1
        post = site / "content" / "posts" / f"{name(self._edits * 37 % self.posts)}.md"
        with post.open("a", encoding="utf-8") as file:
            file.write(f"\nThis sentence is edit {self._edits}.\n")
        self._changed = time.monotonic()

    def touch(self, site: Path) -> None:
        """Give every file of `site` a new time, as a checkout does."""
        for path in site.rglob("*"):
            path.touch()

    def settle(self) -> None:
        """Wait until no file is new: nobody changed a site that `nothing changed` is said of a moment ago."""
        time.sleep(max(self._changed + _SETTLED - time.monotonic(), 0))

    def run(self, command: Sequence[str], accepted: Collection[int] = (0,), folder: Path = ROOT) -> Run:
        """Run `command` in `folder`; raises JobFailure when its status is none of `accepted`, or Python fell over."""
        log = self.folder / "log"
        run = measure(command, folder, log, self._time_limit)
        if run.status not in accepted or (run.status and _FELL_OVER in log.read_bytes()):
            raise JobFailure(f"status {run.status}: {run.said or 'it said nothing'}")
        return run

    def remove(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder)

    def _site(self, use: str, parts: Sequence[tuple[Path, str]]) -> Path:
        site = self.folder / use
        if not site.exists():
            for source, below in parts:
                if source.is_dir():
                    shutil.copytree(source, site / below, dirs_exist_ok=True)
                else:
                    (site / below).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, site / below)
            self._without_search(site / "config.toml")
            self._changed = time.monotonic()
        return site

    def _without_search(self, config: Path) -> None:
        """Switch the search index off: making it takes as long as Hugo, and is no part of what is compared."""
        if config.exists():
            config.write_text(config.read_text("utf-8").replace("search = true", "search = false"), "utf-8")
