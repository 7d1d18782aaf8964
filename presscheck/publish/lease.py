"""A lock in an object store: an object that only one publication can have written, and that has to be written again and again.

Whoever holds it writes it anew three times in a lease. If its holder dies, it grows old; when it is older than a lease by the
store's own clock, the next may take it over. No clock of any other machine counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from presscheck.errors import PublishFailure, PublishRefusal
from presscheck.publish.store import Conflict, Found, Store, StoreError

PATH = ".presscheck/lock.json"
_CLOCK = ".presscheck/clock.json"
_POLL = 0.5
_SETTLE = 1.0
"""Seconds after which two that wrote at the same time see who was later, in a store without conditional writes."""


class Lease:
    """The lock while it is held."""

    def __init__(
        self, store: Store, seconds: float, version: Mapping[str, str], token: str, *, is_strict: bool
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._version = version
        self._token = token
        self.is_strict = is_strict
        """Whether the store keeps two that write at the same moment apart."""
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._is_lost = False
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def ensure(self) -> None:
        """Raise PublishFailure unless the lock is still ours; it is for a whole lease from now."""
        try:
            self._renew()
        except StoreError as error:
            raise PublishFailure(f"the lock could not be kept: {error}") from error
        if self._is_lost:
            raise PublishFailure("another publication took the lock over")

    def release(self) -> None:
        """Give it back, if it is still ours."""
        self._stop.set()
        self._thread.join()
        with contextlib.suppress(StoreError):  # then it grows old
            if not self._is_lost and _token_of(self._store.read(PATH)) == self._token:
                self._store.remove([_CLOCK, PATH])

    def _keep(self) -> None:
        while not self._stop.wait(self._seconds / 3):
            with contextlib.suppress(StoreError):  # the next turn tries again; `ensure` says when it is over
                self._renew()

    def _renew(self) -> None:
        with self._turn:
            if self._is_lost or self._stop.is_set():
                return
            if not self.is_strict and _token_of(self._store.read(PATH)) != self._token:
                self._is_lost = True
                return
            try:
                over = self._version if self.is_strict else None
                self._version = self._store.write(PATH, _told(self._token), over=over)
            except Conflict:
                self._is_lost = True


@contextlib.contextmanager
def held(store: Store, patience: float, say: Callable[[str], None], seconds: float = 120.0) -> Iterator[Lease]:
    """Hold the lock of `store` for the time of a block.

    Raises PublishRefusal when another holds it and does not finish within `patience` seconds, and StoreError.
    """
    token = uuid.uuid4().hex
    deadline = time.monotonic() + patience
    while True:
        version = _taken(store, token, seconds, say)
        if version is not None:
            break
        if time.monotonic() >= deadline:
            other = store.read(PATH)
            message = f"another publication{_holder(other)} did not finish within {patience:g} seconds"
            raise PublishRefusal(
                message,
                "nothing was changed; wait for it, or give --lock-timeout more; a lock whose holder died ends by itself",
            )
        time.sleep(min(_POLL, max(deadline - time.monotonic(), 0.01)))
    is_strict = _is_strict(store)
    if not is_strict:
        say("this store has no conditional writes, so two publications at the same moment may not notice each other")
        time.sleep(_SETTLE)
        if _token_of(store.read(PATH)) != token:
            raise PublishRefusal("another publication began at the same moment", "nothing was changed; wait for it")
    lease = Lease(store, seconds, version, token, is_strict=is_strict)
    try:
        yield lease
    finally:
        lease.release()


def _taken(store: Store, token: str, seconds: float, say: Callable[[str], None]) -> Mapping[str, str] | None:
    """The version of the lock that we have written; None when another has it."""
    there = store.read(PATH)
    over: Mapping[str, str] = {}
    if there:
        age = _age(store, there)
        if age <= seconds:
            return None
        say(f"took over the lock{_holder(there)}: it was not renewed for {age:.0f} seconds")
        over = there.version
    try:
        return store.write(PATH, _told(token), over=over)
    except Conflict:
        return None


def _age(store: Store, lock: Found) -> float:
    """How many seconds ago the lock was written, by the store's own clock, which only a fresh object shows."""
    store.write(_CLOCK, b"{}")
    clock = store.read(_CLOCK)
    return (clock.changed - lock.changed).total_seconds() if clock else 0.0


def _is_strict(store: Store) -> bool:
    """Whether the store refuses to create what is there."""
    try:
        store.write(_CLOCK, b"{}")
        store.write(_CLOCK, b"{}", over={})
    except Conflict:
        return True
    return False


def _told(token: str) -> bytes:
    told = {
        "token": token,
        "holder": f"{socket.gethostname()}, process {os.getpid()}",
        "renewed": datetime.now(UTC).isoformat(),  # and so no two renewals are the same bytes
    }
    return json.dumps(told).encode()


def _token_of(found: Found | None) -> str:
    return str(_read(found).get("token", ""))


def _holder(found: Found | None) -> str:
    holder = _read(found).get("holder")
    return f" ({holder})" if holder else ""


def _read(found: Found | None) -> Mapping[str, object]:
    with contextlib.suppress(ValueError):
        told = json.loads(found.data) if found else None
        return told if isinstance(told, dict) else {}
    return {}
