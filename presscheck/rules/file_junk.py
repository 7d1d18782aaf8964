"""Only files that readers may want lie where Hugo publishes them.

Hugo publishes every file below `static/`, and every file that lies beside a page below `content/`, without a word. Among
them are what programs leave behind: lists of thumbnails and of a folder's files (`Thumbs.db`, `.DS_Store`), copies that an
editor saved (`post.md~`, `.post.md.swp`, `plan.orig`), and the large originals of pictures (`cover.psd`). Such a copy may
show what was taken out of the post, and `.DS_Store` tells the names of files that are not linked anywhere.

Delete them, and let `.gitignore` keep them out. Keep the originals of pictures outside of these folders.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site
from presscheck.text import Span
from presscheck.unwanted import Junk, junk

SEVERITY = Severity.WARNING

_CONSEQUENCES = {
    Junk.SYSTEM: "readers can fetch it, and learn the names of other files from it",
    Junk.COPY: "readers can fetch it, with what was taken out since",
    Junk.ORIGINAL: "readers can fetch it, and every copy of the site carries it along",
    Junk.PART: "readers can fetch it, and it is of no use to them",
}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file that is published as it is whether its name is that of such a thing."""
    for path in site.sizes:
        if path.startswith("assets/"):
            continue
        name = posixpath.basename(path)
        kind = junk(name)
        if kind:
            yield Finding(
                message=f"`{name}` {kind.value}",
                path=path,
                span=Span(0, 0),
                consequence=_CONSEQUENCES[kind],
                help="move it out of the site" if kind is Junk.ORIGINAL else "delete it",
            )
