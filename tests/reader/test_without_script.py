"""Everything can be read, and nothing pretends to work, in a browser that runs no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import KINDS, visit

pytestmark = IN_A_BROWSER

_DEAD_CONTROLS = """
  () => [...document.querySelectorAll("button, input, select, textarea")]
    .filter((each) => !each.disabled && !each.form?.action && each.checkVisibility({ visibilityProperty: true }))
    .map((each) => each.outerHTML)
"""
_HIDDEN_TEXT = """
  () => [...document.querySelectorAll("main *")]
    .filter((each) => !each.checkVisibility({ visibilityProperty: true }) && each.textContent.trim())
    .filter((each) => !each.closest("details:not([open]), option, svg, [hidden]"))
    .map((each) => each.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_and_dark_as_the_system_is(browser: Browser, addresses: dict[str, str], kind: str) -> None:
    with visit(browser, addresses[kind], java_script_enabled=False, color_scheme="dark") as found:
        assert found.ask(_DEAD_CONTROLS) == []
        assert found.ask(_HIDDEN_TEXT) == []
        paper = found.ask("getComputedStyle(document.documentElement).backgroundColor")
        assert max(int(part) for part in paper.strip("rgb()").split(",")) < 64
        assert found.said == []


def test_the_contents_fold_and_lead_to_a_heading(browser: Browser, addresses: dict[str, str]) -> None:
    url = addresses["long post"]
    with visit(browser, url, java_script_enabled=False, reduced_motion="reduce") as found:
        link = found.page.locator(".contents a").first
        assert not link.is_visible()
        found.page.locator(".contents summary").click()
        assert link.is_visible()
        link.click()
        expect(found.page).to_have_url(re.compile("#."))
        heading = found.page.url.partition("#")[2]
        assert found.page.locator(f"[id='{heading}']").bounding_box()["y"] < 200  # type: ignore[index]


def test_a_reader_gets_from_the_front_page_to_a_tag_a_post_and_the_archive(browser: Browser, blog: str) -> None:
    with visit(browser, f"{blog}/", java_script_enabled=False) as found:
        page = found.page
        main = page.get_by_role("main")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Tags", exact=True).click()
        main.get_by_role("link", name="RAG", exact=True).first.click()
        expect(page).to_have_url(f"{blog}/tags/rag/")
        main.get_by_role("link", name="Embeddings and vector search").click()
        expect(page).to_have_url(f"{blog}/posts/embeddings-and-vector-search/")
        page.get_by_role("link", name="Archive", exact=True).click()
        main.get_by_role("link", name="Guardrails", exact=False).first.click()
        expect(page).to_have_url(f"{blog}/posts/guardrails/")
        assert found.failed == []
