"""Publishing to an object store, which knows objects and no sites: what a page needs arrives before the page, and goes after it."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from presscheck.errors import EnvironmentFault, PublishFailure, PublishRefusal
from presscheck.manifest import MARK, Changes, Entry, Manifest
from presscheck.publish import deploy, lease, state
from presscheck.publish.order import Live, Order, Outcome, seen
from presscheck.publish.plan import Kind, Phase, Plan, headers_of, plan
from presscheck.publish.state import Coming, State
from presscheck.publish.store import Object, Store, StoreError, connect, plain

_AT_ONCE = 16
_PURGE_LIMIT = 300


@dataclass(frozen=True)
class _Seen:
    """What a store has when we come."""

    before: State | None
    version: Mapping[str, str]
    """Of the object that holds `before`; empty when there is none."""
    coming: Coming | None
    there: Mapping[str, Object]


def publish(order: Order) -> Outcome:
    """Bring the release to the bucket of its place.

    Raises PublishRefusal and EnvironmentFault with nothing changed, and PublishFailure.
    """
    store = connect(order.place.url)
    if order.is_rehearsal:
        with _before_anything():
            there = _look(store, order)
        after, to_do = _planned(order, there)
        return _outcome(order, there, after, to_do)
    with contextlib.ExitStack() as stack:
        with _before_anything():
            lock = stack.enter_context(lease.held(store, order.lock_timeout, order.tell.say, order.lease))
            there = _look(store, order)
        return _Publication(store, order, lock, there).run()


class _Publication:
    """One publication, from the first byte to the last."""

    def __init__(self, store: Store, order: Order, lock: lease.Lease, there: _Seen) -> None:
        self._store = store
        self._order = order
        self._lock = lock
        self._there = there
        self._after, self._plan = _planned(order, there)
        self._was = seen(there.before.manifest if there.before else None)
        self._live = Live(self._was)

    def run(self) -> Outcome:
        """All of it."""
        outcome = _outcome(self._order, self._there, self._after, self._plan)
        with self._live.told(self._order.tell.say), _failing():
            tags: dict[str, str] = {}
            if self._has_work(outcome):
                self._announce()
                self._send()
                tags = self._read_back()
                self._conclude(tags)
                self._remove()
            self._purge()
        before = self._there.there
        forced = {entry.path for group in self._plan.groups if group.is_forced for entry in group.entries}
        sent = sum(path in forced or path not in before or before[path].tag != tag for path, tag in tags.items())
        return replace(outcome, sent=sent)

    def _has_work(self, outcome: Outcome) -> bool:
        before = self._there.before
        return bool(
            self._plan.groups
            or self._plan.doomed
            or self._there.coming
            or not self._plan.is_marked
            or outcome.before is None
            or outcome.before.id != self._after.id
            or (before and before.headers != headers_of(self._order.hosting))
        )

    def _announce(self) -> None:
        self._lock.ensure()
        self._store.write(state.COMING, Coming(self._after, self._plan.doomed).to_json())

    def _send(self) -> None:
        headers = headers_of(self._order.hosting)
        total, done = sum(group.size for group in self._plan.groups), 0
        self._order.tell.progress(0, total)
        for group in self._plan.groups:
            self._lock.ensure()
            if group.phase is Phase.ASSETS:
                self._live.now = f"{self._was}; only {Phase.ASSETS.value} have been added"
            else:
                self._live.now = self._mixed()
            deploy.upload(
                group,
                self._order.release.site,
                self._order.place.url,
                headers[group.kind.value],
                self._order.place.time_limit,
            )
            done += group.size
            self._order.tell.progress(done, total)
            for entry in group.entries:
                self._order.tell.each(f"sent {entry.path} ({entry.size:,} bytes)")

    def _mixed(self) -> str:
        """While pages travel."""
        new = self._after.id
        if not self._there.before:
            return f"a part of the pages of release {new} is online, and each finds the files that it needs"
        old = self._there.before.manifest.id
        if old == new:
            return f"readers see release {new}; what had been changed in it is partly mended"
        return f"pages may be those of release {new} already, or those of {old} still, and each finds the files that it needs"

    def _read_back(self) -> dict[str, str]:
        """Compare what readers get now with what was built; the tags of what was compared."""

        def compare(entry: Entry) -> tuple[str, str]:
            found = self._store.read(entry.path)
            if found is None or not _is(found.data, entry):
                raise PublishFailure(f"{entry.path} was sent and is not there as it was built")
            return entry.path, found.tag

        with ThreadPoolExecutor(_AT_ONCE) as several:
            return dict(several.map(compare, self._plan.entries))

    def _conclude(self, fresh: Mapping[str, str]) -> None:
        """Write down that the release is online."""
        self._lock.ensure()
        before, order = self._there.before, self._order
        known = {**(before.tags if before else {}), **fresh}
        if not self._plan.is_marked:
            written = self._store.write(MARK, self._after.mark, cache=headers_of(order.hosting)[Kind.PAGE.value])
            known[MARK] = plain(written.get("e_tag", ""))
        tags = {path: known[path] for path in self._after.everything if path in known}
        told = State(self._after, tags, headers_of(order.hosting), self._unpurged())
        self._store.write(state.PATH, told.to_json(), over=self._there.version if self._lock.is_strict else None)
        self._live.now = f"readers see release {self._after.id}"

    def _remove(self) -> None:
        if self._plan.doomed:
            self._live.now = f"readers see release {self._after.id}; some files of earlier ones are left over"
            self._lock.ensure()
            self._store.remove(self._plan.doomed)
            for path in self._plan.doomed:
                self._order.tell.each(f"removed {path}")
        self._store.remove([state.COMING])
        self._live.now = f"readers see release {self._after.id}"

    def _unpurged(self) -> tuple[str, ...]:
        """The addresses that a cache in front of the store may still have as they were."""
        if not self._order.place.purge:
            return ()
        before = self._there.before
        changes = self._after.since(before.manifest if before else None)
        old = before.unpurged if before else ()
        base = self._after.base_url.rstrip("/")
        urls = [base + each.url for each in (*changes.changed, *changes.removed, *changes.added)]
        sent = [base + each.url for each in self._plan.entries]
        return tuple(dict.fromkeys([*old, *urls, *sent]))

    def _purge(self) -> None:
        """Tell the cache in front of the store; what it was not told is remembered there for the next time."""
        found = self._store.read(state.PATH) if self._order.place.purge else None
        told = State.from_json(found.data) if found else None
        if not found or not told or not told.unpurged:
            return
        self._live.now = f"readers see release {told.manifest.id}, but a cache may give them older pages"
        program = self._order.place.purge
        try:
            done = subprocess.run(  # noqa: S603 - the site's own settings name it, and no shell
                program,
                input="".join(f"{url}\n" for url in told.unpurged),
                capture_output=True,
                text=True,
                cwd=self._order.root,
                timeout=_PURGE_LIMIT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PublishFailure(f"the cache could not be purged: `{program[0]}`: {error}") from error
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())[-300:]
            raise PublishFailure(f"the cache could not be purged: `{program[0]}` ended with {done.returncode}: {said}")
        over = found.version if self._lock.is_strict else None
        self._store.write(state.PATH, replace(told, unpurged=()).to_json(), over=over)
        self._live.now = f"readers see release {told.manifest.id}"


def _look(store: Store, order: Order) -> _Seen:
    found = store.read(state.PATH)
    try:
        before = State.from_json(found.data) if found else None
    except ValueError as error:
        raise PublishRefusal(
            f"{state.PATH} in the bucket cannot be read: {error}",
            "nothing was changed; remove it to begin anew, and look at what is there first",
        ) from error
    coming = None
    left = store.read(state.COMING)
    if left:
        try:
            coming = Coming.from_json(left.data)
            order.tell.say(f"a publication of release {coming.manifest.id} was cut off; this one puts that right")
        except ValueError:
            order.tell.say(f"{state.COMING} in the bucket cannot be read; what it was about stays where it is")
    return _Seen(before, found.version if found else {}, coming, store.list())


def _planned(order: Order, there: _Seen) -> tuple[Manifest, Plan]:
    """What is to be there, and the way to it; raises PublishRefusal."""
    order.refuse_harm(there.before.manifest if there.before else None)
    after = state.followed(order.new, there.before, there.coming, order.now.date(), order.days)
    return after, plan(after, there.before, there.coming, there.there, order.hosting)


def _outcome(order: Order, there: _Seen, after: Manifest, to_do: Plan) -> Outcome:
    for path in to_do.drifted:
        order.tell.each(f"changed or removed by somebody else: {path}")
    if to_do.strangers:
        what = (
            "object that is not of this site stays"
            if to_do.strangers == 1
            else "objects that are not of this site stay"
        )
        order.tell.say(f"{to_do.strangers} {what} there")
    online = there.before.manifest if there.before else None
    changes: Changes = after.since(online)
    return Outcome(after, changes, online, len(to_do.entries), to_do.drifted)


def _is(data: bytes, entry: Entry) -> bool:
    """Whether `data` is the file, packed or not."""
    if len(data) == entry.size and hashlib.sha256(data).hexdigest() == entry.sha256:
        return True
    try:
        return hashlib.sha256(gzip.decompress(data)).hexdigest() == entry.sha256
    except (OSError, EOFError, zlib.error):  # not packed, or not whole
        return False


@contextlib.contextmanager
def _before_anything() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise EnvironmentFault(
            str(error), "nothing was changed; check the address, the keys and the network, then run it again"
        ) from error


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise PublishFailure(str(error)) from error
