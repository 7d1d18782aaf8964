"""The main job, from the authors' files to the published folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from presscheck import hugo, read, releases, search
from presscheck.check import in_order, settled, unsuppressed
from presscheck.diagnostics import Diagnostic, Severity
from presscheck.errors import EnvironmentFault
from presscheck.files import locked
from presscheck.identity import without
from presscheck.manifest import Changes, Manifest
from presscheck.settings import Keeping, settings
from presscheck.survey import WORK_FOLDER, judge_output, survey, survey_output
from presscheck.text import Source


@dataclass(frozen=True)
class Order:
    """What to build, and how."""

    root: read.Root
    """The site."""
    output: Path
    """The folder to publish, absolute."""
    clock: datetime
    """The moment that decides what is future and what has expired."""
    base_url: str = ""
    """The site's address instead of the configured one; empty to keep that."""
    fail_on: Severity = Severity.ERROR
    """The mildest severity that stops the build."""
    time_limit: float = 600.0
    """How many seconds Hugo may take, and then Pagefind."""
    lock_timeout: float = 60.0
    """How many seconds to wait for another build of the same folder."""


@dataclass(frozen=True)
class Outcome:
    """How a build went."""

    diagnostics: Sequence[Diagnostic]
    """Everything that was found, in the sources and in the rendered pages."""
    source_at: Callable[[str], Source | None]
    """Gives the source at a path of a diagnostic."""
    engine_failed: bool = False
    """Whether Hugo itself gave up."""
    pages: int = 0
    """How many HTML pages were rendered."""
    release: Manifest | None = None
    """What is published now; None when this build published nothing, and the published folder is what it was before."""
    changes: Changes | None = None
    """What is different from the release that was published before."""

    @property
    def is_published(self) -> bool:
        """Whether the published folder is now the result of this build."""
        return self.release is not None

    @property
    def files(self) -> int:
        """How many files are published."""
        return len(self.release.everything) if self.release else 0


def build(order: Order) -> Outcome:
    """Read, check, render, verify, publish; whatever stops it leaves the published folder as it was."""
    before = read.snapshot(order.root)
    config = read.configured(order.root, order.base_url)
    accepted = read.accepted(order.root, config)
    surveyed = survey(order.root, order.clock, config)
    site, rules = surveyed.site, surveyed.rules
    everything = surveyed.look().diagnostics
    found: Sequence[Diagnostic] = without(settled(everything, site, rules), accepted, site.source_at)[0]
    if _fails(found, order):
        return Outcome(found, site.source_at)

    work = order.output.parent / WORK_FOLDER
    keeping = settings(config, Keeping)
    kept = releases.Releases(work, order.output, number=keeping.number, days=keeping.days)
    release = changes = None
    with locked(work, order.lock_timeout), releases.staging(work) as staged:
        run = hugo.build(
            order.root.folder,
            staged,
            clock=order.clock,
            cache_folder=work / "cache",
            time_limit=order.time_limit,
            base_url=order.base_url,
        )
        publication = survey_output(site, staged, order.output.name, run.messages, work / "sheets")
        said = {(each.path, each.span) for each in everything}  # also what is suppressed, or in the baseline
        rendered_findings, _ = unsuppressed(judge_output(publication, surveyed, work / "rendered"), site)
        fresh = [each for each in rendered_findings if (each.path, each.span) not in said]
        found = in_order([*found, *_after(run, without(fresh, accepted, site.source_at)[0])])
        rendered = {page.name: page.load for page in publication.pages}
        sources = {each.path: rendered[each.path]() for each in found if each.path in rendered}
        good = not run.status and not _fails(found, order)
        if good:
            if search.is_wanted(config):
                search.index(staged, order.time_limit)
            _ensure_unchanged(before, read.snapshot(order.root))
            previous = kept.current()
            release = kept.put(staged, config.base_url, datetime.now(UTC))
            changes = release.since(previous.manifest if previous else None)
    return Outcome(
        found,
        lambda path: sources.get(path) or site.source_at(path),
        bool(run.status),
        len(publication.pages),
        release,
        changes,
    )


def _fails(found: Sequence[Diagnostic], order: Order) -> bool:
    return any(each.severity.reaches(order.fail_on) for each in found)


def _after(run: hugo.Run, found: list[Diagnostic]) -> list[Diagnostic]:
    """When Hugo gave up, what it said is the news, and what it left half done is not worth judging."""
    return [each for each in found if each.rule == "output-hugo-error"] if run.status else found


def _ensure_unchanged(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> None:
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise EnvironmentFault(
            f"{changed[0]}{more} changed while the site was being built; nothing was published", "run it again"
        )
