"""What a site takes from its theme and its modules, as Hugo describes it: `hugo config mounts`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_OWN = "project"
"""What Hugo calls the site itself."""


class Mount(NamedTuple):
    """A file or a folder of a theme's, which Hugo takes for one of the site's own."""

    source: str
    """Its whole path."""
    target: str
    """What it stands for, relative to the root: `layouts`, `static/icons`."""

    def below(self, component: str) -> str | None:
        """What it stands for below the folder `component` of the root, empty for all of that; None when it is elsewhere."""
        name, _, rest = self.target.partition("/")
        return rest if name == component else None


class Loan(NamedTuple):
    """Everything that a site takes from elsewhere."""

    mounts: tuple[Mount, ...]
    """What goes before others comes first."""
    is_plain: bool
    """Whether that is all that has to be known: no mount stands for some languages or versions only."""
    content: Mapping[str, str]
    """By the code of a language, "" standing for all others: the site's own folder of pages for it."""


def loan(described: str) -> Loan:
    """What Hugo describes of the site at hand; `described` are JSON objects one after the other."""
    mounts = []
    content: dict[str, str] = {}
    is_plain = True
    for module in _objects(described):
        if module.get("path") == _OWN:
            content.update(_content(module))
            continue
        for mount in module.get("mounts") or ():
            mounts.append(Mount(f"{module['dir'].rstrip('/')}/{mount['source']}", str(mount["target"]).strip("/")))
            is_plain = is_plain and not any(value for name, value in mount.items() if name not in {"source", "target"})
    return Loan(tuple(mounts), is_plain, content)


def _content(module: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for mount in module.get("mounts") or ():
        languages = ((mount.get("sites") or {}).get("matrix") or {}).get("languages") or ("",)
        if mount["target"] == "content":
            yield from ((language, mount["source"]) for language in languages)


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at != -1:
        found, end = decoder.raw_decode(text, at)
        yield found
        at = text.find("{", end)
