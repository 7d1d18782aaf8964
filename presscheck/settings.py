"""The tables of `[params.presscheck]` that are about building and publishing, each declared as a frozen dataclass.

A table is read by `read`, listed in the JSON Schema by `schema`, and known to the checker through TABLES. Rules have
options of their own, which the checker reads with the same function.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from presscheck.config import Config
from presscheck.errors import UsageError

_Table = TypeVar("_Table")
_TYPE_NAMES = {list: "a list", bool: "true or false", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True)
class Keeping:
    """What stays on this machine, and for readers, after a newer release has taken its place."""

    number: int = 3
    """How many releases are there, with the published one."""
    days: int = 14
    """For how many days files with a fingerprint stay for readers of older pages, and releases to roll back to."""


@dataclass(frozen=True)
class Hosting:
    """How the published files are served."""

    page_cache: str = "public, max-age=60, must-revalidate"
    """`Cache-Control` of pages, feeds, and all that is not named below."""
    asset_cache: str = "public, max-age=31536000, immutable"
    """`Cache-Control` of files with a fingerprint in their name, which never change."""
    other_cache: str = "public, max-age=86400"
    """`Cache-Control` of pictures and other files that authors named."""


TABLES: Mapping[str, type[Any]] = {"hosting": Hosting, "releases": Keeping}
"""The tables by their names in the configuration."""


def settings(config: Config, table: type[_Table]) -> _Table:
    """A table of TABLES as this site sets it; raises UsageError for a key that it does not have, or of another type."""
    name = next(name for name, each in TABLES.items() if each is table)
    found = config.settings.get(name, {})
    where = f"[params.presscheck.{name}] in {config.path or 'the configuration'}"
    if not isinstance(found, Mapping):
        raise UsageError(f"{where} is not a table", f"write `[params.presscheck.{name}]`")
    return table(**values_of(table, found, f"a setting of {where}", "the page about settings lists them"))


def values_of(table: type[Any], found: Mapping[str, Any], what: str, hint: str) -> dict[str, Any]:
    """The values that `found` gives for the fields of a dataclass with defaults, `-` for `_` in their names.

    Raises UsageError that calls a key "not `what`" when the dataclass does not have it, and with `hint` when its value is
    of another type than the default.
    """
    known = {each.name: each.default for each in fields(table)}
    values = {}
    for written, value in found.items():
        key = written.replace("-", "_")
        if key not in known:
            raise UsageError(
                f"`{written}` is not {what}", suggestion(written, [name.replace("_", "-") for name in known])
            )
        wanted = list if isinstance(known[key], tuple) else type(known[key])
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise UsageError(f"`{written}`, {what}, is not {_TYPE_NAMES[wanted]}", hint)
        values[key] = tuple(value) if isinstance(value, list) else value
    return values


_MOST_LISTED = 12


def suggestion(word: str, known: Iterable[str], otherwise: str = "see the page about settings") -> str:
    """A hint for a name that is not among the `known`: the nearest, all when they are few, else `otherwise`."""
    names = list(known)
    close = difflib.get_close_matches(word, names, 1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known: {', '.join(names)}" if len(names) <= _MOST_LISTED else otherwise
