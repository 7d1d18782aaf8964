"""`_headers` and `_redirects`, which Netlify and Cloudflare read from the published folder.

Both know only `*`. Where several rules fit, Netlify takes the last value of a header; Cloudflare joins all with commas,
unless the later rule first takes the header back with `!`, a line that Netlify passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from presscheck.hosting.model import Made, Redirect, Service, fingerprinted, left_out
from presscheck.urls import encoded

HEADERS = "_headers"
REDIRECTS = "_redirects"

_RULES = 100
"""How many header rules Cloudflare takes; the rest of the file it ignores."""
_STATIC = 2000
"""How many redirects without a wildcard Cloudflare takes."""
_LONGEST = 1000
"""Characters of a redirect, for Cloudflare."""
_UNFIT = re.compile(r"[()\[\]{}+?^$|\\]|:[A-Za-z]|\*.*\*")
"""What Netlify, which makes regular expressions of patterns, would understand otherwise."""
_CLEVER = re.compile(r"[*\s]|:[A-Za-z]")
"""What would be read as a wildcard or the name of a part."""


def headers(service: Service) -> Made:
    """The file `_headers`."""
    hosting = service.hosting
    rules = [("*", f"  Cache-Control: {hosting.page_cache}")]
    rules += [(f"*{suffix}", _instead(hosting.other_cache)) for suffix in service.media]
    found = fingerprinted(service.entries)
    exact = _exact((pattern.url for pattern, _ in found), service)
    kept = set(islice(exact, max(_RULES - len(rules), 0)))
    rules += [(pattern, _instead(hosting.asset_cache)) for pattern in sorted(kept)]
    everywhere = "".join(f"\n  {name}: {value}" for name, value in service.headers)
    first, *rest = (f"{service.base_path}{pattern}\n{lines}" for pattern, lines in rules)
    left = sum(n for pattern, n in found if pattern.url not in kept)
    notes = (
        (f"{HEADERS} has {_RULES} rules at most: {left} files with a fingerprint are kept as short as others",)
        if left
        else ()
    )
    return Made("\n".join([first + everywhere, *rest]) + "\n", notes)


def redirects(service: Service, *, forced: bool, gone: bool) -> Made:
    """The file `_redirects`.

    `forced` for a host that would rather serve the page that Hugo made at the old address (Netlify); `gone` for one that
    can answer 410.
    """
    usable = [each for each in service.redirects if _is_plain(each)]
    kept = usable[:_STATIC]
    mark = "!" if forced else ""
    lines = [f"{each.old} {each.new} 301{mark}" for each in kept]
    if gone:
        lines += [f"{path} {path} 410{mark}" for path in service.gone if not _CLEVER.search(path)]
    notes = []
    if len(kept) < len(service.redirects):
        notes.append(
            f"{REDIRECTS} cannot have {len(service.redirects) - len(kept)} of {len(service.redirects)} redirects, such as "
            f"{left_out(service.redirects, kept).old}: the pages that Hugo made lead on instead"
        )
    if service.gone and not gone:
        notes.append(
            f"this host cannot answer 410: {len(service.gone)} pages that say that they are gone are sent as found"
        )
    return Made("".join(f"{line}\n" for line in lines), tuple(notes))


def _exact(patterns: Iterable[str], service: Service) -> Iterator[str]:
    """Those that fit no file that may change, also for Netlify, which ignores case and takes a `.` for any character."""
    changing = "\n".join(encoded(entry.path) for entry in service.entries if not entry.is_fingerprinted)
    for pattern in patterns:
        loose = re.escape(pattern).replace(r"\.", ".").replace(r"\*", ".*")
        if not _UNFIT.search(pattern) and not re.search(f"^{loose}$", changing, re.IGNORECASE | re.MULTILINE):
            yield pattern


def _instead(cache: str) -> str:
    return f"  ! Cache-Control\n  Cache-Control: {cache}"


def _is_plain(each: Redirect) -> bool:
    return not _CLEVER.search(each.old + each.new) and len(each.old) + len(each.new) + 6 <= _LONGEST
