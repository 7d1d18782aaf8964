"""The sites, built once for all workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from presscheck.files import locked
from tests.reader.serve import build_blog, build_gallery, serve
from tests.reader.visit import GALLERY_PAGES, PAGES


@pytest.fixture(scope="session")
def blog(shared: Path) -> Iterator[str]:
    """The address of this repository's site, without the last slash."""
    with serve(_once(shared / "blog", build_blog)) as address:
        yield address


@pytest.fixture(scope="session")
def gallery(shared: Path) -> Iterator[str]:
    """The address of the site with everything in it."""
    with serve(_once(shared / "gallery", build_gallery)) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(blog: str, gallery: str) -> dict[str, str]:
    """Where each of the KINDS is."""
    return {
        **{kind: blog + path for kind, path in PAGES.items()},
        **{kind: gallery + path for kind, path in GALLERY_PAGES.items()},
    }


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers see."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "reader"


def _once(folder: Path, build: Callable[[Path], None]) -> Path:
    """What `build` makes below `folder`, made by the worker that comes first."""
    public = folder / "public"
    with locked(folder / "turn", 600):
        if not public.exists():
            build(public)
    return public
