"""Applies fixes: edits on spans that leave every other byte alone, new names for files, and new bytes for pictures."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Fix, Move, Rewrite, Severity
from presscheck.location import without_place
from presscheck.text import Source, Span

ROUNDS = 10
"""How often the files are mended and judged again before they are left as they are."""

REWRITES: Mapping[str, Callable[[bytes], bytes]] = {"without the place": without_place}
"""What makes new bytes of a file's old ones, by the names that a `Rewrite` has; each raises ValueError for bytes it leaves alone."""


@dataclass(frozen=True)
class Mended:
    """A source with the fixes that were applied to it."""

    source: Source
    """As it was."""
    result: Source
    """As it is to be; its path is another when the file gets another name."""
    fixes: tuple[tuple[str, Fix], ...]
    """What was applied, with the names of the rules, in the order of application."""

    @property
    def data(self) -> bytes:
        """The bytes to write."""
        return self.result.encode(self.result.text)


@dataclass(frozen=True)
class Mending:
    """What is to be done to mend a site."""

    files: tuple[Mended, ...]
    """The sources that change, in the order of their paths."""
    moves: tuple[Move, ...]
    """The new names of other files, such as pictures."""
    rewrites: tuple[tuple[str, Rewrite], ...] = ()
    """The other files that get new bytes, with the names of the rules, in the order of their paths."""


Judge = Callable[[Mapping[str, Source], Mapping[str, str]], Iterable[Diagnostic]]
"""Judges an edited site: its sources by the paths that they had, and the new names of other files by the old ones."""


def wanted(diagnostic: Diagnostic, rules: frozenset[str], *, unsafe: bool) -> bool:
    """Whether a diagnostic's fix is to be applied.

    Safe ones are, unsafe ones with `unsafe`. What is merely reported (severity info) is mended only when its rule is
    among `rules`; a non-empty `rules` leaves all others alone.
    """
    if not diagnostic.fix or diagnostic.fix.applicability is Applicability.PLACEHOLDER:
        return False
    if diagnostic.fix.applicability is Applicability.UNSAFE and not unsafe:
        return False
    return diagnostic.rule in rules if rules else diagnostic.severity is not Severity.INFO


def mend(
    sources: Mapping[str, Source],
    judge: Judge,
    is_wanted: Callable[[Diagnostic], bool],
    exists: Callable[[str], bool] = lambda _: False,
) -> Mending:
    """Apply the wanted fixes to `sources` (by path), judge the result, and go on until nothing is left to mend.

    Fixes that overlap wait for the next round. A fix that would give a file the name of another one is left out;
    `exists` tells whether there is a file at a path, besides `sources`.
    """
    state = _State(dict(sources), exists)
    for _ in range(ROUNDS):
        by_path: dict[str, list[Diagnostic]] = defaultdict(list)
        was = {source.path: path for path, source in state.current.items()}
        for diagnostic in judge(state.current, state.moved):
            path = was.get(diagnostic.path)
            if diagnostic.fix and diagnostic.fix.rewrites and is_wanted(diagnostic):
                state.rewrites.update({each.path: (diagnostic.rule, each) for each in diagnostic.fix.rewrites})
                continue
            if path is not None and not state.current[path].is_cut and is_wanted(diagnostic):
                by_path[path].append(diagnostic)
        changed = [state.apply(path, diagnostics) for path, diagnostics in by_path.items()]
        if not any(changed):
            break
    files = (Mended(sources[path], state.current[path], tuple(fixes)) for path, fixes in sorted(state.applied.items()))
    moves = tuple(Move(path, to) for path, to in sorted(state.moved.items()))
    return Mending(tuple(files), moves, tuple(each for _, each in sorted(state.rewrites.items())))


class _State:
    """The site while it is mended."""

    def __init__(self, current: dict[str, Source], exists: Callable[[str], bool]) -> None:
        self.current = current
        self.exists = exists
        self.moved: dict[str, str] = {}
        self.rewrites: dict[str, tuple[str, Rewrite]] = {}
        self.applied: dict[str, list[tuple[str, Fix]]] = defaultdict(list)

    def apply(self, path: str, diagnostics: Iterable[Diagnostic]) -> bool:
        """Apply what can be applied together to the source that was at `path`; whether that changed anything."""
        chosen = self._compatible(diagnostics)
        source = self.current[path]
        text = edited(source.text, [edit for _, fix in chosen for edit in fix.edits])
        moves = {move.path: move.to for _, fix in chosen for move in fix.moves}
        to = moves.pop(source.path, source.path)
        self.moved.update(moves)
        if text == source.text and to == source.path and not moves:
            return False
        self.applied[path].extend(chosen)
        self.current[path] = Source.decode(to, source.encode(text))
        return True

    def _compatible(self, diagnostics: Iterable[Diagnostic]) -> list[tuple[str, Fix]]:
        """The fixes that can be applied together, the earlier in the file first; equal ones once."""
        chosen: list[tuple[str, Fix]] = []
        taken: list[Span] = []
        moving: dict[str, str] = {}
        for diagnostic in diagnostics:
            fix = diagnostic.fix
            if fix is None or any(_overlaps_one(edit.span, taken) for edit in fix.edits):
                continue
            if any(move.path in moving or move.to in moving.values() or self._is_taken(move.to) for move in fix.moves):
                continue
            chosen.append((diagnostic.rule, fix))
            for edit in fix.edits:
                insort(taken, edit.span)
            moving.update((move.path, move.to) for move in fix.moves)
        return chosen

    def _is_taken(self, path: str) -> bool:
        known = {source.path for source in self.current.values()} | set(self.moved.values())
        return path in known or (self.exists(path) and path not in self.current and path not in self.moved)


def _overlaps_one(span: Span, taken: list[Span]) -> bool:
    """Whether `span` overlaps one of `taken`, which are in order and do not overlap, so that its neighbours tell."""
    at = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(at - 1, 0) : at + 1])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits`, none overlapping, applied."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts.append(text[at : edit.span.start])
        parts.append(edit.text)
        at = edit.span.end
    parts.append(text[at:])
    return "".join(parts)
