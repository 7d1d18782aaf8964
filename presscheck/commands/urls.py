"""The list of every address that was ever published."""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from presscheck import read
from presscheck.commands.common import clock_of, find_root, printable, say, shown_file
from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.ledger import Ledger, Line, Status, canonical, difference, keeps_fragments, target, told
from presscheck.record import append, is_wanted, ledger_of, origins, record, there_in
from presscheck.releases import Release, Releases
from presscheck.survey import WORK_FOLDER, survey


def urls(options: argparse.Namespace) -> int:
    """Do what `options.action` names."""
    root = find_root(options.site, Path.cwd())
    config = read.configured(root)
    status: int = _ACTIONS[options.action](options, root, config)
    return status


def _list(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    known = _known(root, config)
    pattern = options.pattern
    wanted = pattern if "*" in pattern or not pattern else f"*{pattern}*"
    lines = [line for line in known.latest.values() if not wanted or fnmatch.fnmatchcase(line.url, wanted)]
    if options.status:
        lines = [line for line in lines if line.status.value == options.status]
    lines.sort(key=lambda line: line.url)
    if options.format == "json":
        _print_json([json.loads(line.as_json()) | {"first": _first(known, line)} for line in lines])
        return 0
    for line in lines:
        rest = {Status.MOVED: f"  to {line.to}", Status.GONE: f"  {line.reason}"}.get(line.status, "")
        _print(f"{line.status.value:5} {line.url}{rest}")
    counts = Counter(line.status.value for line in lines)
    say(", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "no address")
    return 0


def _first(known: Ledger, line: Line) -> dict[str, str]:
    first = known.first.get(line.url)
    return {"release": first.release, "date": first.date} if first else {}


def _diff(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    known = _known(root, config)
    release = _current(options, root)
    site = survey(root, clock_of(options), config).site
    there = there_in(release, known, site)
    found = difference(known, there.recorded, there.everything, fragments=keeps_fragments(config))
    if options.format == "json":
        _print_json({"release": release.id, **{name: list(found_) for name, found_ in found._asdict().items()}})
    else:
        for sign, which in (("-", found.lost), ("+", found.new), ("~", found.returned)):
            for url in which:
                _print(f"{sign} {url}")
    say(f"release {release.id}: {len(found.new)} new, {len(found.lost)} lost, {len(found.returned)} returned")
    return int(bool(found.lost))


def _explain(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    known = _known(root, config)
    url = _url(options.url, config)
    line = known.ensure_known(url)
    state = {Status.LIVE: "is live", Status.MOVED: f"has moved to {line.to}", Status.GONE: "is gone"}[line.status]
    _print(f"{url} {state}")
    for each in known.history(url):
        _print(f"  {told(each)}")
    for part in known.belongings(url):
        _print(f"  {part} belongs to it")
    return 0


def _record(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    release = _current(options, root)
    is_new = not is_wanted(root, config)
    lines = record(root, release, clock_of(options))
    for line in lines:
        _print(f"+ {line.url}")
    path = shown_file(read.ledger_path(root, config))
    what = f"{len(lines)} address{'es' * (len(lines) != 1)}" if lines else "nothing new"
    say(f"{path}: {what} of release {release.id}{'; the file is new, commit it' if is_new else ''}")
    return 0


def _gone(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    reason = " ".join(options.reason.split())
    if not reason:
        raise UsageError("the reason says nothing", 'write --reason "…", for the readers who will see it')
    url = _url(options.url, config)
    _known(root, config)
    day = clock_of(options).date().isoformat()

    def lines(known: Ledger) -> list[Line]:
        line = known.ensure_known(url)
        if (line.status, line.reason) == (Status.GONE, reason):
            return []
        wanted = [url, *(known.belongings(url) if line.status is Status.LIVE else [])]
        wanted += [each.url for each in known.live() if each.is_fragment and each.base in wanted and each.url != url]
        return [replace(_said(known.latest[each]), status=Status.GONE, date=day, reason=reason) for each in wanted]

    _tell(root, config, append(root, config, lines), url)
    return 0


def _moved(options: argparse.Namespace, root: read.Root, config: Config) -> int:
    url = _url(options.url, config)
    try:
        to = target(options.to, config.base_url)
    except ValueError as error:
        raise UsageError(
            f"`{options.to}` is no address: {error}", "write `/posts/a/`, or a whole `https://…`"
        ) from None
    _known(root, config)
    day = clock_of(options).date().isoformat()

    def lines(known: Ledger) -> list[Line]:
        line = known.ensure_known(url)
        if (line.status, line.to) == (Status.MOVED, to):
            return []
        if to == url or (to.startswith("/") and known.destination(to) in {url, ""}):
            raise UsageError(f"{url} would lead back to itself", "name the address where readers find it now")
        there = known.latest.get(to)
        if to.startswith("/") and there and there.status is Status.GONE:
            raise UsageError(f"{to} is gone itself", "name the address where readers find it now")
        return [replace(_said(line), status=Status.MOVED, date=day, to=to)]

    added = append(root, config, lines)
    _tell(root, config, added, url)
    if added and to.startswith("/") and not _is_there(root, config, to.partition("#")[0]):
        say(f"nothing is at {to} yet; a reader who is led there meets an error until a build publishes it")
    return 0


_ACTIONS = {
    "list": _list,
    "diff": _diff,
    "explain": _explain,
    "record": _record,
    "gone": _gone,
    "moved": _moved,
}


def _said(line: Line) -> Line:
    """What a later line about the same address still says."""
    return Line(line.url, line.status, source=line.source, title=line.title)


def _tell(root: read.Root, config: Config, lines: tuple[Line, ...], url: str) -> None:
    for line in lines:
        _print(f"{line.status.value:5} {line.url}{f'  to {line.to}' if line.to else ''}")
    path = shown_file(read.ledger_path(root, config))
    if not lines:
        say(f"{path} says so already")
        return
    say(f"{path}: {len(lines)} line{'s' * (len(lines) != 1)} added; commit {'them' if len(lines) > 1 else 'it'}")
    source = lines[0].source
    if source and (root.folder / source).is_file() and url in _addresses_of(root, config, source):
        say(f"{source} is still there, and the next build publishes it at {url} again; remove or rename it")
    if not lines[0].is_page and not lines[0].is_fragment and lines[0].status is Status.GONE:
        say(
            f"{url} is no page, so no page can stand in for it: who asks for it gets 404, or 410 where the host can say that"
        )


def _is_there(root: read.Root, config: Config, url: str) -> bool:
    """Whether the ledger or the sources know something at `url`."""
    if url in ledger_of(root, config).latest:
        return True
    site = survey(root, clock_of(argparse.Namespace(clock=None)), config).site
    return url in origins(root, site) or unquote(url) in site.addresses


def _addresses_of(root: read.Root, config: Config, source: str) -> set[str]:
    """The addresses that a build gives to the page made from `source`."""
    site = survey(root, clock_of(argparse.Namespace(clock=None)), config).site
    return {url for url, origin in origins(root, site).items() if origin.source == source}


def _known(root: read.Root, config: Config) -> Ledger:
    """The ledger; raises UsageError when the site keeps none. What is wrong with it is said, and does not matter."""
    if not is_wanted(root, config):
        raise UsageError(
            f"there is no {read.ledger_path(root, config).name}",
            "build or publish the site, then `presscheck urls record` begins it",
        )
    known = ledger_of(root, config)
    if known.problems:
        count = len(known.problems)
        say(f"{count} line{'s' * (count > 1)} of the ledger cannot be read; `presscheck check` says which and why")
    return known


def _current(options: argparse.Namespace, root: read.Root) -> Release:
    """The release that is published on this machine; raises UsageError when there is none."""
    output = (options.output or root.folder / "public").absolute()
    found = Releases(output.parent / WORK_FOLDER, output).current()
    if not found:
        raise UsageError(
            f"there is no release in {shown_file(output)}", "run `presscheck build` first, or name it with --output"
        )
    return found


def _url(written: str, config: Config) -> str:
    try:
        return canonical(written, config.base_url)
    except ValueError as error:
        raise UsageError(
            f"`{written}` is no address of this site: {error}", "write it as it stands below the base URL: `/posts/a/`"
        ) from None


def _print(text: str) -> None:
    print(printable(text))


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, indent=1, ensure_ascii=True)
    print()
