"""Pages of several languages, each in a folder of its own, are read and judged as Hugo takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from tests.conftest import load, render, write

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


def findings(folder: Path) -> set[tuple[str, str]]:
    site = load(folder)
    return {(each.rule, each.path) for each in check_site(site, active_rules(site.config))}


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
    assert not findings(folder)


@pytest.mark.parametrize("config", [{"hugo.toml": BASE + FOLDERS}, {"config/_default/hugo.toml": BASE + FOLDERS}])
def test_a_page_that_only_another_language_has_is_not_there(
    made: Callable[..., Path], tmp_path: Path, config: Mapping[str, str]
) -> None:
    folder = made({**config, **{name: text for name, text in TEA.items() if name != "content/de/posts/water.md"}})
    assert render(folder, tmp_path / "out").status != 0
    assert ("link-broken", "content/de/posts/tea.md") in findings(folder)


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
    assert findings(folder) == {("link-broken", "content/en/posts/cup.md")}


def test_links_are_not_judged_where_addresses_begin_with_the_language(
    made: Callable[..., Path], tmp_path: Path
) -> None:
    files = {
        "hugo.toml": f"defaultContentLanguageInSubdir = true\n{BASE}",
        "content/posts/tea.md": post("Tea", "[Water](/en/posts/water/)"),
        "content/posts/water.md": post("Water", "Some."),
    }
    folder = made(files)
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/en/posts/water/index.html").exists()
    assert not findings(folder)


def test_folders_without_a_folder_around_them_are_named(made: Callable[..., Path]) -> None:
    text = f'{BASE}[languages.en]\ncontentDir = "content"\n[languages.de]\ncontentDir = "german"\n'
    folder = made({"config/_default/hugo.toml": text, "german/posts/tea.md": post("Tee", "Tee."),
                   "content/posts/tea.md": post("Tea", "Tea.")})  # fmt: skip
    assert findings(folder) == {("config-content-unread", "config/")}
