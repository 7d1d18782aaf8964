"""What the figures ought to be, and whether they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.jobs import YARDSTICK
from bench.rounds import Result


@dataclass(frozen=True)
class Figures:
    """Everything that one call of the benchmark measured."""

    results: tuple[Result, ...]
    """Jobs by sizes; those of a size together, smallest size first."""
    growth: tuple[Result, ...]
    """`check-cold` at further sizes, where nothing else ran."""

    @property
    def sizes(self) -> list[int]:
        """The sizes at which all jobs ran."""
        return sorted({result.posts for result in self.results})

    @property
    def names(self) -> list[str]:
        """The jobs, in the order of the table."""
        return list(dict.fromkeys(result.job.name for result in self.results))

    def get(self, name: str, posts: int) -> Result | None:
        """What became of a job at a size."""
        return next((each for each in self.results if each.job.name == name and each.posts == posts), None)

    def ratios(self, name: str, posts: int, other: str = YARDSTICK) -> list[float]:
        """A job's wall time over another's, round by round."""
        result = self.get(name, posts)
        return result.ratios(self.get(other, posts)) if result else []

    def per_post(self) -> dict[int, float]:
        """The time of `check-cold` for each post by size, relative to the smallest size.

        Its fastest round counts: sizes cannot take turns within a round, and noise only ever adds.
        """
        found = [each for each in (*self.results, *self.growth) if each.job.name == "check-cold" and each.runs]
        times = {each.posts: min(run.seconds for run in each.runs.values()) / each.posts for each in found}
        return {posts: times[posts] / times[min(times)] for posts in sorted(times)}


@dataclass(frozen=True)
class Target:
    """One promise."""

    says: str
    """What is promised."""
    limit: float
    """The most that keeps the promise."""
    unit: str
    """What the limit is in: `× Hugo`, `MB`, `s` and the like."""
    measured: Callable[[Figures, int], float | None]
    """The figure at a size; None when nothing was measured."""


@dataclass(frozen=True)
class Verdict:
    """Whether a promise was kept."""

    target: Target
    """The promise."""
    measured: float | None
    """The figure; None when nothing was measured."""

    @property
    def says(self) -> str:
        """The verdict in two or three words."""
        if self.measured is None:
            return "not measured"
        over = self.measured / self.target.limit
        if over <= 1:
            return "met"
        return f"missed by {over - 1:.0%}".replace("%", " %") if over < 2 else f"missed, {over:.1f} times the target"


def _ratio(name: str, other: str, figures: Figures, posts: int) -> float | None:
    found = figures.ratios(name, posts, other)
    return median(found) if found else None


def _memory(figures: Figures, posts: int) -> float | None:
    checks = [figures.get(name, posts) for name in ("check-cold", "check-warm", "check-changed")]
    return max((each.memory for each in checks if each and each.runs), default=None)


def _seconds(name: str, figures: Figures, posts: int) -> float | None:
    result = figures.get(name, posts)
    return result.seconds if result and result.runs else None


def _growth(figures: Figures, _posts: int) -> float | None:
    found = figures.per_post()
    return found[max(found)] if len(found) > 1 else None


def _against_hugo(name: str, says: str, limit: float) -> Target:
    return Target(says, limit, "× Hugo", partial(_ratio, name, YARDSTICK))


TARGETS = (
    _against_hugo("check-cold", "`check`, no cache", 0.15),
    _against_hugo("check-warm", "`check`, nothing changed", 0.03),
    _against_hugo("check-changed", "`check`, one post changed", 0.05),
    _against_hugo("output-cold", "rendered pages, no cache", 0.30),
    _against_hugo("output-warm", "rendered pages, unchanged", 0.06),
    _against_hugo("build-cold", "`build` with our theme, no cache", 1.6),
    _against_hugo("build-warm", "`build` with our theme, one post changed", 1.4),
    Target("memory of `check`", 150, "MB", _memory),
    Target("time for a post, largest size over smallest", 1.15, "×", _growth),
    Target("`check` of this site, warm", 0.25, "s", partial(_seconds, "check-own")),
    Target("`check` against rumdl, neither with a cache", 2, "× rumdl", partial(_ratio, "check-cold", "rumdl")),
    Target("`check` against rumdl, both with a cache", 1, "× rumdl", partial(_ratio, "check-warm", "rumdl-warm")),
)
"""The promises, for 10,000 posts on two cores."""
MEASURES = frozenset({"rumdl", "rumdl-warm"})
"""The jobs of other programs that promises are measured by."""
PROMISED_FOR = 10_000
"""The size that the promises are about."""


def verdicts(figures: Figures) -> Iterator[Verdict]:
    """The verdict on every target, judged at the largest size at which all jobs ran."""
    for target in TARGETS:
        yield Verdict(target, target.measured(figures, figures.sizes[-1]))


def failures(results: Sequence[Result]) -> list[Result]:
    """The results that are none."""
    return [each for each in results if each.failure]
