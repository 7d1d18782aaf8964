"""Thirty mistakes in one site, and what plain Hugo says of each.

`PRESSCHECK_UPDATE=1 pytest tests/test_thirty.py` writes the table in `content/docs/why.md`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.check import active_rules, check_site
from presscheck.diagnostics import Diagnostic
from tests.conftest import CLOCK, HERE, ROOT, lay, load, render

MISTAKES = sorted((HERE / "sites" / "thirty").iterdir())
PAGE = ROOT / "content" / "docs" / "why.md"

RULES = {
    "01-draft-in-quotes": "draft-not-boolean",
    "02-draft-below-a-table": "front-matter-key-captured",
    "03-comment-above-the-fence": "front-matter-content-before",
    "04-utf-16": "encoding-utf16",
    "05-latin-1": "encoding-not-utf8",
    "06-mojibake": "encoding-mojibake",
    "07-backspace": "encoding-control-char",
    "08-zero-width-space": "encoding-invisible-bidi",
    "09-no-front-matter": "front-matter-missing",
    "10-never-closed": "front-matter-unclosed",
    "11-typographic-quotes": "front-matter-toml-syntax",
    "12-title-twice": "front-matter-key-duplicate",
    "13-no-title": "key-missing",
    "14-misspelt-key": "key-unknown",
    "15-title-in-brackets": "key-type",
    "16-no-date": "date-missing",
    "17-tomorrow": "date-in-future",
    "18-no-offset": "date-no-offset",
    "19-date-as-number": "date-as-integer",
    "20-tag-in-two-spellings": "tag-case-variant",
    "21-two-tags-one-address": "tag-path-collision",
    "22-tag-without-letters": "tag-unsafe-term",
    "23-same-slug": "url-duplicate",
    "24-alias-of-a-live-page": "alias-shadows-page",
    "25-index-for-a-section": "section-index-misnamed",
    "26-open-code-fence": "fence-unclosed",
    "27-link-with-a-typo": "link-broken",
    "28-fragment-of-no-heading": "link-fragment-missing",
    "29-missing-picture": "image-missing",
    "30-picture-without-words": "image-alt-missing",
}


def found_in(folder: Path) -> list[Diagnostic]:
    site = load(folder)
    return check_site(site, active_rules(site.config))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    return found_in(lay(tmp_path_factory.mktemp("thirty") / "site", *MISTAKES))


def test_there_are_thirty_and_each_has_its_rule() -> None:
    assert [mistake.name for mistake in MISTAKES] == list(RULES)
    assert len(set(RULES.values())) == len(RULES) == 30


def test_one_run_reports_all_thirty(everything: list[Diagnostic]) -> None:
    for name, rule in RULES.items():
        files = {
            path.relative_to(HERE / "sites/thirty" / name).as_posix()
            for path in (HERE / "sites/thirty" / name).rglob("*.md")
        }
        reported = {each.rule for each in everything if each.path in files}
        assert reported == {rule}, name
    assert {each.rule for each in everything} == set(RULES.values())


def test_they_come_sorted_with_file_line_and_column(everything: list[Diagnostic]) -> None:
    places = [(each.path, each.span.start) for each in everything]
    assert places == sorted(places)
    for each in everything:
        assert each.path.startswith("content/")
        assert each.start.line >= 1
        assert each.start.column >= 1


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.name)
def test_each_alone_is_reported_alone(mistake: Path, tmp_path: Path) -> None:
    found = found_in(lay(tmp_path / "site", mistake))
    assert {each.rule for each in found} == {RULES[mistake.name]}


def words(name: str) -> str:
    return (
        name.partition("-")[2].replace("-", " ").capitalize().replace("Utf 16", "UTF-16").replace("Latin 1", "Latin-1")
    )


def what_hugo_says(run: hugo.Run) -> str:
    said = [
        message for message in run.messages if "duplicate" not in message.text.lower() or message.severity == "ERROR"
    ]
    if not run.status:
        return "nothing" if not said else f"a warning: {said[0].text}"
    place = f"{said[0].path}:{said[0].line}:{said[0].column}: " if said[0].path else ""
    return f"stops: {place}{said[0].text}".replace("failed to unmarshal TOML: ", "")


def test_the_page_shows_what_hugo_said(tmp_path: Path, everything: list[Diagnostic]) -> None:
    rows = ["| Mistake | Plain Hugo says | presscheck says |", "| --- | --- | --- |"]
    silent = 0
    for mistake in MISTAKES:
        folder = lay(tmp_path / mistake.name, mistake)
        run = render(folder, tmp_path / f"{mistake.name}-public")
        said = what_hugo_says(run).replace("|", "\\|")
        silent += said == "nothing"
        said = said if said == "nothing" else f"`{said[:160]}`"
        rule = RULES[mistake.name]
        each = next(each for each in everything if each.rule == rule)
        message = each.message.replace("|", "\\|").replace("\x08", "")
        rows.append(
            f"| {words(mistake.name)} | {said} | [{rule}](/docs/rules/{rule}/) at line {each.start.line}, column {each.start.column}: {message} |"
        )
    text = PAGE.read_text("utf-8")
    start = text.index("| Mistake |")
    end = text.find("\n\n", start)
    table = "\n".join(rows)
    if os.environ.get("PRESSCHECK_UPDATE"):
        text = text[:start] + table + text[end if end >= 0 else len(text) :]
        PAGE.write_text(text, "utf-8")
        start, end = text.index("| Mistake |"), text.find("\n\n", text.index("| Mistake |"))
    assert text[start:end] == table
    assert f"{silent} of the thirty" in text, "the text counts the silent ones"
    assert CLOCK.date().isoformat() in text
