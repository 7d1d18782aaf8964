"""What `ref` and a path in a link mean is what Hugo takes them for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from presscheck.links import Links
from presscheck.page import Page
from presscheck.references import By, path_of, tried
from presscheck.site import Site
from tests.conftest import load, render

Make = Callable[..., Path]

CONFIG = """\
baseURL = "https://site.example/"
refLinksErrorLevel = "warning"
refLinksNotFoundURL = "/none/"
disableKinds = ["rss", "sitemap", "404"]
"""
LANGUAGES = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
FILES = (
    "_index.md", "top.md", "about/_index.md", "a.b/_index.md", "bundle/index.md", "posts/_index.md", "posts/tea.md",
    "posts/Tea Cup.md", "posts/water.v2.md", "posts/dot.one.two.md", "posts/1.2.3.md", "posts/v1.0/index.md", "posts/über.md",
    "posts/uniq.md", "posts/CAPS.md", "posts/pot/index.md", "posts/pot/part.md", "notes/tea.md", "notes/deep/_index.md",
    "notes/deep/cup.md", "notes/Big Bundle/index.md", "notes/nested/leaf/index.md", "tags/hot/_index.md", "x/same.md", "y/same.md",
    "y/readme.markdown",
)  # fmt: skip
GERMAN = (
    "_index.de.md",
    "posts/tea.de.md",
    "posts/_index.de.md",
    "bundle/index.de.md",
    "notes/deep/cup.de.md",
    "x/nur.de.md",
)
REFERENCES = (
    "tea", "tea.md", "posts/tea", "posts/tea.md", "/posts/tea", "/posts/tea.md", "./tea", "../posts/tea.md", "../tea.md", "deep",
    "deep/cup.md", "notes/deep", "/notes/deep", "/notes/deep/_index.md", "/notes/deep/", "notes", "/notes", "/", "posts",
    "_index.md", "index.md", "/_index.md", "bundle", "/bundle", "/bundle/index.md", "bundle/index.md", "bundle/index", "pot",
    "pot/", "posts/pot", "/posts/pot/index.md", "Big Bundle", "/notes/Big Bundle", "/notes/big-bundle", "big-bundle",
    "Tea Cup.md", "tea cup.md", "tea-cup", "/posts/tea-cup", "/posts/Tea Cup", "TEA.MD", "/POSTS/TEA", "water.v2",
    "water.v2.md", "/posts/water.v2", "/posts/water.v2.html", "/posts/water.foo", "/posts/water.v2.foo", "/posts/water",
    "über.md", "/posts/über", "%C3%BCber", "top", "top.md", "/top.md", "../top.md", "about", "/about/", "same", "same.md", "x/same",
    "/y/same.md", "part", "part.md", "/posts/pot/part.md", "hot", "tags/hot", "/tags/hot", "/tags", "tags", "warm", "/tags/warm",
    "nested", "nested/leaf", "leaf", "leaf/index.md", "readme", "readme.markdown", "/y/readme.md", "caps", "CAPS.md", "tea.html",
    "/posts/tea.html", "/posts/tea/", "tea#x", "/posts/tea?q", "/content/posts/tea.md", "content/posts/tea.md", "/posts/",
    "//posts/tea", "nur", "nur.md", "/x/nur", "tea.de.md", "/posts/tea.de.md", "tea.en.md", "nope", "/nope.md", "cup",
    "cup.md", "x", "/about/_index", "about/_index.md", "uniq", "uniq.foo", "uniq.v2", "/posts/tea.foo", "/posts/tea.adoc",
    "/posts/tea.Html", "/posts/tea.json", "/posts/dot.one.two", "dot.one.two", "dot.one", "dot", "/posts/1.2.3", "1.2.3", "v1.0",
    "/posts/v1", "a.b", "/a.b",
)  # fmt: skip
ASKING_BY_LINK = "{{ with .PageInner.GetPage .Destination }}{{ .RelPermalink }}{{ else }}/none/{{ end }}"


def body(references: Iterator[str]) -> str:
    return "\n\n".join(f'Q{{{{< relref "{each}" >}}}}Q' for each in references)


def asked(site: Site, output: Path, pattern: str) -> Iterator[tuple[Page, list[str]]]:
    """Each page that Hugo rendered, with what the places that `pattern` finds on it say."""
    for page in site.pages:
        if not site.owner(page):
            assert page.address
            text = (output / page.address.strip("/") / "index.html").read_text("utf-8")
            yield page, [unquote(each).partition("#")[0] for each in re.findall(pattern, text)]


@pytest.mark.parametrize("languages", ["", LANGUAGES])
def test_references_mean_what_hugo_takes_them_for(site_of: Make, tmp_path: Path, languages: str) -> None:
    text = f'+++\ntitle = "T"\ntags = ["warm"]\n+++\n\n{body(iter(REFERENCES))}\n'
    names = (*FILES, *(GERMAN if languages else ()))
    folder = site_of({"config.toml": CONFIG + languages, **{f"content/{name}": text for name in names}})
    (folder / "layouts/all.html").write_text("{{ .Content }}", "utf-8")
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    count = 0
    for page, addresses in asked(site, tmp_path / "out", r"Q([^Q<]*)Q"):
        for call, address in zip(page.shortcodes, addresses, strict=True):
            found = site.once(Links).reference(page, call)
            wanted = found.address if found.is_found else "/none/"
            assert (address.partition("?")[0] or page.address) == wanted, (page.path, call.parameters[0].value)
            count += 1
    assert count == len(REFERENCES) * (len(names) - 1)


def test_a_path_in_a_link_means_what_hugos_own_hook_finds(site_of: Make, tmp_path: Path) -> None:
    paths = [
        each for each in REFERENCES if " " not in each and not set("#?%") & set(each) and not each.startswith("//")
    ]
    text = '+++\ntitle = "T"\ntags = ["warm"]\n+++\n\n' + "\n\n".join(f"[x]({each})" for each in paths) + "\n"
    folder = site_of({"config.toml": CONFIG, **{f"content/{name}": text for name in FILES}})
    (folder / "layouts/all.html").write_text("{{ .Content }}", "utf-8")
    (folder / "layouts/_markup").mkdir()
    (folder / "layouts/_markup/render-link.html").write_text(f"Q{ASKING_BY_LINK}Q", "utf-8")
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    for page, addresses in asked(site, tmp_path / "out", r"Q([^Q<]*)Q"):
        for link, address in zip(page.links, addresses, strict=True):
            if address == "/none/":
                assert site.once(Links).lookup(page, unquote(link.destination)) is None, (page.path, link.destination)
            else:
                assert site.once(Links).resolve(page, link).address == address, (page.path, link.destination)


def test_what_is_tried_comes_in_hugos_order() -> None:
    assert list(
        tried("Tea.de.md", folder="posts/pot", directory="de/posts/pot", owns_folder=True, languages=("de",))
    ) == [
        (By.PATH, "/posts/tea"),
        (By.FILE, "de/posts/pot/Tea.de.md"),
        (By.PATH, "/tea"),
        (By.NAME, "tea"),
    ]
    assert list(tried("../a", folder="b/c", directory="b/c", owns_folder=False, languages=())) == [(By.PATH, "/b/a")]


def test_a_page_has_one_path_whatever_its_file_is_called() -> None:
    assert {path_of("Posts/Tea Cup", "index"), path_of("posts", "Tea Cup"), path_of("posts/tea-cup", "_index")} == {
        "/posts/tea-cup"
    }
    assert path_of("", "_index") == "/"
