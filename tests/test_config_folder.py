"""A folder of settings says what Hugo takes from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.config_folder import merged, table_of
from presscheck.errors import UsageError
from tests.conftest import load, render, write

BASE = 'baseURL = "https://site.example/"\n'
POST = "+++\ntitle = 'A'\ndate = 2026-02-03T09:00:00Z\n+++\n\n[away](/posts/b/)\n"
LAYOUT = "{{ .Title }} {{ .Draft }} {{ .Params.mood }} {{ .Content }}"


def site_at(folder: Path, files: dict[str, str]) -> Path:
    usual = {"layouts/all.html": LAYOUT, "content/posts/a.md": POST}
    return write(folder / "site", {**usual, **files})


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("config/_default/hugo.toml", ()),
        ("config/_default/config.yaml", ()),
        ("config/_default/params.toml", ("params",)),
        ("config/_default/deep/params.toml", ("params",)),
        ("config/_default/params.de.toml", ("languages", "de", "params")),
        ("config/production/menu.de.json", ("languages", "de", "menus")),
        ("config/_default/menus.toml", ("menus",)),
        ("config/_default/other.de.toml", ("languages", "de")),
    ],
)
def test_a_file_stands_for_a_table(name: str, table: tuple[str, ...]) -> None:
    assert table_of(name) == table


def test_what_is_read_later_goes_before() -> None:
    files: list[tuple[str, dict[str, object]]] = [
        ("hugo.toml", {"title": "One", "Markup": {"a": 1, "b": 1}}),
        ("markup.toml", {"B": 2}),
        ("hugo.toml", {"TITLE": "Two"}),
    ]
    assert merged(files) == {"TITLE": "Two", "markup": {"a": 1, "B": 2}}


TARGET = '[cascade.target]\nkind = "page"\n'
SECRET = f"[cascade]\ndraft = true\n{TARGET}"
OPEN = f"[cascade]\ndraft = false\n{TARGET}"
FOLDERS = {
    "one file": {"config/_default/hugo.toml": BASE + SECRET},
    "a file of its own": {
        "config/_default/hugo.toml": BASE,
        "config/_default/cascade.yaml": "draft: true\ntarget:\n  kind: page\n",
    },
    "for some pages": {
        "config/_default/hugo.toml": BASE
        + '[[cascade]]\ndraft = true\n[cascade.target]\npath = "/posts/a"\n[[cascade]]\n[cascade.params]\nmood = "calm"\n'
    },
    "for the published site": {
        "config/_default/hugo.toml": BASE + OPEN,
        "config/production/hugo.toml": SECRET,
    },
    "not for the published site": {
        "config/_default/hugo.toml": BASE + SECRET,
        "config/production/hugo.toml": OPEN,
        "config/development/hugo.toml": SECRET,
    },
    "beside a file": {
        "hugo.toml": BASE + OPEN,
        "config/_default/cascade.toml": 'draft = true\n[target]\nkind = "page"\n',
    },
    "none": {"config/_default/hugo.toml": BASE, "config/_default/notes.txt": "cascade\n"},
}


@pytest.mark.parametrize("files", FOLDERS.values(), ids=FOLDERS.keys())
def test_what_a_folder_hands_down_is_known(tmp_path: Path, files: dict[str, str]) -> None:
    folder = site_at(tmp_path, files)
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    (page,) = site.pages
    assert site.is_whole
    assert page.is_draft != (tmp_path / "out/posts/a/index.html").is_file()


def test_a_language_that_hands_down_is_left_to_hugo(tmp_path: Path) -> None:
    languages = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n[languages.en.cascade]\ndraft = true\n"
    folder = site_at(tmp_path, {"config/_default/hugo.toml": BASE + languages})
    assert render(folder, tmp_path / "out").status == 0
    assert not (tmp_path / "out/posts/a/index.html").is_file()
    assert not load(folder).is_whole


def test_parameters_are_kept_as_they_are_written(tmp_path: Path) -> None:
    files = {
        "config/_default/hugo.toml": BASE + "[params]\nfirst = 1\n",
        "config/_default/params.toml": "[presscheck]\nmarkdown-style = true\n",
        "config/production/params.toml": 'mainMood = "calm"\n',
    }
    folder = site_at(tmp_path, files)
    said = json.loads(hugo.merged_config(folder))["params"]
    params = load(folder).config.params
    assert params == {"first": 1, "presscheck": {"markdown-style": True}, "mainmood": "calm"}
    assert {key.lower() for key in said} <= set(params)


def test_a_file_that_hugo_cannot_read_is_named(tmp_path: Path) -> None:
    folder = site_at(tmp_path, {"config/_default/hugo.toml": BASE, "config/_default/menus.toml": "[[main]\n"})
    with pytest.raises(UsageError, match=r"config/_default/menus\.toml:1:\d+: "):
        load(folder)
