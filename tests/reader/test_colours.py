"""Code can be read in both schemes: every colour of a token, on the sheet and on a highlighted line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import IN_A_BROWSER
from tests.reader.visit import visit

pytestmark = IN_A_BROWSER

TOKENS = [
    "bp", "c", "c1", "ch", "cm", "cp", "cpf", "cs", "dl", "err", "fm", "g", "gd", "ge", "gh", "gi", "gl", "go", "gp", "gr",
    "gs", "gt", "gu", "hl", "il", "k", "kc", "kd", "kn", "kp", "kr", "kt", "l", "ld", "ln", "m", "mb", "mf", "mh", "mi",
    "mo", "n", "na", "nb", "nc", "nd", "ne", "nf", "ni", "nl", "nn", "no", "nt", "nv", "nx", "o", "ow", "p", "py", "s",
    "s1", "s2", "sa", "sb", "sc", "sd", "se", "sh", "si", "sr", "ss", "sx", "vc", "vg", "vi", "vm", "w",
]  # fmt: skip
"""The classes that Chroma gives to tokens, by https://github.com/alecthomas/chroma types.go."""

_CONTRASTS = """
  (tokens) => {
    const parts = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
    const light = (colour) => {
      const [red, green, blue] = parts(colour).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => {
      const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
      return (more + 0.05) / (less + 0.05);
    };
    const line = document.querySelector(".chroma .hl");
    const grounds = [line.closest("pre"), line].map((each) => getComputedStyle(each).backgroundColor);
    const found = {};
    for (const token of tokens) {
      const span = document.createElement("span");
      span.className = token;
      line.append(span);
      const { color } = getComputedStyle(span);
      span.remove();
      found[token] = grounds.map((ground) => contrast(color, ground));
    }
    return found;
  }
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_code_is_readable(browser: Browser, addresses: dict[str, str], scheme: str) -> None:
    with visit(browser, addresses["everything"], color_scheme=scheme) as found:
        contrasts = found.ask(_CONTRASTS, TOKENS)
        assert {token: pair for token, pair in contrasts.items() if min(pair) < 4.5} == {}


def test_lines_are_highlighted_against_the_sheet(browser: Browser, addresses: dict[str, str]) -> None:
    with visit(browser, addresses["everything"]) as found:
        grounds = {
            found.ask("(selector) => getComputedStyle(document.querySelector(selector)).backgroundColor", selector)
            for selector in ("pre", ".hl")
        }
        assert len(grounds) == 2
