"""A site on its first day: what would be a list says that nothing is in it, and nothing leads to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT, lay_our_templates, render, write

PAGES = {
    "_index.md": 'title = "A new blog"',
    "posts/_index.md": 'title = "Posts"',
    "tags/_index.md": 'title = "Tags"',
    "archive/_index.md": 'title = "Archive"\nlayout = "archive"',
    "docs/_index.md": 'title = "Docs"',
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    files = {f"content/{path}": f"+++\n{front_matter}\n+++\n" for path, front_matter in PAGES.items()}
    files["config.toml"] = (ROOT / "config.toml").read_text("utf-8")
    run = render(write(lay_our_templates(folder / "site"), files), folder / "public")
    assert not run.status, run.output
    assert not run.messages
    return folder / "public"


@pytest.mark.parametrize("path", ["", "posts/", "tags/", "series/", "archive/"])
def test_a_list_of_nothing_says_so(public: Path, path: str) -> None:
    main = LexborHTMLParser((public / path / "index.html").read_text("utf-8")).css("main")[0]
    assert [each.text() for each in main.css("p.meta")] == ["Nothing here yet."]
    assert main.css("h2, section, ul, article, a") == []


def test_a_missing_page_offers_no_newest_posts(public: Path) -> None:
    main = LexborHTMLParser((public / "404.html").read_text("utf-8")).css("main")[0]
    assert main.css("h2, section") == []


def test_nothing_is_said_to_be_missing_where_something_is(tmp_path: Path) -> None:
    post = '+++\ntitle = "A"\ndate = 2026-01-02T09:00:00Z\ntags = ["X"]\n+++\n\nText.\n'
    files = {f"content/{name}": f"+++\n{front_matter}\n+++\n" for name, front_matter in PAGES.items()}
    files |= {"config.toml": (ROOT / "config.toml").read_text("utf-8"), "content/posts/a.md": post}
    assert not render(write(lay_our_templates(tmp_path / "site"), files), tmp_path / "public").status
    pages = list((tmp_path / "public").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        is_series = page.parent.name == "series"
        assert ("Nothing here yet." in page.read_text("utf-8")) is is_series, page
