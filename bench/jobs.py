"""What is timed: the yardstick, and what presscheck does, each a row of a table."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.bed import ROOT, Bed, JobFailure
from bench.measure import Run
from presscheck import hugo

YARDSTICK = "hugo"
"""The job that all others are divided by."""
FOUND_OR_CLEAN = frozenset({0, 1})
"""The statuses of a checker that did its work."""


@dataclass(frozen=True)
class Job:
    """One row of the table."""

    name: str
    """What `--jobs` calls it."""
    kind: str
    """`check`, `build`, or `other`."""
    says: str
    """What it does, for a reader who knows none of the names."""
    command: Callable[[Bed], list[str]]
    """The program that is timed."""
    prepare: Callable[[Bed], None] = lambda _: None
    """Brings the site into the state from which the job starts; not timed."""
    without: Callable[[Bed], list[str]] | None = None
    """A program that does everything but the job: its time, from the same start, is taken off."""
    accepted: frozenset[int] = frozenset({0})
    """The exit statuses of success."""
    shows: str = ""
    """What the end of its output holds when it did its work, where the status does not tell."""
    folder: Callable[[Bed], Path] = lambda _: ROOT
    """Where it runs."""
    is_ours: bool = True
    """Whether it is about presscheck or the yardstick, and not a peer."""


def perform(job: Job, bed: Bed) -> Run:
    """Do `job` once; raises JobFailure."""
    less = 0.0
    if job.without:
        job.prepare(bed)
        less = bed.run(job.without(bed), job.accepted, job.folder(bed)).seconds
    job.prepare(bed)
    run = bed.run(job.command(bed), job.accepted, job.folder(bed))
    if job.shows not in run.said:
        raise JobFailure(f"it did not show `{job.shows}`: {run.said}")
    return replace(run, seconds=max(run.seconds - less, 0.0))


def _hugo(site: Path, bed: Bed, use: str) -> list[str]:
    places = ["--source", str(site), "--destination", str(bed.fresh(use)), "--cacheDir", str(bed.folder / "hugo-cache")]
    return [str(hugo.binary()), "build", *places, "--noBuildLock"]


def _check(bed: Bed) -> list[str]:
    return [sys.executable, "build.py", "check", "--site", str(bed.themed("check"))]


def _check_own(bed: Bed) -> list[str]:
    return [sys.executable, "build.py", "check", "--site", str(bed.own())]


def _build(bed: Bed) -> list[str]:
    return [sys.executable, "build.py", "build", "--site", str(bed.themed("build"))]


def _read(bed: Bed) -> list[str]:
    return [sys.executable, "-m", "bench.output", str(bed.themed("build"))]


def _output(bed: Bed) -> list[str]:
    return [*_read(bed), str(bed.themed("build") / "public")]


def _forget(site: Path) -> None:
    shutil.rmtree(site / ".presscheck", ignore_errors=True)


def _ready_check_cold(bed: Bed) -> None:
    _forget(bed.themed("check"))


def _ready_check_warm(bed: Bed) -> None:
    bed.themed("check")
    bed.settle()
    bed.run(_check(bed), FOUND_OR_CLEAN)


def _ready_check_changed(bed: Bed) -> None:
    _ready_check_warm(bed)
    bed.edit(bed.themed("check"))


def _ready_check_ci(bed: Bed) -> None:
    _ready_check_warm(bed)
    site = bed.themed("check")
    (site / ".presscheck" / "result").unlink(missing_ok=True)  # the workflow does not keep it: it goes by times
    bed.touch(site)
    bed.edit(site)


def _ready_check_own(bed: Bed) -> None:
    bed.own()
    bed.settle()
    bed.run(_check_own(bed), FOUND_OR_CLEAN)


def _ready_build_cold(bed: Bed) -> None:
    site = bed.themed("build")
    _forget(site)
    for made in ("public", "resources"):
        shutil.rmtree(site / made, ignore_errors=True)
    bed.is_built = True


def _ready_build_warm(bed: Bed) -> None:
    if not bed.is_built:
        bed.run(_build(bed))
        bed.is_built = True
    bed.edit(bed.themed("build"))


def _ready_output_cold(bed: Bed) -> None:
    _ensure_public(bed)
    _forget(bed.themed("build"))
    bed.run(_read(bed))
    bed.is_built = False


def _ready_output_warm(bed: Bed) -> None:
    _ensure_public(bed)
    bed.run(_output(bed), FOUND_OR_CLEAN)
    bed.is_built = False


def _ensure_public(bed: Bed) -> None:
    if not (bed.themed("build") / "public").exists():
        bed.run(_build(bed))


JOBS = (
    Job(YARDSTICK, "build", "bare Hugo, minimal templates", lambda bed: _hugo(bed.bare(), bed, "bare")),
    Job("hugo-theme", "build", "Hugo with our theme", lambda bed: _hugo(bed.themed("build"), bed, "theme")),
    Job("check-cold", "check", "`check`, no cache", _check, _ready_check_cold, accepted=FOUND_OR_CLEAN),
    Job("check-warm", "check", "`check`, nothing changed", _check, _ready_check_warm, accepted=FOUND_OR_CLEAN),
    Job("check-changed", "check", "`check`, one post changed", _check, _ready_check_changed, accepted=FOUND_OR_CLEAN),
    Job(
        "check-ci",
        "check",
        "`check` of a fresh checkout with a restored cache, one post changed",
        _check,
        _ready_check_ci,
        accepted=FOUND_OR_CLEAN,
    ),
    Job("build-cold", "build", "`build` with our theme, no cache", _build, _ready_build_cold),
    Job("build-warm", "build", "`build` with our theme, one post changed", _build, _ready_build_warm),
    Job(
        "output-cold", "check", "rendered pages, no cache", _output, _ready_output_cold, _read, accepted=FOUND_OR_CLEAN
    ),
    Job(
        "output-warm", "check", "rendered pages, unchanged", _output, _ready_output_warm, _read, accepted=FOUND_OR_CLEAN
    ),
    Job("check-own", "other", "`check` of this site, warm", _check_own, _ready_check_own, accepted=FOUND_OR_CLEAN),
    Job("python", "other", "starting Python, doing nothing", lambda _: [sys.executable, "-c", "pass"]),
)
"""In the order in which each round does them."""
