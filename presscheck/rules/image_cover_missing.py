"""A post names the picture that a shared link to it shows.

Programs for messages and social networks show a link as a card, with the picture that the page names for it. Hugo's own
templates for that, `opengraph.html` and `twitter_cards.html`, look at the key `images`, then for a picture in the post's
folder whose name contains `feature`, `cover` or `thumbnail`, then at `images` below `[params]` in the configuration. They
take no picture from the text. Where they find none, they name none, and the card is a line of words among others' pictures;
Hugo says nothing.

Write `images = ["images/press.png"]`, or name a picture beside the post's `index.md` so. Not every site shows cards, so the
rule is off unless the settings turn it on:

```toml
[params.presscheck.rules.image-cover-missing]
severity = "info"
sections = ["posts"]
keys = ["images", "cover.image"]
own = true
```

`sections` names the sections whose posts are asked, otherwise the main ones: those that `mainSections` names, else the one
with the most pages. `keys` is for themes that read other keys; one in a table is written with a dot. Where the
configuration has a picture for all, nothing is asked, unless `own` says that each post needs its own. Nothing is asked
either where a section hands `images` down by a `cascade`. Whether the picture is there, and whether
the site's templates name it at all, is not asked.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.rules._pictures import folders
from presscheck.rules._sections import posts
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False

_COVER = re.compile("feature|cover|thumbnail", re.IGNORECASE)
_PICTURES = (
    ".png", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".ico", ".heic", ".heif"
)  # fmt: skip
"""The endings of what Hugo takes for pictures."""
_FIT_FOR_CARDS = (".png", ".jpg", ".jpeg", ".webp", ".gif")


@dataclass(frozen=True)
class Options:
    """What may be set."""

    sections: tuple[str, ...] = ()
    """The sections whose posts are asked; none named means the main sections of the site."""
    keys: tuple[str, ...] = ("images",)
    """The front matter keys that may name the picture; one in a table with a dot, as `cover.image`."""
    own: bool = False
    """Whether each post needs a picture of its own where the configuration has one for all."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every post for a key that names a picture, or a picture whose name says what it is for."""
    names = frozenset(key.lower().rpartition(".")[2] for key in options.keys)
    if not site.is_whole or (_of_site(site) and not options.own):
        return
    covered = _covered(site)
    for page in posts(site, options.sections):
        if not page.front_matter.is_read_by_hugo or (page.is_leaf_bundle and page.directory in covered):
            continue
        if not names.isdisjoint(_keys(page.inherited)):
            continue
        entries = [entry for key in options.keys for entry in _entries(page, key)]
        if not any(_says(entry.data) for entry in entries) and not _is_renamed(page):
            yield _finding(page, site, entries[0] if entries else None, next(iter(options.keys), "images"))


def _entries(page: Page, key: str) -> list[Entry]:
    """The entries for `key`, below `[params]` or not."""
    document = page.front_matter.document
    path = key.split(".")
    return [entry for entry in (document.at("params", *path), document.at(*path)) if entry]


def _says(data: Any) -> bool:
    """Whether anything is in a value."""
    return any(map(_says, data)) if isinstance(data, list) else bool(str(data or "").strip())


def _is_renamed(page: Page) -> bool:
    """Whether `[[resources]]` gives a picture such a name, or may."""
    entries = page.front_matter.document.entries
    return any(entry.path[0].lower() == "resources" and _COVER.search(str(entry.data)) for entry in entries)


def _of_site(site: Site) -> bool:
    """Whether the configuration has a picture for all pages."""
    return bool(site.config.params.get("images"))


def _keys(data: Any) -> Iterator[str]:
    """Every key in `data`, in lower case, those of tables in it too."""
    for key, value in data.items() if isinstance(data, Mapping) else ():
        yield key.lower()
        yield from _keys(value)


def _covered(site: Site) -> frozenset[str]:
    """The folders in which a picture lies whose name says that it is for cards."""
    found = (posixpath.split(path) for path in site.files if path.lower().endswith(_PICTURES))
    return frozenset(folder for folder, name in found if _COVER.search(name))


def _finding(page: Page, site: Site, blank: Entry | None, key: str) -> Finding:
    return Finding(
        message=f"`{blank.name}` is blank" if blank else "the post names no picture for shared links",
        path=page.file,
        span=blank.value.span if blank else page.opening,
        label="nothing is in it" if blank else "",
        consequence="a link to it that somebody shares shows no picture",
        help=_advice(page, site, key),
    )


def _advice(page: Page, site: Site, key: str) -> str:
    """How to name a picture: one beside the post, where there is any."""
    own = folders(site).get(page.directory, ()) if page.is_leaf_bundle else ()
    name = next((posixpath.basename(path) for path in own if path.lower().endswith(_FIT_FOR_CARDS)), "")
    if key != "images":
        return f"name one in `{key}`"
    form = {"toml": 'images = ["{}"]', "json": '"images": ["{}"]'}.get(page.front_matter.notation, 'images: ["{}"]')
    return f"write `{form.format(name or 'images/press.png')}`, with the picture of your choice"
