"""A configuration that Hugo refuses is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from presscheck import read
from presscheck.errors import EngineFailure
from tests.conftest import findings_in, load, render, write


@pytest.mark.parametrize(
    ("written", "place", "hint"),
    [
        ('theme = "lost"\n', "hugo.toml:2:1: ", "git submodule"),
        ('theme = ["here", "lost"]\n', "hugo.toml:2:1: ", "git submodule"),
        ('[[module.imports]]\npath = "example.org/lost"\n', "hugo.toml:3:1: ", "hugo mod vendor"),
        ('theme = "here"\n[caches.getjson]\ndir = ":cacheDir/x"\n', "hugo.toml:4:1: ", "configuration"),
    ],
)
def test_what_hugo_cannot_use_is_named_with_its_place(tmp_path: Path, written: str, place: str, hint: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "themes/here").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(f'baseURL = "https://example.org/"\n{written}', "utf-8")
    root = read.find_root(tmp_path)
    assert root
    with pytest.raises(EngineFailure) as caught:
        read.configured(root)
    assert caught.value.message.startswith(place)
    assert "WARN" not in caught.value.message
    assert hint in caught.value.hint


IGNORING = {
    "hugo.toml": 'baseURL = "https://site.example/"\nignoreFiles = ["/notes/", "(?i)[.]TMP[.]svg$"]\n',
    "layouts/all.html": "Title: {{ .Title }}",
    "content/posts/a.md": "+++\ntitle = 'A'\ndate = 2026-02-03T09:00:00Z\n+++\n\nSee [n](/notes/n/), ![an A](/posts/k/x.tmp.svg).\n",
    "content/posts/k/index.md": "+++\ntitle = 'K'\ndate = 2026-02-03T09:00:00Z\n+++\n\nText.\n",
    "content/posts/k/x.tmp.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    "content/posts/k/y.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    "content/notes/n.md": "no front matter, as nobody reads this\n",
    "static/z.tmp.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
}


def test_what_hugo_is_told_to_ignore_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", IGNORING)
    assert render(folder, tmp_path / "out").status == 0
    there = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    site = load(folder)
    assert {address.strip("/") for address in site.file_addresses} == {path for path in there if path.endswith(".svg")}
    assert {page.path for page in site.pages} == {"posts/a.md", "posts/k/index.md"}
    assert findings_in(folder) >= {("link-broken", "content/posts/a.md"), ("image-missing", "content/posts/a.md")}
    assert {path for _, path in findings_in(folder)} == {"content/posts/a.md"}


def test_a_pattern_that_only_hugo_can_read_leaves_the_site_to_it(tmp_path: Path) -> None:
    config = IGNORING["hugo.toml"].replace("/notes/", "(?U)/notes/")
    folder = write(tmp_path / "site", {**IGNORING, "hugo.toml": config})
    assert render(folder, tmp_path / "out").status == 0
    assert not load(folder).is_whole
