"""How many bytes and requests a first view costs, as a telephone asks and a host with gzip answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import visit

pytestmark = IN_A_BROWSER

TEXT = {"document", "stylesheet", "script"}
LIMITS = {"home": 6144, "tag": 6144, "short post": 8192, "long post": 14336, "manual": 14336}
"""Bytes of HTML, CSS and JS together. The short post holds formulas."""
STYLE = {"manual": 3328}
"""Bytes of a style sheet; 3,072 unless it is named: the manual has its side pages besides."""
SCRIPT = 1536
REQUESTS = 3
NODES = 450


@pytest.mark.parametrize("kind", LIMITS)
def test_a_first_view_is_light(browser: Browser, addresses: dict[str, str], kind: str) -> None:
    with visit(browser, addresses[kind], viewport={"width": 412, "height": 823}, is_mobile=True) as found:
        answers = [answer for answer in found.answers if answer.kind in TEXT]
        sizes = {kind: sum(answer.size for answer in answers if answer.kind == kind) for kind in TEXT}
        assert len(answers) <= REQUESTS
        assert sum(sizes.values()) <= LIMITS[kind], sizes
        assert sizes["stylesheet"] <= STYLE.get(kind, 3072)
        assert sizes["script"] <= SCRIPT
        assert {answer.kind for answer in found.answers} <= TEXT | {"image"}, "no font, nothing fetched by a script"
        if kind in {"home", "tag"}:
            assert len(found.answers) == len(answers)
        if kind == "short post":
            assert found.ask("document.querySelectorAll('*').length") <= NODES
