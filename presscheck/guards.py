"""What must be true of a release before it may take the place of the one that is online.

Each guard answers with a sentence when the release would harm readers, and with nothing when it would not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from presscheck.manifest import Entry, Manifest
from presscheck.settings import Place
from presscheck.unwanted import Junk, junk, may_hold_key, secret

_LISTED = 5


@dataclass(frozen=True)
class Question:
    """What the guards are asked about."""

    new: Manifest
    """The release that is to be published."""
    online: Manifest | None
    """The one that is online; None when nothing of ours is."""
    place: Place
    """What the site allows."""
    allowed: int = 0
    """How many files may go because the person who publishes says so."""
    harmless: frozenset[str] = frozenset()
    """The files that have the name of a key and hold none."""
    is_named: bool = False
    """Whether that person asked for this very release by its name, so that an older one is meant."""

    @property
    def removed(self) -> list[Entry]:
        """The files that would go, without those with a fingerprint, which stay for a while."""
        return [each for each in self.new.since(self.online).removed if not each.is_fingerprinted]


def reasons(question: Question) -> Iterator[str]:
    """Every reason not to publish; each says what to do."""
    yield from _unfit(question)
    if question.online:
        yield from _too_old(question, question.online)
        if len(question.removed) > question.allowed:
            yield from _too_small(question, question.online)
            yield from _too_many_deletes(question, question.online)
            yield from _lost_pages(question, question.online)


def lost(before: Manifest, now: Manifest) -> list[str]:
    """The addresses of pages that `before` has and `now` has not, neither as pages nor as redirects."""
    return sorted({entry.url for entry in before.files.values() if entry.is_page} - now.urls)


def unwanted(path: str, hidden: Collection[str] = Place().hidden) -> bool:
    """Whether the file at `path` must not be online: a hidden one or a program's (but for the names `hidden`), or a secret."""
    return any(
        bool(secret(part))
        or may_hold_key(part)
        or (part not in hidden and (part.startswith(".") or junk(part) not in {None, Junk.ORIGINAL}))
        for part in path.split("/")
    )


def _unfit(question: Question) -> Iterator[str]:
    if "index.html" not in question.new.files:
        yield "the release has no home page; build the site again"
    bad = [
        path
        for path in question.new.everything
        if path not in question.harmless and unwanted(path, question.place.hidden)
    ]
    if bad:
        yield f"the release holds what nobody should read: {_some(bad)}; move it out of the site and build again"


def _too_old(question: Question, online: Manifest) -> Iterator[str]:
    if not question.is_named and question.new.made < online.made and question.new.id != online.id:
        yield (
            f"release {online.id}, which is online, was made later ({online.made}) than {question.new.id} ({question.new.made}); "
            f"to go back, name it: --release {question.new.id}"
        )


def _too_small(question: Question, online: Manifest) -> Iterator[str]:
    before, now = _pages(online), _pages(question.new)
    if now < before * question.place.least_pages:
        yield (
            f"the release has {now} pages, and {before} are online; if that is meant, "
            f"add --allow-deletes {len(question.removed)}"
        )


def _too_many_deletes(question: Question, online: Manifest) -> Iterator[str]:
    removed = question.removed
    most = max(question.place.most_deletes, int(len(online.files) * question.place.most_deletes_share))
    if len(removed) > most:
        yield (
            f"{len(removed)} of the {len(online.files)} files online would go ({_some([e.path for e in removed])}), and {most} may; "
            f"if that is meant, add --allow-deletes {len(removed)}"
        )


def _lost_pages(question: Question, online: Manifest) -> Iterator[str]:
    if question.is_named and question.new.made < online.made:
        return  # who goes back wants what came since to go
    missing = lost(online, question.new)
    if missing:
        yield (
            f"readers would find nothing at {_some(missing)}; keep each as an alias of the page that follows it, "
            f"or add --allow-deletes {len(question.removed)}"
        )


def _pages(manifest: Manifest) -> int:
    return sum(entry.is_page for entry in manifest.files.values())


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
