"""Does every job in turn, round after round, so that what slows the machine down hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.bed import Bed, JobFailure
from bench.jobs import Job, perform
from bench.measure import Run


@dataclass
class Result:
    """What became of one job at one size."""

    job: Job
    """The row of the table."""
    posts: int
    """The size."""
    runs: dict[int, Run] = field(default_factory=dict)
    """By round."""
    failure: str = ""
    """Why it was given up; empty when every round went well."""

    @property
    def seconds(self) -> float:
        """The median of its wall times."""
        return median(run.seconds for run in self.runs.values())

    @property
    def memory(self) -> float:
        """MB at the peak, the highest of all rounds."""
        return max(run.memory for run in self.runs.values())

    def ratios(self, other: Result | None) -> list[float]:
        """Its wall time divided by that of `other` in the same round, for every round that both have."""
        if other is None or self.failure or other.failure:
            return []
        return [self.runs[number].seconds / other.runs[number].seconds for number in self.runs if number in other.runs]


def play(bed: Bed, jobs: Sequence[Job], rounds: int, say: Callable[[str], None]) -> list[Result]:
    """The results of `jobs` after `rounds` rounds; every other round goes backwards. A job that fails is not tried again."""
    results = [Result(job, bed.posts) for job in jobs]
    for number in range(rounds):
        for result in results if number % 2 == 0 else reversed(results):
            if result.failure:
                continue
            try:
                run = perform(result.job, bed)
            except JobFailure as failure:
                result.failure = str(failure)
                say(f"{bed.posts:,} posts, round {number + 1}: {result.job.name} failed, {failure}")
            else:
                result.runs[number] = run
                say(f"{bed.posts:,} posts, round {number + 1} of {rounds}: {result.job.name} {run.seconds:.2f} s")
    return results
