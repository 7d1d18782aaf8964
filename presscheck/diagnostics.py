"""What presscheck says: findings, fixes and diagnostics.

A rule yields a `Finding` (what and where); the engine makes a `Diagnostic` of it (who and how bad).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from presscheck.text import Position, Span

STYLE = "style-"
"""What the names of rumdl's rules begin with here: `style-md012`."""


class Severity(Enum):
    """How bad a diagnostic is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, threshold: Severity) -> bool:
        """Whether this is as bad as `threshold` or worse."""
        order = list(Severity)
        return order.index(self) <= order.index(threshold)


class Applicability(Enum):
    """How far a fix may be trusted."""

    SAFE = "safe"
    """Keeps the author's meaning; applied by `presscheck fix`."""
    UNSAFE = "unsafe"
    """Probably what was meant; applied with `--unsafe-fixes`."""
    PLACEHOLDER = "placeholder"
    """Right in form, but the author has to fill something in; shown, never applied."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `text`."""

    span: Span
    """What goes away; empty to insert."""
    text: str
    """What comes in its place; empty to delete."""


@dataclass(frozen=True, slots=True)
class Move:
    """Give a file another name."""

    path: str
    """Where it is, relative to the site's root."""
    to: str
    """Where it shall be, relative to the site's root; nothing may be there."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Give a file that is no text other bytes."""

    path: str
    """Where it is, relative to the site's root."""
    how: str
    """What makes the new bytes of the old ones: a name in `fix.REWRITES`."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits to the file of a finding, and other names or bytes for files, that together mend it."""

    title: str
    """What applying it does, as an instruction."""
    applicability: Applicability
    """Whether it may be applied without looking."""
    edits: tuple[Edit, ...] = ()
    """In order of their spans, none overlapping."""
    moves: tuple[Move, ...] = ()
    """Done after the edits."""
    rewrites: tuple[Rewrite, ...] = ()
    """Files that are no text; each by itself."""

    def below(self, place: str) -> Fix:
        """The same where the paths of all its files begin with `place`."""
        moves = tuple(Move(place + move.path, place + move.to) for move in self.moves)
        return replace(
            self, moves=moves, rewrites=tuple(replace(each, path=place + each.path) for each in self.rewrites)
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A second place, or a second thought."""

    message: str
    """Lower case, no full stop."""
    path: str | None = None
    """The file it points into; None when it points nowhere or into the finding's own file."""
    span: Span | None = None
    """The place it points at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a rule found."""

    message: str
    """What is wrong, in words an author uses."""
    span: Span
    """The offending characters."""
    path: str | None = None
    """The file they are in; None for the page under judgement."""
    label: str = ""
    """What to say beside the caret; empty repeats nothing."""
    consequence: str = ""
    """What a reader would have suffered."""
    help: str = ""
    """What to do, as an instruction."""
    notes: tuple[Note, ...] = ()
    """Other places that matter."""
    fix: Fix | None = None
    """How to mend it, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding as it is reported."""

    rule: str
    """The name of the rule that found it."""
    severity: Severity
    """How bad it is on this site."""
    path: str
    """The file, as the source names it."""
    span: Span
    """The offending characters."""
    start: Position
    """Where they begin."""
    end: Position
    """The position after the last of them."""
    message: str
    """What is wrong."""
    label: str
    """What to say beside the caret."""
    consequence: str
    """What a reader would have suffered."""
    help: str
    """What to do."""
    notes: tuple[Note, ...]
    """Other places that matter."""
    fix: Fix | None
    """How to mend it."""

    def below(self, place: str) -> Diagnostic:
        """The same where the paths of all its files begin with `place`."""
        if not place:
            return self
        notes = tuple(replace(note, path=note.path and place + note.path) for note in self.notes)
        return replace(self, path=place + self.path, notes=notes, fix=self.fix and self.fix.below(place))

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Orders diagnostics by place, then by rule."""
        return (self.path, self.span.start, self.span.end, self.rule, self.message)
