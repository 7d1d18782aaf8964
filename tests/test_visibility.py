"""Which pages Hugo publishes, as their front matter and the configuration decide it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.why import why
from tests.conftest import findings_in, load, render, write

Make = Callable[..., Path]

CONFIG = 'baseURL = "https://site.example/"\ndisableKinds = [{disabled}]\n{settings}\n[taxonomies]\ntag = "tags"\n'
LAYOUTS = {"layouts/all.html": "a page", "layouts/all.json": "{}"}
TRUTHS = ("true", "false", "null", '"true"', '"false"', '"t"', '"no"', '""', "0", "1", "1.5", '"0"')
PLACES = ("posts/{}.md", "bundles/{}/index.md", "lists/{}/_index.md")
HIDING = (
    *(f"headless: {data}" for data in TRUTHS),
    *(f"draft: {data}" for data in TRUTHS),
    *(f"build: {{render: {data}}}" for data in (*TRUTHS, "never", "link", "Never", "always")),
    *("published:", "published:\ndraft: false", "published: false\npublishDate: 2020-01-01", "published: 2020-01-01"),
    *(
        "headless: true\nbuild: {render: always}",
        "outputs: [json]",
        "outputs: [HTML, json]",
        "outputs: []",
        "outputs: rss",
    ),
)


def page(keys: str = "", text: str = "Text.") -> str:
    return f"---\ntitle: T\ndate: 2020-01-01\n{keys}\n---\n\n{text}\n"


def config(*disabled: str, settings: str = "") -> str:
    kinds = ("rss", "sitemap", "404", *disabled)
    return CONFIG.format(disabled=", ".join(f'"{kind}"' for kind in kinds), settings=settings)


def made(folder: Path, output: Path) -> set[str]:
    assert render(folder, output).status == 0
    return {"/" + path.relative_to(output).as_posix().removesuffix("index.html") for path in output.rglob("*.html")}


@pytest.mark.parametrize("place", PLACES)
def test_front_matter_hides_what_hugo_leaves_out(tmp_path: Path, place: str) -> None:
    files = {f"content/{place.format(at)}": page(f"tags: [t{at}]\n{keys}") for at, keys in enumerate(HIDING)}
    folder = write(tmp_path / "site", {**LAYOUTS, "hugo.toml": config(), **files})
    assert load(folder).addresses == made(folder, tmp_path / "out")


def test_what_a_section_hands_down_hides_too(tmp_path: Path) -> None:
    files = {
        "content/a/_index.md": "---\ntitle: A\ncascade: {headless: true, target: {kind: page}}\n---\n",
        "content/b/_index.md": "---\ntitle: B\ncascade: {outputs: [json], target: {kind: page}}\n---\n",
        **{f"content/{name}/{name}.md": page() for name in ("a", "b", "c")},
    }
    folder = write(tmp_path / "site", {**LAYOUTS, "hugo.toml": config(), **files})
    assert load(folder).addresses == made(folder, tmp_path / "out")
    assert not (tmp_path / "out/a/a/index.html").exists()


LISTS = {
    "content/_index.md": page(),
    "content/posts/tea.md": page("tags: [hot]"),
    "content/notes/_index.md": page(),
    "content/tags/_index.md": page(),
    "content/tags/hot/_index.md": page(),
}


@pytest.mark.parametrize("kinds", [("page",), ("section",), ("home",), ("taxonomy",), ("term",), ("taxonomy", "term")])
@pytest.mark.parametrize("settings", ["", "outputs"])
def test_pages_of_a_kind_that_is_switched_off_are_not_there(
    tmp_path: Path, kinds: tuple[str, ...], settings: str
) -> None:
    outputs = "\n".join(("[outputs]", *(f"{kind} = ['json']" for kind in kinds)))
    text = config(settings=outputs) if settings else config(*kinds)
    folder = write(tmp_path / "site", {**LAYOUTS, "hugo.toml": text, **LISTS})
    assert load(folder).addresses == made(folder, tmp_path / "out")


def test_links_to_what_has_no_page_are_reported(site_of: Make, tmp_path: Path) -> None:
    files = {
        "config.toml": config("term"),
        "content/posts/all.md": page("tags: [go]", "[H](/posts/h/), [e](/posts/e/), [go](/tags/go/), [j](/posts/j/)."),
        "content/posts/h/index.md": page("headless: true"),
        "content/posts/e.md": page("published:"),
        "content/posts/j.md": page("outputs: [json]"),
        "content/tags/go/_index.md": page(),
    }
    folder = site_of({**files, **LAYOUTS})
    assert made(folder, tmp_path / "out").isdisjoint({"/posts/h/", "/posts/e/", "/tags/go/", "/posts/j/"})
    assert [rule for rule, path in findings_in(folder) if path.endswith("all.md")] == ["link-to-hidden-page"]
    site = load(folder)
    assert {path: why(site, f"content/posts/{path}").reasons for path in ("h/index.md", "e.md", "j.md")} == {
        "h/index.md": ("`headless` in its front matter says that no page is made of it",),
        "e.md": ("it is a draft: `published = ` in line 4",),
        "j.md": ("`outputs` in its front matter says that no page is made of it",),
    }


HIDDEN = {
    "content/posts/draft.md": page("draft: true\ntags: [one]"),
    "content/posts/later.md": page("publishDate: 2099-01-01\ntags: [two]"),
    "content/posts/over.md": page("expiryDate: 2021-01-01\ntags: [three]"),
    "content/posts/both.md": page("draft: true\nexpiryDate: 2021-01-01"),
    "content/posts/all.md": page("", "[D](/posts/draft/), [l](/posts/later/), [o](/posts/over/)."),
    "content/deep/only/_index.md": page("draft: true"),
}


@pytest.mark.parametrize(
    "settings",
    ["", "buildDrafts = true", "buildFuture = true", "buildExpired = true", "buildDrafts = true\nbuildExpired = true"],
)
def test_what_the_configuration_publishes_is_there(tmp_path: Path, settings: str) -> None:
    folder = write(tmp_path / "site", {**LAYOUTS, "hugo.toml": config(settings=settings), **HIDDEN})
    assert load(folder).addresses == made(folder, tmp_path / "out")


def test_links_to_what_the_configuration_publishes_are_right_and_the_setting_is_not(site_of: Make) -> None:
    settings = "buildDrafts = true\nbuildFuture = true\nbuildExpired = true"
    folder = site_of({**LAYOUTS, **HIDDEN, "config.toml": config(settings=settings)})
    told = findings_in(folder)
    assert "link-to-hidden-page" not in {rule for rule, _ in told}
    assert ("config-publishes-hidden", "config.toml") in told
    assert why(load(folder), "content/posts/both.md").is_published
