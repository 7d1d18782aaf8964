"""Signals that end a run: what Python drops, and what must not be cut in two."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

DROPPED = """
import os, signal, sys
from presscheck import interrupts

class Late:
    def __del__(self):
        signal.raise_signal(signal.{0})  # as if it came while an object is finalized, where Python drops what is raised

interrupts.heed()
sys.unraisablehook = lambda _: print("dropped")
Late()
print("went on")
try:
    interrupts.ensure_wanted()
except BaseException as error:
    print(type(error).__name__)
print(interrupts.status())
"""

HELD = """
import signal
from presscheck import interrupts

interrupts.heed()
try:
    with interrupts.held():
        signal.raise_signal(signal.SIGTERM)
        print("whole")
except SystemExit as error:
    print(error.code)
"""

IGNORED = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from presscheck import interrupts

interrupts.heed()
signal.raise_signal(signal.SIGINT)
interrupts.ensure_wanted()
print(interrupts.status())
"""


def printed(script: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()


@pytest.mark.parametrize(
    ("number", "raised", "status"), [("SIGINT", "KeyboardInterrupt", 130), ("SIGTERM", "SystemExit", 143)]
)
def test_a_signal_that_python_drops_still_counts(number: str, raised: str, status: int) -> None:
    assert printed(DROPPED.format(number)) == ["dropped", "went on", raised, str(status)]


def test_what_belongs_together_is_finished_first() -> None:
    assert printed(HELD) == ["whole", "143"]


def test_a_signal_that_is_to_be_ignored_stays_ignored() -> None:
    assert printed(IGNORED) == ["None"]
