"""Work spread over processes: in order, and never outliving who began it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from presscheck import cores
from presscheck.errors import EnvironmentFault
from tests.conftest import ROOT

ENDLESS = """
import os, sys, time
from presscheck import cores, interrupts

slow = range(0, 100_000, int(sys.argv[2]))

def work(item):
    open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
    if item in slow:
        time.sleep(0.05)
    return ("x" * 1000,)

interrupts.heed()
try:
    cores.spread(work, range(100_000))
except KeyboardInterrupt:
    sys.exit(130)
"""


def began(folder: Path, step: int = 1) -> tuple[subprocess.Popen[str], list[int]]:
    """A process that spreads work of which every `step`th piece takes long, and the processes that do it."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, folder, str(step)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    return process, [int(each.name) for each in folder.iterdir()]


def test_the_order_is_kept() -> None:
    items = list(range(1234))
    assert cores.spread(lambda item: (item, str(item)), items) == [(each, str(each)) for each in items]


def test_what_goes_wrong_is_raised_here() -> None:
    def work(item: int) -> tuple[int]:
        if item == 700:
            raise EnvironmentFault("a file went away", "run it again")
        return (item,)

    with pytest.raises(EnvironmentFault, match="a file went away"):
        cores.spread(work, range(1000))


several = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="work is spread where there are cores for it"
)


@several
def test_an_interrupt_of_all_processes_ends_them_quietly(tmp_path: Path) -> None:
    """As a terminal sends it for Ctrl-C."""
    process, workers = began(tmp_path)
    assert len(workers) >= 2
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)  # which waits for whoever holds the pipe, so for the workers too
    assert (process.returncode, said) == (130, "")


@several
@pytest.mark.parametrize("are_finished", [False, True])
def test_who_is_killed_leaves_no_process_behind(tmp_path: Path, *, are_finished: bool) -> None:
    """Neither those that work, nor those that have done their share and wait for it to be read."""
    process, workers = began(tmp_path, len(os.sched_getaffinity(0)) if are_finished else 1)
    assert len(workers) >= 2
    if are_finished:
        time.sleep(3)  # the other shares take less than a second
    process.kill()
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (-signal.SIGKILL, "")


@several
def test_a_share_that_was_lost_is_done_again() -> None:
    """As when the machine has no memory left and ends the largest process."""
    here = os.getpid()
    children = Path(f"/proc/{here}/task/{here}/children")
    before = children.read_text()

    def work(item: int) -> tuple[int, bool]:
        if item == 1001 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return (item, os.getpid() == here)

    done = cores.spread(work, range(2000))
    assert [item for item, _ in done] == list(range(2000))
    assert any(is_here for _, is_here in done)
    assert not all(is_here for _, is_here in done)
    assert children.read_text() == before
