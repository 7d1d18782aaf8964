"""A reader with a keyboard gets everywhere, sees where, and need not go through everything first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import KINDS, Visit, visit

pytestmark = IN_A_BROWSER

MOST_BEFORE_THE_CONTENT = 8
FAR_ENOUGH = 60
_STOP = """
  () => {
    const stop = document.activeElement;
    if (stop === document.body) return null;
    const look = () => {
      const style = getComputedStyle(stop);
      return [
        "outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderColor", "textDecorationLine",
      ].map((property) => style[property]).join();
    };
    const { top, bottom, left, right, width, height } = stop.getBoundingClientRect();
    const focused = look();
    stop.blur();
    const left_alone = look();
    stop.focus({ preventScroll: true });
    return {
      html: stop.outerHTML.slice(0, 120),
      inMain: stop.closest("main") !== null,
      seen: width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
        && stop.checkVisibility({ visibilityProperty: true })
        && Number(getComputedStyle(stop).opacity) > 0,
      marked: focused !== left_alone,
      named: Boolean(
        (stop.getAttribute("aria-label") ?? "").trim() || stop.getAttribute("aria-labelledby") || stop.innerText.trim()
          || stop.labels?.length || stop.querySelector("img[alt]"),
      ),
    };
  }
"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_stop_is_seen_marked_and_named_and_the_content_is_near(
    browser: Browser, addresses: dict[str, str], kind: str
) -> None:
    with visit(browser, addresses[kind], viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as found:
        before = 0
        has_arrived = False
        for at in range(FAR_ENOUGH):
            found.page.keyboard.press("Tab")
            stop = found.ask(_STOP)
            if stop is None:
                break
            assert stop["seen"], stop
            assert stop["marked"], stop
            assert stop["named"], stop
            assert at > 0 or 'class="skip"' in stop["html"], stop
            has_arrived = has_arrived or stop["inMain"]
            before += not has_arrived
        assert has_arrived
        assert before <= MOST_BEFORE_THE_CONTENT


@pytest.mark.parametrize("kind", ["home", "long post", "manual"])
def test_the_skip_link_leads_into_the_content(browser: Browser, addresses: dict[str, str], kind: str) -> None:
    with visit(browser, addresses[kind]) as found:
        found.page.keyboard.press("Tab")
        assert _is_in_view(found, ".skip")
        found.page.keyboard.press("Enter")
        found.page.locator("main:focus").wait_for()
        found.page.keyboard.press("Tab")
        assert found.ask("document.activeElement.closest('main') !== null")


def _is_in_view(found: Visit, selector: str) -> bool:
    box = found.page.locator(selector).bounding_box()
    return box is not None and box["x"] >= 0 and box["y"] >= 0
