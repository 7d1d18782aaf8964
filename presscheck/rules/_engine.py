"""What the rules about Hugo itself have in common: its messages, and its version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from presscheck.diagnostics import Finding, Note
from presscheck.publication import Publication

Version = tuple[int, ...]
"""Three numbers that compare as versions do; empty when there is none."""

_REFUSED = "; the current security configuration is"
"""What Hugo writes before a list that it does not print."""
_ADVICE = (
    (
        'policy "security.http.',
        "a build makes no request, so that it is the same everywhere: save what the template asks for below `data/` or `assets/`, and read it there",
    ),
    ('policy "security.exec.', "a build runs no other program: run it before, and let the template read what it made"),
    (
        'policy "security.funcs.getenv',
        "a build reads no environment: put the value below [params] in the configuration",
    ),
)
"""What to do when a setting of `[security]` has refused something."""
_NUMBERS = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?", re.ASCII)


def repeated(publication: Publication, severity: str, said: str, consequence: str) -> Iterator[Finding]:
    """A finding for each of Hugo's messages of that severity, `ERROR` or `WARN`."""
    for message in publication.messages:
        if message.severity == severity:
            path, span = publication.place_of(message)
            is_elsewhere = message.line and not span.end
            yield Finding(
                message=f"{said}: {message.text.partition(_REFUSED)[0].rstrip('.')}",
                path=path,
                span=span,
                consequence=consequence,
                help=next((advice for sign, advice in _ADVICE if sign in message.text), "mend what the message names"),
                notes=(Note(f"in line {message.line}, column {message.column}"),) if is_elsewhere else (),
            )


@cache
def hugo_version() -> Version:
    """The version of the Hugo that builds the site; empty when its package is not installed."""
    from importlib import metadata  # noqa: PLC0415 - 30 ms that only a site with a pin pays

    try:
        found = _NUMBERS.match(metadata.version("hugo"))
    except metadata.PackageNotFoundError:
        return ()
    return version_of(found[0]) if found else ()


def version_of(text: str) -> Version:
    """The three numbers of `0.168.0`, `v0.168` or the like, as Hugo compares them; empty for anything else."""
    found = _NUMBERS.fullmatch(text)
    return tuple(int(number or 0) for number in found.groups()) if found else ()
