"""What the files of the folder `config` say together: Hugo reads all below `_default`, then all below `production`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any

PARTS = ("_default", "production")
"""The folders of settings that a build reads; what the later one says goes before."""
SUFFIXES = (".toml", ".yaml", ".yml", ".json")
"""How the names of their files end; Hugo passes by all others."""
_IN_A_LANGUAGE = {"menu": "menus", "menus": "menus", "params": "params"}


def table_of(name: str) -> tuple[str, ...]:
    """The table that the file `name` stands for: `params` for `params.toml`, and none for `hugo.toml`, which is the whole.

    A language is named behind it: what is in `params.de.toml` belongs to `languages.de.params`.
    """
    stem, _ = posixpath.splitext(posixpath.basename(name))
    if stem in {"hugo", "config"}:
        return ()
    table, _, language = stem.rpartition(".")
    if not table:
        return (stem,)
    return ("languages", language, *filter(None, [_IN_A_LANGUAGE.get(table, "")]))


def merged(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """What `files`, by their names and in the order in which Hugo reads them, say together; keys of tables in lower case."""
    whole: dict[str, Any] = {}
    for name, values in files:
        table: Mapping[str, Any] = values
        for key in reversed(table_of(name)):
            table = {key: table}
        whole = _over(whole, table)
    return whole


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below` with what `above` says, which goes before, table by table; keys are compared without regard to case."""
    found = {key.lower(): (key, value) for key, value in below.items()}
    for key, value in above.items():
        _, old = found.get(key.lower(), (key, None))
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        found[key.lower()] = (key, _over(old, value) if both else value)
    return dict(found.values())
