"""Signals that end a run: none is lost, and none arrives between two steps that belong together."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import NoReturn

_ENDING = (signal.SIGINT, signal.SIGTERM)

_arrived: list[int] = []
"""The signals that came; Python drops what a handler raises while an object is finalized, so raising it is not enough."""


def heed() -> None:
    """From now on, let SIGINT raise KeyboardInterrupt and SIGTERM raise SystemExit(143).

    A signal that whoever started this process had it ignore stays ignored.
    """
    _arrived.clear()
    for each in _ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _end)


def ensure_wanted() -> None:
    """Raise again what a signal raised, where that was lost; to be called before what cannot be undone."""
    if _arrived:
        _raise(_arrived[0])


def status() -> int | None:
    """The exit status that belongs to the first signal that came; None when there was none."""
    return 128 + _arrived[0] if _arrived else None


def ignore() -> None:
    """From now on, let no signal disturb the little that is left to do."""
    for each in _ENDING:
        signal.signal(each, signal.SIG_IGN)


def _end(number: int, _frame: object) -> NoReturn:
    _arrived.append(number)
    _raise(number)


def _raise(number: int) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let a signal that arrives in the block take effect at the block's end. Python hands signals to its main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = {each: signal.signal(each, lambda number, _frame: arrived.append(number)) for each in _ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in arrived:
            signal.raise_signal(number)
