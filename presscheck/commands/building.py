"""Building the site."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from presscheck import read
from presscheck.commands.common import clock_of, find_root, now, print_report, say, shown
from presscheck.errors import EngineFailure, UsageError
from presscheck.manifest import Changes
from presscheck.settings import Keeping, settings
from presscheck.survey import WORK_FOLDER


def build(options: argparse.Namespace) -> int:
    """Build and publish the site."""
    from presscheck import pipeline  # noqa: PLC0415 - only this command needs it

    started = time.monotonic()
    root, output = _place(options)
    _refuse_dangerous_output(output, root.folder)
    outcome = pipeline.build(
        pipeline.Order(
            root=root,
            output=output,
            clock=clock_of(options),
            base_url=options.base_url,
            fail_on=options.fail_on,
            time_limit=options.time_limit,
            lock_timeout=options.lock_timeout,
        )
    )
    print_report(options, outcome.diagnostics, outcome.source_at)
    if outcome.is_published:
        say(
            f"published {outcome.pages} pages, {outcome.files} files, in {shown(output)} ({time.monotonic() - started:.1f} s)"
        )
        if outcome.release and outcome.changes:
            say(f"release {outcome.release.id}: {told(outcome.changes)}")
        return 0
    say(f"nothing was published; {shown(output)} is as it was" if output.exists() else "nothing was published")
    return EngineFailure.exit_status if outcome.engine_failed else 1


def releases(options: argparse.Namespace) -> int:
    """List the releases that are on this machine, the newest first."""
    from presscheck.releases import Releases  # noqa: PLC0415 - only who publishes needs it

    _, output = _place(options)
    for each in Releases(output.parent / WORK_FOLDER, output).all():
        made = each.manifest
        pages = sum(entry.is_page for entry in made.files.values())
        print(f"{'*' if each.is_current else ' '} {each.id}  {made.made}  {pages} pages, {len(made.files)} files")
    return 0


def rollback(options: argparse.Namespace) -> int:
    """Publish an earlier release again."""
    from presscheck.files import locked  # noqa: PLC0415 - only who publishes needs them
    from presscheck.releases import Releases  # noqa: PLC0415

    root, output = _place(options)
    work = output.parent / WORK_FOLDER
    keeping = settings(read.configured(root), Keeping)
    with locked(work, options.lock_timeout):
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


def _place(options: argparse.Namespace) -> tuple[read.Root, Path]:
    """The site, and the folder it is published in."""
    root = find_root(options.site, Path.cwd())
    return root, (options.output or root.folder / "public").absolute()


def _refuse_dangerous_output(output: Path, root: Path) -> None:
    """An output folder is replaced as a whole, so it must not hold anything else."""
    inside = {"content", "layouts", "static", "assets", "archetypes", "presscheck", "tests", "data", "i18n", ".git"}
    resolved = output.resolve()
    if root.is_relative_to(resolved) or any(resolved.is_relative_to(root / name) for name in inside):
        raise UsageError(
            f"--output {output} would replace the site's own files", "choose a folder for the output alone"
        )
    if output.is_dir() and any(output.iterdir()) and not (output / "index.html").exists():
        raise UsageError(
            f"--output {output} holds files, and no site", "choose an empty folder, or one that a build made"
        )
