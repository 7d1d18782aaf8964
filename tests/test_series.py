"""What the box of a series says, by the site's own templates: where the post stands, and the parts that are near."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT, lay_our_templates, render, write

SIZES = {"short": 9, "long": 30}
"""How many parts each series has."""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    site = folder / "site"
    lay_our_templates(site)
    files = {"config.toml": (ROOT / "config.toml").read_text("utf-8").partition("[[menus.main]]")[0]}
    for name, size in SIZES.items():
        for part in range(1, size + 1):
            post = f'+++\ntitle = "{part}"\ndate = 2026-01-{part:02}T09:00:00Z\nseries = ["{name}"]\n+++\n\nText.\n'
            files[f"content/posts/{name}-{part}.md"] = post
    run = render(write(site, files), folder / "public")
    assert not run.status, run.output
    return folder / "public"


@pytest.mark.parametrize(
    ("name", "part", "first", "last"),
    [
        ("short", 1, 1, 9),
        ("short", 9, 1, 9),
        ("long", 1, 1, 9),
        ("long", 5, 1, 9),
        ("long", 6, 2, 10),
        ("long", 17, 13, 21),
        ("long", 29, 22, 30),
        ("long", 30, 22, 30),
    ],
)
def test_the_nearest_parts_are_listed_under_their_numbers(
    public: Path, name: str, part: int, first: int, last: int
) -> None:
    page = LexborHTMLParser((public / f"posts/{name}-{part}/index.html").read_text("utf-8"))
    (said,) = page.css(".series > p")
    (whole,) = said.css("a")
    (listed,) = page.css(".series > ol")
    assert said.text(strip=True, separator=" ") == f"Part {part} of {SIZES[name]} in {name}"
    assert whole.attributes["href"] == f"/series/{name}/", "the whole is a link away"
    assert int(listed.attributes.get("start") or 1) == first
    assert [each.text(strip=True) for each in listed.css("li")] == [str(each) for each in range(first, last + 1)]
    assert [each.text() for each in listed.css("[aria-current]")] == [str(part)]
    assert len(listed.css("a")) == last - first
