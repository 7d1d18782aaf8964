"""Applies fixes: edits on spans that leave every other byte alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity
from presscheck.text import Source

ROUNDS = 10
"""How often the files are mended and judged again before they are left as they are."""


@dataclass(frozen=True)
class Mended:
    """A source with the fixes that were applied to it."""

    source: Source
    """As it was."""
    result: Source
    """As it is to be."""
    fixes: tuple[tuple[str, Fix], ...]
    """What was applied, with the names of the rules, in the order of application."""

    @property
    def data(self) -> bytes:
        """The bytes to write."""
        return self.result.encode(self.result.text)


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
    judge: Callable[[Mapping[str, Source]], Iterable[Diagnostic]],
    is_wanted: Callable[[Diagnostic], bool],
) -> tuple[Mended, ...]:
    """Apply the wanted fixes to `sources` (by path), judge the result, and go on until nothing is left to mend.

    `judge` looks at edited versions of the sources. Fixes that overlap wait for the next round. Only sources that
    changed are returned.
    """
    current = dict(sources)
    applied: dict[str, list[tuple[str, Fix]]] = defaultdict(list)
    for _ in range(ROUNDS):
        by_path: dict[str, list[Diagnostic]] = defaultdict(list)
        for diagnostic in judge(current):
            if diagnostic.path in current and not current[diagnostic.path].is_cut and is_wanted(diagnostic):
                by_path[diagnostic.path].append(diagnostic)
        changed = False
        for path, diagnostics in by_path.items():
            chosen = _compatible(diagnostics)
            source = current[path]
            text = edited(source.text, [edit for _, fix in chosen for edit in fix.edits])
            if text != source.text:
                changed = True
                applied[path].extend(chosen)
                current[path] = Source.decode(path, source.encode(text))
        if not changed:
            break
    return tuple(Mended(sources[path], current[path], tuple(fixes)) for path, fixes in sorted(applied.items()))


def _compatible(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, Fix]]:
    """The fixes that can be applied together, the earlier in the file first; equal ones once."""
    chosen: list[tuple[str, Fix]] = []
    taken: list[Edit] = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or any(edit.span.overlaps(other.span) for edit in fix.edits for other in taken):
            continue
        chosen.append((diagnostic.rule, fix))
        taken.extend(fix.edits)
    return chosen


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
