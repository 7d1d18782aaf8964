"""Telling when the site changes by itself."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from presscheck import hugo, schedule
from presscheck.commands.common import clock_of, find_root, printable, say
from presscheck.errors import UsageError
from presscheck.survey import survey


def upcoming(options: argparse.Namespace) -> int:
    """List what will change without anybody touching a file, or with `--since` what has, and then 1 when nothing has."""
    root = find_root(options.site, Path.cwd())
    clock = clock_of(options)
    after = options.since or clock
    if after > clock:
        raise UsageError(
            f"--since {after.isoformat()} is later than {clock.isoformat()}", "name a moment that has passed"
        )
    coming = schedule.upcoming(survey(root, clock).site, after, lambda: hugo.dated(root.folder, clock))
    if options.since:
        coming = [each for each in coming if each.at <= clock]
    if options.format == "json":
        told = [{"at": each.at.isoformat(), "file": each.file, "change": each.verb} for each in coming]
        print(json.dumps(told, indent=2))
    else:
        for each in coming:
            print(printable(f"{each.at.isoformat()}  {each.verb.ljust(7)}  {each.file}"))
    if not coming:
        say(
            f"nothing changed by itself since {after.isoformat()}" if options.since else "nothing will change by itself"
        )
    return int(bool(options.since) and not coming)
