"""Runs programs that come inside wheels: found through their packages, and ended with everything that they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from types import MappingProxyType

from presscheck.interrupts import ensure_wanted, held

NO_VARIABLES: Mapping[str, str] = MappingProxyType({})
"""Nothing besides the environment that a program gets anyway."""


def executable(package: str, folder: str, name: str) -> Path | None:
    """The program `name` (its ending left open) in a `folder` of the installed `package`; None when it is not there."""
    try:
        for file in files(package) or ():
            if file.parts[-2:-1] == (folder,) and file.stem == name:
                path = Path(str(file.locate()))
                if path.is_file():
                    return path
    except PackageNotFoundError:
        return None
    return None


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], time_limit: float) -> tuple[int, str]:
    """The exit status of `command`, run in `folder`, and everything it printed.

    Raises subprocess.TimeoutExpired after `time_limit` seconds, and OSError when it cannot be started.
    """
    process: subprocess.Popen[str] | None = None
    ensure_wanted()
    try:
        with held():  # a process that started is a process we know of
            process = subprocess.Popen(  # noqa: S603 - a program of a package of ours, and no shell
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
                umask=0o022,
            )
        output, _ = process.communicate(timeout=time_limit)
    finally:
        if process and process.returncode is None:
            with held():
                _end(process)
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and everything it started."""
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
