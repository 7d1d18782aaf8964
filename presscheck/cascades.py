"""What sections, and the configuration, hand down to the pages below: Hugo's `cascade`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from presscheck.front_matter import FrontMatter

_WHOM = frozenset({"target", "_target"})

Setting = tuple[tuple[str, ...], Any]
"""Where a value is set, in lower case, such as `("build", "render")`, and the value."""


def settings_of(front_matter: FrontMatter) -> tuple[Setting, ...]:
    """What a page's front matter hands down, be it to some of the pages below only."""
    return tuple(
        setting
        for entry in front_matter.document.entries
        if entry.path[0].lower() == "cascade"
        for setting in settings_in(entry.data, entry.path[1:])
    )


def settings_in(data: Any, path: Iterable[str] = ()) -> Iterator[Setting]:
    """What stands in `data`, of a cascade or of what is at `path` in one; whom it is for is left out."""
    here = tuple(part.lower() for part in path if not part.isdigit())
    if here and here[0] in _WHOM:
        return
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from settings_in(value, (*here, str(key)))
    elif isinstance(data, list) and any(isinstance(each, Mapping) for each in data):
        for each in data:
            yield from settings_in(each, here)
    elif here:
        yield here, data


def folders_above(folder: str) -> Iterator[str]:
    """`folder` and every folder around it, the content folder itself, "", last."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""
