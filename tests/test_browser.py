"""Every kind of page of this blog in a real browser, with the content policy that it carries."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from presscheck import pipeline, read
from tests.conftest import CLOCK, ROOT

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = {
    "home": "/",
    "section": "/posts/",
    "post": "/posts/aws-services-for-generative-ai/",
    "bundle": "/posts/agents-and-tool-use/",
    "series": "/series/rag-from-the-ground-up/",
    "tags": "/tags/",
    "tag": "/tags/llm/",
    "docs": "/docs/",
    "manual": "/docs/write-a-post/",
    "rules": "/docs/rules/",
    "not found": "/nothing/here/",
}
SUB_PATH = "/blog"

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below SUB_PATH as a static host does: `index.html` for a folder, 404.html for nothing."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(SUB_PATH) or "/")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The blog, built by the pipeline for the address that it is then served at, below a sub-path."""
    folder = tmp_path_factory.mktemp("browser") / "public"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    base = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    root = read.find_root(ROOT)
    assert root
    outcome = pipeline.build(pipeline.Order(root=root, output=folder, clock=CLOCK, base_url=f"{base}/"))
    assert outcome.is_published, outcome.diagnostics
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield base
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@dataclass
class Visit:
    """A page, and what went wrong while it opened."""

    page: Page
    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@contextlib.contextmanager
def visit(browser: Browser, url: str, **options: object) -> Iterator[Visit]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    found = Visit(page)

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.console.append(message.text)

    def on_failed(request: Request) -> None:
        found.failed.append(request.url)

    def on_response(response: Response) -> None:
        if response.status >= 400:
            found.failed.append(f"{response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.console.append(str(error)))
    page.on("requestfailed", on_failed)
    page.on("response", on_response)
    page.goto(url, wait_until="networkidle")
    yield found
    context.close()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_opens_without_an_error_or_a_failed_request(
    browser: Browser, address: str, kind: str, scheme: str
) -> None:
    url = address + PAGES[kind]
    with visit(browser, url, color_scheme=scheme) as found:
        expected = [f"404 {url}"] if kind == "not found" else []
        assert found.failed == expected
        assert [text for text in found.console if not (expected and "404" in text)] == []
        assert found.page.locator("h1").count() == 1
        assert found.page.locator("main").count() == 1
        background = found.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") or ""
        channels = [int(float(part)) for part in background.partition("(")[2].rstrip(")").split(",")[:3]]
        assert (sum(channels) < 3 * 128) is (scheme == "dark"), background


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits_a_narrow_screen_and_needs_no_script(browser: Browser, address: str, kind: str) -> None:
    with visit(
        browser, address + PAGES[kind], viewport={"width": 320, "height": 640}, java_script_enabled=True
    ) as found:
        width = found.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320
        assert found.page.locator("script:not([type='application/ld+json'])").count() == 0
        assert found.page.locator("[style], style").count() == 0
        policy = found.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_a_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    with visit(browser, address + PAGES["post"]) as found:
        found.page.keyboard.press("Tab")
        assert found.page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
        found.page.keyboard.press("Enter")
        assert found.page.evaluate("document.activeElement.closest('main') !== null || location.hash !== ''")


def test_a_reader_gets_from_home_to_a_tag_and_a_post(browser: Browser, address: str) -> None:
    with visit(browser, address + "/") as found:
        page = found.page
        page.get_by_role("link", name="Tags", exact=True).first.click()
        page.get_by_role("link", name="RAG", exact=True).first.click()
        assert page.url == f"{address}/tags/rag/"
        page.get_by_role("main").get_by_role("link", name="Embeddings", exact=False).first.click()
        assert "/posts/" in page.url or "/tags/" in page.url
        page.goto(f"{address}/posts/embeddings-and-vector-search/")
        page.locator("main a[href*='#when-retrieval'], main a[href*='/posts/']").first.click()
        page.wait_for_load_state("networkidle")
        assert [request for request in found.failed if request[0].isdigit()] == [], (
            "what was cut off by the next click is no failure"
        )


def test_pictures_are_shown_with_their_size_and_words(browser: Browser, address: str) -> None:
    with visit(browser, address + PAGES["bundle"]) as found:
        pictures = found.page.locator("main img")
        assert pictures.count() >= 1
        for at in range(pictures.count()):
            picture = pictures.nth(at)
            picture.scroll_into_view_if_needed()
            found.page.wait_for_function(
                "image => image.complete && image.naturalWidth > 0", arg=picture.element_handle()
            )
            assert picture.get_attribute("alt")
            assert picture.get_attribute("width")
            assert picture.get_attribute("height")
