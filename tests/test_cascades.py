"""What a section hands down is what Hugo hands down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.cascades import folders_above, settings_in, settings_of
from presscheck.front_matter import read_front_matter
from tests.conftest import findings_in, render

Make = Callable[..., Path]

HIDING = """\
---
title: Parts
cascade:
  build: {render: never, list: never}
---
"""
LATER = """\
+++
title = "Parts"
[[cascade]]
[cascade.build]
render = "never"
list = "never"
[cascade.target]
kind = "page"
+++
"""
NAMING = """\
+++
title = "Notes"
[cascade]
title = "One of the notes"
description = "What a note says, for those who look for it."
date = 2026-02-03T09:00:00Z
+++
"""


@pytest.mark.parametrize("section", [HIDING, LATER])
def test_a_text_that_others_include_needs_no_title_no_date_and_no_front_matter(
    site_of: Make, tmp_path: Path, section: str
) -> None:
    files = {
        "content/posts/parts/_index.md": section,
        "content/posts/parts/warning.md": "---\n# nothing\n---\n\nMind the step.\n",
        "content/posts/parts/farewell.md": "Good night.\n",
        "content/posts/parts/blank.md": '+++\ntitle = "Later"\ndate = 2026-02-03T09:00:00Z\n+++\n',
    }
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status == 0
    assert not list((tmp_path / "out").glob("posts/parts/*/index.html"))
    assert not [each for each in findings_in(folder) if "parts/" in each[1]]


def test_a_list_of_points_without_front_matter_stops_hugo_even_where_it_is_hidden(
    site_of: Make, tmp_path: Path
) -> None:
    files = {"content/posts/parts/_index.md": HIDING, "content/posts/parts/points.md": "- one\n- two\n"}
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status != 0
    assert ("front-matter-missing", "content/posts/parts/points.md") in findings_in(folder)


def test_a_page_may_be_shown_although_its_section_hides_the_others(site_of: Make, tmp_path: Path) -> None:
    shown = "+++\n[build]\nrender = 'always'\nlist = 'always'\n+++\n\nSome text.\n"
    folder = site_of({"content/posts/parts/_index.md": HIDING, "content/posts/parts/shown.md": shown})
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/posts/parts/shown/index.html").exists()
    assert ("key-missing", "content/posts/parts/shown.md") in findings_in(folder)


def test_what_is_handed_down_counts_as_set(site_of: Make, tmp_path: Path) -> None:
    files = {
        "layouts/single.html": "{{ .Title }}|{{ .Description }}|{{ .Date.Year }}",
        "content/posts/notes/_index.md": NAMING,
        "content/posts/notes/first.md": "+++\ndraft = false\n+++\n\nSome text.\n",
        "hugo.toml": 'baseURL = "https://site.example/"\n[params.presscheck.rules.key-missing]\nkeys = ["title", "description"]\n',
    }
    folder = site_of(files)
    for name in ("config.toml", "layouts/page.html"):
        (folder / name).unlink(missing_ok=True)
    assert render(folder, tmp_path / "out").status == 0
    page = (tmp_path / "out/posts/notes/first/index.html").read_text("utf-8")
    assert page == "One of the notes|What a note says, for those who look for it.|2026"
    told = {rule for rule, path in findings_in(folder) if path.endswith("first.md")}
    assert told.isdisjoint({"key-missing", "date-missing"})


def test_tables_in_one_line_and_lists_of_them_are_taken_apart() -> None:
    text = "---\ncascade:\n- build: {Render: never}\n  target: {path: /a}\n- params:\n    colour: red\n---\n"
    assert settings_of(read_front_matter(text)) == ((("build", "render"), "never"), (("params", "colour"), "red"))
    assert list(settings_in([{"_target": {"kind": "page"}, "draft": True}])) == [(("draft",), True)]
    assert list(settings_in(None)) == []


def test_the_content_folder_is_above_every_other() -> None:
    assert list(folders_above("a/b")) == ["a/b", "a", ""]
