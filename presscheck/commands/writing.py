"""Beginning a post."""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from presscheck import hugo, read, urls
from presscheck.check import active_rules, ask, questions
from presscheck.commands.common import find_root
from presscheck.config import Config
from presscheck.diagnostics import Edit, Severity
from presscheck.errors import UsageError
from presscheck.files import fault, write_atomically
from presscheck.fix import edited
from presscheck.nearest import nearest
from presscheck.page import Page
from presscheck.text import Source, Span
from presscheck.toml_reader import quoted

_BREAKS = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]")
"""What nobody types into a title, and would see in none."""


def new(options: argparse.Namespace) -> int:
    """Begin a post."""
    root = find_root(options.site, Path.cwd())
    config = read.read_config(root)
    title = _title(options.title, config)
    stem = urls.file_stem(title)
    if not stem:
        raise UsageError(f"`{options.title}` leaves nothing to make a file name of", "use a title with letters in it")
    folder = _folder(root, config, options.section)
    place = posixpath.join(folder, f"{stem}.md")
    name = f"{config.content_dir}/{place}"
    path = root.folder / name
    there = next((each for each in (path, path.with_suffix("")) if each.exists()), None)
    if there:
        told = there.relative_to(root.folder).as_posix()
        raise UsageError(f"{told} exists already", "choose another title, or edit that post")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(f"cannot make the folder {path.parent}", error) from error
    hugo.new_content(root.folder, name)
    page = Page.of(place, read.read_source(path, name), config)
    now = datetime.now(config.time_zone).replace(microsecond=0).isoformat()
    text = edited(page.source.text, _filled_in(page, {"title": title, "date": now}))
    write_atomically(path, page.source.encode(text))
    print(name)
    return 0


def _title(given: str, config: Config) -> str:
    """The title as it is to be written; raises UsageError for one that is an error wherever it stands."""
    if any(unicodedata.category(char) == "Cs" for char in given):
        shown = given.encode("utf-8", "surrogateescape")
        raise UsageError(f"the title {shown!r} is not UTF-8", "set the terminal to UTF-8 and type it again")
    title = unicodedata.normalize("NFC", _INVISIBLE.sub("", _BREAKS.sub(" ", given)).strip())
    page = Page.of("posts/new.md", Source("new.md", f"+++\ntitle = {quoted(title)}\n+++\n"), config)
    rules = [rule for rule in active_rules(config) if rule.severity is Severity.ERROR]
    value = page.front_matter.get("title")
    for _, finding in ask(questions(rules, "check_page"), page):
        if value and value.value.span.start <= finding.span.start < value.value.span.end:
            raise UsageError(f"in the title, {finding.message}", finding.help or "choose another title")
    return title


def _folder(root: read.Root, config: Config, section: str | None) -> str:
    """The folder of the new page, below that of all pages; raises UsageError for one that no page can be in."""
    home = next((home for home, language in config.homes.items() if language == config.default_language), "")
    said = {**config.get("params", default={}), **config.values}
    main = next((value for key, value in said.items() if key.lower() == "mainsections"), None)
    usual = str(main[0]) if isinstance(main, list) and main else "posts"
    asked = usual if section is None else section.strip("/")
    pages = root.folder / config.content_dir
    parts = [part for part in asked.split("/") if part != "."] if asked else []
    if any(not part or part.startswith((".", "#")) or part.endswith("~") or "\\" in part for part in parts):
        raise UsageError(f"`{section}` is no section", f"name a folder below {config.content_dir}/, such as posts")
    folder = posixpath.join(home, *parts)
    if section and section.startswith("/") and not (pages / folder).is_dir():
        raise UsageError(f"there is no section `{section}`", f"write it as it is below {config.content_dir}/: posts")
    for number in range(len(parts)):
        above = posixpath.join(home, *parts[: number + 1])
        bundle = next((pages / above).glob("index.*"), None)
        if bundle:
            message = f"{config.content_dir}/{above} is one page, {bundle.name}, and the folder of what belongs to it"
            raise UsageError(message, "name a section: a folder without an index.md of its own")
    if section is not None and not (pages / folder).is_dir():
        known = [each.relative_to(pages / home).as_posix() for each in (pages / home).rglob("*") if each.is_dir()]
        meant = nearest(asked, known, 0.7)
        if meant:
            raise UsageError(
                f"there is no section `{asked}`",
                f"did you mean `{meant}`? If not, make the folder {config.content_dir}/{folder} first",
            )
    return folder


_NOTATIONS: Mapping[str | None, tuple[Callable[[str], str], str, str]] = {
    "toml": (quoted, "{} = {}\n", "{}"),
    "yaml": (lambda text: json.dumps(text, ensure_ascii=False), "{}: {}\n", "{}"),
    "json": (lambda text: json.dumps(text, ensure_ascii=False), '"{}": {}, ', '"{}"'),
}
"""By notation of front matter: how a text is written, a further entry, and a date."""


def _filled_in(page: Page, values: Mapping[str, str]) -> Iterator[Edit]:
    """What gives the front matter that an archetype made the right `values`."""
    front_matter = page.front_matter
    if front_matter.notation not in _NOTATIONS:
        yield Edit(
            Span(0, 0), f"+++\ntitle = {quoted(values['title'])}\ndate = {values['date']}\ndraft = true\n+++\n\n"
        )
        return
    text, entry, date = _NOTATIONS[front_matter.notation]
    written = {"title": text(values["title"]), "date": date.format(values["date"])}
    for key, value in written.items():
        there = front_matter.get(key)
        if there:
            yield Edit(there.value.span, value)
    if not front_matter.get("title"):
        begin = front_matter.content.start + (front_matter.notation == "json")
        yield Edit(Span(begin, begin), entry.format("title", written["title"]))
