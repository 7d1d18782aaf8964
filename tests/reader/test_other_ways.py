"""From right to left, on paper, with words and formulas that are wider than the window: ways that few pages are looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import visit

pytestmark = IN_A_BROWSER

WORD = "Datenschutzgrundverordnungsumsetzungsbeauftragtenversammlungsteilnahmebescheinigung"
WIDTH = "document.documentElement.scrollWidth"
FIRST_LETTER = """
  (selector) => [...document.querySelectorAll(selector)].map((code) => {
    const text = document.createTreeWalker(code, NodeFilter.SHOW_TEXT).nextNode();
    const first = document.createRange();
    first.setStart(text, 0);
    first.setEnd(text, 1);
    return first.getBoundingClientRect().left - code.getBoundingClientRect().left;
  })
"""
TWICE_AS_LARGE = """
  () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 2.25rem }");
    document.adoptedStyleSheets = [sheet];
  }
"""
BROKEN_WORDS = """
  (selector) => [...document.querySelectorAll(selector)].flatMap((each) => {
    const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken = [];
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word);
      }
    }
    return broken;
  })
"""
CAPTIONS_BELOW_A_BUTTON = """
  () => [...document.querySelectorAll(".code:has(figcaption)")].filter((listing) => {
    const words = document.createRange();
    words.selectNodeContents(listing.querySelector("figcaption"));
    const text = words.getBoundingClientRect();
    const button = listing.querySelector(".copy").getBoundingClientRect();
    return text.left < button.right && text.right > button.left;
  }).length
"""
STRANDED = """
  () => [...document.querySelectorAll(".heading")].filter((each) => getComputedStyle(each).breakAfter !== "avoid").length
"""
FOLDED = "<details><summary>More</summary><p id='unfolded'>What paper has to show.</p></details>"


def test_code_runs_from_left_to_right_in_a_text_that_does_not(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"], viewport={"width": 1280, "height": 900}) as found:
        found.ask("document.documentElement.dir = 'rtl'")
        starts = found.ask(FIRST_LETTER, ".code pre > code")
        assert starts
        assert max(starts) < 60
        assert found.ask(CAPTIONS_BELOW_A_BUTTON) == 0
        assert found.ask("getComputedStyle(document.querySelector('p code')).direction") == "ltr"


def test_a_long_caption_stays_clear_of_the_button(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"], viewport={"width": 390, "height": 844}) as found:
        found.ask("(path) => document.querySelector('.code figcaption').textContent = path", "a/long/path/" * 12)
        assert found.ask(CAPTIONS_BELOW_A_BUTTON) == 0


@pytest.mark.parametrize(
    ("kind", "selector"),
    [("archive", ".years a"), ("tags", ".terms a"), ("home", ".tags a"), ("long post", ".neighbours a"), ("tag", "h1")],
)
def test_a_long_word_breaks(browser: Browser, addresses: dict[str, str], kind: str, selector: str) -> None:
    with visit(browser, addresses[kind], viewport={"width": 320, "height": 640}) as found:
        found.ask("([where, word]) => document.querySelector(where).textContent = word", [selector, WORD])
        assert found.ask(WIDTH) == 320


@pytest.mark.parametrize("kind", ["home", "long post", "tags", "archive", "search", "bundle"])
def test_no_word_of_a_title_breaks_on_a_telephone_with_letters_twice_as_large(
    browser: Browser, addresses: dict[str, str], kind: str
) -> None:
    with visit(browser, addresses[kind], viewport={"width": 320, "height": 640}) as found:
        found.ask(TWICE_AS_LARGE)
        assert found.ask("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 36
        assert found.ask(BROKEN_WORDS, "main :is(h1, .lead h3)") == []
        assert found.ask(WIDTH) == 320


def test_a_long_formula_in_a_sentence_scrolls_by_itself(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["short post"], viewport={"width": 320, "height": 640}) as found:
        sentence = "p:has(> math)"
        assert found.page.locator(sentence).count()
        found.ask(
            "(where) => { const m = document.querySelector(where + ' > math'); m.innerHTML = m.innerHTML.repeat(40) }",
            sentence,
        )
        assert found.ask(
            "(where) => { const p = document.querySelector(where); return p.scrollWidth > p.clientWidth }", sentence
        )
        assert found.ask(WIDTH) == 320


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_begins_and_ends_where_the_text_does(browser: Browser, addresses: dict[str, str], width: int) -> None:
    with visit(browser, addresses["long post"], viewport={"width": width, "height": 900}) as found:
        edges = "({ left, right }) => [left, right]"
        text = found.ask(f"({edges})(document.querySelector('.prose > p').getBoundingClientRect())")
        assert found.ask(f"({edges})(document.querySelector('.table').getBoundingClientRect())") == text
        words = "const words = document.createRange(); words.selectNodeContents(document.querySelector('.table th'))"
        assert found.ask(f"() => {{ {words}; return words.getBoundingClientRect().left }}") == text[0]


def test_paper_gets_what_is_folded_and_what_would_scroll(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"], viewport={"width": 680, "height": 900}) as found:
        found.ask("(html) => document.querySelector('.prose').insertAdjacentHTML('beforeend', html)", FOLDED)
        found.ask("(word) => document.querySelector('td').textContent = word", WORD * 2)
        found.page.emulate_media(media="print")
        assert found.ask("document.querySelector('#unfolded').getBoundingClientRect().height") > 10
        assert (
            found.ask(
                "[...document.querySelectorAll('.table')].filter((each) => each.scrollWidth > each.clientWidth + 1).length"
            )
            == 0
        )
        drawing = "document.querySelector('.goat')"
        assert found.ask(f"{drawing}.scrollWidth <= {drawing}.clientWidth")
        assert found.ask("document.querySelector('.brand').getBoundingClientRect().height") > 5
        assert found.ask(STRANDED) == 0


@pytest.mark.parametrize(("kind", "current"), [("rule", "true"), ("decision", "page")])
def test_the_margin_of_the_manual_shows_where_one_is(
    browser: Browser, addresses: dict[str, str], kind: str, current: str
) -> None:
    url = addresses["docs"] + "decisions/yaml/" if kind == "decision" else addresses[kind]
    with visit(browser, url, viewport={"width": 1280, "height": 700}) as found:
        marked = found.page.locator(f".side [aria-current={current}]")
        assert marked.count() == 1
        box = marked.bounding_box()
        assert box
        assert 0 <= box["y"] < 700


def test_a_manual_whose_text_leads_to_its_pages_lists_them_once(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["rules"], viewport={"width": 1280, "height": 900}) as found:
        rules = found.page.locator(f"main a[href$='{addresses['rule'].rpartition('/docs')[2]}']")
        assert rules.count() == 1
        assert found.page.locator(".contents a").count() > 10
    with visit(browser, addresses["docs"], viewport={"width": 1280, "height": 900}) as found:
        assert found.page.locator(".chapters dt").count() > 10


def test_a_series_begins_with_its_first_part(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["series"]) as found:
        days = [each.get_attribute("datetime") for each in found.page.locator(".entry time").all()]
        assert len(days) > 2
        assert days == sorted(days, key=str)


def test_related_posts_are_none_that_a_link_leads_to_anyway(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["long post"]) as found:
        links = found.page.locator(".after :is(.related, .series, .neighbours) a[href*='/posts/']")
        addresses_below = [each.get_attribute("href") for each in links.all()]
        assert len(addresses_below) > 3
        assert len(set(addresses_below)) == len(addresses_below)
