"""No file with keys, passwords or a database lies where Hugo publishes it.

Hugo publishes every file below `static/`, hidden ones too, and every file that lies beside a page below `content/`, byte
for byte and without a word. `/.env` and `/id_rsa` are among the first addresses that a burglar's program tries.

Move the file out of these folders. If the site was published with it, change the keys and passwords in it as well: they
are known by now.

A file that ends in `.pem` or `.key` is only reported when a private key is in it. A public key (`id_rsa.pub`) is silent,
and so is an example without secrets (`.env.example`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_KINDS = (
    ("a private key", r"id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*\.(?:ppk|p12|pfx|jks|keystore|kdbx)"),
    ("a file that may hold a private key", r"[^/]*\.(?:pem|key)"),
    (
        "a list of passwords or keys",
        r"\.env(?:\.(?!example|sample|template|dist)[^/]*)?|\.htpasswd|\.netrc|\.npmrc|\.pypirc",
    ),
    ("a list of passwords or keys", r"\.pgpass|\.my\.cnf|\.git-credentials|\.vault[-_]pass[^/]*|wp-config\.php[^/]*"),
    ("a list of passwords or keys", r"[^/]*\.tfvars|[^/]*\.tfstate(?:\.backup)?|[^/]*\.ovpn|credentials\.json"),
    ("a database", r"[^/]*\.(?:sqlite3?|db3|mdb|accdb|sql(?:\.gz|\.bz2|\.xz|\.zip)?|dump)"),
    ("a history of commands", r"\.(?:bash|zsh|sh|mysql|psql|python|node_repl)_history"),
)
_NAME = re.compile("|".join(f"(?P<k{at}>(?:^|.*/)(?:{kind})$)" for at, (_, kind) in enumerate(_KINDS)), re.IGNORECASE)
_FOLDER = re.compile(r"(?:^|.*/)(?P<folder>\.git|\.svn|\.hg|\.ssh|\.aws|\.gnupg)/")
_PRIVATE = b"PRIVATE KEY-----"
_LONGEST = 1_000_000


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file that is published as it is whether its name is that of a secret."""
    folders = set()
    for path in site.sizes:
        if path.startswith("assets/"):
            continue
        inside = _FOLDER.match(path)
        if inside:
            folder = path[: inside.end()]
            if folder not in folders:
                folders.add(folder)
                yield _folder(folder, path, inside["folder"])
            continue
        match = _NAME.match(path)
        if not match:
            continue
        what = _KINDS[int((match.lastgroup or "k0")[1:])][0]
        if path.lower().endswith((".pem", ".key")):
            if not _holds_private_key(site, path):
                continue
            what = "a private key"
        yield _finding(path, what)


def _holds_private_key(site: Site, path: str) -> bool:
    data = site.load_file(path) if site.sizes[path] <= _LONGEST else None
    return data is not None and _PRIVATE in data


def _finding(path: str, what: str) -> Finding:
    name = path.rpartition("/")[2]
    return Finding(
        message=f"`{name}` is {what}" if what.startswith("a p") else f"`{name}` looks like {what}",
        path=path,
        span=Span(0, 0),
        consequence="Hugo publishes it as it is, and anybody can fetch it",
        help="move it out of the site, and change the keys and passwords in it if it was ever published",
    )


def _folder(folder: str, path: str, name: str) -> Finding:
    kept = "the whole history of a repository" if name in {".git", ".svn", ".hg"} else "keys"
    return Finding(
        message=f"the folder `{folder}` holds {kept}",
        path=path,
        span=Span(0, 0),
        consequence="Hugo publishes it as it is, and anybody can fetch it",
        help="move the folder out of the site",
    )
