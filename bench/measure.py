"""Runs one program to its end, and says how long it took and how much memory it held."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_KIB = 1024
_MB = 1_000_000
_SHOWN = 300
"""Characters of a failed program's last words."""


@dataclass(frozen=True)
class Run:
    """What a program did."""

    seconds: float
    """From its start to its end, by the wall clock."""
    memory: float
    """MB (10^6 bytes) that the largest of its processes held at its peak."""
    status: int
    """Its exit status; negative for the signal that ended it."""
    said: str
    """The end of what it printed."""


def measure(command: Sequence[str], folder: Path, log: Path, time_limit: float) -> Run:
    """Run `command` in `folder`, its output into `log`; stop it after `time_limit` seconds."""
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own table of commands, and no shell
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timer = threading.Timer(time_limit, _end, [process])
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        except BaseException:
            _end(process)
            process.wait()
            raise
        finally:
            timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else _KIB
    said = " ".join(log.read_text("utf-8", "replace").split())[-_SHOWN:]
    if process.returncode == -signal.SIGKILL and seconds >= time_limit:
        said = f"stopped after {time_limit:g} s; {said}"
    return Run(seconds, usage.ru_maxrss * unit / _MB, process.returncode, said)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started."""
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """This process's, without what would change a build or have Python compile its modules every time."""
    dropped = ("HUGO_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
