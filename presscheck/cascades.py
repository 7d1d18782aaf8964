"""What sections, and the configuration, hand down to the pages below: Hugo's `cascade`.

A page takes each key that it does not set itself from the nearest that has it: from its own `cascade`, from those of the
sections around it, the innermost first, and last from the configuration's. Of several tables in one place the first that is
for the page gives the key. A key below `params` counts by itself, any other table as a whole.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from presscheck import globs

_WHOM = ("target", "_target")
_TABLES = frozenset({"build", "params"})
"""What is handed down as tables only: Hugo passes by other `params`, and stops at another `build`."""
_ENVIRONMENT = "production"
"""What a build is for Hugo unless it is told otherwise; presscheck does not tell."""


@dataclass(frozen=True)
class Cascade:
    """One table of values, and whom it is for."""

    values: Mapping[str, Any]
    """What is handed down, by key in lower case, those below `params` too."""
    whom: Mapping[str, Any]
    """What is asked of a page (keys in lower case); nothing when it is for all."""

    @property
    def is_clear(self) -> bool:
        """Whether it can be told whom it is for."""
        return all(
            key in {"path", "kind", "environment"} and isinstance(asked, str) and globs.expression(asked)
            for key, asked in self.whom.items()
            if asked
        )

    def is_for(self, path: str, kind: str) -> bool:
        """Whether the page at `path`, with `/` at its beginning, is one that it is for."""
        own = {"path": path, "kind": kind, "environment": _ENVIRONMENT}
        return all(_describes(asked, own[key]) for key, asked in self.whom.items() if asked and key in own)


def _describes(pattern: object, name: str) -> bool:
    expression = globs.expression(str(pattern))
    return bool(expression and expression.fullmatch(name.lower()))


def cascades_in(data: Any) -> tuple[Cascade, ...]:
    """What stands below a key `cascade`: one table or a list of them."""
    tables = data if isinstance(data, list) else [data]
    return tuple(_cascade(_lowered(table)) for table in tables if isinstance(table, Mapping))


def _cascade(table: dict[str, Any]) -> Cascade:
    whom: Mapping[str, Any] = next((table[key] for key in _WHOM if isinstance(table.get(key), Mapping)), {})
    values = {
        key: data
        for key, data in table.items()
        if key not in _WHOM and (key not in _TABLES or isinstance(data, Mapping))
    }
    if "params" in values:
        values["params"] = _lowered(values["params"])
    return Cascade(values, _lowered(whom))


def _lowered(table: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): data for key, data in table.items()}


def inherited(cascades: Iterable[Cascade], path: str, kind: str) -> dict[str, Any]:
    """What the page at `path` gets from `cascades`, of which the first goes before all others."""
    found: dict[str, Any] = {}
    below_params: dict[str, Any] = {}
    for cascade in cascades:
        if cascade.is_for(path, kind):
            for key, data in cascade.values.items():
                if key == "params":
                    below_params = {**data, **below_params}
                else:
                    found.setdefault(key, data)
    return {**found, "params": below_params} if below_params else found


def folders_above(folder: str) -> Iterator[str]:
    """`folder` and every folder around it, the content folder itself, "", last."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""
