"""The generated pages are current, and say what the rules say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
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


def test_the_first_rule_is_made_as_its_page_says(tmp_path: Path) -> None:
    """A developer follows the page in a copy of this repository, in which no other rule has examples."""
    page = (ROOT / "content/docs/first-rule.md").read_text("utf-8")
    code = {kind: re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("python", "toml", "sh")}
    for name in ("presscheck", "tests"):
        skip = shutil.ignore_patterns("__pycache__", "node_modules", *(("rules",) if name == "tests" else ()))
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    examples = tmp_path / "tests/rules/opening-stale"
    for kind, words in {"bad": "In this post I will show bread.", "good": "Bread. In this post it is good."}.items():
        (examples / kind / "content/posts").mkdir(parents=True)
        (examples / kind / "content/posts/a.md").write_text(
            f'+++\ntitle = "Bread"\ndate = 2026-03-02T09:00:00Z\ndescription = "Bread."\n+++\n\n{words}\n', "utf-8"
        )
    (tmp_path / "presscheck/rules/opening_stale.py").write_text(code["python"][0], "utf-8")
    (examples / "consequence.toml").write_text(code["toml"][0], "utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTEST_ADDOPTS": "-n0 -p no:cacheprovider"}
    surroundings.pop("PYTEST_XDIST_WORKER", None)
    for block in code["sh"]:
        for line in block.splitlines():
            if "bench" in line or line.startswith("cat "):
                continue
            shell = line.replace(".venv/bin/presscheck", f"{sys.executable} -m presscheck")
            shell = shell.replace(".venv/bin/pytest", f"{sys.executable} -m pytest")
            done = subprocess.run(
                ["sh", "-c", shell], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    assert "begins with a phrase that says nothing" in (examples / "bad.txt").read_text("utf-8")
    assert (tmp_path / "content/docs/rules/opening-stale.md").is_file()
