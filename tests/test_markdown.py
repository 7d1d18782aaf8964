"""The scanner's facts, by themselves, against a second parser, and against Hugo."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from presscheck.dialect import Dialect
from presscheck.front_matter import read_front_matter
from presscheck.markdown import Markdown, read_markdown
from presscheck.shortcodes import find_shortcodes, masked
from tests.conftest import HERE, ROOT, render

POSTS = sorted((ROOT / "content").rglob("*.md"))


def read(text: str, start: int = 0, **options: Any) -> Markdown:
    return read_markdown(text, start, find_shortcodes(text, start), dialect=Dialect(**options))


def second_opinion(text: str) -> tuple[list[str], list[str], list[tuple[int, str]], int]:
    """Links, images, headings and code fences as markdown-it-py sees them."""
    links, images, headings, fences = [], [], [], 0
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    for at, token in enumerate(tokens):
        fences += token.type == "fence"
        if token.type == "heading_open":
            inline = tokens[at + 1]
            text_of = "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"})
            headings.append((int(token.tag[1]), text_of))
        pending = list(token.children or ())
        while pending:
            child = pending.pop(0)
            if child.type == "link_open":
                links.append(str(child.attrs["href"]))
            elif child.type == "image":
                images.append(str(child.attrs["src"]))
    return sorted(links), sorted(images), headings, fences


@pytest.mark.parametrize("path", POSTS, ids=lambda path: str(path.relative_to(ROOT / "content")))
def test_two_parsers_agree_on_every_post(path: Path) -> None:
    text = path.read_text("utf-8")
    start = read_front_matter(text).span.end
    shortcodes = find_shortcodes(text, start)
    found = read_markdown(text, start, shortcodes)
    # markdown-it-py knows no footnotes: what it takes for a link to one is none to us.
    body = re.sub(r"\[\^([\w-]+)\]", r"(^\1)", masked(text, shortcodes)[start:])
    links, images, headings, fences = second_opinion(body)
    assert sorted(link.destination for link in found.links if not link.is_image) == links
    assert sorted(link.destination for link in found.links if link.is_image) == images
    assert [(h.level, re.sub(r"\[\^([\w-]+)\]", r"(^\1)", h.text)) for h in found.headings] == headings
    assert sum(block.is_fenced for block in found.code_blocks) == fences


markdown_texts = st.lists(
    st.sampled_from(
        [
            "[a](/b)",
            "![c](d.png)",
            "`x`",
            "```\n",
            "# H\n",
            "> ",
            "- ",
            "\n",
            "\n\n",
            "*",
            "**",
            "é🔮",
            "word ",
            "<",
            ">",
            "[r]",
            "[r]: /z\n",
            "\\",
            "    ",
            "(",
            ")",
            "]",
            "\t",
            "1. ",
        ]
    ),
    max_size=25,
).map("".join)


@given(markdown_texts)
def test_spans_lie_inside_the_text_and_show_what_they_say(text: str) -> None:
    found = read(text)
    for link in found.links:
        assert 0 <= link.span.start < link.span.end <= len(text)
        assert 0 <= link.destination_span.start <= link.destination_span.end <= len(text)
        if link.destination in {"/b", "d.png", "/z"}:
            assert text[link.destination_span.start : link.destination_span.end] == link.destination
    for heading in found.headings:
        assert text[heading.span.start : heading.span.end].strip() == text[heading.span.start : heading.span.end]
    for block in found.code_blocks:
        assert 0 <= block.span.start <= block.span.end <= len(text)


def test_links_and_images_have_exact_places() -> None:
    text = (
        'Hé [x *y*](/a "t") ![alt](img.png) [r][ref] <https://e.org> [e](<a b.md>) [![in](i.png)](/out)\n\n[ref]: /c\n'
    )
    found = read(text)
    cut = [
        (link.destination, link.text, text[link.destination_span.start : link.destination_span.end])
        for link in found.links
    ]
    assert cut == [
        ("/a", "x y", "/a"),
        ("img.png", "alt", "img.png"),
        ("/c", "r", "/c"),
        ("https://e.org", "https://e.org", "https://e.org"),
        ("a b.md", "e", "a b.md"),
        ("/out", "in", "/out"),
        ("i.png", "in", "i.png"),
    ]
    assert found.links[0].title == "t"
    assert found.links[3].is_autolink


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('a <a id="one">b</a> <b name=two>c</b>', {"one", "two"}),
        ('<div class="x"\n  id = \'one\'>\n<p name="two" id="three">\n</div>', {"one", "two", "three"}),
        ('<a title="x < y" id="one">b</a>', {"one"}),
        ('<a data-id="one">b</a> id="two"', set()),
        ("<div>\n<a <a id=one\n", {"one"}),
    ],
)
def test_ids_of_raw_html(text: str, ids: set[str]) -> None:
    assert read(text).html_ids == ids


def test_a_destination_made_by_a_shortcode_is_marked() -> None:
    (link,) = read('[x]({{< ref "b.md#c" >}})').links
    assert link.is_made_by_shortcode
    assert link.destination == '{{< ref "b.md#c" >}}'


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("```\nx\n```\n", True),
        ("```\nx\n", False),
        ("````\nx\n```\n", False),
        ("~~~\nx\n~~~~\n", True),
        ("> ```\n> x\n\ny\n", False),
        ("- ```\n  x\n  ```\n", True),
        ("```", False),
    ],
)
def test_whether_a_fence_is_closed(text: str, *, closed: bool) -> None:
    (block,) = read(text).code_blocks
    assert block.is_closed is closed


HEADINGS = """# C++ & C#
# a--b  c
# Über straße
# Hello, World!
# Hello World
# Hello World
# `code--x` and *em*
# [link](x) text
# a_b - c
# 日本語 テキスト
# 🚀 Rocket
# x&amp;y
# "quotes" it's... so
# Custom {#Custom-ID}
# !!!
# !!!
# ![img alt](x.png) after
# a\\*b
# <b>x</b> raw
# Tab\ttab
# x — y
Setext
===
# end #
# see https://example.com now
# ½ ① ²
# foo-1
# foo
# foo
# ÀÉ ß
# 1. first
"""


@pytest.mark.parametrize("attributes", [True, False])
def test_heading_ids_are_those_that_hugo_makes(
    site_of: Callable[..., Path], tmp_path: Path, *, attributes: bool
) -> None:
    config = (
        HERE / "sites/minimal/config.toml"
    ).read_text() + f"[markup.goldmark.parser.attribute]\ntitle = {str(attributes).lower()}\n"
    post = f'+++\ntitle = "x"\ndate = 2026-03-02\n+++\n\n{HEADINGS}'
    folder = site_of({"content/posts/x.md": post, "config.toml": config})
    output = tmp_path / "public"
    render(folder, output)
    html = (output / "posts/x/index.html").read_text("utf-8")
    made = re.findall(r'<h1 id="([^"]*)"', html)
    assert [heading.id for heading in read(HEADINGS, heading_attributes=attributes).headings] == made
    assert len(made) == 30


def test_shortcodes_are_found_and_masked_in_place() -> None:
    text = 'a {{< figure src="a b.png" alt=`x>}}` >}} b {{%/* quoted */%}} {{% /note %}} {{< ref "x" >}}'
    calls = find_shortcodes(text)
    assert [(call.name, call.is_closing) for call in calls] == [("figure", False), ("note", True), ("ref", False)]
    assert [(p.key, p.value) for p in calls[0].parameters] == [("src", "a b.png"), ("alt", "x>}}")]
    reference = calls[2].parameter("path", 0)
    assert reference
    assert text[reference.span.start : reference.span.end] == "x"
    hidden = masked(text, calls)
    assert len(hidden) == len(text)
    assert "{{%/* quoted */%}}" in hidden
    assert hidden.count("{{") == 1
