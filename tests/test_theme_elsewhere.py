"""The layouts on sites that are set up otherwise than this one, each in a few lines."""

from __future__ import annotations

import json
import os
import re
import struct
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.links import Links
from tests.conftest import ROOT, load, render, write
from tests.test_location import png_chunk
from tests.test_theme import CONFIG, POST

PHOTOGRAPH = (ROOT / "content/about/halftone.jpg").read_bytes()
HOME = '+++\ntitle = "Aus der Werkstatt"\n+++\n'
OUTPUTS = """\
[outputs]
  home = ["html", "rss", "jsonfeed", "markdown"]
  page = ["html", "markdown"]
[mediaTypes."application/feed+json"]
  suffixes = ["json"]
[outputFormats.jsonfeed]
  mediaType = "application/feed+json"
  baseName = "feed"
  isPlainText = true
"""
NAMES = """\
  [params.author]
    name = "Mara"
    email = "mara@mara.example"
[languages.de]
"""


def turned(orientation: int) -> bytes:
    """The photograph as a camera writes it that is held otherwise: Exif tag 0x112."""
    tag = struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, 0x112, 3, 1, orientation, 0, 0)
    segment = b"Exif\0\0" + tag
    return PHOTOGRAPH[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + PHOTOGRAPH[2:]


def screenshot(width: int, height: int, *, frames: int = 1) -> bytes:
    """A PNG of so many coloured lines; it moves when it has more frames than one."""
    import zlib  # noqa: PLC0415 - for this alone

    lines = b"".join(b"\0" + os.urandom(3) * width for _ in range(height))
    chunks = [png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    frame = struct.pack(">IIIIHHBB", width, height, 0, 0, 1, 2, 0, 0)
    if frames > 1:
        chunks += [
            png_chunk(b"acTL", struct.pack(">II", frames, 0)),
            png_chunk(b"fcTL", struct.pack(">I", 0) + frame),
        ]
    chunks.append(png_chunk(b"IDAT", zlib.compress(lines)))
    for number in range(1, frames):
        chunks.append(png_chunk(b"fcTL", struct.pack(">I", 2 * number - 1) + frame))
        chunks.append(png_chunk(b"fdAT", struct.pack(">I", 2 * number) + zlib.compress(lines)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + png_chunk(b"IEND", b"")


def build(folder: Path, files: dict[str, str | bytes], config: str = CONFIG) -> hugo.Run:
    """Have Hugo build a site of one post into `out`."""
    usual = {"hugo.toml": config, "content/_index.md": HOME, "content/beitraege/papier.md": POST.format("Papier", 1)}
    return render(write(folder / "site", {**usual, **files}), folder / "out")


def picture_in(folder: Path, name: str, content: bytes) -> str:
    """The tag of a picture beside a post."""
    post = POST.format("Bild", 2) + f"\n![Ein Bild]({name})\n"
    run = build(folder, {"content/beitraege/bild/index.md": post, f"content/beitraege/bild/{name}": content})
    assert run.status == 0, run.output
    text = (folder / "out/beitraege/bild/index.html").read_text("utf-8")
    tag = re.search(r"<img [^>]*>", text)
    assert tag
    return tag[0]


def test_an_author_is_named_whose_address_is_nobodys_business(tmp_path: Path) -> None:
    assert build(tmp_path, {}, CONFIG.replace("[languages.de]\n", NAMES) + OUTPUTS).status == 0
    texts = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    assert [path for path, text in texts.items() if b"mara@" in text or b"map[" in text] == []
    assert b"<dc:creator>Mara</dc:creator>" in texts[tmp_path / "out/index.xml"]
    feed = json.loads(texts[tmp_path / "out/feed.json"])
    assert feed["items"][0]["authors"] == [{"name": "Mara"}]
    post = texts[tmp_path / "out/beitraege/papier/index.html"]
    assert b'"@type":"Person","name":"Mara"' in post
    assert b"p-author" not in post


def test_a_post_names_those_of_its_authors_who_are_not_the_site(tmp_path: Path) -> None:
    post = POST.format("Tinte", 2).replace("tags =", 'author = [{ name = "Jo" }, "Mara"]\ntags =')
    config = CONFIG.replace("[languages.de]\n", NAMES)
    assert build(tmp_path, {"content/beitraege/tinte.md": post}, config).status == 0
    text = (tmp_path / "out/beitraege/tinte/index.html").read_text("utf-8")
    assert re.findall(r'class="p-author">([^<]*)<', text) == ["Jo"]


def test_a_language_without_words_ends_the_build_and_says_what_to_do(tmp_path: Path) -> None:
    config = CONFIG.replace('"de"', '"fr"').replace("languages.de", "languages.fr")
    run = build(tmp_path, {}, config)
    assert run.status != 0
    assert 'no words for the language "fr": copy its i18n/en.toml to i18n/fr.toml' in run.reason
    words = (ROOT / "i18n/en.toml").read_text("utf-8").replace("Skip to content", "Aller au contenu")
    run = build(tmp_path, {"i18n/fr.toml": words}, config)
    assert run.status == 0, run.output
    assert "Aller au contenu" in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_front_page_without_a_title_says_that_of_the_site_once(tmp_path: Path) -> None:
    files = {"content/_index.md": '+++\ndescription = "Was beim Drucken auffällt."\n+++\n'}
    assert build(tmp_path, dict(files)).status == 0
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert "<title>Maras Notizen</title>" in text
    assert "<h1>Maras Notizen</h1>" in text


def test_a_site_without_tags_links_to_none(tmp_path: Path) -> None:
    run = build(tmp_path, {}, 'disableKinds = ["taxonomy", "term"]\n' + CONFIG)
    assert run.status == 0, run.output
    assert 'href=""' not in (tmp_path / "out/index.html").read_text("utf-8")


@pytest.mark.parametrize(("orientation", "is_upright"), [(1, False), (3, False), (6, True), (8, True)])
def test_a_photograph_stands_as_the_camera_was_held(tmp_path: Path, orientation: int, *, is_upright: bool) -> None:
    tag = picture_in(tmp_path, "turned.jpg", turned(orientation))
    width, height = (int(each) for each in re.findall(r'(?:width|height)="(\d+)"', tag))
    assert (height > width) == is_upright
    candidates = re.findall(r"(\S+) (\d+)w", tag.partition('srcset="')[2].partition('"')[0])
    assert int(candidates[-1][1]) == width


def test_a_picture_that_moves_is_offered_as_it_is(tmp_path: Path) -> None:
    assert "srcset" not in picture_in(tmp_path, "moving.png", screenshot(900, 30, frames=2))


def test_a_screenshot_that_is_too_tall_for_webp_is_shown_as_it_is(tmp_path: Path) -> None:
    tag = picture_in(tmp_path, "tall.png", screenshot(500, 16_400))
    assert "srcset" not in tag
    assert 'height="16400"' in tag


def test_a_table_is_named_as_it_is_written(tmp_path: Path) -> None:
    post = POST.format("Tinte", 2).replace("Sorte ", "Sorte & Ton")
    assert build(tmp_path, {"content/beitraege/tinte.md": post}).status == 0
    text = (tmp_path / "out/beitraege/tinte/index.html").read_text("utf-8")
    assert 'aria-label="Tabelle 1: Sorte &amp; Ton, g/m²"' in text


def test_a_picture_for_links_that_is_not_there_is_told_of_with_its_post(tmp_path: Path) -> None:
    post = POST.format("Tinte", 2).replace("tags =", 'images = ["/img/x.png"]\ntags =')
    run = build(tmp_path, {"content/beitraege/tinte.md": post})
    (message,) = (each for each in run.messages if "/img/x.png" in each.text)
    assert (message.severity, message.path) == ("ERROR", "content/beitraege/tinte.md")


def test_code_in_a_list_stays_as_it_is_in_the_markdown_of_a_page(tmp_path: Path) -> None:
    shown = """
- A list:

  ```md
  [another](other.md) and table[0](argument)
  ```

> ~~~md
> [quoted](quoted.md)
> ~~~

~~~md
[waves](waves.md)
~~~

Two ticks: ``row[0](argument)`` and [a true link](/beitraege/papier/).
"""
    post = POST.format("Tinte", 2) + shown
    run = build(tmp_path, {"content/beitraege/tinte.md": post}, CONFIG + OUTPUTS)
    assert run.status == 0, run.output
    text = (tmp_path / "out/beitraege/tinte/index.md").read_text("utf-8")
    expected = shown.replace("](/beitraege/", "](https://mara.example/notizen/beitraege/")
    assert expected.strip() in text


LED = {
    "tinte": "/notizen/beitraege/tinte/",
    "./tinte": "/notizen/beitraege/tinte/",
    "tinte.md": "/notizen/beitraege/tinte/",
    "./tinte.md#rot": "/notizen/beitraege/tinte/#rot",
    "../werkstatt": "/notizen/werkstatt/",
    "../werkstatt/?seite=1": "/notizen/werkstatt/?seite=1",
    "werkstatt": "/notizen/werkstatt/",
    "..": "/notizen/",
    "../tinte/": "/notizen/beitraege/tinte/",
    "probe.csv": "/notizen/beitraege/weg/probe.csv",
    "./probe.csv": "/notizen/beitraege/weg/probe.csv",
    "proben/blau.csv": "/notizen/proben/blau.csv",
    "anderswo/": "/notizen/beitraege/weg/anderswo/",
}
"""Where links lead that stand on the page /beitraege/weg/."""
WAYS: dict[str, str | bytes] = {
    "content/beitraege/_index.md": '+++\ntitle = "Beiträge"\n+++\n',
    "content/beitraege/tinte.md": POST.format("Tinte", 2) + "\n## Rot\n",
    "content/werkstatt.md": '+++\ntitle = "Werkstatt"\n+++\n',
    "content/beitraege/weg/probe.csv": "Sorte\n",
    "assets/proben/blau.csv": "Sorte\n",
    "assets/proben/blau.jpg": PHOTOGRAPH,
}


def test_links_lead_where_the_check_looked_for_them(tmp_path: Path) -> None:
    way = POST.format("Weg", 3) + "".join(f"\n- [hin]({path})" for path in LED) + "\n\n![Blau](proben/blau.jpg)\n"
    run = build(tmp_path, {**WAYS, "content/beitraege/weg/index.md": way})
    assert run.status == 0, run.output
    text = (tmp_path / "out/beitraege/weg/index.html").read_text("utf-8")
    assert dict(zip(LED, re.findall(r'href="([^"]*)">hin</a>', text), strict=True)) == LED
    assert re.search(r'<img [^>]*src="/notizen/proben/blau\.jpg"', text)
    site = load(tmp_path / "site")
    (page,) = (each for each in site.pages if each.path == "beitraege/weg/index.md")
    said = {link.destination: site.once(Links).resolve(page, link) for link in page.links if not link.is_image}
    assert [path for path, found in said.items() if not found.is_found] == ["anderswo/"]
    for path, found in said.items():
        if found.page:
            assert f"/notizen{found.page.address}" == re.split("[?#]", LED[path])[0], path


def test_a_link_to_a_file_that_makes_no_page_ends_the_build(tmp_path: Path) -> None:
    way = POST.format("Weg", 3) + "\n[hin](papiere.md)\n"
    run = build(tmp_path, {"content/beitraege/weg/index.md": way})
    assert run.status != 0
    assert 'no page is made from "papiere.md"' in run.reason


def test_the_masthead_leads_to_addresses_too(tmp_path: Path) -> None:
    config = CONFIG.replace(
        "[[menus.main]]", '[[menus.main]]\n  name = "Werkstatt"\n  url = "https://example.com/"\n[[menus.main]]', 1
    )
    run = build(tmp_path, {}, config)
    assert run.status == 0, run.output
    assert '<a href="https://example.com/">Werkstatt</a>' in (tmp_path / "out/index.html").read_text("utf-8")
    run = build(tmp_path, {}, CONFIG.replace('"/beitraege"', '"/beitrage"'))
    assert run.status != 0
    assert 'the menu entry "Beiträge" points to no page' in run.reason


def test_the_margin_of_a_manual_leads_down_to_where_the_reader_is(tmp_path: Path) -> None:
    chapters = {
        f"content/docs/{path}_index.md": f'+++\ntitle = "{path or "Handbuch"}"\n+++\n'
        for path in ("", "a/", "a/b/", "z/")
    }
    pages = {f"content/docs/{path}.md": f'+++\ntitle = "{path}"\n+++\nSatz.\n' for path in ("a/b/c", "a/b/d", "z/y")}
    run = build(tmp_path, {**chapters, **pages})
    assert run.status == 0, run.output
    text = (tmp_path / "out/docs/a/b/c/index.html").read_text("utf-8")
    margin = text.partition('<nav class="side"')[2].partition("</nav>")[0]
    assert re.findall(r'href="/notizen/docs/([^"]*)/"(?: aria-current="(\w+)")?', margin) == [
        ("a", "true"),
        ("a/b", "true"),
        ("a/b/c", "page"),
        ("a/b/d", ""),
        ("z", ""),
    ]
