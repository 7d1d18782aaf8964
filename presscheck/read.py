"""Reads a site from disk; tests/test_layers.py says which modules may not touch the world."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from presscheck.baseline import FILE as BASELINE
from presscheck.baseline import read_baseline
from presscheck.config import Config, Templates
from presscheck.config_folder import PARTS, SUFFIXES, merged
from presscheck.errors import EngineFailure, EnvironmentFault, UsageError
from presscheck.files import fault
from presscheck.identity import Identity
from presscheck.keyed import Document, Entry
from presscheck.ledger import place_of
from presscheck.modules import Mount, loan
from presscheck.page import PAGE_SUFFIXES, Page
from presscheck.settings import file_of_site
from presscheck.site import Site
from presscheck.text import Source

CONFIG_NAMES = tuple(f"{stem}.{suffix}" for stem in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json"))
"""The names under which Hugo looks for a configuration, in the order in which it prefers them."""

_HOOKS = {name: (f"_markup/render-{name}.html", f"_default/_markup/render-{name}.html") for name in ("link", "image")}
"""The templates that decide where links lead and where images come from."""
_PARSES = re.compile(r"(?<!try )(?<!try \()\burls\.Parse\s+\.Destination\b")
"""Where one of them has Hugo take a destination apart."""
_ADAPTER = re.compile(r"(?:^|/)_content(?:\.[\w-]+)?\.gotmpl$")
"""A file by which Hugo makes pages that have no file."""
_ID = re.compile(r"\sid\s{0,9}=\s{0,9}[\"']?([\w:.-]+)", re.IGNORECASE)
_CONTENTS = re.compile(r"\.(TableOfContents)\b")
"""What prints a list of the headings, and is its id, too."""
_PLACES = {"assets": "assetdir", "data": "datadir", "i18n": "i18ndir", "archetypes": "archetypedir"}
"""The folders that Hugo takes something from besides those of pages, templates and static files, each with what names another."""
_HIDDEN_TOO = frozenset({"static", "assets"})
"""What Hugo takes hidden files and editors' leftovers from, too."""
_MODULES = ("go.mod", "go.sum")
"""What says which modules a site is made with."""
_SHORTCODES = ("_shortcodes/", "shortcodes/")
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True)
class Root:
    """Where a site lies."""

    folder: Path
    """Absolute."""
    config_path: Path
    """The configuration that Hugo reads: a file, or the `config` folder."""


def find_root(start: Path) -> Root | None:
    """The site that `start` (a file or folder) lies in: the nearest folder above with a configuration and content."""
    here = start.resolve()
    for folder in (here, *here.parents):
        for name in CONFIG_NAMES:
            path = folder / name
            if path.is_file() and _looks_like_a_site(folder):
                return Root(folder, path)
        if (folder / "config" / "_default").is_dir() and _looks_like_a_site(folder):
            return Root(folder, folder / "config")
    return None


def _looks_like_a_site(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in ("content", "layouts", "archetypes", "themes"))


def read_bytes(path: Path | str, name: str) -> bytes:
    """The bytes of the file at `path`, to be called `name`; raises EnvironmentFault when it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.read_bytes
            return file.readall()
    except OSError as error:
        raise EnvironmentFault(
            f"cannot read {name}: {error.strerror}", "check that it exists and may be read"
        ) from error


def read_source(path: Path, name: str) -> Source:
    """The text file at `path`, to be called `name`; raises EnvironmentFault when it cannot be read."""
    return Source.decode(name, read_bytes(path, name))


def read_config(root: Root) -> Config:
    """The configuration of the site at `root`; a folder of files, a theme or modules are asked of Hugo."""
    if root.config_path.is_dir():
        return _config_by_hugo(root, "config/", Config.of(merged(_settings_in_folder(root)), "config/"))
    name = root.config_path.name
    source, document = _document(root.config_path, name)
    values = document.values or {}
    is_alone = not (root.folder / "config").is_dir()
    own = Config.of(values if is_alone else merged([(name, values), *_settings_in_folder(root)]), name)
    if is_alone and not own.get("theme") and not own.get("module", "imports"):
        return own
    try:
        return _config_by_hugo(root, name, own)
    except EngineFailure as failure:
        entry = next((each for each in document.entries if _is_named(each, failure.message)), None)
        if not entry:
            raise
        place = source.position(entry.key_span.start)
        raise EngineFailure(f"{name}:{place.line}:{place.column}: {failure.message}", failure.hint) from failure


def _settings_in_folder(root: Root) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What each file of the folder `config` sets, by its path, in the order in which Hugo reads them."""
    for part in PARTS:
        for name in sorted(_below(root, f"config/{part}")):
            if name.endswith(SUFFIXES):
                _, document = _document(root.folder / name, name)
                yield name, document.values or {}


def _document(path: Path, name: str) -> tuple[Source, Document]:
    """The file of settings at `path`, to be called `name`; raises UsageError for one that Hugo cannot read."""
    from presscheck.toml_reader import read_toml  # noqa: PLC0415 - only one of the notations is needed

    source = read_source(path, name)
    if source.encoding != "utf-8":
        raise UsageError(f"{name} is {source.encoding.upper()}, which Hugo cannot read", "save it as UTF-8")
    document: Document
    if name.endswith(".toml"):
        document = read_toml(re.sub("^\ufeff", " ", source.text))  # a byte order mark, which Hugo passes by
    else:
        from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

        if name.endswith(".json"):
            _ensure_json(source)
        document = read_yaml(source.text.replace("\t", " "), is_json=name.endswith(".json"))
    if document.values is None:
        problem = document.problems[0]
        place = source.position(problem.span.start)
        message = f"{name}:{place.line}:{place.column}: {problem.message}"
        raise UsageError(message, problem.help or "mend the configuration first")
    return source, document


def _ensure_json(source: Source) -> None:
    """Raise UsageError for what Hugo cannot read: YAML, as which JSON is read here, allows more."""
    try:
        json.loads(re.sub("^\ufeff", " ", source.text))  # a byte order mark, which Hugo passes by
    except (json.JSONDecodeError, RecursionError) as error:
        place = source.position(getattr(error, "pos", 0))
        said = getattr(error, "msg", "nested too deeply")
        raise UsageError(
            f"{source.path}:{place.line}:{place.column}: no JSON: {said[:1].lower()}{said[1:]}",
            "JSON has commas between values and none behind the last, double quotes, and no comments",
        ) from None


def _is_named(entry: Entry, message: str) -> bool:
    """Whether `message` quotes the value of `entry`, or its key or table together with what is around it."""
    quoted = _QUOTED.findall(message)
    said = entry.data if isinstance(entry.data, list) else [entry.data]
    if any(isinstance(each, str) and each in quoted for each in said):
        return True
    return len(set(quoted) & set(entry.path)) > 1


def _config_by_hugo(root: Root, name: str, own: Config) -> Config:
    """The configuration as Hugo understands it; `own` is what the site itself says."""
    from presscheck import hugo  # noqa: PLC0415 - most sites do without

    told = Config.of(json.loads(hugo.merged_config(root.folder), object_hook=_set), name)
    # Hugo's own answer leaves out what `params` says in mixed case; the settings are taken as written.
    params = own.get("params")
    values = {**told.values, **({"params": params} if params else {})}
    for hook in told.get("markup", "goldmark", "renderhooks", default={}).values():
        if hook.get("useembedded") == "auto":  # where it stands in, Hugo says `fallback`
            hook["useembedded"] = "never"
    # Nor does it say what `cascade` hands down.
    values["cascade"] = own.get("cascade")
    is_folder = root.config_path.is_dir()
    is_simple = not (told.get("theme") or told.get("module", "imports"))
    if is_simple and not (_says(root, b"contentdir") if is_folder else len(told.languages) > 1):
        return Config(values, name, is_whole=own.is_whole)
    lent = loan(hugo.mounts(root.folder))
    # Nor does it say in which folder the pages of a language lie, or name one of which nothing else is set.
    tables = told.get("languages", default={})
    first = str(told.get("defaultcontentlanguage", default="en")).lower()
    folders = {code or first: {"contentdir": folder} for code, folder in lent.content.items() if any(lent.content)}
    values["languages"] = {code: {**tables.get(code, {}), **folders.get(code, {})} for code in (*tables, *folders)}
    is_whole = own.is_whole and lent.is_plain and not _lent(lent.mounts, "content")
    return Config(values, name, is_whole=is_whole, mounts=lent.mounts)


def _set(table: dict[str, Any]) -> dict[str, Any]:
    """What of a table that Hugo prints is set: `null` stands for an empty list."""
    return {key: value for key, value in table.items() if value is not None}


def _says(root: Root, word: bytes) -> bool:
    """Whether any file of the folder with the configuration holds `word`, in lower case."""
    files = (path for path in root.config_path.rglob("*") if path.is_file())
    return any(word in read_bytes(path, path.name).lower() for path in files)


def _lent(mounts: Iterable[Mount], component: str, *, hidden: bool = False) -> dict[str, Path]:
    """The files that stand for some below the folder `component` of the root, by their path there."""
    found: dict[str, Path] = {}
    for mount in mounts:
        below = mount.below(component)
        source = Path(mount.source)
        if below is None:
            continue
        if below and source.is_file():
            found.setdefault(below, source)
        for path in _walk(source, hidden=hidden) if source.is_dir() else ():
            found.setdefault(f"{below}/{path}" if below else path, source / path)
    return found


class Listed(NamedTuple):
    """A file as the file system lists it."""

    path: str
    """Relative to the folder that was listed."""
    size: int
    """In bytes."""
    modified: int
    """When its text was changed last, in nanoseconds."""
    changed: int
    """When anything about it was changed last, in nanoseconds; nobody can set this one back."""


@dataclass(frozen=True)
class Inventory:
    """What lies in a site's folders, before any of it is read."""

    pages: tuple[Listed, ...]
    """The files below the content folder that become pages, in the order of their paths."""
    files: frozenset[str]
    """The other files there."""
    static: frozenset[str]
    """The files that are published byte for byte."""
    assets: frozenset[str]
    """The files in the assets folder, and the static ones that are mounted there."""
    layouts: tuple[Listed, ...]
    """The templates."""
    others: tuple[Listed, ...] = ()
    """The files in the content, static and assets folders that are not pages; paths relative to the root."""
    irregular: tuple[tuple[str, str], ...] = ()
    """What is neither file nor folder there, and what it is; paths relative to the root."""
    lent: tuple[Listed, ...] = ()
    """The templates, static files and assets of a theme; paths as if they were the site's own."""
    passed_by: frozenset[str] = frozenset()
    """The files below the content folder that `ignoreFiles` has Hugo pass by."""


def take_inventory(root: Root, config: Config) -> Inventory:
    """List the site at `root`."""
    folder = root.folder
    irregular: list[tuple[str, str]] = []
    listed = tuple(_list(folder, config.content_dir, irregular))
    passed_by = {each.path for each in listed if config.passes_by(f"{folder}/{config.content_dir}/{each.path}")}
    content = tuple(each for each in listed if each.path not in passed_by)
    pages = tuple(each for each in content if each.path.lower().endswith(PAGE_SUFFIXES))
    files = tuple(each for each in content if not each.path.lower().endswith(PAGE_SUFFIXES))
    static = [(name, each) for name in config.static_dirs for each in _list(folder, name, irregular, hidden=True)]
    assets = tuple(_list(folder, config.asset_dir, irregular))
    names = {each.path for _, each in static}
    lent = {name: _lent(config.mounts, name, hidden=name == "static") for name in ("layouts", "static", "assets")}
    return Inventory(
        pages,
        frozenset(each.path for each in files),
        frozenset(names | lent["static"].keys()),
        frozenset(each.path for each in assets) | _mounted_assets(config, names) | lent["assets"].keys(),
        tuple(_list(folder, config.layout_dir, [])),
        tuple(
            each._replace(path=f"{name}/{each.path}")
            for name, each in (
                *((config.content_dir, each) for each in files),
                *static,
                *((config.asset_dir, a) for a in assets),
            )
        ),
        tuple(irregular),
        tuple(
            each
            for name, files in lent.items()
            for path, file in files.items()
            for each in _listed(f"{name}/{path}", file)
        ),
        frozenset(passed_by),
    )


def _listed(path: str, file: Path | os.DirEntry[str]) -> Iterator[Listed]:
    """The file at `file`, to be called `path`; nothing when it is gone: editors make files that are there for a moment."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        status = file.stat()
        yield Listed(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def site_of(root: Root, config: Config, clock: datetime, inventory: Inventory, pages: Iterable[Page]) -> Site:
    """The site at `root`, whose pages have been read; dates are to be judged by `clock`."""
    pages, first = tuple(pages), config
    ledger_path(root, config)
    if config.passes_by_unclearly or any(_ADAPTER.search(path) for path in inventory.files):
        config = replace(config, is_whole=False)
    if any(":sections" in pattern for pattern in config.permalinks.values()):
        config = replace(config, sections=frozenset(page.directory for page in pages if page.kind == "section"))
    if config is not first:
        pages = tuple(replace(page, config=config) for page in pages)
    site = Site(
        config,
        pages,
        clock,
        inventory.files,
        inventory.static,
        inventory.assets,
        {each.path: each.size for each in inventory.others},
        dict(inventory.irregular),
        read_source(root.config_path, root.config_path.name) if root.config_path.is_file() else None,
        partial(bytes_or_none, root.folder),
        passed_by=inventory.passed_by,
    )
    return site.with_cascades()


def bytes_or_none(folder: Path, path: str) -> bytes | None:
    """The bytes of the file at `path` below `folder`; None when it cannot be read, or is no file but a pipe or a device."""
    try:
        return (folder / path).read_bytes() if (folder / path).is_file() else None
    except OSError:
        return None


def ledger_path(root: Root, config: Config) -> Path:
    """Where the site's ledger is, or would be; raises UsageError when something else is there.

    A link could show the lines of any file in messages, and a device has no end.
    """
    path = root.folder / place_of(config)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise UsageError(f"{place_of(config)} is not a file of its own, so it is not read", "put the file itself there")
    return path


def configured(root: Root, base_url: str = "") -> Config:
    """The configuration of the site at `root`; `base_url`, if given, goes before the configured one."""
    return _with_templates(root, _at(base_url, read_config(root)))


def watched(root: Root, base_url: str = "") -> tuple[Config, Snapshot]:
    """The same, and a snapshot of all sources in which nothing is newer than what was read for it."""
    first = _statuses(root, _files_of_config(root))
    config = _at(base_url, read_config(root))
    rest = snapshot(root, config)
    return _with_templates(root, config), {**rest, **first}


def _at(base_url: str, config: Config) -> Config:
    return replace(config, values={**config.values, "baseurl": base_url}) if base_url else config


def _with_templates(root: Root, config: Config) -> Config:
    folder = root.folder / config.layout_dir
    own = {name: folder / name for name in _walk(folder)}
    return replace(config, templates=_templates(config, own, _lent(config.mounts, "layouts")))


def with_settings(config: Config, settings: Mapping[str, object]) -> Config:
    """`config` with presscheck's own `settings` instead of those of the same names."""
    params = config.get("params", default={})
    own = {**config.settings, **settings}
    return replace(config, values={**config.values, "params": {**params, "presscheck": own}}) if settings else config


def accepted(root: Root, config: Config) -> Counter[Identity]:
    """The findings of the site's baseline; none when it has no such file."""
    path = baseline_path(root, config)
    return read_baseline(read_source(path, path.name).text, path.name) if path.is_file() else Counter()


def baseline_path(root: Root, config: Config) -> Path:
    """Where the site's baseline is, or would be."""
    return root.folder / _baseline(config)


def _baseline(config: Config) -> str:
    name = config.settings.get("baseline", BASELINE)
    if not isinstance(name, str):
        raise UsageError(f"`baseline` in [params.presscheck] in {config.path} is not a text", "write the file's name")
    return file_of_site(name, f"`baseline` in [params.presscheck] in {config.path}")


def read_site(root: Root, clock: datetime) -> Site:
    """The whole site at `root`, read anew, dates to be judged by `clock`."""
    config = configured(root)
    inventory = take_inventory(root, config)
    pages = []
    for each in inventory.pages:
        name = f"{config.content_dir}/{each.path}"
        pages.append(Page.of(each.path, Source.of_page(name, read_bytes(root.folder / name, name)), config))
    return site_of(root, config, clock, inventory, pages)


def read_alone(path: Path, clock: datetime) -> Site:
    """The post at `path` as a site by itself, for a file that lies in no site."""
    return Site.of_one(Source.of_page(path.as_posix(), read_bytes(path, path.as_posix())), clock=clock)


def list_output(output: Path) -> tuple[str, ...]:
    """The files that Hugo put into `output`, hidden ones too, relative to it."""
    return tuple(_walk(output, hidden=True))


Snapshot = dict[str, tuple[int, int]]
"""The size and the time of change (nanoseconds) of files, by their paths relative to the root."""


def snapshot(root: Root, config: Config) -> Snapshot:
    """Every file that a build reads, to notice edits meanwhile."""
    return _statuses(root, _sources(root, config))


def _statuses(root: Root, paths: Iterable[str]) -> Snapshot:
    return {path: each[1:3] for path in paths for each in _listed(path, root.folder / path)}


def digests(root: Root, config: Config) -> dict[str, str]:
    """The SHA-256 (in hexadecimal) of every file that a build reads, to know the same sources on another machine."""
    paths = sorted(_sources(root, config))
    return {path: hashlib.sha256(read_bytes(root.folder / path, path)).hexdigest() for path in paths}


def _sources(root: Root, config: Config) -> set[str]:
    """Every file that a build of the site at `root` reads, relative to it; of what Hugo skips, nothing."""
    found = {name for name in (place_of(config), _baseline(config), *_MODULES) if (root.folder / name).is_file()}
    found.update(_files_of_config(root))
    for name, what in _places(root, config):
        found.update(_below(root, name, hidden=what in _HIDDEN_TOO))
    return found


def _files_of_config(root: Root) -> Iterator[str]:
    yield from (name for name in CONFIG_NAMES if (root.folder / name).is_file())
    yield from _below(root, "config")


def _below(root: Root, name: str, *, hidden: bool = False) -> Iterator[str]:
    """The file `name` of the site at `root`, or the files below that folder; relative to the root."""
    place = root.folder / name
    if place.is_dir():
        yield from (f"{name}/{path}" for path in _walk(place, hidden=hidden))
    elif place.is_file():
        yield name


def _places(root: Root, config: Config) -> set[tuple[str, str]]:
    """The files and folders that Hugo takes something from, relative to the root, and what each stands for, such as `static`.

    Themes are among them, and modules that lie below the root; what Hugo downloads is not, for `go.sum` says what it is.
    """
    themes = posixpath.normpath(str(config.get("themesdir", default="themes")))
    named = config.get("theme", default=[])
    found = {(config.content_dir, "content"), (config.layout_dir, "layouts")}
    found.update((name, "static") for name in config.static_dirs)
    found.update((str(config.get(key, default=name)), name) for name, key in _PLACES.items())
    found.update((f"{themes}/{name}", "themes") for name in (named if isinstance(named, list) else [named]))
    own = ((str(mount.get("source", "")), mount) for mount in config.get("module", "mounts", default=()))
    found.update((source, _component(str(mount.get("target", "")))) for source, mount in own)
    lent = ((os.path.relpath(mount.source, root.folder), mount) for mount in config.mounts)
    near = ((source, mount) for source, mount in lent if not source.startswith("..") or source.startswith(themes + "/"))
    found.update((source, _component(mount.target)) for source, mount in near)
    # Around the site lies what is not its own, and what a build makes.
    return {(name, what) for name, what in found if not _is_around(root, name)}


def ensure_apart(output: Path, root: Root, config: Config) -> None:
    """Raise UsageError for an output folder that holds what the site is made of, or lies in it: it is replaced as a whole."""
    folder, site = output.resolve(), root.folder.resolve()
    for name in sorted({".git", *(name for name, _ in _places(root, config))}):
        own = (site / name).resolve()
        if own != site and (folder.is_relative_to(own) or own.is_relative_to(folder)):
            raise UsageError(
                f"the output {output} would replace {name}, which is the site's own",
                "choose a folder for the output alone",
            )


def _component(target: str) -> str:
    return target.strip("/").partition("/")[0]


def _is_around(root: Root, name: str) -> bool:
    """Whether `name` is the folder of the site at `root` itself, or one that it lies in."""
    return root.folder.is_relative_to(os.path.normpath(root.folder / name))


def _mounted_assets(config: Config, static: set[str]) -> frozenset[str]:
    """The static files that `[[module.mounts]]` shows to templates as assets too."""
    found: set[str] = set()
    for mount in config.get("module", "mounts", default=()):
        source, target = str(mount.get("source", "")), str(mount.get("target", ""))
        for name in config.static_dirs:
            if source.startswith(f"{name}/") and target.startswith("assets/"):
                inside, becomes = source[len(name) + 1 :], target[len("assets/") :]
                found.update(becomes + path[len(inside) :] for path in static if path.startswith(f"{inside}/"))
    return frozenset(found)


def _templates(config: Config, own: Mapping[str, Path], lent: Mapping[str, Path]) -> Templates:
    """What the templates say: the site's `own`, which go before those that are `lent` to it, by their path."""
    layouts = {**dict(sorted(lent.items())), **dict(sorted(own.items()))}
    ids: set[str] = set()
    shortcodes = {}
    parsing = set()
    for path, file in layouts.items():
        text = read_source(file, path).text if path.endswith(".html") else ""
        ids.update(_ID.findall(text), _CONTENTS.findall(text))
        prefix = next(filter(path.startswith, _SHORTCODES), "")
        if prefix:
            shortcodes[path[len(prefix) :].partition(".")[0]] = text
        if "/render-" in path and _PARSES.search(text):
            parsing.add(path)
    return Templates(
        names=frozenset(layouts),
        own=frozenset(own),
        shortcode_sources=shortcodes,
        link_hook=any(name in layouts for name in _HOOKS["link"]) or _embedded(config, "link"),
        image_hook=any(name in layouts for name in _HOOKS["image"]) or _embedded(config, "image"),
        parsed=frozenset(name for name in _HOOKS if _parses(config, name, layouts.keys(), parsing)),
        shortcodes=frozenset(shortcodes),
        ids=frozenset(ids),
    )


def _parses(config: Config, name: str, layouts: Collection[str], parsing: Collection[str]) -> bool:
    """Whether the hook for `name` takes every destination apart: Hugo's own does, one of a site where it is among `parsing`.

    A hook that is for some pages only leaves that open.
    """
    if config.get("markup", "goldmark", "renderhooks", name, "useembedded", default="") == "always":
        return True
    own = [path for path in layouts if path.rpartition("/")[2].startswith(f"render-{name}.")]
    if own:
        return len(own) == 1 and own[0] in _HOOKS[name] and own[0] in parsing
    return _embedded(config, name)


def _embedded(config: Config, name: str) -> bool:
    """Whether Hugo's own hook for links or images (`name`) stands in where a site has none.

    Unless a site decides, it does as soon as any language is set, but not where languages have hosts or copies of files
    of their own.
    """
    mode = config.get("markup", "goldmark", "renderhooks", name, "useembedded", default="auto")
    if mode != "auto":
        return mode in ("always", "fallback")
    tables = config.get("languages", default={})
    has_hosts = any("baseurl" in table for table in tables.values() if isinstance(table, Mapping))
    return bool(tables) and not has_hosts and not config.get("markup", "goldmark", "duplicateresourcefiles")


def _walk(folder: Path, *, hidden: bool = False) -> Iterator[str]:
    """The regular files below `folder`, as `_entries` gives them, as paths relative to it."""
    for path, _ in _entries(folder, [], hidden=hidden):
        yield path


def _list(root: Path, name: str, irregular: list[tuple[str, str]], *, hidden: bool = False) -> Iterator[Listed]:
    """The same below the folder `name` of `root`, with sizes and times; what is not regular goes into `irregular`."""
    odd: list[tuple[str, str]] = []
    for path, entry in _entries(root / name, odd, hidden=hidden):
        yield from _listed(path, entry)
    irregular += [(f"{name}/{path}", what) for path, what in odd]


def _entries(folder: Path, irregular: list[tuple[str, str]], *, hidden: bool) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The regular files below `folder` in the order of their names, with their paths relative to it.

    What Hugo skips in `content/` (names that begin with `.` or `#`, or end in `~`) is left out unless `hidden`. Links,
    pipes and the like are left out, and put into `irregular`.
    """
    pending = [""]
    while pending:
        below = pending.pop()
        try:
            with os.scandir(f"{folder}/{below}") as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise fault(f"cannot list {folder.name}/{below}", error) from error
        deeper = []
        for entry in entries:
            if not hidden and (entry.name.startswith((".", "#")) or entry.name.endswith("~")):
                continue
            if entry.is_dir(follow_symlinks=False):
                deeper.append(f"{below}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield below + entry.name, entry
            else:
                what = "a symbolic link" if entry.is_symlink() else "a pipe, a socket or a device"
                irregular.append((below + entry.name, what))
        pending.extend(reversed(deeper))
