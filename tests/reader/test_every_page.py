"""What holds on a page of every kind, however it is looked at: each is opened once and turned about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import KINDS, Visit, visit

pytestmark = IN_A_BROWSER

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
_RUN_AXE = """
  async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const run = { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } } };
    const { violations } = await axe.run(document, { ...run, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }
"""
_ANATOMY = """
  () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const label = (id) => document.getElementById(id)?.textContent ?? "";
    const name = (element) =>
      element.getAttribute("aria-label") ?? (element.getAttribute("aria-labelledby") ?? "").split(" ").map(label).join(" ");
    return {
      headings: all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.tagName[1])),
      landmarks: all("nav, aside:not([role]), search, section").map((each) => `${each.localName} ${name(each)}`.trim()),
      once: ["main", "body > header", "body > footer", "title", "link[rel=stylesheet]", "meta[name=description]"]
        .map((selector) => all(selector).length),
      inline: all("style, [style], script:not([src]):not([type='application/ld+json'])").map((each) => each.outerHTML),
      handlers: all("*").filter((each) => [...each.attributes].some(({ name }) => name.startsWith("on"))).length,
      wordless: all("a").filter((link) => !link.textContent.trim() && !link.getAttribute("aria-label") && !link.querySelector("img[alt]"))
        .map((link) => link.outerHTML),
      pictures: all("img").map((each) => ({
        alt: each.alt, width: each.getAttribute("width"), height: each.getAttribute("height"), loading: each.loading,
      })),
      policy: document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "",
      brokenPolicy: window.brokenPolicy,
      kept: localStorage.length + sessionStorage.length,
    };
  }
"""
_BRIGHTNESS = """
  () => getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)
    .reduce((sum, part) => sum + part) / 765
"""
_TOO_WIDE = """
  () => [...document.querySelectorAll("body *")]
    .filter((each) => document.documentElement.scrollWidth > innerWidth && each.getBoundingClientRect().right > innerWidth)
    .map((each) => each.outerHTML.slice(0, 120))
"""
_CUT_OFF = """
  () => [
    ...[...document.querySelectorAll("main svg:not([viewBox])")].filter((each) => each.clientWidth < each.getAttribute("width")),
    ...[...document.querySelectorAll("main [tabindex='0']")].filter((each) => each.scrollHeight > each.clientHeight),
  ].map((each) => each.outerHTML.slice(0, 120))
"""
_LARGER = """
  () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 2.25rem }");
    document.adoptedStyleSheets = [sheet];
  }
"""
_SPACED = """
  () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  }
"""
_ON_PAPER = """
  () => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    return {
      controls: shown("button, input:not([type=checkbox]), .masthead nav, .skip, nav, .contents summary").map((each) => each.outerHTML),
      hidden: [...document.querySelectorAll("main :is(h1, .prose *)")]
        .filter((each) => !each.checkVisibility() && !each.closest("button, .anchor, .said, nav, details"))
        .map((each) => each.outerHTML.slice(0, 120)),
      cut: shown("pre").filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent.slice(0, 80)),
    };
  }
"""
_LOST_CONTROLS = """
  () => {
    const canvas = document.body.appendChild(document.createElement("i"));
    canvas.style.cssText = "forced-color-adjust: none; background: Canvas";
    const paper = getComputedStyle(canvas).backgroundColor;
    canvas.remove();
    const groundOf = (each) => {
      if (!each) return paper;
      const { backgroundColor } = getComputedStyle(each);
      return backgroundColor.endsWith(", 0)") ? groundOf(each.parentElement) : backgroundColor;
    };
    return [...document.querySelectorAll("button, input, summary, a[href]")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((each) => {
        const { width, height } = each.getBoundingClientRect();
        const { color, borderColor, borderStyle } = getComputedStyle(each);
        const behind = groundOf(each);
        return width && height && color === behind && (borderStyle === "none" || borderColor === behind);
      }).map((each) => each.outerHTML);
  }
"""


@dataclass(frozen=True)
class Look:
    """One page, seen in every way that the tests below ask about."""

    kind: str
    """Its name among KINDS, or what a search brings."""
    url: str
    """Where it was opened."""
    visit: Visit
    """What happened meanwhile."""
    cookies: int
    """How many it set."""
    anatomy: dict[str, Any]
    """What it is made of."""
    faults: dict[str, list[str]]
    """What axe-core found in each scheme, and in a narrow window."""
    brightness: dict[str, float]
    """Of the paper in each scheme, and of the printed paper when the screen is dark: 0 is black and 1 white."""
    too_wide: dict[str, list[str]]
    """What sticks out of narrow windows, and of a wide one with large letters."""
    cut_off: list[str]
    """What shows only a part of itself in a narrow window, and cannot be scrolled to the rest."""
    on_paper: dict[str, list[str]]
    """What is wrong when it is printed."""
    lost: list[str]
    """Controls that cannot be seen in forced colours."""
    scrolling: dict[str, str]
    """`smooth` or `auto`, with and without motion."""


@pytest.fixture(scope="module", params=[*KINDS, "search results"])
def look(request: pytest.FixtureRequest, browser: Browser, addresses: dict[str, str]) -> Iterator[Look]:
    kind: str = request.param
    url = f"{addresses['search']}?q=retrieval" if kind == "search results" else addresses[kind]
    with visit(browser, url, viewport={"width": 1280, "height": 900}, color_scheme="light") as found:
        if kind == "search results":
            found.page.locator(".found > li").first.wait_for()
        yield _turn_about(kind, url, found)


def _turn_about(kind: str, url: str, found: Visit) -> Look:
    page = found.page
    anatomy = found.ask(_ANATOMY)
    found.ask(AXE)
    faults = {"light": found.ask(_RUN_AXE)}
    brightness = {"light": found.ask(_BRIGHTNESS)}
    page.emulate_media(color_scheme="dark")
    faults["dark"] = found.ask(_RUN_AXE)
    brightness["dark"] = found.ask(_BRIGHTNESS)

    page.emulate_media(color_scheme="dark", media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    on_paper = found.ask(_ON_PAPER)
    brightness["printed"] = found.ask(_BRIGHTNESS)
    page.emulate_media(color_scheme="light", media="screen", forced_colors="active")
    lost = found.ask(_LOST_CONTROLS)
    page.emulate_media(forced_colors="none")
    scrolling = {}
    for motion in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=motion)
        scrolling[motion] = found.ask("getComputedStyle(document.documentElement).scrollBehavior")

    page.set_viewport_size({"width": 390, "height": 844})
    faults["narrow"] = found.ask(_RUN_AXE)
    too_wide = {}
    page.set_viewport_size({"width": 1280, "height": 900})
    found.ask(_LARGER)
    too_wide["letters twice as large"] = found.ask(_TOO_WIDE)
    found.ask("document.adoptedStyleSheets = []")
    for name, width, height in [("telephone", 320, 640), ("four times as large", 320, 256)]:
        page.set_viewport_size({"width": width, "height": height})
        too_wide[name] = found.ask(_TOO_WIDE)
    cut_off = found.ask(_CUT_OFF)
    found.ask(_SPACED)
    too_wide["spaced out"] = found.ask(_TOO_WIDE)
    cookies = len(page.context.cookies())
    return Look(
        kind=kind,
        url=url,
        visit=found,
        cookies=cookies,
        anatomy=anatomy,
        faults=faults,
        brightness=brightness,
        too_wide=too_wide,
        cut_off=cut_off,
        on_paper=on_paper,
        lost=lost,
        scrolling=scrolling,
    )


def test_everything_that_is_asked_for_comes_and_nothing_is_said(look: Look) -> None:
    bad = [(answer.status, answer.url) for answer in look.visit.answers if answer.status >= 400]
    assert bad == ([(404, look.url)] if look.kind == "not found" else [])
    assert look.visit.failed == []
    assert look.visit.said == []


def test_nobody_else_is_asked_and_nothing_is_kept(look: Look) -> None:
    assert look.visit.hosts == {urlsplit(look.url).netloc}
    assert look.cookies == 0
    assert look.anatomy["kept"] == 0


def test_its_policy_is_strict_and_holds(look: Look) -> None:
    policy = look.anatomy["policy"]
    assert policy.startswith("default-src 'none';")
    assert "'unsafe" not in policy
    assert "//" not in policy
    assert look.anatomy["brokenPolicy"] == []
    assert look.anatomy["inline"] == []
    assert look.anatomy["handlers"] == 0


@pytest.mark.parametrize("way", ["light", "dark", "narrow"])
def test_axe_finds_nothing(look: Look, way: str) -> None:
    assert look.faults[way] == []


def test_its_headings_are_an_outline(look: Look) -> None:
    headings = look.anatomy["headings"]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert [pair for pair in pairwise(headings) if pair[1] > pair[0] + 1] == []


def test_every_link_says_where_it_leads(look: Look) -> None:
    """In words of its own: what reads pages without their style knows no names that stand elsewhere."""
    assert look.anatomy["wordless"] == []


def test_its_landmarks_are_named_and_told_apart(look: Look) -> None:
    landmarks = look.anatomy["landmarks"]
    assert look.anatomy["once"] == [1, 1, 1, 1, 1, 1]
    assert [landmark for landmark in landmarks if " " not in landmark] == []
    assert len(set(landmarks)) == len(landmarks)


def test_it_is_light_or_dark_as_the_system_is(look: Look) -> None:
    assert look.brightness["light"] > 0.9
    assert look.brightness["dark"] < 0.15


def test_its_pictures_have_a_size_and_words_and_all_but_the_first_wait(look: Look) -> None:
    pictures = look.anatomy["pictures"]
    for picture in pictures:
        assert picture["alt"], picture
        assert int(picture["width"]) > 0, picture
        assert int(picture["height"]) > 0, picture
    assert all(picture["loading"] == "lazy" for picture in pictures[1:])


@pytest.mark.parametrize("window", ["telephone", "four times as large", "spaced out", "letters twice as large"])
def test_nothing_sticks_out_of_a_window(look: Look, window: str) -> None:
    assert look.too_wide[window] == []


def test_nothing_is_cut_off_in_a_narrow_window(look: Look) -> None:
    assert look.cut_off == []


def test_paper_gets_the_text_and_no_controls(look: Look) -> None:
    assert look.on_paper == {"controls": [], "hidden": [], "cut": []}
    assert look.brightness["printed"] > 0.9


def test_forced_colours_lose_no_control(look: Look) -> None:
    assert look.lost == []


def test_nothing_glides_for_a_reader_who_wants_no_motion(look: Look) -> None:
    assert look.scrolling == {"no-preference": "smooth", "reduce": "auto"}
