"""The style of the Markdown, which is rumdl's business: run as a process, its findings become ours.

It runs only where the settings say `style = true`, and reads its own configuration (`.rumdl.toml`) as ever.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from presscheck.diagnostics import STYLE, Applicability, Diagnostic, Edit, Fix, Severity
from presscheck.errors import EnvironmentFault
from presscheck.text import Source, Span

_TIME_LIMIT = 300
_CONFIGURATIONS = (".rumdl.toml", "rumdl.toml", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml")
_FOUND_OR_CLEAN = (0, 1)


def look(folder: Path, content: str, source_at: Callable[[str], Source | None]) -> list[Diagnostic]:
    """What rumdl finds in the folder `content` below `folder`; raises EnvironmentFault when it cannot run."""
    said = _rumdl(folder, "check", "--flavor", "hugo", "--output-format", "json", "--no-cache", content)
    offsets: dict[str, _Offsets] = {}
    found = []
    for each in json.loads(said or "[]"):
        source = source_at(each["file"])
        if source:
            at = offsets.setdefault(source.path, _Offsets(source))
            found.append(_diagnostic(each, source, at))
    return found


def look_at(sources: Iterable[Source], root: Path) -> list[Diagnostic]:
    """What rumdl finds in `sources`, which need not be what is on the disk; its configuration is that of `root`."""
    by_path = {source.path: source for source in sources}
    with tempfile.TemporaryDirectory(prefix="presscheck-style-") as name:
        folder = Path(name)
        for configuration in _CONFIGURATIONS:
            if (root / configuration).is_file():
                shutil.copyfile(root / configuration, folder / configuration)
        for path, source in by_path.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(source.encode(source.text))
        return look(folder, ".", by_path.get) if by_path else []


def manual(name: str) -> str:
    """What rumdl says of one of its rules."""
    return _rumdl(Path.cwd(), "rule", name.removeprefix(STYLE).upper())


class _Offsets:
    """From bytes of UTF-8 to characters."""

    def __init__(self, source: Source) -> None:
        self.is_ascii = source.text.isascii()
        sizes = (len(char.encode("utf-8", "surrogateescape")) for char in source.text)
        self.ends = [] if self.is_ascii else list(accumulate(sizes))

    def __call__(self, byte: int) -> int:
        return byte if self.is_ascii else bisect_right(self.ends, byte)


def _diagnostic(each: Mapping[str, Any], source: Source, at: _Offsets) -> Diagnostic:
    number = min(max(int(each["line"]), 1), len(source.line_starts))
    start = min(source.line_starts[number - 1] + max(int(each["column"]) - 1, 0), len(source.text))
    end = source.line_starts[number - 1] + len(source.line(number))
    fix = None
    if each.get("fix"):
        place = each["fix"]["range"]
        edit = Edit(Span(at(place["start"]), at(place["end"])), each["fix"]["replacement"])
        fix = Fix("let rumdl mend it", Applicability.SAFE, (edit,))
        end = max(min(edit.span.end, end), start)
    span = Span(start, max(end, start))
    return Diagnostic(
        rule=STYLE + str(each["rule"]).lower(),
        severity=Severity.WARNING,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        message=str(each["message"])[:1].lower() + str(each["message"])[1:],
        label="",
        consequence="",
        help="",
        notes=(),
        fix=fix,
    )


def _rumdl(folder: Path, *arguments: str) -> str:
    suffix = ".exe" if sys.platform == "win32" else ""
    ours = Path(sysconfig.get_path("scripts")) / f"rumdl{suffix}"
    program = str(ours) if ours.is_file() else shutil.which("rumdl")
    if not program:
        raise EnvironmentFault(
            "rumdl is not installed", "run `pip install 'presscheck[style]'`, or set `style = false`"
        )
    try:
        run = subprocess.run(  # noqa: S603 - no shell, and arguments of our own
            [program, *arguments], cwd=folder, capture_output=True, check=False, timeout=_TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        raise EnvironmentFault(f"rumdl took longer than {_TIME_LIMIT} seconds", "run it again") from None
    if run.returncode not in _FOUND_OR_CLEAN:
        said = run.stderr.decode("utf-8", "replace").strip()
        raise EnvironmentFault(f"rumdl failed: {said[-300:]}", "look at its configuration")
    return run.stdout.decode("utf-8", "replace")
