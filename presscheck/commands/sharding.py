"""Building a site on several machines."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from presscheck import read
from presscheck.commands.building import order_of, place, refuse_dangerous_output, report_on, status_of
from presscheck.commands.common import clock_of, find_root, moment_of_sources, print_report, say, shown
from presscheck.errors import UsageError
from presscheck.segments import Share


def build_shard(options: argparse.Namespace) -> int:
    """Render one share of the site."""
    from presscheck.sharding import build_shard as build  # noqa: PLC0415 - only who builds needs it
    from presscheck.shards import FILE  # noqa: PLC0415

    started = time.monotonic()
    if options.verify:
        raise UsageError(
            "--verify compares whole sites, and a shard is a part of one", "build the whole site with --verify"
        )
    if not (options.clock or moment_of_sources()):
        raise UsageError(
            "shards have to be of the same moment, and this one would be of now",
            "give every shard the same --clock, or SOURCE_DATE_EPOCH",
        )
    root = find_root(options.site, Path.cwd())
    output = (options.output or root.folder / "shards" / _name(options.shard)).absolute()
    refuse_dangerous_output(output, root.folder, FILE, "shard", "`build --shard`")
    outcome, shard = build(order_of(options, root, output, clock_of(options), options.base_url), options.shard)
    print_report(options, outcome.diagnostics, outcome.source_at)
    if shard:
        files = len(shard.manifest.files)
        seconds = time.monotonic() - started
        say(f"shard {shard.share}: {outcome.pages} pages, {files} files, in {shown(output)} ({seconds:.1f} s)")
        return 0
    say("no shard was made")
    return status_of(outcome)


def merge(options: argparse.Namespace) -> int:
    """Put the shards together, check the whole, and publish it."""
    from presscheck import sharding, shards  # noqa: PLC0415 - only who builds needs them

    started = time.monotonic()
    parts = [shards.found_in(each) for each in options.shards]
    root, output = place(options)
    refuse_dangerous_output(output, root.folder)
    address = parts[0].whole.base_url
    base_url = "" if read.configured(root).base_url == address else address
    order = order_of(options, root, output, parts[0].clock, base_url)
    return report_on(sharding.merge(order, parts), options, output, started)


def _name(share: Share) -> str:
    return f"{share.number}-of-{share.of}"
