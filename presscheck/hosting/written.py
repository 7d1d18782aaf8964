"""The files that a build adds to what it publishes, for the hosts that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.hosting import azure, firebase, netlify, security_txt
from presscheck.hosting.model import Made, Redirect, Service, headers, service
from presscheck.settings import Hosting, settings, suggestion

FILES: Mapping[str, Mapping[str, Callable[[Service], Made]]] = {
    "netlify": {
        netlify.HEADERS: netlify.headers,
        netlify.REDIRECTS: lambda served: netlify.redirects(served, forced=True, gone=True),
    },
    "cloudflare": {
        netlify.HEADERS: netlify.headers,
        netlify.REDIRECTS: lambda served: netlify.redirects(served, forced=False, gone=False),
    },
    "firebase": {firebase.NAME: firebase.config},
    "azure": {azure.NAME: azure.config},
}
"""What each host reads from the published folder."""


@dataclass(frozen=True)
class Hosted:
    """What a build adds."""

    files: Mapping[str, bytes]
    """The files, by their paths below the published folder."""
    notes: tuple[str, ...] = ()
    """What the hosts could not be told."""


def for_hosts(
    config: Config,
    paths: Iterable[str],
    clock: datetime,
    redirects: Iterable[Redirect] = (),
    gone: Iterable[str] = (),
) -> Hosted:
    """The files for the site whose files are at `paths`.

    Raises UsageError when the settings are wrong, or ask for a file that the site's author wrote.
    """
    names = wanted(config)
    headers(config)
    made: dict[str, str] = {}
    notes: list[str] = []
    there = set(paths)
    if names:
        served = service(config, there, redirects, gone)
        for host in names:
            for name, make in FILES[host].items():
                told = make(served)
                made[name] = told.text
                notes += told.notes
        if config.params.get("search") and "wasm-unsafe-eval" not in dict(served.headers).get(
            "Content-Security-Policy", "'wasm-unsafe-eval'"
        ):
            notes.append(
                "`policy` in [params.presscheck.hosting] lacks 'wasm-unsafe-eval' in `script-src`: the search will not run"
            )
    contact = security_txt.text(config, clock)
    if contact and config.base_path == "/":
        made.setdefault(security_txt.NAME, contact)
    elif contact:
        notes.append(
            f"{security_txt.NAME} belongs to the top of the host, above this site: `presscheck hosting security.txt` prints it"
        )
    for name in made:
        if name in there:
            raise UsageError(
                f"the site has a file {name} of its own, and [params.presscheck.hosting] asks for one",
                "remove the file (it is probably in static/), or the setting `files` or `contact`",
            )
    return Hosted({name: text.encode() for name, text in sorted(made.items())}, tuple(notes))


def is_asked(config: Config) -> bool:
    """Whether the settings ask for any file."""
    hosting = settings(config, Hosting)
    return bool(hosting.files or hosting.contact)


def wanted(config: Config) -> tuple[str, ...]:
    """The hosts that the settings name; raises UsageError for one that is not known, and for two that share a file."""
    names = settings(config, Hosting).files
    where = "`files` in [params.presscheck.hosting]"
    for name in names:
        if name not in FILES:
            raise UsageError(f"{where}: `{name}` is no host that presscheck knows", suggestion(name, FILES))
    if {"netlify", "cloudflare"} <= set(names):
        raise UsageError(f"{where} names netlify and cloudflare, which read the same files differently", "name one")
    return tuple(dict.fromkeys(names))
