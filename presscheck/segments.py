"""Which machine renders which pages, said in the words of Hugo's segments.

Hugo renders only a part of a site when it is given a segment: filters by kind of page and by path. Paths are patterns, so a
list of ten thousand pages would be ten thousand patterns, each tried on each page. Here the pages are put in order and
cut into runs, and a run is said by the few beginnings that its paths have in common and no other run has.

The first share has everything that the others do not have: a page that this model does not know of, or whose path it
gets wrong, is rendered once more by the first and never lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from presscheck.errors import UsageError

NAME = "presscheck-share"
"""The name of the one segment that is rendered."""

_REST = 0.5
"""What lists, feeds, terms and the like cost, as a part of what all pages cost."""
_SPECIAL = frozenset("*?[]{}\\!,^")
"""What a pattern takes for more than a letter."""
_LONGEST = 100_000
"""Linux takes no variable of more than 128 KB."""


@dataclass(frozen=True)
class Share:
    """One of several parts of a site."""

    number: int
    """From one."""
    of: int
    """How many there are."""

    def __str__(self) -> str:
        """As it is given: `2/3`."""
        return f"{self.number}/{self.of}"


def path_of(page: str) -> str:
    """What Hugo matches for the page whose file, relative to the content folder, is `page`: lower case, no ending, no `index`."""
    stem = page.rpartition(".")[0] or page
    folder, _, name = stem.rpartition("/")
    path = folder if name == "index" else stem
    return "/" + path.lower().replace(" ", "-")


def shares(paths: Iterable[str], of: int) -> dict[str, int]:
    """The number of the share that each of `paths` is in: neighbours together, and as much work for each as may be."""
    ordered = sorted(set(paths))
    whole = len(ordered) * (1 + _REST) / of
    first = max(0, round(whole - len(ordered) * _REST))
    others = len(ordered) - first
    return {path: 1 if at < first else 2 + (at - first) * (of - 1) // max(others, 1) for at, path in enumerate(ordered)}


def patterns(numbers: dict[str, int]) -> dict[int, list[str]]:
    """For each share but the first, patterns that match its paths and no other's."""
    found: dict[int, list[str]] = {}
    ordered = sorted(numbers)
    pending = [(0, len(ordered), 0)]
    while pending:
        begin, end, length = pending.pop()
        part = ordered[begin:end]
        here = {numbers[path] for path in part}
        if len(here) == 1:
            number = here.pop()
            if number > 1:
                is_one = len(part) == 1 and len(part[0]) == length
                found.setdefault(number, []).append(_escaped(part[0][:length]) + ("" if is_one else "**"))
            continue
        at = begin
        for letter, group in groupby(path[length : length + 1] for path in part):
            size = sum(1 for _ in group)
            if letter:
                pending.append((at, at + size, length + 1))
            elif numbers[ordered[at]] > 1:  # the path ends here, and others go on
                found.setdefault(numbers[ordered[at]], []).append(_escaped(ordered[at]))
            at += size
    return {number: sorted(each) for number, each in found.items()}


def segments(share: Share, paths: Iterable[str]) -> str:
    """Hugo's `[segments]` for one share of the pages at `paths`, as JSON; raises UsageError when there are too few pages."""
    numbers = shares(paths, share.of)
    found = patterns(numbers)
    empty = [number for number in range(2, share.of + 1) if number not in found]
    if empty:
        raise UsageError(
            f"{len(numbers)} pages are too few for {share.of} shards", "build the site in one piece, or in fewer"
        )
    if share.number > 1:
        segment: dict[str, list[dict[str, str]]] = {"includes": _filters(found[share.number])}
    else:  # a segment that only excludes renders nothing, so everything is included first
        others = [each for number in sorted(found) for each in found[number]]
        segment = {"includes": [{"kind": "**"}], "excludes": _filters(others)}
    said = json.dumps({NAME: segment}, ensure_ascii=False)
    if len(said.encode("utf-8", "surrogateescape")) > _LONGEST:
        raise UsageError(f"{share.of} shards of these pages take more words than Hugo accepts", "make fewer shards")
    return said


def _filters(found: Sequence[str]) -> list[dict[str, str]]:
    """One filter for all patterns: of several with a path, Hugo 0.168 asks the first alone."""
    return [{"kind": "page", "path": f"{{{','.join(found)}}}"}]


def _escaped(path: str) -> str:
    return "".join("?" if char in _SPECIAL else char for char in path)
