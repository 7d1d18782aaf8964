"""Only files that readers may want lie where Hugo publishes them.

Hugo publishes every file below `static/`, and every file that lies beside a page below `content/`, without a word. Among
them are what programs leave behind: lists of thumbnails and of a folder's files (`Thumbs.db`, `.DS_Store`), copies that an
editor saved (`post.md~`, `.post.md.swp`, `plan.orig`), and the large originals of pictures (`cover.psd`). Such a copy may
show what was taken out of the post, and `.DS_Store` tells the names of files that are not linked anywhere.

Delete them, and let `.gitignore` keep them out. Keep the originals of pictures outside of these folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING

_KINDS = (
    (
        "is left behind by an operating system",
        r"\.DS_Store|\._[^/]*|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|Icon\r",
    ),
    ("is a copy that an editor saved", r"[^/]+~|[^/]*\.sw[op]|[^/]*\.(?:bak|orig|rej|old|tmp)|~\$[^/]*|#[^/]*#"),
    ("is the original of a picture", r"[^/]*\.(?:psd|psb|xcf|ai|afphoto|afdesign|kra|cr2|nef|arw|indd|sketch)"),
    ("is half a download", r"[^/]*\.(?:crdownload|part|partial)"),
)
_NAME = re.compile("|".join(f"(?P<k{at}>(?:^|.*/)(?:{kind})$)" for at, (_, kind) in enumerate(_KINDS)), re.IGNORECASE)
_CONSEQUENCES = (
    "readers can fetch it, and learn the names of other files from it",
    "readers can fetch it, with what was taken out since",
    "readers can fetch it, and every copy of the site carries it along",
    "readers can fetch it, and it is of no use to them",
)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file that is published as it is whether its name is that of such a thing."""
    for path in site.sizes:
        if path.startswith("assets/"):
            continue
        match = _NAME.match(path)
        if match:
            kind = int((match.lastgroup or "k0")[1:])
            yield Finding(
                message=f"`{path.rpartition('/')[2]}` {_KINDS[kind][0]}",
                path=path,
                span=Span(0, 0),
                consequence=_CONSEQUENCES[kind],
                help="move it out of the site" if kind == 2 else "delete it",
            )
