"""What a theme lends to a site counts like the site's own, as it does for the real Hugo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from presscheck import hugo, read, survey
from presscheck.modules import Mount, loan
from tests.conftest import CLOCK, write

SITE = {
    "hugo.toml": 'baseURL = "https://blog.example/"\nlocale = "en"\ntheme = "plain"\n',
    "content/posts/first.md": '+++\ntitle = "First"\ndate = 2026-01-01\n+++\nText.\n\n## Part\n\nText.\n',
    "themes/plain/layouts/page.html": "<h1>{{ .Title }}</h1>\n{{ .Content }}\n",
    "themes/plain/layouts/list.html": "<h1>{{ .Title }}</h1>\n",
    "themes/plain/layouts/wide.html": "<h1>{{ .Title }}</h1>\n{{ .Content }}\n",
    "themes/plain/layouts/shortcodes/note.html": "<aside>{{ .Inner | markdownify }}</aside>\n",
    "themes/plain/layouts/shortcodes/kbd.html": '<kbd>{{ .Get "key" }}</kbd>\n',
    "themes/plain/static/images/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
}


def found(folder: Path, files: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rules that find something in the site made of `files`, and in which file."""
    root = read.find_root(write(folder, files))
    assert root
    return sorted((each.rule, each.path) for each in survey.check(root, CLOCK).diagnostics)


def post(text: str, front_matter: str = "") -> dict[str, str]:
    return {"content/posts/second.md": f'+++\ntitle = "Second"\ndate = 2026-02-01\n{front_matter}+++\n{text}\n'}


def status(folder: Path) -> int:
    """How Hugo ends when it builds the site."""
    run = hugo.build(folder, folder / "public", clock=CLOCK, cache_folder=folder / "cache", time_limit=60)
    return run.status


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[gone](/posts/nope/)", "link-broken"),
        ("[part](/posts/first/#nope)", "link-fragment-missing"),
        ("![A dot.](/images/nope.svg)", "image-missing"),
        ("{{< nope >}}", "shortcode-unknown"),
        ('{{< kbd kee="x" >}}', "shortcode-unknown-param"),
        ("{{< note >}}Never closed.", "shortcode-unbalanced"),
    ],
)
def test_mistakes_are_found_on_a_site_with_a_theme(tmp_path: Path, text: str, rule: str) -> None:
    assert found(tmp_path, {**SITE, **post(text)}) == [(rule, "content/posts/second.md")]


def test_what_only_the_theme_has_is_there(tmp_path: Path) -> None:
    text = '[part](/posts/first/#part) ![A dot.](/images/dot.svg) {{< note >}}So.{{< /note >}} {{< kbd key="x" >}}'
    assert found(tmp_path, {**SITE, **post(text, 'layout = "wide"\n')}) == []
    assert status(tmp_path) == 0
    assert (tmp_path / "public/images/dot.svg").is_file()
    assert "<kbd>x</kbd>" in (tmp_path / "public/posts/second/index.html").read_text("utf-8")


def test_a_shortcode_of_the_site_goes_before_one_of_the_theme(tmp_path: Path) -> None:
    """Also where the two stand in folders of the old and of the new name."""
    own = {"layouts/_shortcodes/kbd.html": '<kbd>{{ .Get "keys" }}</kbd>\n'}
    assert found(tmp_path, {**SITE, **own, **post('{{< kbd keys="x" >}}')}) == []
    assert status(tmp_path) == 0
    assert "<kbd>x</kbd>" in (tmp_path / "public/posts/second/index.html").read_text("utf-8")


def test_a_theme_of_a_theme_counts_too(tmp_path: Path) -> None:
    below = {
        "themes/plain/hugo.toml": 'theme = "lower"\n',
        "themes/lower/layouts/shortcodes/deep.html": "<i>deep</i>\n",
    }
    assert found(tmp_path, {**SITE, **below, **post("{{< deep >}}")}) == []
    assert status(tmp_path) == 0


def test_a_single_file_and_a_folder_elsewhere_can_be_lent(tmp_path: Path) -> None:
    imports = """
[[module.imports]]
  path = "plain"
  [[module.imports.mounts]]
    source = "static/images/dot.svg"
    target = "static/marks/round.svg"
  [[module.imports.mounts]]
    source = "parts"
    target = "layouts/shortcodes"
  [[module.imports.mounts]]
    source = "layouts"
    target = "layouts"
"""
    site = {
        **SITE,
        "hugo.toml": f'baseURL = "https://blog.example/"\nlocale = "en"\n{imports}',
        "themes/plain/parts/part.html": "<b>part</b>\n",
    }
    assert (
        found(tmp_path, {**site, **post("![A dot.](/marks/round.svg) {{< part >}} {{< note >}}So.{{< /note >}}")}) == []
    )
    assert status(tmp_path) == 0
    assert (tmp_path / "public/marks/round.svg").is_file()
    assert found(tmp_path, post("![A dot.](/images/dot.svg)")) == [("image-missing", "content/posts/second.md")]


def test_pages_of_a_theme_make_addresses_that_nobody_knows(tmp_path: Path) -> None:
    """They are read by nobody but Hugo, so a link to one must not be called broken."""
    lent = {"themes/plain/content/imprint.md": '+++\ntitle = "Imprint"\n+++\nText.\n'}
    assert found(tmp_path, {**SITE, **lent, **post("[who](/imprint/) [gone](/posts/nope/)")}) == []
    assert status(tmp_path) == 0
    assert (tmp_path / "public/imprint/index.html").is_file()


def test_a_change_of_the_theme_is_noticed(tmp_path: Path) -> None:
    theme = tmp_path / "themes/plain/layouts/shortcodes/late.html"
    assert found(tmp_path, {**SITE, **post("{{< late >}}")}) == [("shortcode-unknown", "content/posts/second.md")]
    theme.write_text("<i>late</i>\n", "utf-8")
    assert found(tmp_path, {}) == []
    (tmp_path / "themes/plain/static/images/dot.svg").unlink()
    assert found(tmp_path, post("![A dot.](/images/dot.svg)")) == [("image-missing", "content/posts/second.md")]
    theme.replace(theme.with_name("later.html"))
    assert ("shortcode-unknown", "content/posts/second.md") in found(tmp_path, post("{{< late >}}"))


def test_what_hugo_describes_is_read_in_its_order() -> None:
    described = """
{"path": "project", "dir": "/site", "mounts": [{"source": "layouts", "target": "layouts"}]}
{"path": "one", "dir": "/site/themes/one/", "mounts": [{"source": "a/static", "target": "static/"}]}
{"path": "two", "dir": "/cache/two", "mounts": [{"source": "layouts", "target": "layouts/_shortcodes"}]}
{"path": "three", "dir": "/cache/three", "mounts": null}
"""
    mounts, is_plain, content = loan(described)
    assert is_plain
    assert not content
    assert mounts == (
        Mount("/site/themes/one/a/static", "static"),
        Mount("/cache/two/layouts", "layouts/_shortcodes"),
    )
    assert [mount.below("static") for mount in mounts] == ["", None]
    assert [mount.below("layouts") for mount in mounts] == [None, "_shortcodes"]


def test_what_stands_for_some_languages_only_is_not_understood() -> None:
    sites = '"sites": {"matrix": {"languages": ["en"]}}'
    described = f'{{"path": "one", "dir": "/one", "mounts": [{{"source": "assets", "target": "assets", {sites}}}]}}'
    assert not loan(described).is_plain
