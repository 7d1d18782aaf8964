"""Spreads work over all cores, by processes that end with the one that began them."""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from presscheck.interrupts import kept_from_children

_WORTH_SHARING = 200
"""How many things have to be done for several processes to be faster than one."""
_CHUNK = 50


def spread(work: Callable[[Any], tuple[Any, ...]], items: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What `work` makes of each of `items`, in the same order: plain values, made by every core when that is worth it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < _WORTH_SHARING or cores < 2 or sys.platform != "linux":
        return [work(each) for each in items]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 30 ms that only a large site pays
    from multiprocessing import get_context  # noqa: PLC0415

    global _working  # noqa: PLW0603 - how a forked process finds its work: neither rules nor pages can be pickled
    _working = (work, items)
    try:
        with ProcessPoolExecutor(cores, mp_context=get_context("fork"), initializer=_follow_parent) as pool:
            try:
                with kept_from_children():
                    parts = pool.map(_work_on, range(0, len(items), _CHUNK))
                return [each for part in parts for each in marshal.loads(part)]  # noqa: S302 - our own
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)  # else all that is left would be done first
                raise
    finally:
        _working = None


_working: tuple[Callable[[Any], tuple[Any, ...]], Sequence[Any]] | None = None


def _work_on(begin: int) -> bytes:
    if _working is None:
        message = "a process was started without work"
        raise RuntimeError(message)
    work, items = _working
    return marshal.dumps([work(each) for each in items[begin : begin + _CHUNK]])


def _follow_parent() -> None:
    """End this process as soon as the one that began it is gone, however that ended; until then, it is ended by that one."""
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()
    if parent is None:
        message = "this is no process of a pool"
        raise RuntimeError(message)

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
