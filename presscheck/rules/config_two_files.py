"""The site has one configuration file.

Hugo looks for eight names, `hugo.toml` first and `config.json` last, reads the first that is there and passes over the
others without a word. An author who changes the other file sees nothing happen; one who moves a site to a newer Hugo and
makes a `hugo.toml` loses everything that stands in the old `config.toml`: its address, its menus, its permalinks.

Move what is needed into the file that Hugo reads, and remove the other.

The folder `config/` beside the file is not reported: Hugo merges the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING

_NAMES = tuple(f"{stem}.{ending}" for stem in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))


def check_site(site: Site) -> Iterator[Finding]:
    """Ask whether a configuration lies beside the one that Hugo reads."""
    read = site.config_source.path if site.config_source else ""
    if read not in _NAMES:
        return
    for name in _NAMES:
        if name != read and site.load_file(name) is not None:
            yield Finding(
                message=f"Hugo does not read `{name}`",
                path=name,
                span=Span(0, 0),
                consequence=f"nothing of what it sets happens: Hugo reads `{read}` alone",
                help=f"move what is needed from `{name}` to `{read}`, and remove `{name}`",
                notes=(Note("Hugo reads this one", read, Span(0, 0)),),
            )
