"""Keys and values with their places, whatever the notation: what a TOML, YAML or JSON text is read into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from presscheck.diagnostics import Fix
from presscheck.text import Span

DEEPEST = 64
"""How many tables and lists may lie inside each other. Hugo takes more; what walks through values here calls itself."""


class Value(NamedTuple):
    """A value and its place."""

    data: Any
    """bool, int, float, str, None, a `datetime` class, list or dict, as `tomllib` gives them."""
    span: Span
    """The characters it was written with, quotes included."""
    elements: tuple[Value, ...] = ()
    """The elements of a list, in order; empty for everything else."""


class Entry(NamedTuple):
    """A key with its value."""

    path: tuple[str, ...]
    """The keys from the root, table names first; spelt as the author did."""
    key_span: Span
    """The key as written, without the table's name."""
    value: Value
    """What it is set to."""

    @property
    def name(self) -> str:
        """The last key of the path."""
        return self.path[-1]

    @property
    def data(self) -> Any:
        """The bare value."""
        return self.value.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that stands in the way of reading the text."""

    kind: str
    """`syntax`, `duplicate`, or `control` for a control character where none may be."""
    message: str
    """What is wrong."""
    span: Span
    """The offending characters."""
    label: str = ""
    """What to say beside the caret."""
    help: str = ""
    """What to do."""
    fix: Fix | None = None
    """How to mend it."""
    first: Span | None = None
    """For a duplicate, the place that came first."""

    def shifted(self, by: int) -> Problem:
        """The same in a text that has `by` more characters before it."""
        fix = self.fix and replace(
            self.fix, edits=tuple(replace(each, span=each.span.shifted(by)) for each in self.fix.edits)
        )
        return replace(self, span=self.span.shifted(by), first=self.first and self.first.shifted(by), fix=fix)


@dataclass(frozen=True)
class Document:
    """Everything that one text sets."""

    entries: tuple[Entry, ...] = ()
    """Every key in the order of the text; the keys inside an inline table follow the table's own entry."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong with the notation, in the order of the text."""
    values: dict[str, Any] | None = None
    """The whole as nested dictionaries, None while `problems` prevent it."""

    @cached_property
    def top(self) -> dict[str, Entry]:
        """The entries of the root by lower-cased key, as Hugo sees them; the last of two wins."""
        return {entry.path[0].lower(): entry for entry in self.entries if len(entry.path) == 1}

    def get(self, key: str) -> Entry | None:
        """The root's entry for `key` (lower case), if any."""
        return self.top.get(key)

    def at(self, *path: str) -> Entry | None:
        """The entry at `path`, compared without regard to case."""
        wanted = tuple(part.lower() for part in path)
        for entry in self.entries:
            if len(entry.path) == len(wanted) and tuple(part.lower() for part in entry.path) == wanted:
                return entry
        return None

    def below(self, *path: str) -> Iterator[Entry]:
        """The entries directly inside the table at `path`, compared without regard to case."""
        wanted = tuple(part.lower() for part in path)
        for entry in self.entries:
            if len(entry.path) == len(wanted) + 1 and tuple(p.lower() for p in entry.path[:-1]) == wanted:
                yield entry
