"""Telling about the rules."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from presscheck import read
from presscheck.check import (
    all_rules,
    rule_named,
)
from presscheck.commands.common import printable, say, shown, wants_colour
from presscheck.config import Config
from presscheck.diagnostics import STYLE

_WIDEST = 100
"""Columns; longer lines are hard to read."""


def explain(options: argparse.Namespace) -> int:
    """Print a rule's manual."""
    from presscheck.manual import for_terminal  # noqa: PLC0415 - markdown-it-py takes 40 ms to import

    if options.rule.startswith(STYLE):
        from presscheck.style import manual  # noqa: PLC0415 - only who asks for it needs it

        sys.stdout.write(printable(manual(options.rule)))
        return 0
    rule = rule_named(options.rule)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    sys.stdout.write(printable(for_terminal(rule, width, colour=wants_colour(sys.stdout))))
    return 0


def rules(options: argparse.Namespace) -> int:
    """List every rule, or write the pages about them."""
    if options.docs:
        from presscheck.documentation import pages  # noqa: PLC0415 - jinja2 takes 40 ms to import

        examples = options.examples.glob("*/bad.txt") if options.examples else ()
        reports = {path.parent.name: path.read_text("utf-8") for path in examples}
        options.docs.mkdir(parents=True, exist_ok=True)
        for name, text in pages(reports).items():
            (options.docs / name).write_text(text, "utf-8")
        say(f"wrote {len(all_rules()) + 1} pages into {shown(options.docs)}")
        return 0
    if options.format == "json":
        listed = [
            {
                "name": rule.name,
                "severity": rule.severity.value,
                "on": rule.is_on,
                "summary": f"{rule.summary}.",
                "manual": rule.manual,
            }
            for rule in all_rules()
        ]
        print(json.dumps(listed, indent=2))
        return 0
    width = max(len(rule.name) for rule in all_rules())
    for rule in all_rules():
        print(f"{rule.name.ljust(width)}  {(rule.severity.value if rule.is_on else 'off').ljust(7)}  {rule.summary}")
    return 0


def schema(options: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    from presscheck.schema import of_post, of_settings  # noqa: PLC0415 - only this command needs it

    if options.of == "settings":
        found = of_settings()
    else:
        root = read.find_root(options.site or Path.cwd())
        found = of_post(read.read_config(root) if root else Config())
    print(json.dumps(found, indent=2))
    return 0
