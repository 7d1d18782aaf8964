"""A picture comes in the size that a screen needs, and never larger than it was."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import visit

pytestmark = IN_A_BROWSER

_IS_SHOWN = "(image) => image.complete && image.naturalWidth > 0"
_WIDTH_OF = """
  async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image.naturalWidth;
  }
"""


def test_a_photograph_is_offered_in_widths_none_larger_than_itself(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"]) as found:
        picture = found.page.locator("main img").first
        offers = _offers(picture)
        assert len(offers) >= 3
        assert max(offers.values()) == 1400
        for address, width in offers.items():
            assert found.ask(_WIDTH_OF, address) == width
        sizes = {answer.url.rpartition("/")[2]: answer.size for answer in found.answers if answer.kind == "image"}
        original = sizes.pop("breit.png", None) or len(found.page.request.get(picture_source(picture)).body())
        assert max(size for name, size in sizes.items() if name.startswith("breit")) <= original


def test_a_telephone_gets_a_small_one_and_a_large_screen_the_original_width(
    browser: Browser, addresses: dict[str, str]
) -> None:
    url = addresses["everything"]
    got = {}
    for width, scale in [(360, 1), (414, 2), (1280, 2)]:
        with visit(browser, url, viewport={"width": width, "height": 800}, device_scale_factor=scale) as found:
            picture = found.page.locator("main img").first
            got[width] = _offers(picture)[picture.evaluate("image => new URL(image.currentSrc).pathname")]
    assert got == {360: 480, 414: 800, 1280: 1400}


def test_a_small_picture_comes_as_it_is(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"]) as found:
        small = found.page.locator("main img").nth(1)
        assert small.get_attribute("srcset") is None
        assert (small.get_attribute("width"), small.get_attribute("height")) == ("300", "200")


def test_every_picture_of_a_bundle_is_shown(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["bundle"]) as found:
        pictures = found.page.locator("main img")
        assert pictures.count() >= 1
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            found.page.wait_for_function(_IS_SHOWN, arg=picture.element_handle())


def test_a_page_does_not_jump_when_its_pictures_come(browser: Browser, addresses: dict[str, str]) -> None:
    watch = """
      window.jumped = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.jumped += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    """
    with visit(browser, addresses["everything"], watch) as found:
        found.page.wait_for_function(_IS_SHOWN, arg=found.page.locator("main img").first.element_handle())
        assert found.ask("jumped") == 0


def picture_source(picture: Locator) -> str:
    return str(picture.evaluate("image => image.src"))


def _offers(picture: Locator) -> dict[str, int]:
    """The width behind each address of a `srcset`."""
    offers = (offer.split() for offer in (picture.get_attribute("srcset") or "").split(","))
    return {address: int(width.removesuffix("w")) for address, width in offers}
