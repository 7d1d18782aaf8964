"""Runs one program to its end, and says how long it took and how much memory it held."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCH = Path(__file__).resolve().parent / "launch.py"
_MB = 1_000_000
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes that `ru_maxrss` counts in."""
_NOT_RUN = 127
"""The status, as a shell has it, when there is no such program."""
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
    """The end of what it printed, or why it was stopped."""


def measure(command: Sequence[str], folder: Path, log: Path, time_limit: float) -> Run:
    """Run `command` in `folder`, its output into `log`; stop it after `time_limit` seconds."""
    result = log.with_name(f"{log.name}.result")
    result.unlink(missing_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own table of commands, and no shell
            [sys.executable, "-I", "-S", str(_LAUNCH), str(result), *command],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(time_limit)
        except subprocess.TimeoutExpired:
            _end(process)
            return Run(time_limit, 0, -signal.SIGKILL, f"stopped after {time_limit:g} s")
        except BaseException:
            _end(process)
            raise
    said = " ".join(log.read_text("utf-8", "replace").split())[-_SHOWN:]
    if not result.exists():
        return Run(0, 0, _NOT_RUN, said)
    seconds, memory, status = result.read_text("ascii").split()
    return Run(float(seconds), int(memory) * _UNIT / _MB, int(status), said)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started."""
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment() -> dict[str, str]:
    """This process's, without what would change a build or have Python compile its modules every time."""
    dropped = ("HUGO_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
