"""What to publish, where, and how it went."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from presscheck.errors import PresscheckError, PublishRefusal
from presscheck.guards import Question, reasons
from presscheck.manifest import Changes, Manifest
from presscheck.releases import Release
from presscheck.settings import Hosting, Place
from presscheck.unwanted import LONGEST_KEY, holds_private_key, may_hold_key


@dataclass(frozen=True)
class Teller:
    """How the person who publishes hears of what happens."""

    say: Callable[[str], None] = lambda _text: None
    """Told a sentence that everybody should read."""
    each: Callable[[str], None] = lambda _text: None
    """Told one line for each file."""
    progress: Callable[[int, int], None] = lambda _done, _total: None
    """Told how many bytes have travelled, of how many."""


@dataclass(frozen=True)
class Order:
    """What to publish, and how."""

    release: Release
    """The release; its bytes have been compared with its manifest."""
    place: Place
    """Where to, and what keeps it from being harmed."""
    root: Path
    """The site's root."""
    now: datetime
    """The moment from which the age of kept files is counted."""
    days: int = 14
    """For how many days files with a fingerprint stay for readers of older pages."""
    hosting: Hosting = field(default_factory=Hosting)
    """How the files are to be served."""
    allowed: int = 0
    """How many files may go because the person who publishes says so."""
    is_named: bool = False
    """Whether that person asked for this very release by its name."""
    is_rehearsal: bool = False
    """Whether to change nothing, and only say what would change."""
    lock_timeout: float = 60.0
    """How many seconds to wait for another publication to the same place."""
    lease: float = 120.0
    """After how many seconds without a sign of life the lock of an object store may be taken over."""
    tell: Teller = Teller()
    """How to be heard meanwhile."""

    @property
    def new(self) -> Manifest:
        """What the release consists of, without what is kept for readers of this machine's earlier releases."""
        return replace(self.release.manifest, kept={})

    def refuse_harm(self, online: Manifest | None) -> None:
        """Raise PublishRefusal when a guard objects to the release taking the place of `online`."""
        asked = Question(self.new, online, self.place, self.allowed, self._harmless(), self.is_named)
        found = list(reasons(asked))
        if found:
            raise PublishRefusal("refused: " + "; also, ".join(found), f"nothing was changed; {seen(online)}")

    def _harmless(self) -> frozenset[str]:
        """The files that have the name of a key and hold none, such as certificates."""
        return frozenset(
            path
            for path, entry in self.new.files.items()
            if may_hold_key(path)
            and (entry.size > LONGEST_KEY or not holds_private_key((self.release.site / path).read_bytes()))
        )


@dataclass(frozen=True)
class Outcome:
    """How a publication went."""

    release: Manifest
    """What is online now, or would be."""
    changes: Changes
    """What is different from what was online before."""
    before: Manifest | None = None
    """What was online before; None when nothing of ours was."""
    sent: int = 0
    """How many files were sent."""
    drifted: tuple[str, ...] = field(default=())
    """The files that somebody had changed or removed online since the last publication."""


def seen(online: Manifest | None) -> str:
    """What readers see when nothing was changed."""
    return f"readers see release {online.id}, as before" if online else "nothing of this site is online yet"


@dataclass
class Live:
    """What readers see at each moment of a publication, so that whatever ends it can say so."""

    now: str = ""
    """In a clause without a full stop."""
    look: Callable[[], str] | None = None
    """Finds that clause at the moment when it is asked for, where that can be looked up."""

    @contextlib.contextmanager
    def told(self, say: Callable[[str], None]) -> Iterator[None]:
        """Make every failure of the block end with what is live: a PublishFailure in its hint, a signal in a sentence."""
        try:
            yield
        except PublishRefusal:
            raise  # it says so itself
        except PresscheckError as error:
            hint = f"{error.hint}; {self._said()}" if error.hint else self._said()
            raise type(error)(error.message, hint) from error
        except (KeyboardInterrupt, SystemExit):
            say(f"stopped; {self._said()}")
            raise

    def _said(self) -> str:
        return f"{self.look() if self.look else self.now}; running it again heals"
