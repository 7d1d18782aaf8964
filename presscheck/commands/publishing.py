"""Bringing a finished release to where readers are."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from presscheck import read
from presscheck.commands.building import told
from presscheck.commands.common import find_root, now, say, shown
from presscheck.errors import PublishRefusal, UsageError
from presscheck.settings import Hosting, Keeping, Place, places, settings, suggestion
from presscheck.survey import WORK_FOLDER

if TYPE_CHECKING:  # what publishes is loaded when its command is called
    from presscheck.publish.order import Outcome, Teller
    from presscheck.releases import Release, Releases

_BAR = 30
_WAIT = 1.0
"""Seconds after which a publication is long enough for a bar."""


def publish(options: argparse.Namespace) -> int:
    """Bring a release to a place online; the site is not built.

    What is sent are the files of this release, also when another build ends meanwhile: it waits only until they have
    second names, not until they are sent.
    """
    from presscheck import record  # noqa: PLC0415 - only this command needs them
    from presscheck.publish.order import Order  # noqa: PLC0415
    from presscheck.publish.place import publish_to  # noqa: PLC0415
    from presscheck.releases import Releases, alone_in, ensure_whole, sending  # noqa: PLC0415

    root = find_root(options.site, Path.cwd())
    config = read.configured(root)
    name, place = _chosen(places(config), options.place)
    keeping = settings(config, Keeping)
    output = (options.output or root.folder / "public").absolute()
    work = output.parent / WORK_FOLDER
    releases = Releases(work, output, number=keeping.number, days=keeping.days)
    tell = _teller(is_verbose=options.verbose)
    with contextlib.ExitStack() as stack:
        with alone_in(work, options.lock_timeout, PublishRefusal):
            release = stack.enter_context(sending(_release(releases, options.release, output), work))
        ensure_whole(release)
        started = time.monotonic()
        outcome = publish_to(
            Order(
                release=release,
                place=place,
                root=root.folder,
                now=now(),
                days=keeping.days,
                hosting=settings(config, Hosting),
                allowed=options.allow_deletes,
                is_named=bool(options.release),
                is_rehearsal=options.dry_run,
                lock_timeout=options.lock_timeout,
                tell=tell,
            )
        )
        if options.dry_run:
            _print_changes(outcome)
            return 0
        _say_result(name, outcome, time.monotonic() - started)
        if record.is_wanted(root, config) and release.is_current:  # an older one has nothing new
            added = record.record(root, release, now())
            path = read.ledger_path(root, config).name
            if added:
                say(f"{path} has {len(added)} line{'s' * (len(added) != 1)} more; commit it")
    return 0


def _chosen(known: dict[str, Place], name: str) -> tuple[str, Place]:
    """The place that is asked for, or the only one."""
    if not known:
        raise UsageError(
            "no place to publish to is set",
            'add `[params.presscheck.publish.live]` with `url = "…"` to the configuration; the page about publishing has examples',
        )
    if not name and len(known) > 1:
        raise UsageError("there are several places to publish to", f"name one of {', '.join(known)}")
    chosen = name or next(iter(known))
    if chosen not in known:
        raise UsageError(f"there is no place `{chosen}`", suggestion(chosen, known))
    if not known[chosen].url:
        raise UsageError(f"the place `{chosen}` has no `url`", 'add `url = "…"` to its table')
    return chosen, known[chosen]


def _release(releases: Releases, name: str, output: Path) -> Release:
    """The release that is asked for, or the one that was built last."""
    from presscheck.releases import one_of  # noqa: PLC0415 - only this command needs it

    known = releases.all()
    found = one_of(known, name) if name else next((each for each in known if each.is_current), None)
    if found is None:
        raise UsageError(f"{shown(output)} holds no release", "run `presscheck build` first")
    return found


def _teller(*, is_verbose: bool) -> Teller:
    from presscheck.publish.order import Teller  # noqa: PLC0415 - only this command needs it

    bar = Bar() if sys.stderr.isatty() else None

    def tell(text: str) -> None:
        if bar:
            bar.clear()
        say(text)

    return Teller(
        say=tell,
        each=tell if is_verbose else lambda _text: None,
        progress=bar.show if bar else lambda _done, _total: None,
    )


class Bar:
    """How far an upload is, on one line of a terminal, once it takes longer than a moment."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._is_shown = False

    def show(self, done: int, total: int) -> None:
        """Draw it anew; at the end it goes."""
        if done >= total:
            self.clear()
        elif time.monotonic() - self._began >= _WAIT:
            part = done / total
            filled = int(part * _BAR)
            mega = f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"
            print(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {part:4.0%}  {mega}", end="", file=sys.stderr, flush=True)
            self._is_shown = True

    def clear(self) -> None:
        """Take it off the terminal."""
        if self._is_shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._is_shown = False


def _print_changes(outcome: Outcome) -> None:
    """What would change, address by address, with its size in bytes."""
    changes = outcome.changes
    for sign, entries in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for entry in entries:
            stays = "  (stays for readers of older pages)" if sign == "-" and entry.path in outcome.release.kept else ""
            print(f"{sign} {entry.url}  {entry.size:,}{stays}")
    for path in outcome.drifted:
        print(f"! {path}  changed or removed by somebody else; would be mended")
    say(f"{_counted(outcome)}; nothing was changed")


def _say_result(name: str, outcome: Outcome, seconds: float) -> None:
    if outcome.drifted:
        some = ", ".join(outcome.drifted[:5]) + (" …" if len(outcome.drifted) > 5 else "")
        say(f"mended what somebody else had changed or removed: {some}")
    is_same = outcome.before is not None and outcome.before.id == outcome.release.id
    if is_same and not outcome.sent:
        say(f"{name} has release {outcome.release.id} already; there was nothing to send ({seconds:.1f} s)")
    else:
        say(
            f"{name} has release {outcome.release.id}: {_counted(outcome)}; {outcome.sent} files sent ({seconds:.1f} s)"
        )


def _counted(outcome: Outcome) -> str:
    changes = outcome.changes
    return f"{told(changes)}, {changes.size:,} bytes"
