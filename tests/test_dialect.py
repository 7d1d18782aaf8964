"""Settings that change what a text means, in every form in which a site may give them, against Hugo."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck.check import active_rules, check_site
from presscheck.dialect import Dialect
from presscheck.markdown import read_markdown
from tests.conftest import findings_in, load, render
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


SWITCHES = {
    "table": ("tables", "<table"),
    "strikethrough": ("strikethrough", "<del"),
    "taskList": ("task_lists", "checkbox"),
    "definitionList": ("definition_lists", "<dl"),
    "footnote": ("footnotes", "footnote-ref"),
    "linkify": ("linkify", "://www."),
    "typographer": ("typographer", "&ndash;"),
}
WITH_ALL = "| a |\n|---|\n| b |\n\n~~c~~\n\n- [ ] d\n\ne\n: f\n\ng[^1] -- www.a.org\n\n[^1]: h\n"
TABLES = {
    "footnote": ("true", "{}", '{enable = "true"}', "{enable = false}", "{enable = 0}", '{enable = ""}'),
    "typographer": ("true", "{}", "{enable = false}", "false", "{disable = true}", '{disable = "true"}'),
}


@pytest.mark.parametrize("state", ["true", "1", '"true"', '"T"', "false", "0", "0.0", '"false"', '"F"', '""'])
def test_a_switch_is_on_when_it_is_to_hugo(site_of: Make, tmp_path: Path, state: str) -> None:
    plain = {switch: found for switch, found in SWITCHES.items() if switch not in TABLES}
    settings = "[markup.goldmark.extensions]\n" + "".join(f"{switch} = {state}\n" for switch in plain)
    (said,) = asked(site_of, tmp_path / "out", [WITH_ALL], settings)
    dialect = load(tmp_path / "site").config.dialect
    assert [getattr(dialect, name) for name, _ in plain.values()] == [sign in said for _, sign in plain.values()]


@pytest.mark.parametrize("at", range(6))
def test_a_switch_in_a_table_is_on_when_it_is_to_hugo(site_of: Make, tmp_path: Path, at: int) -> None:
    settings = "[markup.goldmark.extensions]\n" + "".join(f"{name} = {states[at]}\n" for name, states in TABLES.items())
    (said,) = asked(site_of, tmp_path / "out", [WITH_ALL], settings)
    dialect = load(tmp_path / "site").config.dialect
    assert dialect.footnotes == ("footnote-ref" in said)
    assert dialect.typographer == ("&ndash;" in said)


STRUCTURES = (
    "| [a](b) | c |\n|---|---|\n| d | [e](f) |", "a | b\n--|--\n`c | d` | [e](f|g)", "| a |\n|---|\n| # b |\n\n## c", "# | a |\n|-|\n| b |",
    "| a |\n|---|\n| b |\n[c]: /d\n\n[c]", "> | a |\n> |---|\n> | [b](c) |", "|a|\n|:-|\n|b|\n{#c}", "| a |\n===", "| a |\n---", "| \\| [a](b) |\n|-|\n",
    "## a ~~b~~ c", "## **a ~~b~~ c**", "## ~~a~~", "## *~a~ b*", "~~[a](b)~~", "[~~a](b)~~", "[a ~~b~~](c)", "## a~b~c d", "~~a `b~~ c` [d](e)", "## a ~~~b~~~", "## **~~a~~**", "# ~~a *b~~ c*",
    "- [ ] [a](b)\n- [x] c", "- [x] a\n\n[x]: /b", "- [ ] ## a", "1. [x] [a]\n\n[a]: b", "- [x]\n  a\n\n[x]: /y",
    "a\n: b [c](d)", "a\n:   ## b", "a\n\n:   b\n\n        c", "a\n: b\n---", "a\n: ```\n  # b\n  ```", "## a\n: b", "a\n: - b\n  - c", "a\nb\n: c\n\n## d", "a\n: b\n===", ": a\n===", "a\n\n:\tb\n\n## c",
    "a[^1] b\n\n[^1]: c [d](e)", "## a[^1]\n\n[^1]: b", "[^a]\n\n[^a]: <b c>", "## a -- b...", "## *a's b*", "## a www.b.org c", "## see **https://a.org b**",
)  # fmt: skip


ONLY_WITHOUT = {
    "taskList": ("- [x](y) a", "- [ ](y) a", "- ## [x] a"),
    "definitionList": ("a\n:     b\n\n## c",),
    "footnote": ("a\n\n[^1]: ## b", "[^a](b)\n\n[^a]: c"),
}
"""What our parser reads otherwise than Hugo's while the extension is on, and nobody writes."""


@pytest.mark.parametrize("switch", [*SWITCHES, "all"])
def test_a_text_is_read_as_hugo_reads_it_without_an_extension(site_of: Make, tmp_path: Path, switch: str) -> None:
    off = SWITCHES if switch == "all" else (switch,)
    settings = "[markup.goldmark.extensions]\n" + "".join(f"{name} = false\n" for name in off)
    texts = [*STRUCTURES, *ONLY_WITHOUT.get(switch, ())]
    said = asked(site_of, tmp_path / "out", texts, settings)
    dialect = load(tmp_path / "site").config.dialect
    for text, page in zip(texts, said, strict=True):
        ours = read_markdown(text, 0, (), dialect=dialect)
        tree = LexborHTMLParser(f"<body>{page}")
        assert [each.id for each in ours.headings] == [id_ for id_, _ in headings_in(page)], (text, page)
        assert len(ours.tables) == len(tree.css("table")), (text, page)
        assert len(ours.code_blocks) == len(tree.css("pre")), (text, page)
        assert len(ours.footnotes) == len(tree.css(".footnotes li")), (text, page)
        if not dialect.linkify:
            links = [unquote(node.attributes["href"] or "") for node in tree.css("a:not([class|=footnote])")]
            assert [unquote(each.destination) for each in ours.links] == links, (text, page)


OFF = "[markup.goldmark.extensions]\ntable = false\nstrikethrough = false\ntaskList = false\ndefinitionList = false\n"
SHOPPING = """\
+++
title = "What to buy"
date = 2026-01-02T09:00:00Z
+++

| what | how many |
|------|----------|
| ink | 2 | red |
| paper |

It was ~~dear~~ cheap.

- [x] ink
- [ ] paper

Quire
: two dozen sheets

| loose | bars |

`| in | code |` and <del>gone</del>
"""


def test_rules_about_what_is_off_say_that_it_is_off_and_nothing_else(site_of: Make, tmp_path: Path) -> None:
    files = {"content/posts/a.md": SHOPPING, "config.toml": f'baseURL = "https://site.example/"\n{OFF}'}
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status == 0
    page = (tmp_path / "out/posts/a/index.html").read_text("utf-8")
    for seen in ("| what | how many |", "~~dear~~", "<li>[x] ink</li>", ": two dozen"):
        assert seen in page
    site = load(folder)
    found = check_site(site, active_rules(site.config))
    said = [(each.start.line, each.label) for each in found if each.rule == "markdown-feature-off"]
    assert said == [
        (7, "`table` is off"),
        (11, "`strikethrough` is off"),
        (13, "`taskList` is off"),
        (14, "`taskList` is off"),
        (17, "`definitionList` is off"),
    ]
    assert {each.rule for each in found} == {"markdown-feature-off", "html-dropped"}
    assert not any("~~" in each.help or each.fix for each in found if each.rule == "html-dropped")


def test_what_is_on_is_not_said_to_be_off(site_of: Make) -> None:
    files = {"content/posts/a.md": SHOPPING, "config.toml": 'baseURL = "https://site.example/"\n'}
    assert "markdown-feature-off" not in {rule for rule, _ in findings_in(site_of(files))}
