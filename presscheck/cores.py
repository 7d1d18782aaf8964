"""Spreads work over all cores, by processes that end with the one that began them."""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from presscheck.interrupts import held

_WORTH_SHARING = 200
"""How many things have to be done for several processes to be faster than one."""


def spread(work: Callable[[Any], tuple[Any, ...]], items: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What `work` makes of each of `items`, in the same order: plain values, made by every core when that is worth it.

    A share that cannot be had of another process, because `work` raised or the process was killed, is done here.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < _WORTH_SHARING or cores < 2 or sys.platform != "linux":
        return [work(each) for each in items]
    helpers: list[_Helper] = []
    try:
        for at in range(cores):
            with held():  # a process that started is a process we know of
                helpers.append(_begin(work, items[at::cores]))
        found: list[tuple[Any, ...]] = [()] * len(items)
        for at, helper in enumerate(helpers):
            with open(helper.pipe, "rb", closefd=False) as said:
                data = said.read()
            found[at::cores] = (
                marshal.loads(data) if helper.is_right() else [work(each) for each in items[at::cores]]  # noqa: S302 - our own
            )
        return found
    finally:
        with held():
            for helper in helpers:
                helper.end()


class _Helper(NamedTuple):
    """A process that does a share of the work."""

    process: int
    pipe: int
    """Where it writes what it made, once it has made all of it."""

    def is_right(self) -> bool:
        """Whether all went well; to be asked when the pipe has ended. It can be ended afterwards as before."""
        ended = os.waitid(os.P_PID, self.process, os.WEXITED | os.WNOWAIT)
        return bool(ended and ended.si_code == os.CLD_EXITED and not ended.si_status)

    def end(self) -> None:
        os.close(self.pipe)
        os.kill(self.process, signal.SIGKILL)  # it is there until it is waited for, ended or not
        os.waitpid(self.process, 0)


def _begin(work: Callable[[Any], tuple[Any, ...]], items: Sequence[Any]) -> _Helper:
    out, into = os.pipe()
    parent = os.getpid()
    process = os.fork()
    if not process:
        os.close(out)  # else writing would wait for ourselves when the parent is gone
        _help(work, items, into, parent)
    os.close(into)
    return _Helper(process, out)


def _help(work: Callable[[Any], tuple[Any, ...]], items: Sequence[Any], into: int, parent: int) -> NoReturn:
    """Do a share of the work in a process of its own, quietly, and only as long as somebody waits for it."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all, and the parent ends us
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        made = []
        for each in items:
            if os.getppid() != parent:
                break
            made.append(work(each))
        with open(into, "wb") as said:
            said.write(marshal.dumps(made))
        status = 0
    finally:
        os._exit(status)  # whatever happened: what the parent has begun is not ours to end
