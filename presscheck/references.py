"""How Hugo finds the page that `ref`, `relref` or a path in a link means. Learnt by asking Hugo; tests/test_references.py asks again.

Hugo knows each page by a path of its own: `/posts/tea` for `posts/tea.md`, for `posts/tea/index.md` and for
`posts/Tea.de.md`, `/posts` for `posts/_index.md` and for a folder of posts without one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from enum import Enum, auto

_ENDINGS = frozenset(
    (".ad", ".adoc", ".asciidoc", ".htm", ".html", ".markdown", ".md", ".mdown", ".org", ".pandoc", ".pdc", ".rst")
)
_INDEXES = frozenset({"index", "_index"})


class By(Enum):
    """What of a page is compared."""

    PATH = auto()
    """Its path, as `path_of` makes it."""
    FILE = auto()
    """Its file, relative to the content folder."""
    NAME = auto()
    """The last part of its path, which only one page may have."""


def path_of(folder: str, stem: str) -> str:
    """The path by which Hugo knows the page of the file called `stem`, without endings, in `folder`."""
    parts = (folder,) if stem.lower() in _INDEXES else (folder, stem)
    return "/" + "/".join(filter(None, parts)).lower().replace(" ", "-")


def tried(
    reference: str, *, folder: str, directory: str, owns_folder: bool, languages: Collection[str]
) -> Iterator[tuple[By, str]]:
    """What Hugo looks for, one after the other, to find what `reference`, without query and fragment, means on a page.

    The page's file lies in `directory`, relative to the content folder, and in `folder`, relative to that of its language;
    `owns_folder` is of a leaf bundle. The codes of `languages` may end the names of files. A name is looked for by
    `ref` and `relref` only.
    """
    wanted = reference.rstrip("/")
    if wanted.startswith("//"):  # to Hugo, an address without its scheme
        wanted = "/" + wanted[2:].partition("/")[2]
    has_ending = "." in posixpath.basename(wanted)
    is_upward = has_ending and wanted.startswith("../")
    if wanted and not wanted.startswith("/"):
        base = posixpath.dirname(folder) if owns_folder and not is_upward else folder
        yield By.PATH, _without_endings(f"{base}/{wanted}", languages)
        if has_ending:
            yield By.FILE, posixpath.normpath(posixpath.join(directory, wanted))
    if wanted.startswith("."):
        return
    path = _without_endings(wanted, languages)
    yield By.PATH, path
    if wanted and "/" not in wanted:
        is_page = posixpath.splitext(wanted)[1].lower() in _ENDINGS
        yield By.NAME, path[1:] if is_page or not has_ending else path_of("", wanted.rpartition(".")[0])[1:]


def _without_endings(path: str, languages: Collection[str]) -> str:
    """`path` from the root on, without the ending of a page's file, the code of a language before that, and `index`."""
    folder, name = posixpath.split(posixpath.normpath(f"/{path.lstrip('/')}"))
    stem, ending = posixpath.splitext(name)
    if ending.lower() not in _ENDINGS:
        return path_of(folder.lstrip("/"), name)
    rest, code = posixpath.splitext(stem)
    return path_of(folder.lstrip("/"), rest if code[1:].lower() in languages else stem)
