"""`staticwebapp.config.json`, which Azure Static Web Apps reads from the published folder.

Its routes are looked through until one fits; a `*` may stand at the end, or before an ending. It may have 20 KB.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import Any

from presscheck.hosting.model import Made, Redirect, Service, fingerprinted, left_out

NAME = "staticwebapp.config.json"

_LARGEST = 20_000
"""Bytes."""
_MANY = 100
"""Rules for files, at most; the redirects need the room more."""


def config(service: Service) -> Made:
    """The file, with as many redirects as it has room for."""
    usable = [each for each in service.redirects if "*" not in each.old]
    cached = _cached(service)

    def size(number: int) -> int:
        return len(_text(service, usable[:number], cached))

    room = bisect_right(range(1, len(usable) + 1), _LARGEST, key=size)
    kept = usable[:room]
    notes = []
    if len(kept) < len(service.redirects):
        notes.append(
            f"{NAME} has no room for {len(service.redirects) - len(kept)} of {len(service.redirects)} redirects, such as "
            f"{left_out(service.redirects, kept).old}: the pages that Hugo made lead on instead"
        )
    text = _text(service, kept, cached)
    if len(text) > _LARGEST:
        notes.append(f"{NAME} is {len(text):,} bytes large: Azure takes {_LARGEST:,}")
    return Made(text, tuple(notes))


def _cached(service: Service) -> list[dict[str, Any]]:
    """The routes that say how long to keep what."""
    hosting = service.hosting
    patterns = sorted(pattern for pattern, _ in fingerprinted(service.entries)[:_MANY])
    rules = [(pattern.url, hosting.asset_cache) for pattern in patterns]
    rules += [(f"*{suffix}", hosting.other_cache) for suffix in service.media]
    return [{"route": service.base_path + route, "headers": {"Cache-Control": cache}} for route, cache in rules]


def _text(service: Service, redirects: list[Redirect], cached: list[dict[str, Any]]) -> str:
    routes: list[dict[str, Any]] = [
        {"route": _file(each.old), "redirect": each.new, "statusCode": 301} for each in redirects
    ]
    routes += [{"route": _file(path), "statusCode": 410} for path in service.gone]
    routes += cached
    found = {
        "globalHeaders": {**dict(service.headers), "Cache-Control": service.hosting.page_cache},
        "mimeTypes": service.media_types,
        "responseOverrides": {"404": {"rewrite": service.missing}} if service.missing else {},
        "routes": routes,
    }
    return json.dumps(found, indent=1) + "\n"


def _file(path: str) -> str:
    """A route that names the file of a page holds for its folder, too."""
    return f"{path}index.html" if path.endswith("/") else path
