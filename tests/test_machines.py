"""What programs read of a site made with our layouts: a small one in two languages, below a path of its host."""

from __future__ import annotations

import json
import re
import shutil
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck import hugo
from tests.conftest import CLOCK, ROOT, lay_our_templates, write

BASE = "https://user.example/blog/"
ME = "https://social.example/@press"
BELOW = '<aside class="below">{{ .Title }}</aside>\n'
"""What a site may add below each of its posts."""
FIRST, LONG, THIRD = (f"posts/{name}/index.html" for name in ("first", "long", "third"))
LOC, LASTMOD = (f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}" for name in ("loc", "lastmod"))

LANGUAGES = """
[languages.en]
  locale = "en-AU"
  label = "English"
  weight = 1
[languages.de]
  locale = "de"
  label = "Deutsch"
  weight = 2
"""

CONTENT = {
    "_index": 'title = "Front"\n+++\nHello.\n',
    "posts/_index": 'title = "Posts"\ndate = 2020-01-01T00:00:00Z\n',
    "docs/_index": 'title = "Docs"\n',
    "docs/page": 'title = "A page of the docs"\ndescription = "Undated."\n+++\nText.\n',
    "archive/_index": 'title = "Archive"\nlayout = "archive"\n',
    "posts/first": (
        'title = "Drift & <decay>"\ndate = 2026-01-05T09:00:00+10:00\nlastmod = 2026-05-01T08:00:00+10:00\n'
        'description = "What drifts, and how to see it."\ntags = ["RAG", "Übung"]\n+++\n'
        'See {{< ref "long.md" >}}, [the docs](/docs/page/), [the other](long.md#end) and [a part](#part).\n\n<!--more-->\n\n'
        '## Part\n\nIn code `[stays](/as/it/is)` and `<a href="/stays/">`.\n\n```md\n[stays](/too)\n```\n\n![A dot](/images/dot.png)\n\n[r]: /docs/\n'
    ),
    "posts/long": (
        'title = "Prüfstände für Sprachmodelle: warum Übergrößen, Maße und Ärger doch nicht zusammengehören"\n'
        'date = 2026-02-05T09:00:00+10:00\ntags = ["RAG"]\n+++\nText.\n\n## End\n\nText.\n'
    ),
    "posts/bundle/index": 'title = "Covered"\ndate = 2026-03-05T09:00:00+10:00\nimages = ["cover.png"]\n+++\nText.\n',
    "posts/hidden": 'title = "Hidden"\ndate = 2026-04-05T09:00:00+10:00\n[params]\nnoindex = true\n+++\nText.\n',
    "posts/third": 'title = "日本語"\ndate = 2026-04-06T09:00:00+10:00\nauthor = ["Ann Abel", "Bob Bär"]\n+++\nText.\n',
    "posts/old": 'title = "Old"\ndate = 2025-01-05T09:00:00+10:00\n+++\nText.\n',
    "_index.de": 'title = "Vorn"\n',
    "posts/_index.de": 'title = "Beiträge"\n',
    "docs/_index.de": 'title = "Handbuch"\n',
    "archive/_index.de": 'title = "Archiv"\nlayout = "archive"\n',
    "tags/_index.de": 'title = "Schlagwörter"\n',
    "tags/_index": 'title = "Tags"\n',
    "posts/first.de": 'title = "Drift"\ndate = 2026-01-05T09:00:00+10:00\ntags = ["RAG"]\n+++\nText.\n',
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("machines")
    lay_our_templates(folder)
    config = (ROOT / "config.toml").read_text("utf-8")
    (folder / "config.toml").write_text(
        re.sub(r"(?m)^( *)cards = \d+", rf'\1cards = 5\n\1me = ["{ME}"]', config) + LANGUAGES, "utf-8"
    )
    (folder / "layouts" / "_partials" / "below.html").write_text(BELOW, "utf-8")
    texts = {path: text if "\n+++\n" in text else f"{text}+++\n" for path, text in CONTENT.items()}
    write(folder, {f"content/{path}.md": f"+++\n{text}" for path, text in texts.items()})
    for picture in ("content/posts/bundle/cover.png", "static/images/dot.png"):
        shutil.copy2(ROOT / "static" / "icons" / "192.png", folder / picture)
    output = folder / "public"
    run = hugo.build(folder, output, clock=CLOCK, cache_folder=folder / "cache", time_limit=120, base_url=BASE)
    assert (run.status, run.messages) == (0, ()), run.output
    return output


def tree(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def pages(public: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page and its address, without redirects."""
    for path in sorted(public.rglob("*.html")):
        page = tree(path)
        if not page.css("meta[http-equiv='refresh' i]"):
            yield BASE + quote(path.relative_to(public).as_posix().removesuffix("index.html")), page


def meta(page: LexborHTMLParser, name: str) -> str:
    """The content of the one `meta` of this name or property."""
    found = page.css(f"meta[name='{name}'], meta[property='{name}']")
    assert len(found) == 1, (name, len(found))
    return found[0].attributes["content"] or ""


def file_of(public: Path, address: str) -> Path:
    """The file that a host serves at `address`."""
    assert address.startswith(BASE), address
    path = public / unquote(address.removeprefix(BASE))
    return path / "index.html" if address.endswith("/") else path


def things(page: LexborHTMLParser) -> dict[str, dict[str, Any]]:
    """What the page says of itself in JSON-LD, by type."""
    scripts = page.css("script[type='application/ld+json']")
    assert len(scripts) == 1
    data = json.loads(scripts[0].text())
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def size(path: Path) -> tuple[int, int]:
    """Width and height of a PNG or JPEG."""
    data = path.read_bytes()
    if data.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    at = 2
    while not 0xC0 <= data[at + 1] <= 0xC2:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    height, width = struct.unpack(">HH", data[at + 5 : at + 9])
    return width, height


def test_every_other_form_of_a_page_is_there_and_of_its_type(public: Path) -> None:
    seen = set()
    for address, page in pages(public):
        for link in page.css("link[rel='alternate'][type]"):
            kind, href = link.attributes["type"], urljoin(address, link.attributes["href"] or "")
            assert link.attributes["title"]
            text = file_of(public, href).read_text("utf-8")
            seen.add((kind, address == BASE))
            match kind:
                case "text/markdown":
                    assert text.startswith("# "), href
                case "application/feed+json":
                    assert json.loads(text)["feed_url"] == href
                case "application/rss+xml":
                    assert ET.fromstring(text).tag == "rss"  # noqa: S314 - our own output
                case _:
                    pytest.fail(f"{href} is {kind}")
    assert ("text/markdown", False) in seen
    assert ("application/feed+json", True) in seen


def test_every_page_leads_to_the_feed_of_its_language(public: Path) -> None:
    for address, page in pages(public):
        feeds = [link.attributes["href"] for link in page.css("link[type='application/rss+xml']")]
        assert feeds[0] == ("/blog/de/index.xml" if "/de/" in address else "/blog/index.xml"), address
        assert len(feeds) == len(set(feeds))


def test_a_page_says_its_own_address(public: Path) -> None:
    for address, page in pages(public):
        if address.endswith("404.html"):
            assert not page.css("link[rel=canonical], meta[property='og:url'], script[type='application/ld+json']")
            continue
        (link,) = page.css("link[rel=canonical]")
        assert link.attributes["href"] == address == meta(page, "og:url")


def test_json_feeds_follow_version_1_1(public: Path) -> None:
    feeds = sorted(public.rglob("feed.json"))
    assert {"feed.json", "posts/feed.json", "de/feed.json"} <= {feed.relative_to(public).as_posix() for feed in feeds}
    for path in feeds:
        feed = json.loads(path.read_text("utf-8"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert file_of(public, feed["home_page_url"]).is_file()
        assert feed["feed_url"] == BASE + quote(path.relative_to(public).as_posix())
        assert size(file_of(public, feed["icon"])) == (512, 512)
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
        for item in feed["items"]:
            assert file_of(public, item["url"]).is_file()
            assert "<p>" in item["content_html"]
            assert not re.search(r'(?:href|src|srcset)="(?!https://)', item["content_html"])
            for key in ("date_published", "date_modified"):
                if key in item:
                    assert datetime.fromisoformat(item[key]).tzinfo
    newest = json.loads((public / "feed.json").read_text("utf-8"))["items"]
    assert [item["title"] for item in newest][:2] == ["日本語", "Hidden"]
    first = newest[-2]
    assert first["tags"] == ["RAG", "Übung"]
    assert first["summary"] == "What drifts, and how to see it."
    assert first["date_modified"] == "2026-05-01T08:00:00+10:00"


def test_rss_feeds_say_what_the_json_feeds_say(public: Path) -> None:
    for path in sorted(public.rglob("feed.json")):
        items = json.loads(path.read_text("utf-8"))["items"]
        channel = ET.parse(path.with_name("index.xml")).getroot().find("channel")  # noqa: S314 - our own output
        assert channel is not None
        assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
        entries = channel.findall("item")
        assert [entry.findtext("guid") for entry in entries] == [item["id"] for item in items]
        for entry, item in zip(entries, items, strict=True):
            assert entry.findtext("title") == item["title"]
            if day := entry.findtext("pubDate"):
                assert parsedate_to_datetime(day) == datetime.fromisoformat(item["date_published"])
            assert entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == item["content_html"]


def test_a_post_has_what_search_engines_ask_of_one(public: Path) -> None:
    page = tree(public / FIRST)
    post = things(page)["BlogPosting"]
    assert post["headline"] == "Drift & <decay>"
    assert post["datePublished"] == "2026-01-05T09:00:00+10:00" == meta(page, "article:published_time")
    assert post["dateModified"] == "2026-05-01T08:00:00+10:00" == meta(page, "article:modified_time")
    assert all(author["@type"] in {"Person", "Organization"} and author["name"] for author in post["author"])
    assert post["image"] == meta(page, "og:image")
    assert meta(page, "description") == meta(page, "og:description") == "What drifts, and how to see it."
    assert meta(page, "og:title") == meta(page, "og:image:alt") == "Drift & <decay>"
    assert meta(page, "og:type") == "article"
    assert meta(page, "og:locale") == "en_AU"
    assert meta(page, "twitter:card") == "summary_large_image"
    assert set(things(tree(public / "docs/page/index.html"))) == {"BreadcrumbList"}


def test_the_front_page_is_the_site(public: Path) -> None:
    site = things(tree(public / "index.html"))
    assert list(site) == ["WebSite"]
    assert site["WebSite"]["url"] == BASE


def test_breadcrumbs_lead_from_the_front_page_to_the_page(public: Path) -> None:
    for address, page in pages(public):
        if address.endswith("404.html") or address in {BASE, f"{BASE}de/"}:
            continue
        steps = things(page)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["name"] and file_of(public, step["item"]).is_file() for step in steps)
        assert steps[0]["item"] == (f"{BASE}de/" if "/de/" in address else BASE)
        assert steps[-1]["item"] == address


def test_cards_are_of_one_size_and_differ_between_posts(public: Path) -> None:
    cards = {}
    for name in (FIRST, LONG, THIRD, "index.html", "docs/page/index.html", "posts/old/index.html"):
        page = tree(public / name)
        file = file_of(public, meta(page, "og:image"))
        assert size(file) == (1200, 630) == (int(meta(page, "og:image:width")), int(meta(page, "og:image:height")))
        assert 10_000 < file.stat().st_size < 51_200
        cards[name] = file
    of_the_site = cards.pop("index.html")
    assert cards.pop("docs/page/index.html") == of_the_site
    assert cards.pop("posts/old/index.html") == of_the_site, "only the newest posts have their own"
    assert cards.pop(THIRD) == of_the_site, "the font has no such letters"
    assert len({card.read_bytes() for card in (of_the_site, *cards.values())}) == 3


def test_a_picture_named_in_the_front_matter_goes_before_a_card(public: Path) -> None:
    page = tree(public / "posts/bundle/index.html")
    assert meta(page, "og:image") == f"{BASE}posts/bundle/cover.png"
    assert meta(page, "og:image:width") == "192"
    assert file_of(public, f"{BASE}posts/bundle/cover.png").is_file()


def test_the_sitemap_says_when_pages_really_changed(public: Path) -> None:
    listed = {}
    for url in ET.parse(public / "en" / "sitemap.xml").getroot():  # noqa: S314 - our own output
        address = url.findtext(LOC) or ""
        assert file_of(public, address).is_file()
        listed[address.removeprefix(BASE)] = url.findtext(LASTMOD)
    assert listed["posts/first/"] == "2026-05-01T08:00:00+10:00"
    assert listed["posts/long/"] == "2026-02-05T09:00:00+10:00"
    for name in ("", "posts/", "tags/", "tags/rag/"):
        assert listed[name] == "2026-05-01T08:00:00+10:00", name
    assert listed["docs/page/"] is None
    assert "posts/hidden/" not in listed
    (line,) = re.findall(r"(?m)^Sitemap: (.*)$", (public / "robots.txt").read_text("utf-8"))
    assert ET.parse(file_of(public, line)).getroot().tag.endswith("sitemapindex")  # noqa: S314 - our own output


def test_a_page_is_left_out_of_search_engines_only_when_it_asks(public: Path) -> None:
    hidden = [address for address, page in pages(public) if page.css("meta[name=robots][content=noindex]")]
    assert {address.removeprefix(BASE) for address in hidden} == {"posts/hidden/", "404.html", "de/404.html"}
    assert "Hidden" not in (public / "llms.txt").read_text("utf-8")


def test_translations_name_each_other(public: Path) -> None:
    named = {}
    for address, page in pages(public):
        links = page.css("link[hreflang]")
        named[address] = {link.attributes["hreflang"]: link.attributes["href"] for link in links}
        assert len(links) == len(named[address])
    translated = {address: others for address, others in named.items() if others}
    assert {f"{BASE}posts/first/", f"{BASE}de/posts/first/", BASE, f"{BASE}de/", f"{BASE}tags/rag/"} <= set(translated)
    assert f"{BASE}posts/long/" not in translated
    for address, others in translated.items():
        assert set(others) == {"en-AU", "de", "x-default"}
        assert others["x-default"] == others["en-AU"]
        assert address in others.values()
        assert all(named[other or ""] == others for other in others.values())


def test_a_reader_gets_from_a_page_to_its_translation_and_back(public: Path) -> None:
    for address, page in pages(public):
        links = page.css(".languages a")
        named = {each.attributes["hreflang"]: each.attributes["href"] for each in page.css("link[hreflang]")}
        assert not named or len(links) == len(named) - 2
        for link in links if named else []:
            assert urljoin(address, link.attributes["href"] or "") == named[link.attributes["hreflang"]] != address
            assert link.attributes["lang"] == link.attributes["hreflang"]
            assert link.text() in {"English", "Deutsch"}


def test_who_wrote_a_post_is_named_unless_it_is_the_site(public: Path) -> None:
    (entry,) = tree(public / "posts/third/index.html").css(".h-entry")
    assert [each.text() for each in entry.css(".p-author")] == ["Ann Abel", "Bob Bär"]
    assert not tree(public / FIRST).css(".p-author")
    (post,) = [each for kind, each in things(tree(public / "posts/third/index.html")).items() if kind == "BlogPosting"]
    assert [sorted(each) for each in post["author"]] == [["@type", "name"], ["@type", "name"]]
    assert "<dc:creator>Ann Abel</dc:creator>\n<dc:creator>Bob Bär</dc:creator>" in (public / "index.xml").read_text(
        "utf-8"
    )


def test_markdown_can_be_read_far_from_the_site(public: Path) -> None:
    text = (public / "posts/first/index.md").read_text("utf-8")
    assert text == (
        "# Drift & <decay>\n\n"
        "2026-01-05 · RAG · Übung · <https://user.example/blog/posts/first/>\n\n"
        "See https://user.example/blog/posts/long/, [the docs](https://user.example/blog/docs/page/), "
        "[the other](https://user.example/blog/posts/long/#end) and [a part](https://user.example/blog/posts/first/#part).\n\n"
        '## Part\n\nIn code `[stays](/as/it/is)` and `<a href="/stays/">`.\n\n```md\n[stays](/too)\n```\n\n'
        "![A dot](https://user.example/blog/images/dot.png)\n\n[r]: https://user.example/blog/docs/\n"
    )


def test_lists_for_language_models_lead_to_markdown(public: Path) -> None:
    for name in ("llms.txt", "de/llms.txt", "index.md", "posts/index.md", "docs/index.md", "tags/rag/index.md"):
        text = (public / name).read_text("utf-8")
        assert re.match(r"# .+\n\n[>A-Z<]", text), name
        assert "\n\n\n" not in text
        links = re.findall(r"(?m)^- \[[^]]+\]\((.*?)\)", text)
        assert links, name
        for link in links:
            assert link.endswith("/index.md")
            assert file_of(public, link).is_file(), link
    sections = re.findall(r"(?m)^## (.*)$", (public / "llms.txt").read_text("utf-8"))
    assert sections == ["Posts", "Docs"]


def test_the_manifest_names_icons_of_the_size_it_says(public: Path) -> None:
    for address, page in pages(public):
        (link,) = page.css("link[rel=manifest]")
        manifest = json.loads(file_of(public, urljoin(address, link.attributes["href"] or "")).read_text("utf-8"))
        assert manifest["name"]
        assert manifest["start_url"] in {"/blog/", "/blog/de/"}
        for icon in manifest["icons"]:
            width, height = size(file_of(public, urljoin(address, icon["src"])))
            assert icon["sizes"] == f"{width}x{height}"
        (touch,) = page.css("link[rel=apple-touch-icon]")
        assert size(file_of(public, urljoin(address, touch.attributes["href"] or ""))) == (180, 180)
        assert "manifest-src 'self'" in page.css("meta[http-equiv=Content-Security-Policy]")[0].attributes["content"]  # type: ignore[operator]


def test_a_post_is_an_h_entry(public: Path) -> None:
    (entry,) = tree(public / FIRST).css(".h-entry")
    found = {
        name: [each.text().strip() for each in entry.css(f".{name}")] for name in ("p-name", "p-summary", "p-category")
    }
    assert found == {
        "p-name": ["Drift & <decay>"],
        "p-summary": ["What drifts, and how to see it."],
        "p-category": ["RAG", "Übung"],
    }
    days = {
        name: [each.attributes["datetime"] for each in entry.css(f"time.{name}")]
        for name in ("dt-published", "dt-updated")
    }
    assert days == {"dt-published": ["2026-01-05T09:00:00+10:00"], "dt-updated": ["2026-05-01T08:00:00+10:00"]}
    (text,) = entry.css(".e-content")
    assert "See " in text.text()
    assert not tree(public / "docs/page/index.html").css(".h-entry")


def test_a_list_is_of_h_entries(public: Path) -> None:
    entries = tree(public / "posts/index.html").css(".h-entry")
    assert len(entries) == 6
    for entry in entries:
        (link,) = entry.css("a.u-url.p-name")
        post = tree(file_of(public, urljoin(BASE, link.attributes["href"] or "")))
        assert post.css("h1.p-name")[0].text() == link.text()
        assert [each.attributes["datetime"] for each in entry.css("time.dt-published")] == [
            each.attributes["datetime"] for each in post.css("time.dt-published")
        ]


def test_every_page_names_who_else_its_author_is(public: Path) -> None:
    for _, page in pages(public):
        assert [link.attributes["href"] for link in page.css("link[rel=me]")] == [ME]


def test_what_a_site_adds_stands_below_its_posts_only(public: Path) -> None:
    found = {address.removeprefix(BASE): each.text() for address, page in pages(public) for each in page.css(".below")}
    assert found["posts/third/"] == "日本語"
    assert {address.removeprefix("de/").split("/")[0] for address in found} == {"posts"}
