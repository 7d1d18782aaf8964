"""How a site is to be served: headers, caching, redirects, whoever serves it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.manifest import Entry
from presscheck.publication import RenderedPage
from presscheck.settings import Hosting, settings
from presscheck.urls import encoded

POLICY = (
    "default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content policy that the site's own templates write into every page; in a header, it says a little more."""

_FRAMES = "; frame-ancestors 'none'"
"""Nobody may show the site inside another; browsers take this from a header only."""
_WORKER = "script-src 'self' 'wasm-unsafe-eval'"
"""For the search, whose worker runs WebAssembly. The policy in the page still forbids it to the page itself."""
_MEDIA = re.compile(r"(?:image|font|audio|video)/|application/(?:pdf|zip)$")
_ENDING = re.compile(r"\.[\w+-]+", re.ASCII)
"""What may stand in every host's configuration; Hugo gives such names to media types."""
_LONGEST = 1900
"""Characters; Cloudflare ignores a line of more than 2,000."""


class Redirect(NamedTuple):
    """An address that leads elsewhere."""

    old: str
    """The path on the host, as a request has it."""
    new: str
    """The path on the host, or an address elsewhere."""


class Pattern(NamedTuple):
    """Paths below the site's folder that begin and end alike."""

    start: str
    """With what they begin."""
    end: str
    """With what they end."""

    @property
    def url(self) -> str:
        """With a `*` between the two, as a request has them."""
        return f"{encoded(self.start)}*{encoded(self.end)}"


class Made(NamedTuple):
    """A text for a host."""

    text: str
    """What it is to be told."""
    notes: tuple[str, ...] = ()
    """What it cannot be told, for the person who publishes."""


@dataclass(frozen=True)
class Service:
    """What there is to serve, and how."""

    base_path: str
    """The path of the home page on its host, with a closing `/`."""
    headers: tuple[tuple[str, str], ...]
    """Names and values of what is sent with every answer."""
    hosting: Hosting
    """How long to keep what."""
    entries: tuple[Entry, ...]
    """The files, in the order of their paths."""
    redirects: tuple[Redirect, ...]
    """The addresses that lead elsewhere, in their order."""
    gone: tuple[str, ...]
    """The paths of pages that say that something is gone for good, in their order."""
    folder: str
    """Where the published folder lies on a server of one's own."""

    @cached_property
    def missing(self) -> str:
        """The path of the page for what is not there; empty when there is none."""
        return f"{self.base_path}404.html" if any(entry.path == "404.html" for entry in self.entries) else ""

    @cached_property
    def media(self) -> tuple[str, ...]:
        """The endings, with their dot, of files that are kept longer than pages though they may change."""
        found = {each.suffix for each in self.entries if _is_media(each) and not each.is_fingerprinted}
        return tuple(sorted(filter(_ENDING.fullmatch, found)))

    @cached_property
    def media_types(self) -> Mapping[str, str]:
        """What a server should call the files with each ending; an odd one, which could not stand in a configuration, has no name."""
        found = {entry.suffix.lower(): entry.media_type for entry in self.entries}
        return dict(sorted((suffix, kind) for suffix, kind in found.items() if _ENDING.fullmatch(suffix)))

    def cache_of(self, entry: Entry) -> str:
        """The `Cache-Control` of a file."""
        return cache_of(entry, self.hosting)


def cache_of(entry: Entry, hosting: Hosting) -> str:
    """The `Cache-Control` of a file: by its name, which says whether it can change, and by what it is."""
    if entry.is_fingerprinted:
        return hosting.asset_cache
    return hosting.other_cache if _is_media(entry) else hosting.page_cache


def _is_media(entry: Entry) -> bool:
    return bool(_MEDIA.match(entry.media_type))


def service(
    config: Config,
    paths: Iterable[str],
    redirects: Iterable[Redirect] = (),
    gone: Iterable[str] = (),
    folder: str = "/var/www/public",
) -> Service:
    """How the files at `paths`, below the published folder, are to be served; `folder` is where that is on a server.

    `gone` are addresses below the base URL, with a leading `/`. Raises UsageError for settings that no host would understand.
    """
    hosting = settings(config, Hosting)
    base = config.base_path
    return Service(
        base,
        headers(config),
        hosting,
        tuple(Entry(path, 0, "") for path in sorted(paths)),
        tuple(sorted(set(redirects))),
        tuple(sorted({base + url.lstrip("/") for url in gone})),
        folder,
    )


def headers(config: Config) -> tuple[tuple[str, str], ...]:
    """What is sent with every answer; raises UsageError for a value that cannot stand in a header."""
    hosting = settings(config, Hosting)
    policy = hosting.policy
    if not policy:
        wanted = POLICY.replace("script-src 'self'", _WORKER) if config.params.get("search") else POLICY
        policy = wanted + _FRAMES
    found = {
        "content-security-policy": ("policy", policy),
        "x-content-type-options": ("", "nosniff"),
        "referrer-policy": ("referrer", hosting.referrer),
        "permissions-policy": ("permissions", hosting.permissions),
        "cross-origin-opener-policy": ("", "same-origin"),
    }
    if urlsplit(config.base_url).scheme != "http":  # a browser ignores it there, and a standard forbids it
        found["strict-transport-security"] = ("hsts", hosting.hsts)
    for setting, value in (*found.values(), *((f"{kind}-cache", _cache(hosting, kind)) for kind in _KINDS)):
        _ensure_sendable(setting, value)
    return tuple((_spelt(name), value) for name, (_, value) in found.items() if value)


_KINDS = ("page", "asset", "other")


def _cache(hosting: Hosting, kind: str) -> str:
    return {"page": hosting.page_cache, "asset": hosting.asset_cache, "other": hosting.other_cache}[kind]


def _spelt(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _ensure_sendable(setting: str, value: str) -> None:
    where = f"`{setting}` in [params.presscheck.hosting]"
    if not (value.isascii() and value.isprintable()) or any(char in value for char in '"`\\$#{}'):
        raise UsageError(
            f"{where} has characters that a header cannot have on every host",
            'write one line of ASCII without any of " ` \\ $ # { }',
        )
    if len(value) > _LONGEST:
        raise UsageError(f"{where} is {len(value)} characters long", f"hosts take {_LONGEST:,}: make it shorter")


def redirects(pages: Iterable[RenderedPage], config: Config) -> tuple[Redirect, ...]:
    """The addresses of `pages` that only lead elsewhere, such as Hugo makes for aliases; in the order of the pages."""
    found = {}
    base = config.base_path
    for page in pages:
        target = page.facts.redirect
        if not target or page.facts.headings:
            continue
        if config.base_url and (target + "/").startswith(config.base_url):
            target = base + target[len(config.base_url) :]
        elif not urlsplit(target).scheme and not target.startswith("/"):
            continue  # what is relative is left to the page
        new = quote(target, safe="/~!$&'()*+,;=:@-._?#%")
        old = base + encoded(page.address.lstrip("/"))
        if new.partition("#")[0] != old:
            found[old] = Redirect(old, new)
    return tuple(found.values())


def fingerprinted(entries: Iterable[Entry]) -> list[tuple[Pattern, int]]:
    """Few patterns for the files with a fingerprint, and for no other of the files; each with how many it stands for.

    For hosts that know only `*`: where all files of a kind below a folder have a fingerprint, one pattern stands for them.
    """
    found: dict[Pattern, int] = {}
    kinds: dict[str, dict[str, bool]] = {}
    for entry in entries:
        kinds.setdefault(entry.suffix, {})[entry.path] = entry.is_fingerprinted
    changing = sorted(path for alike in kinds.values() for path, is_fixed in alike.items() if not is_fixed)
    for suffix, alike in sorted(kinds.items()):
        if any(alike.values()):
            _cover("", suffix, alike, changing, found)
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def _cover(
    folder: str, suffix: str, alike: Mapping[str, bool], changing: Sequence[str], found: dict[Pattern, int]
) -> None:
    """Add to `found` what stands for the fingerprinted files among `alike`, all of which lie below `folder`."""
    if suffix and all(alike.values()):
        found[Pattern(folder, suffix)] = len(alike)
        return
    below: dict[str, dict[str, bool]] = {}
    for path, is_fixed in alike.items():
        name, slash, _ = path[len(folder) :].partition("/")
        if slash:
            below.setdefault(f"{folder}{name}/", {})[path] = is_fixed
        elif is_fixed:
            pattern = _nearest(path, changing)
            found[pattern] = found.get(pattern, 0) + 1
    for inner, those in below.items():
        if any(those.values()):
            _cover(inner, suffix, those, changing, found)


def _nearest(path: str, changing: Sequence[str]) -> Pattern:
    """What a file and its other versions have in common before the fingerprint; the file alone if others have it too.

    `changing` are the files without a fingerprint, in the order of their paths.
    """
    start = re.split(r"(?<=_hu_)|(?<=_hu)(?=[0-9a-f]{8})|(?<=\.)(?=[0-9a-f]{32})|(?<=_)(?=[0-9a-f]{6,}\.pf_)", path)[0]
    after = bisect_left(changing, start)
    has_others = after < len(changing) and changing[after].startswith(start)
    return Pattern(path if has_others else start, "")


def left_out(redirects: Iterable[Redirect], kept: Iterable[Redirect]) -> Redirect:
    """The first of `redirects` that is not among those that are `kept`."""
    known = set(kept)
    return next(each for each in redirects if each not in known)


def decoded(path: str) -> str:
    """A path as a server sees it that has undone the percent signs."""
    return unquote(path)
