"""Pages of several languages, each in a folder of its own, are read and judged as Hugo takes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from tests.conftest import ROOT, findings_in, load, render, write

BASE = 'baseURL = "https://site.example/"\ntitle = "Two languages"\n'
FOLDERS = '[languages.en]\ncontentDir = "content/en"\n[languages.de]\ncontentDir = "content/de"\n'
LAYOUTS = {"layouts/all.html": "<h1>{{ .Title }}</h1>{{ .Content }}", "layouts/404.html": "nothing here"}


def post(title: str, text: str) -> str:
    return f'+++\ntitle = "{title}"\ndate = 2026-02-03T09:00:00Z\n+++\n\n{text}\n'


TEA = {
    "content/en/posts/tea.md": post("Tea", 'See [about water]({{< relref "water.md" >}}).'),
    "content/en/posts/water.md": post("Water", 'Used for [tea]({{< ref "/posts/tea" >}}).'),
    "content/de/posts/tea.md": post("Tee", 'Mehr [zum Wasser]({{< relref "water.md" >}}).'),
    "content/de/posts/water.md": post("Wasser", 'Für den [Tee]({{< ref "/posts/tea" >}}).'),
}


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    return lambda files: write(tmp_path / "site", {**LAYOUTS, **files})


@pytest.mark.parametrize("config", [{"hugo.toml": BASE + FOLDERS}, {"config/_default/hugo.toml": BASE + FOLDERS}])
def test_a_page_means_those_of_its_own_language(
    made: Callable[..., Path], tmp_path: Path, config: Mapping[str, str]
) -> None:
    folder = made({**config, **TEA})
    assert render(folder, tmp_path / "out").status == 0
    assert 'href="/de/posts/water/"' in (tmp_path / "out/de/posts/tea/index.html").read_text("utf-8")
    site = load(folder)
    assert {page.file for page in site.pages} == set(TEA)
    assert {(page.home, page.place, page.section, page.kind) for page in site.pages} == {
        ("en", "posts", "posts", "page"),
        ("de", "posts", "posts", "page"),
    }
    assert not findings_in(folder)


@pytest.mark.parametrize("config", [{"hugo.toml": BASE + FOLDERS}, {"config/_default/hugo.toml": BASE + FOLDERS}])
def test_a_page_that_only_another_language_has_is_not_there(
    made: Callable[..., Path], tmp_path: Path, config: Mapping[str, str]
) -> None:
    folder = made({**config, **{name: text for name, text in TEA.items() if name != "content/de/posts/water.md"}})
    assert render(folder, tmp_path / "out").status != 0
    assert ("link-broken", "content/de/posts/tea.md") in findings_in(folder)


def test_the_lists_of_each_language_are_lists(made: Callable[..., Path]) -> None:
    lists = {f"content/{code}/{path}": "+++\ntitle = 'A list'\n+++\n" for code in ("en", "de") for path in
             ("_index.md", "posts/_index.md", "tags/_index.md", "tags/tea/_index.md")}  # fmt: skip
    site = load(made({"hugo.toml": BASE + FOLDERS, **TEA, **lists}))
    kinds = {page.path: page.kind for page in site.pages if page.kind != "page"}
    assert kinds == {
        f"{code}/{path}": kind
        for code in ("en", "de")
        for path, kind in {
            "_index.md": "home",
            "posts/_index.md": "section",
            "tags/_index.md": "taxonomy",
            "tags/tea/_index.md": "term",
        }.items()
    }


@pytest.mark.parametrize(
    "config",
    [
        '[languages.en]\ncontentDir = "content/en"\n',
        f'disableLanguages = ["de"]\n{FOLDERS}',
        f"{FOLDERS}disabled = true\n",
        '[permalinks]\nposts = "/no/:slug/"\n[languages.en]\ncontentDir = "content/en"\n[languages.en.permalinks]\nposts = "/posts/:slug/"\n',
    ],
)
def test_where_one_language_is_left_its_addresses_are_known(
    made: Callable[..., Path], tmp_path: Path, config: str
) -> None:
    broken = {"content/en/posts/cup.md": post("Cup", "Here is [one](/posts/tea/), and here [none](/en/posts/tea/).")}
    folder = made({"hugo.toml": BASE + config, **TEA, **broken})
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    for page in site.pages:
        assert page.address is not None
        assert (tmp_path / "out" / page.address.strip("/") / "index.html").exists(), page.address
    assert findings_in(folder) == {("link-broken", "content/en/posts/cup.md")}


def page(title: str, *keys: str) -> str:
    lines = "\n".join((f'title = "{title}"', "date = 2026-02-03T09:00:00Z", *keys))
    return f"+++\n{lines}\n+++\n\nSome text.\n"


EVERYTHING = {
    "_index.md": page("Home"),
    "top.md": page("Top"),
    "posts/_index.md": page("Posts"),
    "posts/tea.md": page("Tea", 'tags = ["hot", "Fine Thing"]', 'aliases = ["/old/", "beside"]'),
    "posts/fixed.md": page("Fixed", 'url = "loose/"'),
    "posts/slug.md": page("Slug", 'slug = "another-name"'),
    "notes/dated.md": page("Dated", 'slug = "dated"'),
    "bundle/index.md": page("Bundle"),
    "branch/_index.md": page("Branch"),
    "tags/hot/_index.md": page("Hot"),
}
ONLY_GERMAN = {"only/kanne.md": page("Kanne"), "posts/rooted.md": page("Rooted", 'url = "/fest/"')}
SETTINGS = """\
baseURL = "https://site.example/below/"
title = "Two languages"
disableKinds = ["rss", "sitemap"]
[permalinks.page]
notes = "/n/:year/:slug/"
[taxonomies]
tag = "tags"
"""
BESIDE = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
FIRST = 'defaultContentLanguage = "de"\n'
BELOW = "defaultContentLanguageInSubdir = true\n"


@pytest.mark.parametrize("top", ["", FIRST, BELOW, FIRST + BELOW])
@pytest.mark.parametrize("way", ["folders", "names", "one"])
def test_every_address_of_every_language_is_known(
    made: Callable[..., Path], tmp_path: Path, way: str, top: str
) -> None:
    files = {"hugo.toml": top + SETTINGS + {"folders": FOLDERS, "names": BESIDE, "one": ""}[way]}
    for name, text in EVERYTHING.items():
        files |= (
            {f"content/en/{name}": text} if way == "folders" else {f"content/{name.replace('.md', '.en.md')}": text}
        )
    for name, text in {**EVERYTHING, **ONLY_GERMAN}.items():
        files |= (
            {f"content/de/{name}": text} if way == "folders" else {f"content/{name.replace('.md', '.de.md')}": text}
        )
    if way == "one":
        code = ".de.md" if top.startswith(FIRST) else ".en.md"
        files = {name: text for name, text in files.items() if name.endswith((code, ".toml"))}
    folder = made(files)
    assert render(folder, tmp_path / "out").status == 0
    made_by_hugo = {
        "/" + path.relative_to(tmp_path / "out").as_posix().removesuffix("index.html")
        for path in (tmp_path / "out").rglob("*.html")
        if path.name != "404.html"
    }
    site = load(folder)
    assert {page.address for page in site.pages} <= made_by_hugo
    assert made_by_hugo <= site.addresses
    assert site.addresses - made_by_hugo <= {"/en/", "/de/"}


def test_links_are_judged_across_languages(made: Callable[..., Path], tmp_path: Path) -> None:
    files = {
        "hugo.toml": BASE + FOLDERS,
        **TEA,
        "content/en/posts/cup.md": post("Cup", "Auf Deutsch: [Tee](/de/posts/tea/), [Tasse](/de/posts/cup/)."),
        "content/de/posts/pot.md": post("Kanne", "Siehe [Tee](../tea/), [Tea](/posts/tea/), [Tasse](../cup/)."),
    }
    folder = made(files)
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    told = [each for each in check_site(site, active_rules(site.config)) if each.rule == "link-broken"]
    assert [(each.path, each.message) for each in told] == [
        ("content/de/posts/pot.md", "`../cup/` leads nowhere"),
        ("content/en/posts/cup.md", "`/de/posts/cup/` leads nowhere"),
    ]


def test_the_same_title_or_text_in_two_languages_is_no_repetition(made: Callable[..., Path]) -> None:
    text = " ".join(f"Word{number} and more of it." for number in range(120))
    files = {f"content/posts/faq.{code}.md": post("FAQ", text) for code in ("en", "de")}
    assert not findings_in(made({"hugo.toml": BASE + BESIDE, **files}))


def test_tags_of_two_languages_are_no_spellings_of_one(made: Callable[..., Path], tmp_path: Path) -> None:
    files = {
        f"content/posts/{name}.{code}.md": post(f"{name} {code}", "Some text about it.").replace(
            "date", f'tags = ["{tag}"]\ndate'
        )
        for code, tag in (("en", "Design"), ("de", "design"))
        for name in ("one", "two")
    }
    folder = made({"hugo.toml": BASE + BESIDE, **files})
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/de/tags/design/index.html").exists()
    assert not findings_in(folder)


def test_a_language_that_is_switched_off_is_not_published(made: Callable[..., Path], tmp_path: Path) -> None:
    files = {
        "hugo.toml": f'disableLanguages = ["de"]\n{BASE}{BESIDE}',
        "content/posts/tea.md": post("Tea", "[Tee](/de/posts/tea/) and [water](/posts/water/)."),
        "content/posts/tea.de.md": post("Tee", "Tee."),
        "content/posts/water.md": post("Water", "Water."),
    }
    folder = made(files)
    assert render(folder, tmp_path / "out").status == 0
    assert not (tmp_path / "out/de").exists()
    assert findings_in(folder) == {("link-to-hidden-page", "content/posts/tea.md")}


@pytest.mark.parametrize(
    ("config", "place"), [(FOLDERS, "content/en/posts"), (BESIDE, "content/posts"), ("", "content/posts")]
)
def test_a_new_post_is_in_the_first_language(made: Callable[..., Path], config: str, place: str) -> None:
    folder = made({"hugo.toml": BASE + config})
    command = [sys.executable, "-m", "presscheck", "new", "Ginger tea"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"{place}/ginger-tea.md"
    assert "Ginger" in (folder / place / "ginger-tea.md").read_text("utf-8")


def test_folders_without_a_folder_around_them_are_named(made: Callable[..., Path]) -> None:
    text = f'{BASE}[languages.en]\ncontentDir = "content"\n[languages.de]\ncontentDir = "german"\n'
    folder = made({"config/_default/hugo.toml": text, "german/posts/tea.md": post("Tee", "Tee."),
                   "content/posts/tea.md": post("Tea", "Tea.")})  # fmt: skip
    assert findings_in(folder) == {("config-content-unread", "config/")}
