"""Makes the search index of a rendered site, which is Pagefind's business: it runs as a process, and what readers need is kept.

It runs only where the configuration says `[params] search = true`: the templates ask for the same.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import zlib
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from presscheck.config import Config
from presscheck.errors import EnvironmentFault
from presscheck.processes import NO_VARIABLES, executable, run

FOLDER = "pagefind"
"""Where the index lies in the output. The scripts of the site look for it there."""

_READ = (
    *("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "wasm.*.pagefind"),
    *("fragment", "index", "filter"),
)
"""What a search reads. The rest are user interfaces, 400 KB that no page of ours asks for."""
_NO_TEXT = (".ln", ".anchor", ".footnote-ref", ".footnote-backref", "annotation", "svg")
"""Line numbers, the marks of headings and footnotes, formulas said again in TeX, the letters of drawings."""

_CHUNK = 6000
"""About how many bytes the lists of where words stand have per file, one or two of which a word needs; Pagefind's own are 20,000."""

_TEXT, _LIST = 3, 4
"""Kinds of items in CBOR."""


def is_wanted(config: Config) -> bool:
    """Whether the site asks for an index."""
    return bool(config.params.get("search"))


@cache
def binary() -> Path:
    """The executable of the `pagefind_bin` package; raises EnvironmentFault when it is not there."""
    found = executable("pagefind_bin", "pagefind_bin", "pagefind")
    if not found:
        raise EnvironmentFault(
            "the `pagefind_bin` package is not installed",
            "run `pip install pagefind_bin`, or set `search = false` below [params]",
        )
    return found


def index(rendered: Path, time_limit: float, surroundings: Mapping[str, str] = NO_VARIABLES) -> int:
    """Write the index of the site in `rendered` into its folder FOLDER; gives the number of files that it has.

    Pagefind runs with the variables `surroundings` and hardly any other.

    Found is what the templates mark with `data-pagefind-body`. The same pages give the same files, byte for byte.
    Raises EnvironmentFault when Pagefind fails, or takes longer than `time_limit` seconds.
    """
    status, output = _run(rendered, time_limit, surroundings)
    if status:
        said = " ".join(output.split())[-300:] or f"it ended with status {status}"
        raise EnvironmentFault(
            f"Pagefind made no search index: {said}",
            "look whether a layout marks what is to be found with `data-pagefind-body`, or set `search = false`",
        )
    try:
        return _trim(rendered / FOLDER)
    except OSError as error:
        raise EnvironmentFault(
            f"cannot write the search index: {error.strerror}", "free some space on the disk"
        ) from error


def _trim(folder: Path) -> int:
    """Remove what no search reads, and make sure of the rest; gives the number of files that are left."""
    for path in folder.iterdir():
        if not any(path.match(pattern) for pattern in _READ):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    written = [path for path in folder.rglob("*") if path.is_file()]
    for path in written:
        if not _is_whole(path):
            name = path.relative_to(folder).as_posix()
            raise EnvironmentFault(
                f"Pagefind left `{name}` of the search index unfinished", "free some space on the disk"
            )
    _settle(folder)
    return len(written)


def _is_whole(path: Path) -> bool:
    """Whether Pagefind could write all of the file: when the disk is full it says nothing, and its exit status is 0."""
    content = path.read_bytes()
    if path.suffix in {".js", ".json"}:
        return content.rstrip().endswith((b";", b"}"))
    try:
        return bool(gzip.decompress(content))
    except (EOFError, OSError, zlib.error):
        return False


def _settle(folder: Path) -> None:
    """Put the values of each filter in order, which Pagefind 1.5 writes as its hash table has them, another at every run.

    Pagefind 1.6 sorts them itself, so this can go when that is what everybody has.
    A file is named after its content, and the name stands in the file above it: filter, meta, entry.
    """
    entry = folder / "pagefind-entry.json"
    written = entry.read_text("utf-8")
    if not json.loads(written)["version"].startswith("1.5."):
        return
    names: dict[bytes, bytes] = {}
    for path in (folder / "filter").glob("*.pf_filter"):
        names.update([_rename(path, _in_order(gzip.decompress(path.read_bytes())))])
    for path in folder.glob("*.pf_meta"):
        meta = gzip.decompress(path.read_bytes())
        for old, new in names.items():
            meta = meta.replace(old, new)
        old, new = _rename(path, meta)
        written = written.replace(old.decode(), new.decode())
    entry.write_text(written, "utf-8")


def _rename(path: Path, content: bytes) -> tuple[bytes, bytes]:
    """Write `content` instead of what is in the file at `path` and name it after that; gives its old and new name, equally long."""
    *before, old, ending = path.name.split(".")
    language, _, was = old.rpartition("_")
    new = f"{language}_{hashlib.sha256(content).hexdigest()[: len(was)]}"
    path.write_bytes(gzip.compress(content, mtime=0))  # in the file that is there, which keeps its mode
    path.rename(path.with_name(".".join([*before, new, ending])))
    return old.encode(), new.encode()


def _in_order(content: bytes) -> bytes:
    """A filter, `[name, [[value, [page, …]], …]]` in CBOR (RFC 8949) after a word of Pagefind's, with its values in order."""
    _, at = _head(content, len(b"pagefind_dcd"))
    count, start = _head(content, _end(content, at))
    places = [start]
    for _ in range(count):
        places.append(_end(content, places[-1]))
    values = sorted(content[one:other] for one, other in pairwise(places))
    return content[:start] + b"".join(values) + content[places[-1] :]


def _head(content: bytes, at: int) -> tuple[int, int]:
    """The number in the head of the item at `at`, and where the head ends."""
    short = content[at] & 31
    if short < 24:
        return short, at + 1
    size = 1 << (short - 24)
    return int.from_bytes(content[at + 1 : at + 1 + size], "big"), at + 1 + size


def _end(content: bytes, at: int) -> int:
    """Where the item at `at` ends: a text, a list, or a number."""
    number, end = _head(content, at)
    if content[at] >> 5 == _TEXT:
        return end + number
    for _ in range(number if content[at] >> 5 == _LIST else 0):
        end = _end(content, end)
    return end


def _run(rendered: Path, time_limit: float, surroundings: Mapping[str, str]) -> tuple[int, str]:
    arguments = ["--site", str(rendered), "--output-path", str(rendered / FOLDER)]
    arguments += ["--exclude-selectors", ", ".join(_NO_TEXT), "--silent"]
    environment = {**surroundings, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_CHUNK)}  # and none of the machine's
    folder = rendered.parent  # Pagefind reads a `pagefind.toml` where it is run: there is none
    try:
        return run([str(binary()), *arguments], folder, environment, time_limit)
    except subprocess.TimeoutExpired:
        raise EnvironmentFault(
            f"Pagefind took longer than {time_limit:g} seconds and was stopped", "raise --time-limit"
        ) from None
    except OSError as error:
        raise EnvironmentFault(f"cannot run Pagefind: {error.strerror}", "install `pagefind_bin` again") from error
