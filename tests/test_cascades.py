"""What a section hands down is what Hugo hands down."""

from __future__ import annotations

import posixpath
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.cascades import cascades_in, folders_above, inherited
from presscheck.why import why
from tests.conftest import findings_in, load, render, write

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


def test_a_draft_section_hides_its_pages_from_links_and_says_so(site_of: Make, tmp_path: Path) -> None:
    files = {
        "content/posts/later/_index.md": "+++\ntitle = 'Later'\n[[cascade]]\ndraft = true\n[cascade.target]\nkind = 'page'\n+++\n",
        "content/posts/later/ferry.md": "+++\ntitle = 'Ferry'\ndate = 2026-02-03T09:00:00Z\n+++\n\nSome text.\n",
        "content/posts/now.md": "+++\ntitle = 'Now'\ndate = 2026-02-03T09:00:00Z\n+++\n\nBy [ferry](/posts/later/ferry/).\n",
    }
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status == 0
    assert not (tmp_path / "out/posts/later/ferry/index.html").exists()
    assert ("link-to-hidden-page", "content/posts/now.md") in findings_in(folder)
    answer = why(load(folder), "content/posts/later/ferry.md")
    assert (answer.is_published, answer.reasons) == (False, ("it is a draft: a setting of its section",))


TREE = ("", "posts", "posts/deep", "posts/deep/er", "docs", "docs/api", "tags", "tags/red")
PAGES = ("posts/a.md", "posts/Tea Cup.md", "posts/pot/index.md", "posts/deep/b.md", "posts/deep/er/c.md",
         "posts/deep/er/d/index.md", "docs/e.md", "docs/api/f.md", "docs/api/g.md", "top.md")  # fmt: skip
VALUES = {
    "title": ("'T'", "''"),
    "draft": ("true", "false", "'true'"),
    "date": ("2020-01-01", "2031-01-01", "'2030-05-05'"),
    "publishDate": ("2033-01-01T00:00:00Z",),
    "expiryDate": ("2001-01-01", "2040-01-01"),
    "slug": ("'sl'",),
    "tags": ("['red', 'Blue Sky']", "'one'", "[]"),
    "url": ("'/u/:slug/'", "'/fixed/'"),
    "build": ("{render = 'never'}", "{list = 'never'}", "{render = 'link', list = 'local'}", "{}", "{render = false}"),
    "params": ("{tags = ['p']}", "{x = 1}"),
    "weight": ("3",),
}
PATHS = ("/**", "/posts/**", "/posts/*", "/posts", "{/posts/a,/docs/**}", "/posts/deep/**", "/tags/**", "/**/c", "/docs/api/?",
         "posts/**", "/POSTS/Tea-cup", "/")  # fmt: skip
KINDS = ("page", "page", "page", "PAGE", "section", "{page,section}", "*", "term")


def lines(chance: random.Random) -> list[str]:
    return [f"{key} = {chance.choice(data)}" for key, data in VALUES.items() if chance.random() < 0.16]


def cascade(chance: random.Random) -> str:
    tables = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        target = [f"path = '{chance.choice(PATHS)}'"] if chance.random() < 0.5 else []
        target += [f"kind = '{chance.choice(KINDS)}'"] if chance.random() < 0.8 else []
        target += [f"environment = '{chance.choice(('production', 'dev*'))}'"] if chance.random() < 0.1 else []
        whom = [f"target = {{{', '.join(target)}}}"] if target else []
        tables.append(f"{{{', '.join([*(lines(chance) or ['weight = 2']), *whom])}}}")
    return f"cascade = [{', '.join(tables)}]"


def random_site(chance: random.Random) -> dict[str, str]:
    """A site of which any page, section and tag may hand down anything to any other."""
    config = ['baseURL = "https://site.example/"', 'disableKinds = ["rss", "sitemap"]']
    config += [cascade(chance)] if chance.random() < 0.25 else []
    files = {"hugo.toml": "\n".join(config), "layouts/all.html": "Title: {{ .Title }}"}
    for folder in TREE:
        if chance.random() < 0.55:
            own = lines(chance) if chance.random() < 0.4 else []
            own += [cascade(chance)] if chance.random() < 0.5 else []
            files[posixpath.join("content", folder, "_index.md")] = "\n".join(["+++", *own, "+++", ""])
    for page in PAGES:
        own = [*lines(chance), *([cascade(chance)] if chance.random() < 0.03 else [])]
        files[f"content/{page}"] = "\n".join(["+++", *own, "+++", "Text"])
    return files


@pytest.mark.parametrize("seed", range(30))
def test_what_is_published_and_where_is_what_hugo_publishes(tmp_path: Path, seed: int) -> None:
    """In a third of these sites; in the others a cascade reaches a list without a file, which is left to Hugo."""
    folder, output = write(tmp_path / "site", random_site(random.Random(seed))), tmp_path / "out"  # noqa: S311 - for no secret
    assert render(folder, output).status == 0
    site = load(folder)
    there = {f"/{path.relative_to(output).as_posix()}".removesuffix("index.html"): path.read_text("utf-8")
             for path in output.rglob("*.html")}  # fmt: skip
    if site.is_whole:
        assert {*site.by_address, *site.list_addresses} == set(there)
        alone = [pages[0] for pages in site.by_address.values() if len(pages) == 1 and pages[0].kind == "page"]
        assert {page.address: page.title for page in alone} == {
            page.address: there[page.address or ""].removeprefix("Title: ") for page in alone
        }


def test_tables_in_one_line_and_lists_of_them_are_taken_apart() -> None:
    both = cascades_in([{"build": {"Render": "never"}, "_target": {"Path": "/a"}}, {"Params": {"Colour": "red"}}])
    assert [(each.values, each.whom) for each in both] == [
        ({"build": {"Render": "never"}}, {"path": "/a"}),
        ({"params": {"colour": "red"}}, {}),
    ]
    assert cascades_in(None) == ()


def test_the_first_that_has_a_key_gives_it_and_keys_below_params_count_one_by_one() -> None:
    near, far = {"date": 1, "params": {"a": 1}}, {"date": 2, "slug": "s", "params": {"a": 2, "b": 2}}
    assert inherited(cascades_in([near, far]), "/x", "page") == {"date": 1, "slug": "s", "params": {"a": 1, "b": 2}}


def test_whom_it_is_for_may_be_unclear() -> None:
    clear = cascades_in([{"target": {"path": "{/a,/b}/**", "kind": "", "environment": "prod*"}}, {"draft": True}])
    unclear = cascades_in([{"target": {"sites": {"matrix": {}}}}, {"target": {"path": "["}}, {"target": {"path": 3}}])
    assert [each.is_clear for each in (*clear, *unclear)] == [True, True, False, True, False]


def test_the_content_folder_is_above_every_other() -> None:
    assert list(folders_above("a/b")) == ["a/b", "a", ""]
