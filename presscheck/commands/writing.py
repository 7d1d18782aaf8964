"""Beginning a post."""

from __future__ import annotations

import argparse
import posixpath
from datetime import datetime
from pathlib import Path

from presscheck import read
from presscheck.commands.common import find_root
from presscheck.diagnostics import Edit
from presscheck.errors import UsageError
from presscheck.page import Page


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
