"""This repository's own site: what its authors promise."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck import pipeline, read
from presscheck.check import active_rules, check_site
from presscheck.site import Site
from tests.conftest import CLOCK, ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture(scope="module")
def site() -> Site:
    root = read.find_root(ROOT)
    assert root
    return read.read_site(root, CLOCK)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = read.find_root(ROOT)
    assert root
    output = tmp_path_factory.mktemp("blog") / "public"
    outcome = pipeline.build(pipeline.Order(root=root, output=output, clock=CLOCK))
    assert outcome.diagnostics == []
    assert outcome.is_published
    return output


def test_the_sources_have_no_finding(site: Site) -> None:
    assert check_site(site, active_rules(site.config)) == []


def test_posts_are_of_a_readable_length_and_rich(site: Site) -> None:
    posts = [page for page in site.pages if page.section == "posts" and page.kind == "page"]
    assert len(posts) >= 10
    long = 0
    for page in posts:
        body = page.source.text[page.front_matter.span.end :]
        words = len(re.findall(r"\b[\w'-]+\b", body))
        assert 250 <= words <= 3200, (page.path, words)
        long += words >= 700
        assert any(block.info for block in page.markdown.code_blocks), page.path
        assert any(link.destination.startswith("/posts/") for link in page.markdown.links), page.path
        assert page.get("description")
    assert long >= 10


def test_the_first_post_is_the_article_on_aws_services(site: Site) -> None:
    posts = sorted(
        (page for page in site.pages if page.section == "posts" and page.kind == "page"),
        key=lambda page: str(page.date),
    )
    assert posts[0].title == "🔮 AWS Services for Generative AI"
    assert str(posts[0].date) == "2025-08-04 12:44:47+10:00"
    assert posts[0].get("tags") == ["LLM", "AI", "Design Patterns"]
    text = posts[0].source.text
    for service in [
        "Bedrock", "JumpStart", "Titan", "Amazon Q", "CodeWhisperer", "Lex", "Polly", "Transcribe", "QuickSight", "Textract", "Comprehend",
        "Translate", "Rekognition", "OpenSearch", "Kendra", "pgvector", "SageMaker", "Trainium", "Inferentia", "EC2", "Personalize", "Forecast",
        "DevOps Guru", "Fraud Detector", "Lookout for Equipment", "Lookout for Metrics", "Lookout for Vision", "HealthScribe",
    ]:  # fmt: skip
        assert service in text, service


def test_tags_overlap_and_the_main_ones_are_described(site: Site) -> None:
    terms = [term.name for term in site.terms if term.taxonomy == "tags"]
    described = {page.title for page in site.pages if page.kind == "term" and page.get("description")}
    assert {name for name in terms if terms.count(name) > 1} <= described


def test_feeds_are_well_formed_with_full_text_and_whole_addresses(public: Path) -> None:
    base = tomllib.loads((ROOT / "config.toml").read_text())["baseURL"]
    feeds = sorted(public.rglob("index.xml"))
    assert {"index.xml", "posts/index.xml", "tags/llm/index.xml"} <= {
        feed.relative_to(public).as_posix() for feed in feeds
    }
    for feed in feeds:
        root = ET.parse(feed).getroot()  # noqa: S314 - our own output
        channel = root.find("channel")
        assert channel is not None
        link = channel.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == base + feed.relative_to(public).as_posix()
        items = channel.findall("item")
        assert items or "docs" in feed.parts
        for item in items:
            assert (item.findtext("link") or "").startswith(base)
            assert re.fullmatch(r"\w{3}, \d\d \w{3} 20\d\d .*", item.findtext("pubDate") or "")
            html = LexborHTMLParser(item.findtext(CONTENT) or item.findtext("description") or "")
            for node in html.css("[src],[href]"):
                value = node.attributes.get("src") or node.attributes.get("href") or ""
                assert re.match(r"https?://|mailto:", value), value
    newest = ET.parse(public / "index.xml").getroot()  # noqa: S314
    assert len(newest.findall("channel/item")) >= 10


def test_no_page_carries_a_script_or_a_style_of_its_own(public: Path) -> None:
    for path in public.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        if tree.css_first("meta[http-equiv='refresh' i]"):
            continue
        assert not tree.css("style, [style], script:not([src]):not([type='application/ld+json'])"), path
        assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")], path


def test_every_tag_page_lists_its_posts_with_counts(public: Path, site: Site) -> None:
    tags = LexborHTMLParser((public / "tags/index.html").read_text("utf-8"))
    listed = {node.css_first("a").text(): node.css_first("span").text() for node in tags.css(".terms li")}  # type: ignore[union-attr]
    names = [term.name for term in site.terms if term.taxonomy == "tags"]
    assert {name: f"{names.count(name)} post{'s' * (names.count(name) > 1)}" for name in set(names)} == listed


def test_the_project_names_no_registry_and_no_path_of_a_machine() -> None:
    import subprocess  # noqa: PLC0415

    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".png", ".svg"} or not path.is_file() or name == "tests/test_blog.py":
            continue
        text = path.read_text("utf-8", "replace")
        assert not re.search(r"pypi\.org|registry\.npmjs|deb\.debian\.org|/home/\w|/root/|/work/", text), name
