"""Building the site."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presscheck import read
from presscheck.commands.common import clock_of, find_root, moment_of_sources, now, print_report, say, shown
from presscheck.errors import EngineFailure, PublishRefusal, UsageError
from presscheck.manifest import Changes
from presscheck.settings import Keeping, settings
from presscheck.survey import WORK_FOLDER

if TYPE_CHECKING:
    from presscheck import pipeline


def build(options: argparse.Namespace) -> int:
    """Build and publish the site, or one share of it."""
    from presscheck import pipeline  # noqa: PLC0415 - only this command needs it

    if options.shard:
        from presscheck.commands.sharding import build_shard  # noqa: PLC0415 - few builds are in parts

        return build_shard(options)
    started = time.monotonic()
    root, output = place(options)
    refuse_dangerous_output(output, root.folder)
    outcome = pipeline.build(order_of(options, root, output, clock_of(options), options.base_url))
    return report_on(outcome, options, output, started)


def order_of(
    options: argparse.Namespace, root: read.Root, output: Path, clock: datetime, base_url: str
) -> pipeline.Order:
    """What the options ask for."""
    from presscheck import pipeline  # noqa: PLC0415 - only who builds needs it

    return pipeline.Order(
        root=root,
        output=output,
        clock=clock,
        base_url=base_url,
        fail_on=options.fail_on,
        time_limit=options.time_limit,
        lock_timeout=options.lock_timeout,
        is_verified=getattr(options, "verify", False),
        made=moment_of_sources(),
    )


def report_on(outcome: pipeline.Outcome, options: argparse.Namespace, output: Path, started: float) -> int:
    """Tell how a build went that `started` then, by the clock that never goes back; gives the exit status."""
    print_report(options, outcome.diagnostics, outcome.source_at)
    if not outcome.is_published:
        say(f"nothing was published; {shown(output)} is as it was" if output.exists() else "nothing was published")
        return status_of(outcome)
    seconds = time.monotonic() - started
    say(f"published {outcome.pages} pages, {outcome.files} files, in {shown(output)} ({seconds:.1f} s)")
    if outcome.release and outcome.changes:
        say(f"release {outcome.release.id}: {told(outcome.changes)}")
    for note in outcome.notes:
        say(f"note: {note}")
    if outcome.next_change:
        say(f"next change: {outcome.next_change.told}")
    return 0


def status_of(outcome: pipeline.Outcome) -> int:
    """The exit status of a build that published nothing."""
    if outcome.engine_failed:
        return EngineFailure.exit_status
    return PublishRefusal.exit_status if outcome.is_refused else 1


def releases(options: argparse.Namespace) -> int:
    """List the releases that are on this machine, the newest first."""
    from presscheck.releases import Releases  # noqa: PLC0415 - only who publishes needs it

    _, output = place(options)
    for each in Releases(output.parent / WORK_FOLDER, output).all():
        made = each.manifest
        pages = sum(entry.is_page for entry in made.files.values())
        print(f"{'*' if each.is_current else ' '} {each.id}  {made.made}  {pages} pages, {len(made.files)} files")
    return 0


def rollback(options: argparse.Namespace) -> int:
    """Publish an earlier release again."""
    from presscheck.releases import Releases, alone_in  # noqa: PLC0415 - only who publishes needs them

    root, output = place(options)
    work = output.parent / WORK_FOLDER
    keeping = settings(read.configured(root), Keeping)
    with alone_in(work, options.lock_timeout):
        kept = Releases(work, output, number=keeping.number, days=keeping.days)
        before = kept.current()
        made = kept.roll_back(options.release, now())
    say(
        f"{shown(output)} is release {made.id} of {made.made} again: {told(made.since(before.manifest if before else None))}"
    )
    return 0


def told(changes: Changes) -> str:
    """What is different, in a phrase."""
    return f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"


def place(options: argparse.Namespace) -> tuple[read.Root, Path]:
    """The site, and the folder it is published in."""
    root = find_root(options.site, Path.cwd())
    return root, (options.output or root.folder / "public").absolute()


def refuse_dangerous_output(
    output: Path, root: Path, mark: str = "index.html", what: str = "site", maker: str = "a build"
) -> None:
    """Raise UsageError for an output folder that holds something else than `what`, told by its file `mark`: it is replaced as a whole."""
    if root.is_relative_to(output.resolve()):
        raise UsageError(
            f"--output {output} would replace the site's own files", "choose a folder for the output alone"
        )
    if (output / ".git").exists():
        raise UsageError(
            f"--output {output} is a checkout of git, which a build would replace as a whole",
            "name another folder; `presscheck publish` brings a site to a branch",
        )
    if output.is_dir() and any(output.iterdir()) and not (output / mark).exists():
        raise UsageError(
            f"--output {output} holds files, and no {what}", f"choose an empty folder, or one that {maker} made"
        )
