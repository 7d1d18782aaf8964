"""Attributes behind headings and below blocks are those that Hugo reads."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck.attributes import attributes_at, attributes_behind
from presscheck.check import active_rules, check_site
from presscheck.dialect import Dialect
from presscheck.markdown import Heading, read_markdown
from presscheck.text import Span
from tests.conftest import findings_in, load, render

Make = Callable[..., Path]

ASKING = """\
{{ $said := slice -}}
{{ range site.Data.texts -}}
  {{ $made := try ($.RenderString (dict "display" "block") .) -}}
  {{ $said = $said | append (cond (eq $made.Err nil) (printf "%s" $made.Value) "") -}}
{{ end -}}
{{ $said | jsonify (dict "noHTMLEscape" true) | safeHTML }}"""
PARTS = (
    "#a", "#b-c", ".c", ".d", "k=v", 'k="v w"', "k=1", "k=1.5", "k=-2", "k=+3", "k=1e3", "k=.5", "k=true", "id=x", 'id="y z"', "ID=w", "class=q",
    "class=1", 'class="q r"', "k=[1,2]", 'k=[a,"b"]', "k=[ ]", "k=[]", "k={.z}", "k={a=b}", "k={ }", "x", "#", ".", ",", "=", "{", "}", "\\", "#ü", "#日本",
    "a.b=c", "_u=1", ":v=2", "1=2", "k =v", "k= v", "k=", "#a#b", ".c.d", "#a.b", '"s"', "'s'", "k='v'", "/", "-", ">", "é=1", 'data-x="1"',
    'style="color: red; top: 0"', 'k="\\""', 'k="a\\"b"', 'id="a\\"b"', 'k="}"', 'k="*"', 'id="a&amp;b"', "", " ",
)  # fmt: skip
WORTH_ASKING = (
    "## GET /users/{id}", "## Setup {id=install}", "## Range {1,3}", "## ${x}", "## T {:toc}", "## T {#a b}", "## T {#a!}", "## T {#a} ##", "## T {.c} ##",
    "## T ## {#a}", "## T # x ## {#a}", "## T ###{#a}", "## T### {#a}", "## T \\# {#a}", "## A #{#a}", "## A {#a}#", "## {#a}", "## ## {#a}", "# {.c}",
    "Foo\n{#a}\n---", "Foo\n{.c}\n---", "{#a}\n---", "Foo\nbar {#m}\n---", "> Foo\n> bar {#m}\n> ---", "> ## T {#q}\n> x", "- ## T {#l}", "- {#a}\n  ---",
    "## A {#a} {#b}", "## A {#a} {.b}", "## A {.b}{.c}", "## A {k={x=1} #a}", "## A {k=[1,[2]]}", '## A {k=[["a", [1]], {b=[c]}]}', "## A {k=[1,]}", "## A {k=[{class=3}]}", "## A {k={a={b=1}}}", '## *a {k="*"}', '## `a {k="`"}', "## `{#a}` {#b}", "## [x](y){#a}",
    "## <b>{#a}", "#{#a}", "## A {\\#a}", "## A \\{#a}", "## A\\\\{#a}", "## A {id=3}", "## A {id=true}", "## A {#}", '## A {id=""}', "## A {#x ,, .b}", "Foo {.a\n.b}\n---",
    "## ü {#a}\n\n## ü {#b}\n\nä {#c}\n===",
)  # fmt: skip


def a_heading(chance: random.Random) -> str:
    """A heading with braces behind it."""
    group = "{" + chance.choice((" ", "", ",", ", ")).join(chance.choices(PARTS, k=chance.randint(1, 3))) + "}"
    words = (
        f"{chance.choice(('A', 'A ', '`a` ', '*a*', ''))}{group}{chance.choice(('', '', '', ' ', 'x', ' {.z}', ' ##'))}"
    )
    return chance.choice(("## {}", "## {}", "## b ## {}", "{}\n===", "b\n{}\n---", "> ## {}", "- # {}")).replace(
        "{}", words
    )


def asked(site_of: Make, output: Path, texts: Sequence[str], config: str = "") -> list[str]:
    """What Hugo makes of each text; nothing where it stops."""
    files = {
        "layouts/home.html": ASKING,
        "data/texts.json": json.dumps(list(texts)),
        "config.toml": f'baseURL = "https://site.example/"\n{config}',
    }
    assert render(site_of(files), output).status == 0
    said: list[str] = json.loads((output / "index.html").read_text("utf-8"))
    return said


def headings_of(text: str, *, typographer: bool = True) -> tuple[Heading, ...]:
    return read_markdown(text, 0, (), dialect=Dialect(typographer=typographer)).headings


def headings_in(page: str) -> list[tuple[str, str]]:
    """The id and the words of each heading of a rendered page."""
    return [
        (node.attributes.get("id") or "", " ".join(node.text().split()))
        for node in LexborHTMLParser(f"<body>{page}").css("h1, h2")
    ]


def test_ids_behind_headings_are_those_that_hugo_reads(site_of: Make, tmp_path: Path) -> None:
    seed = 0 if "CI" in os.environ else time.time_ns() % 10**6
    chance = random.Random(seed)  # noqa: S311 - texts, and no secret
    texts = [*WORTH_ASKING, *(a_heading(chance) for _ in range(1500))]
    texts = [text for text in texts if "{{" not in text]
    config = "[markup.goldmark.extensions.typographer]\ndisable = true\n"
    taken = 0
    for text, said in zip(texts, asked(site_of, tmp_path / "out", texts, config), strict=True):
        if not said:
            continue  # Hugo stops at an id that is no text
        ours = headings_of(text, typographer=False)
        assert [(each.id, " ".join(each.text.split())) for each in ours] == headings_in(said), (seed, text, said)
        taken += any(each.attributes for each in ours)
    assert 200 < taken < 1400


def test_a_list_knows_its_place_and_values() -> None:
    text = '## Install {#in .wide k="a \\"b\\"" n=[1, 2]}  '
    found = attributes_behind(text, 3, len(text))
    assert found
    assert text[found.span.start : found.span.end] == '{#in .wide k="a \\"b\\"" n=[1, 2]}'
    assert found.values == {"id": "in", "class": "wide", "k": 'a "b"', "n": "[1, 2]"}
    assert attributes_at("{id}", 0, 4) is None
    (heading,) = read_markdown(f"Before.\n\n{text}\n", 0, ()).headings
    assert heading.attributes
    assert heading.attributes.span == Span(20, 20 + found.span.end - found.span.start)


def test_headings_keep_their_place_when_attributes_are_taken_out() -> None:
    text = "ü\n\n## Ünd {#a}\n\n{#b}\n---\n\nFoo\n{.c}\n===\n\n[x](y)\n"
    found = read_markdown(text, 0, ())
    assert [(text[each.span.start : each.span.end], each.id) for each in found.headings] == [
        ("## Ünd {#a}", "a"),
        ("{#b}\n---", "b"),
        ("Foo\n{.c}\n===", ""),
    ]
    (link,) = found.links
    assert text[link.destination_span.start : link.destination_span.end] == "y"


BLOCKS = (
    "Para\n{#p1}", "- a\n- b\n{#l1}", "> q\n{#q1}", "> q\n> {#q2}", "| a | b |\n|---|---|\n| 1 | 2 |\n{#t1}", "![a](b.png)\n{#i1}", "---\n{#h1}", "Term\n: D\n{#d1}",
    "Para\n   {#p3}", "Para\n{#p4} x", "Para\n{#m1\n.b}\nx", "x\n{#u}\ny\n{#v}", "T\n{#t}\n===", "Para\n\n{#none}", "{#none}\ntext", "a {#none}", "Para\n{none}",
    "```go\n{#none}\n```", "## Head {#g}\n\ntext\n{#e}", "```go {#f1}\n1\n```", '```go {id="f2" .c}\n1\n```', "```go{#f3} x\n1\n```", "> ```go {ID=f4}\n> 1\n> ```",
    "```go {#none\n1\n```", "```go {k={#inner} #outer}\n1\n```", "```go {{#double}}\n1\n```", "```go {anchorLineNos=true}\nx\n```", "```go {anchorLineNos=true,lineNos=true}\nx\ny\n```", "```go {lineNos=inline anchorLineNos=true}\nx\n```\n\n```go {lineNos=table anchorlinenos=1 lineAnchors=run linenostart=8}\nx\ny\n```",
    "```go {lineNos=true lineAnchors=run}\nx\n```", "```go {lineNos=false anchorLineNos=true}\nx\n```", "```go\nx\n```\n\n```go\nx\n```",
)  # fmt: skip
NUMBERED = "[markup.highlight]\nanchorLineNos = true\nlineNos = true\n"


@pytest.mark.parametrize("config", ["", NUMBERED, NUMBERED + 'lineAnchors = "L"\nlineNoStart = 5\n'])
def test_ids_of_blocks_are_those_that_hugo_makes(site_of: Make, tmp_path: Path, config: str) -> None:
    config = f"[markup.goldmark.parser.attribute]\nblock = true\n{config}"
    said = asked(site_of, tmp_path / "out", BLOCKS, config)
    dialect = load(tmp_path / "site").config.dialect
    for text, page in zip(BLOCKS, said, strict=True):
        theirs = {node.attributes["id"] for node in LexborHTMLParser(page).css("[id]")}
        assert set(read_markdown(text, 0, (), dialect=dialect).ids) == theirs, (text, page)


POST = """\
+++
title = "How it is set up"
date = 2026-01-02T09:00:00Z
description = "What to do first, what comes after that, and where each of the steps is told in full, in order."
+++

See [the calls](#get-usersid), [setting up](#install), [the list](#steps), [the code](#snippet) and [all parts](#TableOfContents).

## GET /users/{id}

## Setup {id=install}

1. One
2. Two
{#steps}

```go {#snippet}
x
```
"""


def test_links_to_what_attributes_name_are_not_reported(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\n[markup.goldmark.parser.attribute]\nblock = true\n'
    pages = {
        "content/posts/setup.md": POST,
        "config.toml": config,
        "layouts/page.html": "{{ .TableOfContents }}{{ .Content }}",
    }
    assert "link-fragment-missing" not in {rule for rule, _ in findings_in(site_of(pages))}


@pytest.mark.parametrize(
    "piece",
    ["{", "{#a ", '{a="', "{a={", "{a=[", "{a=[1,", '{a="x{a=\\"x', "{a={b=c ", '{a={b="', "{#", "{a=b ", "}", "\\{", "{#a} "],
)  # fmt: skip
def test_a_long_line_of_braces_is_read_in_time(piece: str) -> None:
    text = f"# {piece * 20_000}x}}"
    (heading,) = headings_of(text)
    assert heading.text


def test_where_terms_get_ids_too_only_hugo_knows_them(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\n[markup.goldmark.parser]\nautoDefinitionTermID = true\n'
    post = POST.partition("See")[0] + "See [the word](#press-check).\n\nPress check\n: A look.\n"
    folder = site_of({"content/posts/terms.md": post, "config.toml": config})
    assert "link-fragment-missing" not in {rule for rule, _ in findings_in(folder)}


BRACES = (
    "{a={b=1}}", "{a={b=1} #x}", "{#x a={b=1}}", "{a={}}", "{a={ }}", "{a={b={c=1}}}", "{a=[{b=1}]}", "{hl_lines=[1] a={b=1}}", '{a={b="}"}}', '{a="{b}"}',
    '{a="{"}', '{a="}"}', "{a={b=1}", "{a={b}}", "{a={class=1}}", "{a={b=null}}", "{class=1}", "{k=null}", "{{a=1}}", "{ {a=1} }", "{a=1}{b=2}", "{a=1} {b=2}",
    "{a=1} x", "{a=1} {b", "{a=[1]", "{a={[]}}", "{a={{b=1}}}", "{}", "{ }", "{,}", "{a=1,}", "{a=1,,b=2}", "{a={b=-}}", "a} {b=1}", "{a={b={c={d={e=1}}}}}", "{tabWidth={a=1}}",
)  # fmt: skip
OPTIONS = (
    *("linenos", "linenostart", "lineNoStart", "tabwidth", "tabWidth", "noClasses", "anchorlinenos", "guessSyntax", "lineNumbersInTable", "hl_inline"),
    *("lineanchors", "style", "hl_lines", "title", "codefences"),
)  # fmt: skip
VALUES = (
    "true", "1", "0", "-1", "+1", "007", "1.5", "1e3", "x", '""', '"true"', '"TRUE"', "TRUE", '"t"', '"3"', '"0x3"', '"03"', '"08"', '"-1"', '" 3"', "[1]", '["a"]', "[]",
    "table", '"inline"', '"Inline"', "False", "99999", "null",
)  # fmt: skip


def test_behind_a_fence_what_stops_hugo_is_said_to_stop_it(site_of: Make, tmp_path: Path) -> None:
    written = [*BRACES, *(f"{{{name}={value}}}" for name in OPTIONS for value in VALUES)]
    texts = [f"```go {braces}\nx\n```\n" for braces in written]
    stopped = [not said for said in asked(site_of, tmp_path / "out", texts)]
    posts = {f"content/posts/{at}.md": f"+++\ntitle = 'A'\n+++\n\n{text}" for at, text in enumerate(texts)}
    site = load(site_of(posts, "posts"))
    said = {
        each.path
        for each in check_site(site, active_rules(site.config))
        if each.rule == "fence-attributes-invalid" and "Hugo stops" in each.consequence
    }
    assert sum(stopped) > 50
    wrong = [braces for at, braces in enumerate(written) if (f"content/posts/{at}.md" in said) != stopped[at]]
    assert wrong == []


@pytest.mark.parametrize(
    ("braces", "is_lost"),
    [("{a={b=1}}", True), ("{a=[{b=1}]}", True), ("{a=1} {c=2}", True), ("{ {a=1} }", False), ("{a=[[1]]}", False)],
)
def test_behind_a_fence_what_hugo_leaves_out_is_said(
    site_of: Make, tmp_path: Path, braces: str, *, is_lost: bool
) -> None:
    (said,) = asked(site_of, tmp_path / "out", [f"```go {braces}\nx\n```\n"])
    names = {"a", "c"} if "c=" in braces else {"a"}
    node = LexborHTMLParser(said).css("div.highlight")[0]
    assert bool(names - node.attributes.keys()) == is_lost
    folder = site_of({"content/posts/x.md": f"+++\ntitle = 'A'\n+++\n\n```go {braces}\nx\n```\n"}, "posts")
    assert (("fence-attributes-invalid", "content/posts/x.md") in findings_in(folder)) == is_lost
