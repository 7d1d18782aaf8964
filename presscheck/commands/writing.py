"""Beginning a post, and looking at the site while writing."""

from __future__ import annotations

import argparse
import gc
import posixpath
import sys
import time
from datetime import datetime
from pathlib import Path

from presscheck import read, survey
from presscheck.check import (
    active_rules,
)
from presscheck.commands.common import find_root, now, say, wants_colour
from presscheck.config import Config
from presscheck.diagnostics import Edit
from presscheck.errors import EngineFailure, PresscheckError, UsageError
from presscheck.page import Page
from presscheck.reports import report


def new(options: argparse.Namespace) -> int:
    """Begin a post."""
    from presscheck import hugo, urls  # noqa: PLC0415 - only this command needs them
    from presscheck.files import write_atomically  # noqa: PLC0415
    from presscheck.fix import edited  # noqa: PLC0415
    from presscheck.toml_reader import quoted  # noqa: PLC0415

    root = find_root(options.site, Path.cwd())
    config = read.read_config(root)
    slug = urls.url_path(options.title.replace("/", " ")).strip("-.")
    if not slug:
        raise UsageError(f"`{options.title}` leaves nothing to make a file name of", "use a title with letters in it")
    home = next((home for home, language in config.homes.items() if language == config.default_language), "")
    place = posixpath.join(home, "posts", f"{slug}.md")
    name = f"{config.content_dir}/{place}"
    path = root.folder / name
    if path.exists():
        raise UsageError(f"{name} exists already", "choose another title, or edit that post")
    (root.folder / config.content_dir / home).mkdir(parents=True, exist_ok=True)
    hugo.new_content(root.folder, name)
    page = Page.of(place, read.read_source(path, name), config)
    if page.front_matter.notation == "toml":
        now = datetime.now(config.time_zone).replace(microsecond=0).isoformat()
        values = {"title": quoted(options.title), "date": now}
        entries = ((page.front_matter.get(key), value) for key, value in values.items())
        text = edited(page.source.text, [Edit(entry.value.span, value) for entry, value in entries if entry])
        write_atomically(path, page.source.encode(text))
    print(name)
    return 0


def serve(options: argparse.Namespace) -> int:
    """Show the site at a local address, drafts included, and check it at every change."""
    from presscheck import hugo  # noqa: PLC0415 - only this command needs it

    gc.enable()  # this one is not short
    root = find_root(options.site, Path.cwd())
    config = read.read_config(root)
    active_rules(config)
    with hugo.server(root.folder, options.port) as server:
        say(f"http://localhost:{options.port}/ shows the site with drafts; stop with Ctrl+C")
        seen: read.Snapshot = {}
        while server.poll() is None:
            there = read.snapshot(root, config)
            if there != seen:
                seen = there
                try:
                    config, seen = read.watched(root)
                    _report_change(root, config)
                except PresscheckError as error:  # a file is half written; the next change may mend it
                    say(f"\n{_time()}\n{error.told}")
            time.sleep(0.3)
        said = server.log_tail()
    raise EngineFailure(f"Hugo's server stopped: {said}", "is the port in use? choose another with --port")


def _report_change(root: read.Root, config: Config) -> None:
    result = survey.check(root, now(), config)
    found = result.diagnostics
    text = report("full", found, result.source_at, colour=wants_colour(sys.stderr)) if found else "no findings\n"
    print(f"\n{_time()}\n{text}", end="", file=sys.stderr, flush=True)


def _time() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
