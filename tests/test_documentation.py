"""The generated pages are current, and say what the rules say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from presscheck.check import all_rules
from presscheck.cli import main
from tests.conftest import HERE, ROOT

PAGES = ROOT / "content" / "docs" / "rules"


def test_the_pages_about_the_rules_are_current(tmp_path: Path) -> None:
    """`presscheck rules --docs content/docs/rules --examples tests/rules` makes them so, or PRESSCHECK_UPDATE=1 here."""
    if os.environ.get("PRESSCHECK_UPDATE"):
        main(["rules", "--docs", str(PAGES), "--examples", str(HERE / "rules")])
    assert main(["rules", "--docs", str(tmp_path), "--examples", str(HERE / "rules")]) == 0
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_text("utf-8") for path in PAGES.iterdir()}


def test_every_rule_has_a_page_with_its_manual() -> None:
    for rule in all_rules():
        text = (PAGES / f"{rule.name}.md").read_text("utf-8")
        assert rule.manual.partition("\n")[0] in text


@pytest.mark.parametrize("name", ["key-missing", "key-unknown", "date-missing"])
def test_options_are_documented(name: str) -> None:
    assert "## Options" in (PAGES / f"{name}.md").read_text("utf-8")
