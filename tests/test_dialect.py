"""Settings that change what a text means, in every form in which a site may give them, against Hugo."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.dialect import Dialect
from presscheck.markdown import read_markdown
from tests.conftest import findings_in, load
from tests.test_attributes import asked, headings_in

Make = Callable[..., Path]

HEADINGS = (
    "## a -- b", "## **What's new**", "## Title {#id}", "## see https://e.org/x now", "## www.e.org", "## The $x$ axis", "## $x$", "## **a $x$ b** c", "## *$x$ y* z",
    "## a*b $x*$ c", "## costs $5\n\n## and $6", "## \\$5 and $x$", "## `$a` b$", "## a \\(x_1\\) b", "## a $x$ {#b}", "## a {$x$}", "Foo $a\nb$ c\n===", "## a $$x$$ b", "a\n:smile: b\n===",
)  # fmt: skip
PASSTHROUGH = r"""
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['$$', '$$'], ['\[', '\]']]
inline = [['$', '$'], ['\(', '\)']]
"""
SETTINGS = (
    "", "[markup.goldmark.extensions]\ntypographer = false\n", "[markup.goldmark.extensions]\ntypographer = true\n", "[markup.goldmark.parser]\nattribute = false\n",
    "[markup.goldmark.extensions]\nlinkify = false\n", "[markup.goldmark.extensions.typographer]\ndisable = true\n", PASSTHROUGH,
)  # fmt: skip


@pytest.mark.parametrize("written", SETTINGS)
def test_ids_are_those_that_hugo_makes_with_the_same_settings(site_of: Make, tmp_path: Path, written: str) -> None:
    said = asked(site_of, tmp_path / "out", HEADINGS, written)
    dialect = load(tmp_path / "site").config.dialect
    for text, page in zip(HEADINGS, said, strict=True):
        ours = read_markdown(text, 0, (), dialect=dialect).headings
        assert [each.id for each in ours] == [id_ for id_, _ in headings_in(page)], (text, page)


FORMULAS = Dialect(formulas=(("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"), ("$", "$")))
LINKS = (
    "So $E[X](t)$ grows.", "a $x\ny[z](q)$ [b](c)", "`$a` [x](y) $", "$a`b$ c` [x](y)", "[a](b$c) $", "<http://x$y> [a](b) $", "> a $x\n> y[q](r)$ z", "- a $x[y](z)$\n- [b](c)",
    "$\\$ [a](b) $ [c](d)", "a \\(E[X](t)\\) b", "\\\\(E[X](t)\\) b", "# costs $5\n\n[a](b) $", "```\n$\n```\n[a](b) $", "\\$5 [a](b) $ [c](d) $", "$$\na_b_ [x](y)\n$$\n\n[z](z)",
    "a $$x$ [y](z) $ [b](c)", "[a $x](y)$ b](z)", "cost $5 [a](b) and $6 [c](d)", "| $a$ | [x](y) |\n|-|-|\n| $[a](b)$ | $ |", "*a $x* [b](c)$ d* [e](f)",
)  # fmt: skip


def test_links_beside_formulas_are_those_that_hugo_makes(site_of: Make, tmp_path: Path) -> None:
    said = asked(site_of, tmp_path / "out", LINKS, PASSTHROUGH)
    dialect = load(tmp_path / "site").config.dialect
    assert dialect.formulas == FORMULAS.formulas
    for text, page in zip(LINKS, said, strict=True):
        links = read_markdown(text, 0, (), dialect=dialect).links
        assert [link.destination for link in links] == re.findall('href="([^"]*)"', page), (text, page)
        assert [text[slice(*link.destination_span)] for link in links] == [link.destination for link in links]


def test_a_heading_says_its_formula() -> None:
    (heading,) = read_markdown("ü\n\n## The $x^2$ axis\n", 0, (), dialect=FORMULAS).headings
    assert (heading.text, heading.id) == ("The $x^2$ axis", "the--axis")


@pytest.mark.parametrize("piece", ["$", "\\(", "$$ ", "a$b`c", "\\(`", "$[a](b"])
def test_signs_of_formulas_without_end_are_read_in_time(piece: str) -> None:
    assert not read_markdown(piece * 10_000, 0, (), dialect=FORMULAS).headings


def test_formulas_are_no_broken_links_and_no_prose(site_of: Make) -> None:
    post = '+++\ntitle = "How it grows"\ndate = 2026-01-02T09:00:00Z\n+++\n\nSo $E[X](t)$ grows, and $a a$.\n'
    folder = site_of({"content/posts/x.md": post, "config.toml": f'baseURL = "https://site.example/"\n{PASSTHROUGH}'})
    assert not {rule for rule, _ in findings_in(folder)} & {"link-broken", "doubled-word"}


def test_a_colon_without_a_blank_begins_no_definition() -> None:
    assert read_markdown("a\n:smile: [x](y)\n\n| a |\n|:-|\n| b |\n", 0, ()).tables
    (heading,) = read_markdown("a\n:smile: b\n===\n", 0, ()).headings
    assert heading.id == "smile-b"
