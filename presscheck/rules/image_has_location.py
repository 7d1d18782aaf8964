"""No picture tells where it was taken.

A phone writes into each photograph where it was taken, to within a few metres: at home, at the school of the children. Hugo copies the file byte
for byte, and whoever saves the picture from the site can read the place with any program that shows photographs. Nothing on the page
or in Hugo's output tells.

`presscheck fix` takes the place out of JPEG, PNG and WebP files without touching the picture: it stays as sharp as it was, and the right way
up. What the camera writes about date, lens and exposure stays, and so do author, copyright and colours; the small preview, the notes of the
maker and a film that a phone put behind the picture go, for the place is written there again. Of pictures of another kind (HEIC,
AVIF, TIFF) and of films it is only reported: export them again without their location. Then think of the copies: the old file stays in the
history of a repository.

Files in `static/` and `assets/` and below `content/` are looked at, up to 40 MiB; a larger one is reported because nobody looks. Hugo's own
smaller copies of a picture carry no place. Where the place is the point, switch the rule off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from presscheck.diagnostics import Applicability, Finding, Fix, Rewrite, Severity
from presscheck.location import UnreadableError, tells_place, without_place
from presscheck.rules._pictures import LONGEST, finding, is_read, picture_at
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True

_OTHERS = (".avif", ".heic", ".heif", ".hif", ".tif", ".tiff", ".dng", ".mov", ".mp4", ".m4v")
_FILMS = (".mov", ".mp4", ".m4v")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every picture's file, and of every film's, whether it holds a place."""
    folders = tuple(
        f"{folder}/" for folder in (*site.config.static_dirs, site.config.content_dir, site.config.asset_dir)
    )
    for path, size in site.sizes.items():
        if not path.startswith(folders):
            continue
        is_other = path.lower().endswith(_OTHERS)
        if not is_other and not is_read(path):
            continue
        noun = "film" if path.lower().endswith(_FILMS) else "picture"
        if size > LONGEST:
            yield _unseen(path, noun)
        elif is_other:
            data = site.load_file(path)
            if data and tells_place(data):
                yield _finding(path, noun, f"export the {noun} again without its location", None)
        else:
            picture = picture_at(site, path)
            if picture and picture.has_place:
                yield _mendable(site, path)


def _mendable(site: Site, path: str) -> Finding:
    try:
        without_place(site.load_file(path) or b"")
    except UnreadableError as error:
        return _finding(
            path, "picture", f"export the picture again without its location; it cannot be mended: {error}", None
        )
    fix = Fix("take the place out", Applicability.SAFE, rewrites=(Rewrite(path, "without the place"),))
    return _finding(
        path, "picture", "`presscheck fix` takes it out; or export the picture again without its location", fix
    )


def _finding(path: str, noun: str, advice: str, fix: Fix | None) -> Finding:
    told = finding(
        path,
        f"this {noun} tells where it was taken",
        consequence="whoever saves it from the site learns the place, to within a few metres",
        help=advice,
    )
    return replace(told, fix=fix)


def _unseen(path: str, noun: str) -> Finding:
    return finding(
        path,
        f"this {noun} is too large to be asked where it was taken",
        consequence="if it tells, whoever saves it from the site learns the place",
        help=f"make it smaller than {LONGEST // 1024 // 1024} MiB, or keep films where films are kept",
    )
