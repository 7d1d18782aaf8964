"""The main job, from the authors' files to the published folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from presscheck import hugo, read, releases, reproduce, schedule, search, stand_ins
from presscheck.check import check_publication, in_order, settled, unsuppressed
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic, Severity
from presscheck.equip import equip
from presscheck.errors import EngineFailure, EnvironmentFault, UsageError
from presscheck.identity import Identity, identity_of, without
from presscheck.manifest import Changes, Manifest
from presscheck.processes import NO_VARIABLES
from presscheck.publication import Publication
from presscheck.schedule import Change
from presscheck.settings import Keeping, settings
from presscheck.site import Site
from presscheck.survey import WORK_FOLDER, Survey, judge_output, survey, survey_output
from presscheck.text import Source

_TWICE = "output-not-reproducible"
"""The rule about what a second build makes otherwise."""


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
    is_verified: bool = False
    """Whether to build a second time, elsewhere, and to publish only what comes out the same."""
    made: datetime | None = None
    """When the release says that it was made; None for the moment when it is."""

    @property
    def work(self) -> Path:
        """The folder for everything else, beside the published one."""
        return self.output.parent / WORK_FOLDER


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
    next_change: Change | None = None
    """What will change first by itself, without anybody touching a file; None when nothing will."""
    notes: tuple[str, ...] = ()
    """What the hosts could not be told, in sentences."""
    is_refused: bool = False
    """Whether what was found is no mistake of an author's but a reason not to publish: the output is not reproducible."""

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
    sources = examine(order)
    if fails(sources.found, order):
        return Outcome(sources.found, sources.site.source_at)
    with releases.alone_in(order.work, order.lock_timeout), releases.staging(order.work) as staged:
        run = render(order, sources, order.root, staged, order.work / "cache")
        return finish(order, sources, staged, run)


@dataclass(frozen=True)
class Sources:
    """The site as it was read and checked, before anything was rendered."""

    before: read.Snapshot
    """Every file that it is made from."""
    config: Config
    """Its configuration."""
    accepted: Counter[Identity]
    """What its baseline accepts."""
    surveyed: Survey
    """The site, and what is known of it."""
    everything: Sequence[Diagnostic]
    """What was found in it, suppressed or not."""
    found: Sequence[Diagnostic]
    """What is left to report of that."""

    @property
    def site(self) -> Site:
        """The site."""
        return self.surveyed.site

    @property
    def text(self) -> int:
        """How many bytes of Markdown it has."""
        return sum(size for path, (size, _) in self.before.items() if path.endswith(".md"))


def examine(order: Order) -> Sources:
    """Read the site and check it."""
    config, before = read.watched(order.root, order.base_url)
    read.ensure_apart(order.output, order.root, config)
    accepted = read.accepted(order.root, config)
    surveyed = survey(order.root, order.clock, config)
    if order.is_verified and all(each.rule.name != _TWICE for each in surveyed.rules):
        message = f"--verify reports by the rule {_TWICE}, which {config.path} switches off"
        raise UsageError(message, "switch it on again")
    everything = surveyed.look().diagnostics
    left = settled(everything, surveyed.site, surveyed.rules)
    found = without(left, accepted, surveyed.site.source_at)[0]
    return Sources(before, config, accepted, surveyed, everything, found)


def render(
    order: Order,
    sources: Sources,
    root: read.Root,
    into: Path,
    cache: Path,
    *,
    segments: str = "",
    surroundings: Mapping[str, str] = NO_VARIABLES,
) -> hugo.Run:
    """Have Hugo render the site at `root`, which is `sources` or a copy of them, or the share of it that `segments` say."""
    return hugo.build(
        root.folder,
        into,
        clock=order.clock,
        cache_folder=cache,
        time_limit=order.time_limit,
        base_url=order.base_url,
        segments=segments,
        text=sources.text,
        surroundings=surroundings,
    )


def finish(order: Order, sources: Sources, staged: Path, run: hugo.Run) -> Outcome:
    """Verify what was rendered, add what Hugo does not make, and publish it; the lock must be held."""
    config = sources.config
    publication = _look_at(order, sources, staged, run)
    found = in_order([*sources.found, *_after(run, judge(order, sources, publication))])
    notes: tuple[str, ...] = ()
    next_change = None
    twice: list[Diagnostic] = []
    if not run.status and not fails(found, order):
        notes = _dress(order, sources, staged)
        if order.is_verified:
            twice = _judge_twice(order, sources, publication, staged)
            found = in_order([*found, *twice])
    rendered = {page.name: page.load for page in publication.pages}
    texts = {each.path: rendered[each.path]() for each in found if each.path in rendered}
    release = changes = None
    if not run.status and not fails(found, order):
        ensure_unchanged(sources, order)
        keeping = settings(config, Keeping)
        kept = releases.Releases(order.work, order.output, number=keeping.number, days=keeping.days)
        previous = kept.current()
        release = kept.put(staged, config.base_url, datetime.now(UTC), order.made)
        if kept.found:
            notes = (*notes, f"{order.output} was made by something else; what was in it lies in {kept.found}")
        changes = release.since(previous.manifest if previous else None)
        next_change = _next_change(order, sources.site)
    return Outcome(
        found,
        lambda path: texts.get(path) or sources.site.source_at(path),
        bool(run.status),
        len(publication.pages),
        release,
        changes,
        next_change,
        notes,
        is_refused=fails(twice, order),
    )


def _look_at(order: Order, sources: Sources, staged: Path, run: hugo.Run) -> Publication:
    """What was rendered, as the rules see it."""
    if not run.status:
        stand_ins.write(staged, sources.site)
    return survey_output(sources.site, staged, order.output.name, run.messages, order.work / "sheets")


def judge(order: Order, sources: Sources, publication: Publication) -> list[Diagnostic]:
    """What is left to report of what the rules find in what was rendered."""
    said = {(each.path, each.span) for each in sources.everything}  # also what is suppressed, or in the baseline
    found, _ = unsuppressed(judge_output(publication, sources.surveyed, order.work / "rendered"), sources.site)
    fresh = [each for each in found if (each.path, each.span) not in said]
    return without(fresh, sources.accepted, sources.site.source_at)[0]


def look_at_rendered(order: Order) -> Counter[Identity]:
    """What the rules find in the rendered pages, in the baseline or not; nothing is published.

    Raises EngineFailure when Hugo gives up.
    """
    sources = replace(examine(order), accepted=Counter())
    with releases.alone_in(order.work, order.lock_timeout), releases.staging(order.work) as staged:
        run = render(order, sources, order.root, staged, order.work / "cache")
        if run.status:
            raise EngineFailure(f"Hugo failed: {run.reason}", "`presscheck build` shows where; mend it first")
        publication = _look_at(order, sources, staged, run)
        return Counter(identity_of(each, sources.site.source_at) for each in judge(order, sources, publication))


def _dress(
    order: Order, sources: Sources, staged: Path, surroundings: Mapping[str, str] = NO_VARIABLES
) -> tuple[str, ...]:
    """Add what is made from the rendered pages once they are right; gives what the hosts could not be told."""
    if search.is_wanted(sources.config):
        search.index(staged, order.time_limit, surroundings)
    return equip(staged, sources.config, sources.site.ledger, order.clock)


def _next_change(order: Order, site: Site) -> Change | None:
    coming = schedule.upcoming(site, order.clock, lambda: hugo.dated(order.root.folder, order.clock))
    return coming[0] if coming else None


def _judge_twice(order: Order, sources: Sources, publication: Publication, staged: Path) -> list[Diagnostic]:
    """Build the site a second time, as another machine would, and judge what came out otherwise."""
    place = staged.parent / "second"
    output = place / "output"
    output.mkdir(parents=True)
    copy = reproduce.copy_site(order.root, sources.config, order.output, place)
    ensure_unchanged(sources, order)  # else an author who writes meanwhile would be told of chance
    run = render(order, sources, copy, output, place / "cache", surroundings=reproduce.SURROUNDINGS)
    if run.status:
        raise EngineFailure(
            f"Hugo failed when it built a copy of the site for --verify: {run.reason}",
            "something that the site needs is not below its folder, or only in Hugo's cache or in `resources/_gen`",
        )
    stand_ins.write(output, sources.site)
    _dress(order, sources, output, reproduce.SURROUNDINGS)
    differing = replace(publication, differences=reproduce.differences(staged, output))
    rule = [each for each in sources.surveyed.rules if each.rule.name == _TWICE]
    found, _ = unsuppressed(check_publication(differing, rule), sources.site)
    return without(found, sources.accepted, sources.site.source_at)[0]


def fails(found: Sequence[Diagnostic], order: Order) -> bool:
    """Whether what was found stops the build."""
    return any(each.severity.reaches(order.fail_on) for each in found)


def _after(run: hugo.Run, found: list[Diagnostic]) -> list[Diagnostic]:
    """When Hugo gave up, what it said is the news, and what it left half done is not worth judging."""
    return [each for each in found if each.rule == "output-hugo-error"] if run.status else found


def ensure_unchanged(sources: Sources, order: Order) -> None:
    """Raise EnvironmentFault when a file is not as it was when the site was read."""
    before, after = sources.before, read.snapshot(order.root, sources.config)
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise EnvironmentFault(
            f"{changed[0]}{more} changed while the site was being built; nothing was published", "run it again"
        )
