"""Every picture's file is whole, and a picture.

A transfer that was cut off leaves half a picture; a download that failed leaves a page of HTML called `chart.png`; a clone without Git LFS
leaves a line of text. A phone's HEIC saved as `.jpg` shows on that phone and hardly anywhere else. Hugo copies all of them byte for byte and
says nothing; readers see a broken frame, or a picture that is gray from the middle on.

Export or fetch the picture again. PNG, JPEG, GIF and WebP files in `static/` and below `content/` are looked at, up to 40 MiB. One of these
that has the ending of another is not reported: browsers look at the bytes and show it, and Hugo does the same when it makes it smaller.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import ENDINGS, Picture, finding, read_all
from presscheck.site import Site

SEVERITY = Severity.ERROR

_SHOWN = frozenset(ENDINGS.values()) - {"SVG"} | {"BMP", "ICO"}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every picture's file how it begins, and whether its end is there."""
    for path, promised, picture in read_all(site):
        if picture.kind not in _SHOWN or picture.is_cut:
            yield _finding(path, promised, picture, size=site.sizes[path])


def _finding(path: str, promised: str, picture: Picture, *, size: int) -> Finding:
    kind = picture.kind
    article = "an" if kind[:1] in "AEHIS" else "a"
    broken = "readers see a broken frame"
    if not size:
        return finding(
            path, "this picture's file is empty", consequence=broken, help="export or fetch the picture again"
        )
    if kind == "Git LFS":
        message = "this is a note of Git LFS, not the picture itself"
        return finding(path, message, consequence=broken, help="fetch the pictures: `git lfs pull`")
    if not kind:
        message = f"this file is no {promised} picture, and none of any kind"
        return finding(path, message, consequence=broken, help="export or fetch the picture again")
    if kind not in _SHOWN:
        message = f"this file is {article} {kind} file, though its name promises a {promised} picture"
        advice = f"export or fetch the picture again, as {promised}"
        return finding(path, message, consequence=broken, help=advice)
    return finding(
        path,
        "the end of this picture is missing",
        consequence="readers see a part of it, or a broken frame",
        help="export or fetch the picture again",
    )
