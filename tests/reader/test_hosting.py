"""The site as a host serves it that was told how by `_headers`, below a sub-path that its pages name: nothing is refused,
nothing is missing, and nothing is asked for beside it."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from presscheck import pipeline, read
from presscheck.hosting import model
from tests import hosts
from tests.chromium import IN_A_BROWSER
from tests.conftest import CLOCK, ROOT
from tests.reader.serve import SUB_PATH, Handler
from tests.reader.visit import PAGES, Visit, visit

pytestmark = IN_A_BROWSER

FOR_MACHINES = (
    "/index.xml",
    "/feed.json",
    "/sitemap.xml",
    "/llms.txt",
    "/robots.txt",
    "/manifest.webmanifest",
    "/index.md",
)


class Hosted(Handler):
    """Sends what `_headers` says."""

    told: ClassVar[str] = ""
    """The file `_headers`."""
    asked: ClassVar[list[str]] = []
    """The paths of all requests."""

    def end_headers(self) -> None:
        self.asked.append(self.path)
        for name, value in hosts.cloudflare(self.told, urlsplit(self.path).path).items():
            self.send_header(name, value)
        super().end_headers()


@dataclass(frozen=True)
class Site:
    """The published site."""

    address: str
    """Where it is, without the last slash."""
    public: Path
    """The published folder."""

    def file_of(self, url: str) -> Path:
        """What is served at `url`, which is the site's."""
        path = self.public / unquote(urlsplit(url).path.removeprefix(f"{SUB_PATH}/"))
        return path / "index.html" if url.endswith("/") else path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    public = tmp_path_factory.mktemp("hosted") / "public"
    root = read.find_root(ROOT)
    assert root
    handler = functools.partial(Hosted, directory=str(public))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        outcome = pipeline.build(pipeline.Order(root=root, output=public, clock=CLOCK, base_url=f"{address}/"))
        assert outcome.is_published, outcome.diagnostics
        assert outcome.notes == ()
        Hosted.told = (public / "_headers").read_text("utf-8")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(address, public)
        server.shutdown()
        thread.join()


def faults(found: Visit, kind: str) -> list[Any]:
    """What went wrong on a page: complaints of the browser, requests that failed, left the site or found nothing."""
    wrong: list[Any] = [*found.said, *found.failed, *found.ask("brokenPolicy")]
    wrong += [
        (each.status, each.url)
        for each in found.responses
        if each.status >= 400 and not (kind == "not found" and each.request.is_navigation_request())
    ]
    return wrong


def test_no_page_breaks_the_policy_and_none_asks_for_anything_beside_the_site(browser: Browser, site: Site) -> None:
    Hosted.asked.clear()
    for kind, path in PAGES.items():
        with visit(browser, site.address + path) as found:
            if kind == "not found":
                expect(found.page.get_by_role("heading", level=1)).to_be_visible()
            if kind in {"search", "not found"}:
                found.page.wait_for_load_state("networkidle")
            assert faults(found, kind) == [], kind
            sent = found.responses[0].all_headers()
            assert "frame-ancestors 'none'" in sent["content-security-policy"]
            assert found.responses[0].status == (404 if kind == "not found" else 200)
            assert {urlsplit(each.url).netloc for each in found.responses} == {urlsplit(site.address).netloc}
    assert [path for path in Hosted.asked if not path.startswith(f"{SUB_PATH}/")] == []


def test_the_search_finds_and_its_result_opens(browser: Browser, site: Site) -> None:
    Hosted.asked.clear()
    with visit(browser, f"{site.address}/search/") as found:
        found.page.get_by_role("searchbox").fill("retrieval")
        first = found.page.locator("ol.found > li h2 a").first
        expect(first).to_be_visible(timeout=30_000)
        address = first.get_attribute("href") or ""
        assert address.startswith(f"{SUB_PATH}/")
        assert faults(found, "search") == []
        first.click()
        expect(found.page).to_have_url(urljoin(site.address, address))
        expect(found.page.get_by_role("heading", level=1)).to_be_visible()
        assert faults(found, "result") == []
    assert [path for path in Hosted.asked if not path.startswith(f"{SUB_PATH}/")] == []


def test_the_policy_of_the_header_and_of_the_page_are_one(browser: Browser, site: Site) -> None:
    """The header says two things more: who may frame the site, and that the worker of the search may run WebAssembly."""
    with visit(browser, f"{site.address}/") as found:
        written = found.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
        header = found.responses[0].all_headers()["content-security-policy"]
        assert written == model.POLICY
        assert header.replace(" 'wasm-unsafe-eval'", "").replace("; frame-ancestors 'none'", "") == written
        compiled = (
            "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'ran', () => 'refused')"
        )
        assert found.ask(compiled) == "refused"
        found.ask("() => { const each = document.createElement('div'); each.innerHTML = '<img src=x onerror=\"window.ran = 1\">'; "
                  "document.body.append(each); const own = document.createElement('script'); own.textContent = 'window.ran = 2'; "
                  "document.body.append(own); }")  # fmt: skip
        found.page.wait_for_function("brokenPolicy.length >= 2")
        assert found.ask("window.ran") is None


def test_another_site_cannot_frame_a_page(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.set_content(f"<iframe src='{site.address}/'></iframe>")
    context.close()


def test_every_address_on_every_page_is_there_below_the_path(site: Site) -> None:
    asked = 0
    for path in sorted(site.public.rglob("*.html")):
        relative = path.relative_to(site.public).as_posix()
        here = f"{site.address}/{relative.removesuffix('index.html')}"
        tree = LexborHTMLParser(path.read_text("utf-8"))
        values = [node.attributes.get(name) for name in ("href", "src", "action") for node in tree.css(f"[{name}]")]
        values += [
            each.split()[0]
            for node in tree.css("[srcset]")
            for each in (node.attributes.get("srcset") or "").split(",")
        ]
        values += [
            node.attributes.get("content") for node in tree.css("meta[property='og:image'], meta[property='og:url']")
        ]
        for value in filter(None, values):
            url = urldefrag(urljoin(here, value)).url.partition("?")[0]
            if urlsplit(url).netloc != urlsplit(site.address).netloc:
                assert value.startswith(("http", "mailto:")), (relative, value)
                continue
            assert url.startswith(f"{site.address}/"), (relative, value)
            assert site.file_of(url).is_file(), (relative, value)
            asked += 1
    assert asked > 5_000


def test_both_hosts_that_read_the_file_send_the_same(site: Site) -> None:
    for path in sorted(site.public.rglob("*")):
        url = f"{SUB_PATH}/{path.relative_to(site.public).as_posix()}"
        assert hosts.netlify(Hosted.told, url) == hosts.cloudflare(Hosted.told, url)


def test_what_machines_read_names_only_what_is_there(site: Site) -> None:
    def is_there(url: str) -> bool:
        return url.startswith(f"{site.address}/") and site.file_of(urldefrag(url).url).is_file()

    for path in FOR_MACHINES:
        assert (site.public / path.lstrip("/")).is_file(), path
    feeds = sorted(site.public.rglob("index.xml"))
    assert len(feeds) > 5
    for feed in feeds:
        tree = ET.fromstring(feed.read_bytes())  # noqa: S314 - our own
        links = [node.text or "" for node in tree.iter("link")]
        links += [node.get("href") or "" for node in tree.iter("{http://www.w3.org/2005/Atom}link")]
        assert links
        assert [url for url in links if not is_there(url)] == [], feed
        for node in tree.iter("{http://purl.org/rss/1.0/modules/content/}encoded"):
            for each in LexborHTMLParser(node.text or "").css("[src],[href]"):
                url = each.attributes.get("src") or each.attributes.get("href") or ""
                assert urlsplit(url).scheme, (feed, url)
                assert is_there(url) or not url.startswith(site.address.removesuffix(SUB_PATH)), (feed, url)
    items = json.loads((site.public / "feed.json").read_text("utf-8"))
    assert is_there(items["home_page_url"])
    assert [item["url"] for item in items["items"] if not is_there(item["url"])] == []
    locations = [node.text or "" for node in ET.parse(site.public / "sitemap.xml").iter() if node.tag.endswith("}loc")]  # noqa: S314
    assert len(locations) > 50
    assert [url for url in locations if not is_there(url)] == []
    icons = json.loads((site.public / "manifest.webmanifest").read_text("utf-8"))
    assert [each["src"] for each in icons["icons"] if not is_there(urljoin(f"{site.address}/", each["src"]))] == []
    assert icons["start_url"] == f"{SUB_PATH}/"
    assert f"Sitemap: {site.address}/sitemap.xml" in (site.public / "robots.txt").read_text("utf-8")
