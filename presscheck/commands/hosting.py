"""Telling hosts how to serve the site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from presscheck import read
from presscheck.commands.common import clock_of, find_root, say, shown
from presscheck.errors import UsageError
from presscheck.hosting.model import Service
from presscheck.survey import WORK_FOLDER


def hosting(options: argparse.Namespace) -> int:
    """Print what a host or server has to be told about the published site."""
    from presscheck.hosting import caddy, nginx, security_txt  # noqa: PLC0415 - only this command needs them
    from presscheck.hosting.written import FILES  # noqa: PLC0415

    root = find_root(options.site, Path.cwd())
    output = (options.output or root.folder / "public").absolute()
    if options.host == "security.txt":
        text = security_txt.text(read.configured(root, _base_url(output)), clock_of(options))
        if not text:
            raise UsageError(
                "the site names nobody to write to about its security",
                'set `contact = ["mailto:…"]` below [params.presscheck.hosting]',
            )
        sys.stdout.write(text)
        return 0
    service = _service(root, output, options.folder)
    if options.host in {"nginx", "caddy"}:
        sys.stdout.write({"nginx": nginx, "caddy": caddy}[options.host].snippet(service))
        return 0
    files = FILES[options.host]
    for name, make in files.items():
        made = make(service)
        heading = f"# {name}\n" if len(files) > 1 else ""
        sys.stdout.write(heading + made.text)
        for note in made.notes:
            say(f"note: {note}")
    return 0


def _service(root: read.Root, output: Path, place: str) -> Service:
    from presscheck.equip import service_of  # noqa: PLC0415 - only who tells hosts needs it
    from presscheck.record import ledger_of  # noqa: PLC0415

    if not (output / "index.html").is_file():
        raise UsageError(f"there is no published site in {shown(output)}", "build it first, or name it with --output")
    config = read.configured(root, _base_url(output))
    return service_of(output, config, ledger_of(root, config), place)


def _base_url(output: Path) -> str:
    """The address that the published site was built for; empty when nobody knows."""
    from presscheck.releases import Releases  # noqa: PLC0415 - only who publishes needs it

    current = Releases(output.parent / WORK_FOLDER, output).current()
    return current.manifest.base_url if current else ""
