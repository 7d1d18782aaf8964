"""What makes two findings the same although lines moved: the rule, the file, the words, and which of several it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from presscheck.diagnostics import Diagnostic
from presscheck.text import Source

_LONGEST = 300
_TELLING = 3
"""How many characters tell one place from another."""


class Identity(NamedTuple):
    """What stays when the text around a finding changes."""

    rule: str
    """The rule."""
    path: str
    """The file."""
    text: str
    """What it points at, or the whole line when that is next to nothing; white space made even."""

    def fingerprint(self, number: int) -> str:
        """A digest for the `number`-th finding (from zero) with this identity; the same in every run."""
        return hashlib.sha256("\0".join([*self, str(number)]).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def identity_of(diagnostic: Diagnostic, source_at: Callable[[str], Source | None]) -> Identity:
    """The identity of `diagnostic`."""
    source = source_at(diagnostic.path)
    text = " ".join(source.slice(diagnostic.span)[:_LONGEST].split()) if source else ""
    if source and len(text) < _TELLING and diagnostic.start.line <= len(source.line_starts):
        text = " ".join(source.line(diagnostic.start.line).split())
    return Identity(diagnostic.rule, diagnostic.path, text)


def fingerprints(diagnostics: Iterable[Diagnostic], source_at: Callable[[str], Source | None]) -> list[str]:
    """The fingerprint of each of `diagnostics`, all different."""
    seen: Counter[Identity] = Counter()
    found = []
    for diagnostic in diagnostics:
        identity = identity_of(diagnostic, source_at)
        found.append(identity.fingerprint(seen[identity]))
        seen[identity] += 1
    return found


def without(
    diagnostics: Iterable[Diagnostic], known: Counter[Identity], source_at: Callable[[str], Source | None]
) -> tuple[list[Diagnostic], Counter[Identity]]:
    """Those of `diagnostics` that are not among `known`, and what of `known` was not found."""
    rest = Counter(known)
    left = []
    for diagnostic in diagnostics:
        identity = identity_of(diagnostic, source_at)
        if rest[identity] > 0:
            rest[identity] -= 1
        else:
            left.append(diagnostic)
    return left, +rest
