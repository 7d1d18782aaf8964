"""Where the files beside pages are published, as Hugo does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import findings_in, load, render, write

Make = Callable[..., Path]

CONFIG = 'disableKinds = ["rss", "sitemap", "taxonomy", "term"]\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
PAGE = '---\ntitle: "A page"\n---\n'
WITHOUT_FILES = '---\ntitle: "A page"\nbuild: {publishResources: false}\n---\n'
BESIDE = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
FOLDERS = "[languages.en]\ncontentDir = 'content/en'\n[languages.de]\ncontentDir = 'content/de'\n"


def pages(text: str, *paths: str) -> dict[str, str]:
    return {f"content/{path}": text for path in paths}


CAPITALS = {
    **pages(PAGE, "Photos/a.md", "Photos/B/index.md", "Sec T/_index.md", "Sec T/Sub/_index.md", "Deep/Er/_index.md"),
    **pages(SVG, "Photos/One.SVG", "Photos/Deep Dir/Two x.svg", "top Up.svg", "no Page/x Y.svg", "Photos/B/Im Age.svg"),
    **pages(
        SVG, "Photos/B/Sub Dir/X.svg", "Sec T/Im Age.svg", "Sec T/Low Er/X Y.svg", "Photos/é Ü&.svg", "Photos/a+b.svg"
    ),
    **pages(SVG, "Sec T/Sub/Q Q.svg", "Deep/Up.svg", "Deep/Er/Up.svg"),
}
KEPT_BACK = {
    **pages(WITHOUT_FILES, "k/index.md", "s/_index.md"),
    **pages(PAGE, "s/p.md", "t/q/index.md"),
    **pages(
        '---\ntitle: "A page"\ncascade: {build: {publishResources: "0"}, target: {kind: page}}\n---\n', "t/_index.md"
    ),
    **pages(SVG, "k/a.svg", "k/sub/b.svg", "s/c.svg", "s/q/d.svg", "t/q/e.svg", "t/f.svg"),
}
NAMED = {
    **pages(
        PAGE,
        "k/index.md",
        "k/index.de.md",
        "o/index.de.md",
        "e/index.md",
        "s/_index.md",
        "s/_index.de.md",
        "u/_index.md",
    ),
    **pages(PAGE, "t/_index.de.md"),
    **pages(
        SVG,
        "k/p.svg",
        "k/p.de.svg",
        "k/q.de.svg",
        "k/r.en.svg",
        "o/p.svg",
        "o/p.de.svg",
        "e/p.svg",
        "e/p.de.svg",
        "loose.svg",
    ),
    **pages(
        SVG, "loose.de.svg", "d/x.de.svg", "d/y.svg", "d/z.fr.svg", "s/p.svg", "s/p.de.svg", "t/p.svg", "u/p.de.svg"
    ),
}
IN_FOLDERS = {
    **pages(PAGE, "en/k/index.md", "de/k/index.md", "en/s/_index.md", "de/t/x.md", "en/o/index.md", "de/o/index.md"),
    **pages(
        SVG, "en/k/p.svg", "de/k/q.svg", "en/loose.svg", "de/Loose2.svg", "en/s/A.svg", "de/t/B.svg", "en/k/both.svg"
    ),
    **pages(SVG, "de/k/both.svg", "en/o/o.svg"),
}
STATIC = {"a/x.svg": SVG, "b/y.svg": SVG, "static/z.svg": SVG, **pages(PAGE, "a.md")}


@pytest.mark.parametrize(
    ("settings", "files"),
    [
        pytest.param("", CAPITALS, id="capitals"),
        pytest.param("", KEPT_BACK, id="kept back"),
        pytest.param(BESIDE, NAMED, id="two languages"),
        pytest.param(
            "defaultContentLanguageInSubdir = true\n" + BESIDE, NAMED, id="two languages in folders of the site"
        ),
        pytest.param(FOLDERS, IN_FOLDERS, id="two folders"),
        pytest.param(
            "defaultContentLanguageInSubdir = true\n" + FOLDERS, IN_FOLDERS, id="two folders, and of the site"
        ),
        pytest.param('defaultContentLanguage = "de"\n' + FOLDERS, IN_FOLDERS, id="two folders, the second first"),
        pytest.param('staticDir0 = "a"\nstaticDir1 = "b"\n', STATIC, id="numbered static folders"),
        pytest.param('staticDir = ["static", "b"]\nstaticDir10 = "a"\n', STATIC, id="a list and a number"),
        pytest.param('staticDir0 = ["a", "b"]\n', STATIC, id="a numbered list"),
        pytest.param('staticDir11 = "b"\n', STATIC, id="a number too high"),
        pytest.param(BESIDE + 'staticDir = "b"\n', STATIC, id="of a language"),
    ],
)
def test_files_are_where_hugo_puts_them(tmp_path: Path, settings: str, files: dict[str, str]) -> None:
    config = f'baseURL = "https://site.example/"\n{CONFIG}{settings}'
    folder = write(tmp_path / "site", {"hugo.toml": config, "layouts/all.html": "a page", **files})
    output = tmp_path / "out"
    assert render(folder, output).status == 0
    assert load(folder).file_addresses == {
        f"/{path.relative_to(output).as_posix()}" for path in output.rglob("*.[sS]*")
    }


def test_pictures_are_missing_where_hugo_has_none(site_of: Make) -> None:
    text = "![One](/photos/One.SVG) ![Two](/two.svg) ![Four](/k/a.svg)"
    files = {
        "config.toml": f'baseURL = "https://site.example/"\nstaticDir1 = "more"\n{CONFIG}',
        "content/Photos/a.md": f"{PAGE}\n{text}\n",
        "content/Photos/One.SVG": SVG,
        "more/two.svg": SVG,
        **KEPT_BACK,
    }
    told = findings_in(site_of(files))
    assert [rule for rule, path in told if path.endswith("Photos/a.md") and rule.startswith("image-")] == [
        "image-missing"
    ]
    wrong = {**files, "content/Photos/a.md": f"{PAGE}\n![One](/Photos/One.SVG)\n"}
    assert ("image-case-differs", "content/Photos/a.md") in findings_in(site_of(wrong, "wrong"))


def test_assets_may_lie_in_a_folder_of_another_name(site_of: Make) -> None:
    settings = 'assetDir = "material"\n[markup.goldmark.renderHooks.image]\nuseEmbedded = "always"\n'
    files = {
        "config.toml": f'baseURL = "https://site.example/"\n{CONFIG}{settings}',
        "content/posts/a.md": f"{PAGE}\n![One](/one.svg)\n",
        "material/one.svg": SVG,
    }
    assert "image-missing" not in {rule for rule, _ in findings_in(site_of(files))}
