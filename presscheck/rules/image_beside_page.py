"""A picture that a post shows by its name lies in the post's own folder.

`posts/tea.md` and `posts/kettle.png` lie side by side on disk, and `![The kettle](kettle.png)` looks right in an editor. But the post's address is
`/posts/tea/`: there the name means `/posts/tea/kettle.png`, and the picture is at `/posts/kettle.png`. Hugo says nothing, and readers see a
broken frame.

Give the post a folder of its own: `posts/tea/index.md` with `posts/tea/kettle.png` beside it. Hugo calls this a bundle; the post keeps
its address, and the name becomes right. The fix moves both. It may be applied with `--unsafe-fixes`, because another post
may show the picture from where it is now. Pictures that are nowhere are for `image-missing`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Move, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._destinations import beside
from presscheck.site import Site

SEVERITY = Severity.ERROR
SUPERSEDES = ("image-missing",)


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its images that is not there whether it lies beside the post's file."""
    found = {}
    for link, resolution in site.once(Links).doubtful(page):
        if link.is_image and not resolution.is_found:
            place = beside(site, page, link)
            if place:
                found[link] = place
    fix = _bundled(site, page, tuple(dict.fromkeys(found.values()))) if found else None
    for link, place in {link.destination_span: (link, found[link]) for link in reversed(found)}.values():
        yield _finding(page, link, site.once(Links).written("/" + place, is_image=True), fix)


def _finding(page: Page, link: Target, written: str, fix: Fix | None) -> Finding:
    to = f"{posixpath.splitext(page.file)[0]}/index.md"
    return Finding(
        message=f"the picture `{link.destination}` lies beside the post, not in a folder of its own",
        path=page.file,
        span=link.destination_span,
        label=f"this is looked for below {page.address}",
        consequence="readers see a broken frame with the alternative text",
        help=f"make the post a bundle: move it to `{to}`, and the picture beside it"
        if fix
        else f"write the picture's own address, `{written}`",
        fix=fix,
    )


def _bundled(site: Site, page: Page, places: tuple[str, ...]) -> Fix | None:
    """The post and the pictures that it names, moved into a folder of their own; None where that is not simple."""
    folder = f"{page.directory}/{page.stem}".lstrip("/")
    base = page.directory + "/" if page.directory else ""
    if any(path.lower() in site.by_path for path in site.below(folder)):
        return None
    root = site.config.content_dir
    ending = posixpath.basename(page.file)[len(page.stem) :]
    moves = [Move(page.file, f"{root}/{folder}/index{ending}")]
    moves += [Move(f"{root}/{place}", f"{root}/{folder}/{place[len(base) :]}") for place in places]
    return Fix(f"make the post a bundle in `{root}/{folder}/`", Applicability.UNSAFE, moves=tuple(moves))
