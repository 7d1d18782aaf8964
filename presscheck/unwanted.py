"""What nobody should read on a site, by the names of files: secrets, and what programs leave behind."""

from __future__ import annotations

import re
from enum import Enum

_SECRETS = (
    ("a private key", r"id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*\.(?:ppk|p12|pfx|jks|keystore|kdbx)"),
    (
        "a list of passwords or keys",
        r"\.env(?:\.(?!example|sample|template|dist)[^/]*)?|\.htpasswd|\.netrc|\.npmrc|\.pypirc",
    ),
    ("a list of passwords or keys", r"\.pgpass|\.my\.cnf|\.git-credentials|\.vault[-_]pass[^/]*|wp-config\.php[^/]*"),
    ("a list of passwords or keys", r"[^/]*\.tfvars|[^/]*\.tfstate(?:\.backup)?|[^/]*\.ovpn|credentials\.json"),
    ("a database", r"[^/]*\.(?:sqlite3?|db3|mdb|accdb|sql(?:\.gz|\.bz2|\.xz|\.zip)?|dump)"),
    ("a history of commands", r"\.(?:bash|zsh|sh|mysql|psql|python|node_repl)_history"),
)


class Junk(Enum):
    """What programs leave behind that is no secret."""

    SYSTEM = "is left behind by an operating system"
    COPY = "is a copy that an editor saved"
    ORIGINAL = "is the original of a picture"
    PART = "is half a download"


_JUNK = {
    Junk.SYSTEM: r"\.DS_Store|\._[^/]*|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|Icon\r|__MACOSX",
    Junk.COPY: r"[^/]+~|[^/]*\.sw[op]|[^/]*\.(?:bak|orig|rej|old|tmp)|~\$[^/]*|#[^/]*#",
    Junk.ORIGINAL: r"[^/]*\.(?:psd|psb|xcf|ai|afphoto|afdesign|kra|cr2|nef|arw|indd|sketch)",
    Junk.PART: r"[^/]*\.(?:crdownload|part|partial)",
}


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<k{at}>{each})" for at, each in enumerate(patterns)), re.IGNORECASE)


_SECRET = _any_of([pattern for _, pattern in _SECRETS])
_LEFT = _any_of(list(_JUNK.values()))
_PRIVATE = b"PRIVATE KEY-----"

LONGEST_KEY = 1_000_000
"""Bytes: no file with a key is longer."""


def secret(name: str) -> str:
    """What the file called `name` (the last part of its path) holds that nobody should read: `a private key`; else empty."""
    match = _SECRET.fullmatch(name)
    return _SECRETS[_at(match)][0] if match else ""


def junk(name: str) -> Junk | None:
    """As what a program left the file called `name` (the last part of its path) behind; None when it did not."""
    match = _LEFT.fullmatch(name)
    return list(_JUNK)[_at(match)] if match else None


def may_hold_key(name: str) -> bool:
    """Whether only its content tells whether the file called `name` is a secret; see `holds_private_key`."""
    return name.lower().endswith((".pem", ".key"))


def holds_private_key(data: bytes) -> bool:
    """Whether a private key is in the text of a file; certificates and public keys lie in files of the same names."""
    return _PRIVATE in data


def _at(match: re.Match[str]) -> int:
    return int((match.lastgroup or "k0")[1:])
