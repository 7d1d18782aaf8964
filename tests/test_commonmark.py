"""The facts that are read out of Markdown, against the pages that Hugo makes of the same text.

The examples of the CommonMark specification are in the sources of markdown-it-py, though not in its wheel: they are
fetched once, with pip, and kept where pytest keeps its cache.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from presscheck.markdown import Markdown
from presscheck.page import Page
from tests.conftest import load, render

CONFIG = """\
baseURL = "https://site.example/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]
uglyURLs = true
[markup.goldmark.renderer]
unsafe = true    # raw HTML is one of the facts
[markup.goldmark.extensions.typographer]
disable = true   # words are compared as they are written
[markup.highlight]
codeFences = false
"""
DISAGREEMENTS = {
    604: ("links", "a mail address in angle brackets is kept as written; Hugo puts `mailto:` before it"),
    605: ("links", "as 604"),
    608: ("links", "Hugo makes a link of a bare address, which is text to CommonMark and to us"),
    611: ("links", "as 608"),
    612: ("links", "as 608, and as 604"),
}
"""By the number of the example: which fact differs, and why that is known and left."""
RAW_TAG = re.compile(
    r"<(?!/?(?:a|blockquote|br|code|dd|del|dl|dt|em|h[1-6]|hr|img|input|li|ol|p|pre|strong|table|tbody|td|th|thead|tr|ul)\b)"
    r"[a-zA-Z/!?][^>]*"
)
"""A tag, a comment or the like that no Markdown makes."""

HEADINGS = (
    "# **What's new**", "# [What's new in `x`](y)", "# **bold `code` more** end", "# [a *b* c](x) d", '# **"Quoted" text**', "# **<b>x</b> y** z", "# **`x` y** z",
    "# ***x* y** z", "# ***x y*** z", "# **snake_case name** snake_case name", "# **foo\\_bar \\*x** \\-\\- y", "# **a... b** c... d", "# **a -- b** c -- d",
    "# **5'6 x** it's", '# **a 5" x** "y"', "# **a &quot;b c** &amp;", "# **a ] b** **a [b] c**", "# **a ` b** c ` d", "# **` a ` b**", "# **a ~ b** ~~c d~~",
    "# ![a *b* c](x.png) d", "# [![a](b.png) c](d)", "# **x ![i](j) y** w", "# ~~**x** y~~ z", "# `&amp; a` b", "# it&#39;s `&#39; &eacute;` &eacute;t&eacute;", "# <b>x</b> <!-- c --> y", "# <b></b>", "# [](a) [](b)",
    "# mail me@e.org now", "# **mail me@e.org now** x", "# [see https://e.org/x now](y) b", "# **see https://e.org/x now** b", "# <https://e.org> **<https://e.org> x** y",
    "# https://e.org/?a=b&c=d_e, y", "# (https://e.org) x", "# xhttps://e.org y", "# https://localhost y", "# ftp://e.org/x y", "# www.e y", "# www.e.org y",
    "Foo\nBar\n---", "Foo *bar\nbaz*\n====", "Foo\\\nbar\n===", "Foo `a\nb` c\n===", "Foo\n**bar** x\n===", "Foo\n<b>\n===", "a [b\nc](d) e\n===", "> a\n> b\n> ===",
)  # fmt: skip


def examples(config: pytest.Config) -> dict[int, str]:
    """The Markdown of every example of the specification, by its number."""
    release = version("markdown-it-py")
    assert config.cache
    folder = config.cache.mkdir("commonmark")
    stored = folder / f"markdown-it-py-{release}.json"
    if not stored.exists():
        options = ["--quiet", "--no-deps", "--no-binary", "markdown-it-py", "--retries", "0", "--dest", str(folder)]
        command = [sys.executable, "-m", "pip", "download", *options, f"markdown-it-py=={release}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        sources = folder / f"markdown_it_py-{release}.tar.gz"
        if done.returncode:
            said = done.stderr.strip().rpartition("\n")[2]
            pytest.skip(f"no CommonMark examples: pip cannot fetch the sources of markdown-it-py {release}: {said}")
        with tarfile.open(sources) as archive:
            member = archive.extractfile(f"markdown_it_py-{release}/tests/test_cmark_spec/commonmark.json")
            assert member
            stored.write_bytes(member.read())
        sources.unlink()
    return {each["example"]: each["markdown"] for each in json.loads(stored.read_bytes())}


def rendered(folder: Path, texts: Mapping[int, str], config: str = CONFIG) -> dict[int, tuple[Page, str]]:
    """Every text as the body of a page: what we read, and the HTML that Hugo makes of the body."""
    site = folder / "site"
    for name in ("content", "layouts"):
        (site / name).mkdir(parents=True)
    (site / "config.toml").write_text(config, "utf-8")
    (site / "layouts/all.html").write_text("<main>\n{{ .Content }}</main>", "utf-8")
    for number, text in texts.items():
        # Our own front matter comes first, so that an example that begins with `---` cannot be taken for some.
        (site / f"content/{number}.md").write_bytes(f'+++\ntitle = "x"\n+++\n{text}'.encode())
    output = folder / "public"
    assert render(site, output).status == 0
    pages = {page.path: page for page in load(site).pages}
    made = {number: (output / f"{number}.html").read_bytes().decode() for number in texts}
    return {
        number: (pages[f"{number}.md"], made[number].removeprefix("<main>\n").removesuffix("</main>"))
        for number in texts
    }


def words(text: str) -> str:
    return " ".join(text.split())


def our_facts(markdown: Markdown) -> dict[str, Any]:
    return {
        "headings": [(heading.level, heading.id, words(heading.text)) for heading in markdown.headings],
        "links": [(link.is_image, unquote(link.destination), link.title) for link in markdown.links],
        "alternative texts": [words(link.text) for link in markdown.links if link.is_image],
        "code blocks": [html.unescape(block.info).split()[:1] for block in markdown.code_blocks],
        "code": len(markdown.code),
        "ids": markdown.ids - {""},
        "tables": len(markdown.tables),
        "quotes": len(markdown.quotes),
        "lists": len(markdown.lists),
        "depth": markdown.depth,
    }


def facts_in(text: str, markdown_only: str) -> dict[str, Any]:
    """The same facts in a rendered page, whole and without its raw HTML."""
    tree = LexborHTMLParser(f"<body>{markdown_only}")
    links = tree.css("a, img")
    whole = LexborHTMLParser(f"<body>{text}</main>")  # where a tag that was left open ends at last
    return {
        "headings": [(int((node.tag or "")[1:]), attribute(node, "id"), words(node.text())) for node in tree.css("h1, h2, h3, h4, h5, h6")],
        "links": [
            (node.tag == "img", unquote(attribute(node, "src" if node.tag == "img" else "href")), attribute(node, "title"))
            for node in links
        ],
        "alternative texts": [words(attribute(node, "alt")) for node in links if node.tag == "img"],
        "code blocks": [attribute(node, "class").removeprefix("language-").split() for node in tree.css("pre > code")],
        "code": len(tree.css("code")),
        "ids": {attribute(node, name) for name in ("id", "name") for node in whole.css(f"[{name}]")},
        "tables": len(tree.css("table")),
        "quotes": len(tree.css("blockquote")),
        "lists": len(tree.css("ul, ol")),
        "depth": depth(tree.body),
    }  # fmt: skip


def attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def depth(node: LexborNode | None) -> int:
    """How many quotes and lists the innermost one is inside of, itself included."""
    if not node:
        return 0
    return max(map(depth, node.iter()), default=0) + (node.tag in {"blockquote", "ul", "ol"})


def without_raw_html(text: str, page: Page) -> tuple[str, list[str]]:
    """A rendered page without the raw HTML that we found in its source, and what of that Hugo did not pass on as it is."""
    at = 0
    lost = []
    for span in page.markdown.html:
        for line in page.source.slice(span).splitlines():
            raw = line.lstrip(" \t>").rstrip()  # without the edges of the quotes and lists around
            found = text.find(raw, at)
            if found < 0:
                lost.append(raw)
            else:
                text = text[:found] + text[found + len(raw) :]
                at = found
    return text, lost


def disagreements(page: Page, text: str) -> dict[str, tuple[object, object]]:
    """The facts that differ: ours, and Hugo's."""
    markdown_only, lost = without_raw_html(text, page)
    ours = our_facts(page.markdown) | {"raw HTML": lost}
    theirs = facts_in(text, markdown_only) | {"raw HTML": RAW_TAG.findall(markdown_only)}
    return {fact: (ours[fact], theirs[fact]) for fact in ours if ours[fact] != theirs[fact]}


def test_we_read_every_commonmark_example_as_hugo_does(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    texts = examples(pytestconfig)
    assert len(texts) > 600
    assert not [number for number, text in texts.items() if "{{" in text], (
        "a shortcode to Hugo, and so no example of Markdown"
    )
    found = {number: disagreements(page, text) for number, (page, text) in rendered(tmp_path, texts).items()}
    new = {
        (number, fact): (texts[number], *values)
        for number, facts in found.items()
        for fact, values in facts.items()
        if fact != DISAGREEMENTS.get(number, ("",))[0]
    }
    assert new == {}
    assert [number for number, (fact, _) in DISAGREEMENTS.items() if fact not in found[number]] == [], "agreed by now"


def test_ids_of_headings_with_more_inside_are_those_that_hugo_makes(tmp_path: Path) -> None:
    config = CONFIG.replace("disable = true   #", "disable = false  #")
    pages = rendered(tmp_path, dict(enumerate(HEADINGS)), config)
    ours = {HEADINGS[at]: [heading.id for heading in page.markdown.headings] for at, (page, _) in pages.items()}
    theirs = {
        HEADINGS[at]: [html.unescape(found) for found in re.findall(r'<h\d(?: id="([^"]*)")?>', text)]
        for at, (_, text) in pages.items()
    }
    assert ours == theirs
