"""No file with keys, passwords or a database lies where Hugo publishes it.

Hugo publishes every file below `static/`, hidden ones too, and every file that lies beside a page below `content/`, byte
for byte and without a word. `/.env` and `/id_rsa` are among the first addresses that a burglar's program tries.

Move the file out of these folders. If the site was published with it, change the keys and passwords in it as well: they
are known by now.

A file that ends in `.pem` or `.key` is only reported when a private key is in it. A public key (`id_rsa.pub`) is silent,
and so is an example without secrets (`.env.example`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site
from presscheck.text import Span
from presscheck.unwanted import LONGEST_KEY, holds_private_key, may_hold_key, secret

SEVERITY = Severity.ERROR
PROTECTS = True

_FOLDER = re.compile(r"(?:^|.*/)(?P<folder>\.git|\.svn|\.hg|\.ssh|\.aws|\.gnupg)/")


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
        name = posixpath.basename(path)
        what = "a private key" if may_hold_key(name) and _holds_private_key(site, path) else secret(name)
        if what:
            yield _finding(path, what)


def _holds_private_key(site: Site, path: str) -> bool:
    data = site.load_file(path) if site.sizes[path] <= LONGEST_KEY else None
    return data is not None and holds_private_key(data)


def _finding(path: str, what: str) -> Finding:
    name = posixpath.basename(path)
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
