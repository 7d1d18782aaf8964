"""What scripts add: the switch for the scheme, a button to copy code, contents that follow, a filter for tags."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import Visit, visit

pytestmark = IN_A_BROWSER

_NOTE_SCHEME_AT_FIRST_PAINT = """
  window.atFirstPaint = [];
  new MutationObserver((_, watcher) => {
    if (!document.body) return;
    watcher.disconnect();
    const { scheme } = document.documentElement.dataset;
    window.atFirstPaint.push(scheme ?? "of the system");
  }).observe(document, { childList: true, subtree: true });
"""
_NO_MEMORY = """
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""
_COVERED = """
  () => [...document.querySelectorAll(".code")].filter((listing) => {
    const scroller = listing.querySelector("pre");
    scroller.scrollLeft = scroller.scrollWidth;
    const button = listing.querySelector(".copy").getBoundingClientRect();
    const texts = document.createTreeWalker(listing.querySelector("code"), NodeFilter.SHOW_TEXT);
    const words = document.createRange();
    while (texts.nextNode()) {
      words.selectNodeContents(texts.currentNode);
      for (const { left, right, top, bottom } of words.getClientRects()) {
        if (left < button.right && right > button.left && top < button.bottom && bottom > button.top) return true;
      }
    }
    return false;
  }).map((listing) => listing.textContent)
"""
_NO_CLIPBOARD = """
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
# A promise: a page may be loaded before it is shown for the first time.
_NOTE_FADES = """
  window.fades = new Promise((resolve) => {
    addEventListener("pagereveal", (event) => resolve(Boolean(event.viewTransition)));
  });
"""
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.mark.parametrize("kind", ["home", "short post", "docs"])
def test_the_switch_changes_the_scheme_and_a_reload_keeps_it_without_a_flash(
    browser: Browser, addresses: dict[str, str], kind: str
) -> None:
    url = addresses[kind]
    with visit(browser, url, _NOTE_SCHEME_AT_FIRST_PAINT, color_scheme="light") as found:
        assert found.ask("atFirstPaint") == ["of the system"]
        assert (_is_dark(found), _is_pressed(found)) == (False, False)
        _switch(found)
        assert (_is_dark(found), _is_pressed(found)) == (True, True)
        found.page.reload()
        assert found.ask("atFirstPaint") == ["dark"], "it has to be known before there is anything to paint"
        assert (_is_dark(found), _is_pressed(found)) == (True, True)
        _switch(found)
        assert (_is_dark(found), _is_pressed(found)) == (False, False)
        assert found.ask("Object.keys(localStorage)") == ["scheme"]
        assert found.said == []


def test_the_switch_starts_from_what_the_system_shows(browser: Browser, blog: str) -> None:
    with visit(browser, f"{blog}/", color_scheme="dark") as found:
        assert (_is_dark(found), _is_pressed(found)) == (True, True)
        found.page.emulate_media(color_scheme="light")
        found.page.locator(".scheme[aria-pressed=false]").wait_for()
        assert not _is_dark(found)
        found.page.emulate_media(color_scheme="dark")
        found.page.locator(".scheme[aria-pressed=true]").wait_for()
        _switch(found)
        assert (_is_dark(found), _is_pressed(found)) == (False, False)


def test_the_switch_works_in_a_browser_that_keeps_nothing(browser: Browser, blog: str) -> None:
    with visit(browser, f"{blog}/", _NO_MEMORY, color_scheme="light") as found:
        _switch(found)
        assert (_is_dark(found), _is_pressed(found)) == (True, True)
        assert found.said == []


def test_the_button_of_a_listing_copies_its_code_and_says_so(browser: Browser, addresses: dict[str, str]) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with visit(browser, addresses["short post"], permissions=allowed) as found:
        listing = found.page.locator(".code").first
        status = listing.get_by_role("status")
        assert status.text_content() == ""
        listing.get_by_role("button", name="Copy").click()
        status.filter(has_text="Copied").wait_for(state="attached")
        code = found.ask("navigator.clipboard.readText()")
        assert code.startswith("from math import hypot\n\n\ndef similarity(")
        assert code.endswith("# 0.6\n")
        listing.get_by_role("button", name="Copy", exact=True).wait_for()
        assert status.text_content() == ""


def test_code_that_a_browser_does_not_copy_is_selected_and_that_is_said(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with visit(browser, addresses["short post"], _NO_CLIPBOARD) as found:
        listing = found.page.locator(".code").first
        listing.get_by_role("button", name="Copy").click()
        listing.get_by_role("status").filter(has_text="Not copied, but selected").wait_for(state="attached")
        assert found.ask("getSelection().toString()").startswith("from math import hypot")
        listing.get_by_role("button", name="Copy", exact=True).wait_for()
        assert found.said == []


def test_line_numbers_are_not_copied(browser: Browser, addresses: dict[str, str]) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    url = addresses["everything"]
    with visit(browser, url, permissions=allowed, reduced_motion="reduce") as found:
        listing = found.page.locator(".code").first
        listing.get_by_role("button").click()
        listing.get_by_role("status").filter(has_text="Kopiert").wait_for(state="attached")
        lines = found.ask("navigator.clipboard.readText()").splitlines()
        assert lines[0] == "class Umbruch:"
        assert lines[2].startswith("    grenze: int")


def test_a_button_covers_no_code_that_cannot_be_drawn_from_below_it(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with visit(browser, addresses["everything"], viewport=NARROW) as found:
        assert found.page.locator(".copy").count() == found.page.locator(".code").count() >= 4
        assert found.ask(_COVERED) == []


def test_the_contents_stand_open_in_a_wide_window_only(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["long post"], viewport=WIDE) as found:
        links = found.page.locator(".contents a")
        assert links.first.is_visible()
        found.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        links.first.wait_for(state="hidden")
    with visit(browser, addresses["long post"], viewport=NARROW) as found:
        assert not found.page.locator(".contents a").first.is_visible()


def test_the_contents_mark_the_part_that_is_being_read(browser: Browser, addresses: dict[str, str]) -> None:
    url = addresses["long post"]
    with visit(browser, url, viewport=WIDE, reduced_motion="reduce") as found:
        marked = found.page.locator(".contents [aria-current]")
        assert marked.count() == 0
        for at in (1, 3):
            link = found.page.locator(".contents a").nth(at)
            link.click()
            marked.filter(has_text=link.inner_text()).wait_for()
            assert marked.count() == 1
        found.page.reload()
        marked.filter(has_text=link.inner_text()).wait_for()
        found.ask("scrollTo(0, 0)")
        marked.wait_for(state="detached")


def test_the_filter_leaves_the_tags_whose_names_hold_what_is_typed(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["many tags"]) as found:
        terms = found.page.locator(".terms li")
        total = terms.count()
        assert total > 20
        field = found.page.get_by_role("searchbox", name="Schlagwörter")
        said = found.page.get_by_role("status")
        field.fill(" NAC")
        assert terms.filter(visible=True).all_text_contents() == ["Nacht 2 Beiträge"]
        assert said.text_content() == f"1 / {total}"
        field.fill("qqq")
        assert terms.filter(visible=True).count() == 0
        assert said.text_content() == f"0 / {total}"
        assert said.bounding_box()["height"] > 10, "nobody is left before an empty page"  # type: ignore[index]
        field.fill("")
        assert terms.filter(visible=True).count() == total
        assert said.text_content() == ""


def test_few_tags_need_no_filter(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["tags"]) as found:
        assert found.page.locator(".terms li").count() <= 20
        assert found.page.locator("input").count() == 0


def _switch(found: Visit) -> None:
    found.page.get_by_role("button", name="Dark colours").click()


def _is_dark(found: Visit) -> bool:
    paper = found.ask("getComputedStyle(document.documentElement).backgroundColor")
    return max(int(part) for part in paper.strip("rgb()").split(",")) < 64


def _is_pressed(found: Visit) -> bool:
    return found.page.locator(".scheme").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_one_page_fades_into_the_next_unless_the_reader_wants_no_motion(
    browser: Browser, addresses: dict[str, str], motion: str
) -> None:
    with visit(browser, addresses["home"], _NOTE_FADES, reduced_motion=motion) as found:
        found.page.click(".masthead nav a")
        found.page.wait_for_url("**/posts/")
        assert found.ask("fades") is (motion == "no-preference")
