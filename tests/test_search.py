"""The search index, and what a reader does with it in a real browser, below a sub-path."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from presscheck import pipeline, read, search
from presscheck.errors import EnvironmentFault
from tests.chromium import IN_A_BROWSER
from tests.conftest import CLOCK, ROOT, lay_our_templates
from tests.test_pipeline import files_of

SUB_PATH = "/blog"
TOPICS = [
    "harbours", "ferries", "tides", "lighthouses", "buoys", "anchors", "sails", "knots", "charts", "compasses", "currents", "gales",
]  # fmt: skip
DOES_NOT_SHIP = {
    "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
    "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
}  # fmt: skip


pytestmark = IN_A_BROWSER


def write_site(folder: Path) -> Path:
    """The shell of this repository's own site around small posts about the sea, two of which are about lighthouses."""
    lay_our_templates(folder)
    config = (ROOT / "config.toml").read_text("utf-8")
    (folder / "config.toml").write_text(re.sub(r"(?m)^\[\[menus\..*\n(?:  .*\n)*", "", config), "utf-8")
    for path in ("posts", "docs"):
        (folder / "content" / path).mkdir(parents=True)
    for path, title in {"": "Notes", "posts/": "Posts", "docs/": "Docs"}.items():
        text = f'+++\ntitle = "{title}"\ndescription = "What {title} are good for, told in a sentence of its own."\n+++\n\nRead on.\n'
        (folder / f"content/{path}_index.md").write_text(text, "utf-8")
    shutil.copyfile(ROOT / "content/search.md", folder / "content/search.md")
    for at, topic in enumerate(TOPICS):
        text = f"""+++
title = "Notes on {topic}"
date = 2026-03-{at + 1:02}T09:00:00+01:00
description = "What we know about {topic} after a year on the coast, and what we would ask next."
tags = ["Sea", "{"Steel" if topic in {"anchors", "buoys"} else "Canvas"}"]
+++

Every note begins with {topic}. A boat that leaves the quay needs a plan, a crew and a full kettle.

## Where {topic} stand

Ask {"the keeper of the Lighthouse" if topic == "ferries" else "anybody"} & read `<b>{topic}</b>` in the log.

```python
print("{topic}_in_code", 1 < 2)
```
"""
        (folder / f"content/posts/notes-on-{topic}.md").write_text(text, "utf-8")
    return folder


def build(folder: Path, base_url: str = "") -> pipeline.Outcome:
    root = read.find_root(folder)
    assert root
    return pipeline.build(pipeline.Order(root, folder / "public", CLOCK, base_url=base_url))


class Handler(http.server.SimpleHTTPRequestHandler):
    """A static host: text is compressed, 404.html stands for what is not there, and the policy may be a header."""

    requests: ClassVar[list[tuple[str, int]]] = []
    """The path and the bytes of each answer."""
    policy: ClassVar[str] = ""
    """The content policy that every file is sent with; none when empty."""
    lenient: ClassVar[str] = ""
    """The policy of the index's own files instead."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(SUB_PATH) or "/")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        is_there = path.is_file()
        path = path if is_there else Path(self.directory) / "404.html"
        body, kind = path.read_bytes(), self.guess_type(str(path))
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", kind)
        if kind.startswith("text/") or kind.endswith(("json", "javascript")):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        policy = self.lenient if self.lenient and "/pagefind/" in self.path else self.policy
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.requests.append((self.path, len(body)))

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@dataclass(frozen=True)
class Host:
    """The published site."""

    address: str
    """Where its home page is, without the closing `/`."""
    public: Path
    """The published folder."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = write_site(tmp_path_factory.mktemp("search") / "site")
    serve = functools.partial(Handler, directory=str(folder / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        address = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        outcome = build(folder, f"{address}/")
        assert outcome.is_published, outcome.diagnostics
        assert outcome.files == len(files_of(folder / "public"))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Host(address, folder / "public")
        server.shutdown()
        thread.join()


@dataclass
class Visit:
    """A page that a reader looks at, and what it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What a screen reader was told."""
        return self.page.get_by_role("status").inner_text()

    @property
    def titles(self) -> list[str]:
        """What was found."""
        return self.page.locator("ol.found h2").all_inner_texts()

    def hears(self, text: str) -> None:
        expect(self.page.get_by_role("status")).to_have_text(text)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def reader(context: BrowserContext, host: Host) -> Visit:
    """Somebody who has just opened the search page."""
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    Handler.requests.clear()
    visit.page.goto(f"{host.address}/search/", wait_until="networkidle")
    return visit


def test_typing_finds_marks_and_announces(reader: Visit, host: Host) -> None:
    reader.page.get_by_role("searchbox").press_sequentially("lighthouse", delay=20)
    reader.hears("2 results for “lighthouse”")
    assert reader.titles == ["Notes on lighthouses", "Notes on ferries"]
    first = reader.page.locator("ol.found > li").first
    assert first.locator("mark").all_inner_texts()[0] == "lighthouses."
    assert re.search(r"March 2026 · Sea · Canvas|March 2026 · Canvas · Sea", first.locator(".meta").inner_text())
    expect(reader.page).to_have_url(f"{host.address}/search/?q=lighthouse")
    assert reader.page.get_by_role("status").get_attribute("aria-live") in {None, "polite"}
    assert reader.complaints == []
    first.get_by_role("link", name="Notes on lighthouses").click()
    expect(reader.page).to_have_url(f"{host.address}/posts/notes-on-lighthouses/")
    reader.page.go_back()
    reader.hears("2 results for “lighthouse”")


def test_a_result_leads_to_the_section_of_the_page(reader: Visit, host: Host) -> None:
    reader.page.get_by_role("searchbox").fill("keeper")
    reader.hears("1 result for “keeper”")
    reader.page.get_by_role("link", name="Where ferries stand").click()
    expect(reader.page).to_have_url(f"{host.address}/posts/notes-on-ferries/#where-ferries-stand")


def test_a_tag_narrows_what_is_found(reader: Visit) -> None:
    reader.page.get_by_role("searchbox").fill("kettle")
    reader.hears("12 results for “kettle”")
    reader.page.get_by_label("Tag").select_option("Steel")
    reader.hears("2 results for “kettle”")
    assert sorted(reader.titles) == ["Notes on anchors", "Notes on buoys"]
    expect(reader.page).to_have_url(re.compile(r"\?q=kettle&tag=Steel$"))
    reader.page.reload()
    reader.hears("2 results for “kettle”")
    assert reader.page.get_by_label("Tag").input_value() == "Steel"


def test_ten_are_shown_and_the_rest_on_demand(reader: Visit) -> None:
    reader.page.get_by_role("searchbox").fill("kettle")
    reader.hears("12 results for “kettle”")
    more = reader.page.get_by_role("button", name="More results")
    expect(reader.page.locator("ol.found > li")).to_have_count(10)
    more.click()
    expect(reader.page.locator("ol.found > li")).to_have_count(12)
    expect(more).to_be_hidden()
    assert reader.page.evaluate("document.activeElement.textContent") == reader.titles[10]


def test_a_tag_and_a_name_in_code_are_found_too(reader: Visit) -> None:
    reader.page.get_by_role("searchbox").fill("steel")
    reader.hears("2 results for “steel”")
    reader.page.get_by_role("searchbox").fill("gales_in_code")
    reader.hears("1 result for “gales_in_code”")


def test_nothing_is_found_for_a_word_that_nobody_wrote(reader: Visit) -> None:
    reader.page.get_by_role("searchbox").fill("xyzzy")
    reader.hears("Nothing found for “xyzzy”")
    assert reader.titles == []
    expect(reader.page.locator("ol.found")).to_be_hidden()


def test_a_word_that_only_begins_like_others_finds_nothing(reader: Visit) -> None:
    """Pagefind falls back to whatever begins with its first letters, be it with one."""
    for word in ("kxyz", "lqqqq", "séjà"):
        reader.page.get_by_role("searchbox").fill(word)
        reader.hears(f"Nothing found for “{word}”")
    reader.page.get_by_role("searchbox").fill("KETTL")
    reader.hears("12 results for “KETTL”")


def test_a_word_with_a_wrong_letter_finds_what_begins_like_it(reader: Visit) -> None:
    box = reader.page.get_by_role("searchbox")
    for word in ("harburos", "Harbuors"):
        box.fill(word)
        reader.hears(f"Nothing found for “{word}”. Perhaps you meant one of these:")
        assert reader.titles == ["Notes on harbours"]
    box.fill("harbours")
    reader.hears("1 result for “harbours”")
    assert reader.complaints == []


def test_a_tag_alone_shows_its_posts(reader: Visit) -> None:
    reader.page.get_by_label("Tag").select_option("Steel")
    reader.hears("2 results for “Steel”")
    assert sorted(reader.titles) == ["Notes on anchors", "Notes on buoys"]
    reader.page.reload()
    reader.hears("2 results for “Steel”")
    reader.page.get_by_label("Tag").select_option("")
    reader.hears("")


def test_an_address_may_ask_for_a_tag_that_is_not_in_the_list(reader: Visit, host: Host) -> None:
    def leave_out(route: Route) -> None:
        answer = route.fetch()
        assert "<option>Steel</option>" in answer.text()
        route.fulfill(response=answer, body=answer.text().replace("<option>Steel</option>", ""))

    reader.page.route("**/search/?tag=Steel", leave_out)
    reader.page.goto(f"{host.address}/search/?tag=Steel")
    reader.hears("2 results for “Steel”")
    assert reader.page.get_by_label("Tag").input_value() == "Steel"
    reader.page.goto(f"{host.address}/search/?tag=Nobody")
    reader.hears("Nothing found for “Nobody”")


@pytest.mark.parametrize("words", ["<img src=x onerror=alert(1)>", "$& $1", '"', "%", "\\"])
def test_words_are_text_and_nothing_else(reader: Visit, words: str) -> None:
    reader.page.get_by_role("searchbox").fill(words)
    expect(reader.page.get_by_role("status")).to_contain_text(f"for “{words}”")
    assert reader.page.locator("main img").count() == 0
    reader.page.get_by_role("searchbox").fill("  ")
    reader.hears("")
    assert reader.complaints == []


def test_a_page_that_quotes_html_is_shown_as_text(reader: Visit) -> None:
    reader.page.get_by_role("searchbox").fill("sails log")
    reader.hears("1 result for “sails log”")
    excerpt = reader.page.locator("ol.found p:not(.meta)").inner_text()
    assert "& read <b>sails</b>" in excerpt
    assert reader.page.locator("ol.found b").count() == 0


def test_a_keyboard_is_enough(reader: Visit) -> None:
    page = reader.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("tides")
    page.keyboard.press("Enter")
    reader.hears("1 result for “tides”")
    assert page.evaluate("document.activeElement.id") == "q"
    stops: list[str] = []
    while "A Notes on tides" not in stops and len(stops) < 8:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()"))
    assert stops[0].startswith("SELECT")
    assert stops[1] == "BUTTON Search"
    assert stops[-1] == "A Notes on tides"
    page.get_by_role("searchbox").fill("a/b")
    assert page.get_by_role("searchbox").input_value() == "a/b"


def test_the_form_and_the_results_have_names(reader: Visit) -> None:
    assert reader.page.get_by_role("search").count() == 1
    assert reader.page.get_by_role("region", name="Results").count() == 1
    assert reader.page.get_by_role("searchbox", name="Words").count() == 1
    expect(reader.page.get_by_text("needs JavaScript")).to_be_hidden()


def test_nothing_is_loaded_before_the_first_use_and_little_then(reader: Visit) -> None:
    assert [path for path, _ in Handler.requests if "pagefind" in path] == []
    script = sum(size for path, size in Handler.requests if path.endswith(".js"))
    assert 0 < script <= 3_000
    Handler.requests.clear()
    reader.page.get_by_role("searchbox").press_sequentially("lighthouse", delay=20)
    reader.hears("2 results for “lighthouse”")
    reader.page.wait_for_load_state("networkidle")
    assert sum(size for _, size in Handler.requests) <= 110_000, Handler.requests
    Handler.requests.clear()
    reader.page.get_by_role("searchbox").fill("anchors")
    reader.hears("1 result for “anchors”")
    assert sum(size for _, size in Handler.requests) <= 10_000, Handler.requests


def test_a_reader_without_a_connection_is_told_and_may_try_again(reader: Visit, context: BrowserContext) -> None:
    box = reader.page.get_by_role("searchbox")
    context.set_offline(True)
    box.fill("tides")
    expect(reader.page.get_by_role("status")).to_contain_text("could not be loaded")
    context.set_offline(False)
    box.press("Enter")
    reader.hears("1 result for “tides”")


def test_without_a_script_the_form_leads_to_the_tags_and_the_posts(browser: Browser, host: Host) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}/search/")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    page.get_by_role("searchbox").fill("tides")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{host.address}/search/?q=tides&tag=#browse")
    browse = page.locator("#browse")
    assert browse.get_by_role("link", name="Posts", exact=True).get_attribute("href") == f"{SUB_PATH}/posts/"
    browse.get_by_role("link", name="Tags").click()
    expect(page).to_have_url(f"{host.address}/tags/")
    page.goto(f"{host.address}/posts/notes-on-tide/")
    assert page.locator(".near button").is_hidden()
    context.close()


STRICT = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'"


@pytest.mark.parametrize(
    ("policy", "lenient"),
    [
        ("", ""),
        (STRICT, "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"),
        (STRICT.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"), ""),
    ],
    ids=["in the page only", "header, another for the index", "header, one for all"],
)
def test_a_strict_policy_is_not_violated(
    browser: Browser, host: Host, monkeypatch: pytest.MonkeyPatch, policy: str, lenient: str
) -> None:
    monkeypatch.setattr(Handler, "policy", policy)
    monkeypatch.setattr(Handler, "lenient", lenient)
    context = browser.new_context()
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.goto(f"{host.address}/search/?q=lighthouse", wait_until="networkidle")
    visit.hears("2 results for “lighthouse”")
    assert visit.complaints == []
    written = visit.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
    assert "unsafe" not in written
    context.close()


@pytest.mark.parametrize(
    "address", ["/posts/notes-on-lihgthouses-and-ferries/", "/ferries", "/old/Ferries.html", "/2019/05/why_ferries/"]
)
def test_a_missing_page_offers_what_comes_near(context: BrowserContext, host: Host, address: str) -> None:
    page = context.new_page()
    page.goto(host.address + address)
    near = page.locator(".near")
    near.get_by_role("button").click()
    expect(near.get_by_role("status")).to_have_text("Did you mean one of these?")
    assert 1 <= near.get_by_role("link").count() <= 5
    first = near.get_by_role("link").first
    assert first.inner_text() == "Notes on ferries"
    assert first.get_attribute("href") == f"{SUB_PATH}/posts/notes-on-ferries/"


def test_a_missing_page_may_be_asked_again_after_the_connection_failed(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(f"{host.address}/ferries", wait_until="networkidle")
    near = page.locator(".near")
    context.set_offline(True)
    near.get_by_role("button").click()
    expect(near.get_by_role("status")).to_contain_text("could not be loaded")
    context.set_offline(False)
    near.get_by_role("button").click()
    expect(near.get_by_role("status")).to_have_text("Did you mean one of these?")
    assert near.get_by_role("link").first.inner_text() == "Notes on ferries"
    expect(near.get_by_role("button")).to_be_hidden()


@pytest.mark.parametrize("address", ["/xyzzy/", "/%E0%A4%A", "/%F0%9F%A6%91/", "/?q=ferries"])
def test_a_missing_page_offers_nothing_when_nothing_comes_near(
    context: BrowserContext, host: Host, address: str
) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.address + address, wait_until="networkidle")
    assert not any("pagefind" in url for url in asked), "nothing is loaded unasked"
    near = page.locator(".near")
    if near.count():  # `/?q=ferries` is the front page
        near.get_by_role("button").click()
        expect(near.get_by_role("status")).to_have_text("No page has a similar address.")
        assert near.get_by_role("link").count() == 0
    assert wrong == []


def test_posts_and_docs_are_found_and_lists_are_not(host: Host) -> None:
    marked = {
        path.relative_to(host.public).as_posix()
        for path in host.public.rglob("*.html")
        if LexborHTMLParser(path.read_text("utf-8")).css_first("[data-pagefind-body]")
    }
    assert marked == {f"posts/notes-on-{topic}/index.html" for topic in TOPICS} | {"docs/index.html"}
    assert len(list((host.public / "pagefind/fragment").iterdir())) == len(marked)
    for listed in ("sitemap.xml", "index.xml", "index.html"):
        assert f"{SUB_PATH}/search/</" not in (host.public / listed).read_text("utf-8")


def test_only_what_a_search_reads_is_published(host: Host) -> None:
    shipped = {path.name for path in (host.public / "pagefind").iterdir()}
    assert not shipped & DOES_NOT_SHIP
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "fragment", "index", "filter"} <= shipped


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site")
    made = []
    for umask in (0o022, 0o077):
        before = os.umask(umask)
        try:
            assert build(folder).is_published
        finally:
            os.umask(before)
        made.append(files_of(folder / "public"))
    assert made[0] == made[1]


def test_a_site_that_does_not_ask_has_no_index(tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site")
    config = folder / "config.toml"
    config.write_text(re.sub(r"(?m)^  search = true", "  search = false", config.read_text("utf-8")), "utf-8")
    outcome = build(folder)
    assert not outcome.is_published
    assert any("searches an index that is not made" in each.message for each in outcome.diagnostics)
    (folder / "content/search.md").unlink()
    outcome = build(folder)
    assert outcome.is_published, outcome.diagnostics
    assert not (folder / "public/pagefind").exists()
    assert "missing." not in (folder / "public/404.html").read_text("utf-8")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is run instead of Pagefind."""
    program = tmp_path / "pagefind"
    program.touch(0o755)
    monkeypatch.setattr(search, "binary", lambda: program)
    return program


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("#!/bin/sh\necho 'no space left' >&2; exit 1\n", r"made no search index: no space left$"),
        ("#!/bin/sh\nexit 7\n", r"made no search index: it ended with status 7$"),
        ("no program at all", r"cannot run Pagefind: Exec format error$"),
    ],
)
def test_when_pagefind_fails_nothing_is_published(tmp_path: Path, broken: Path, program: str, message: str) -> None:
    folder = write_site(tmp_path / "site")
    (folder / "public").mkdir()
    (folder / "public/index.html").write_text("what was published before")
    before = files_of(folder / "public")
    broken.write_text(program)
    with pytest.raises(EnvironmentFault, match=message):
        build(folder)
    assert files_of(folder / "public") == before
    assert list(folder.glob(".presscheck/staging-*")) == []


def test_a_pagefind_that_takes_too_long_is_stopped(tmp_path: Path, broken: Path) -> None:
    broken.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/process\nexec sleep 60\n")
    with pytest.raises(EnvironmentFault, match=r"took longer than 1 seconds and was stopped"):
        search.index(tmp_path, 1)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "process").read_text()), 0)


@pytest.mark.parametrize("ending", ["js", "json", "pf_meta", "pf_index", "pagefind"])
@pytest.mark.parametrize("part", [0, 0.5])
def test_a_file_that_did_not_fit_on_the_disk_is_noticed(
    tmp_path: Path, broken: Path, host: Host, ending: str, part: float
) -> None:
    shutil.copytree(host.public / "pagefind", tmp_path / "pagefind-whole")
    path = next((tmp_path / "pagefind-whole").rglob(f"*.{ending}"))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    site = tmp_path / "site"
    site.mkdir()
    broken.write_text(f"#!/bin/sh\n/bin/cp -r {tmp_path}/pagefind-whole {site}/pagefind\n")
    with pytest.raises(EnvironmentFault, match=rf"left `{re.escape(path.name)}|left `index/.*unfinished"):
        search.index(site, 60)


def test_a_layout_that_marks_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"made no search index: .*not able to build an index") as raised:
        search.index(tmp_path, 60)
    assert "data-pagefind-body" in raised.value.hint
