"""Everything that an author can write, at random: nothing crashes, hangs or points beside the text, and fixes mend.

`PRESSCHECK_FUZZ=20 pytest tests/test_fuzz.py` tries twenty times as many examples.
"""

from __future__ import annotations

import html
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from presscheck import urls
from presscheck.check import ActiveRule, active_rules, all_rules, ask, check_site, judged, questions
from presscheck.commands.checking import sources_of, with_sources
from presscheck.config import Config
from presscheck.diagnostics import Applicability, Diagnostic, Finding, Fix
from presscheck.errors import UsageError
from presscheck.fix import ROUNDS, edited, mend, wanted
from presscheck.front_matter import read_front_matter
from presscheck.page import Page
from presscheck.shortcodes import find_shortcodes, masked
from presscheck.site import Site
from presscheck.text import Source, Span
from presscheck.toml_reader import quoted, read_toml
from tests.conftest import CLOCK, HERE, lay, load, render
from tests.test_markdown import read, second_opinion

T = TypeVar("T")
FACTOR = int(os.environ.get("PRESSCHECK_FUZZ", "1"))
SLOWEST = 5
"""Seconds of computing that one rule may take for one page: a guard against what never ends."""
EVERY_RULE = frozenset(rule.name for rule in all_rules())


def budget(examples: int, *, shrinks: bool = True, is_fixed: bool = False) -> settings:
    """So many examples; a failing one that costs a run of Hugo is shown as it is.

    `is_fixed` tries the same examples in every run but a longer one: another program may differ in what is rare.
    """
    return settings(
        derandomize=(is_fixed and FACTOR == 1) or "CI" in os.environ,
        max_examples=examples * FACTOR,
        phases=[phase for phase in Phase if shrinks or phase not in {Phase.shrink, Phase.explain}],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
            HealthCheck.function_scoped_fixture,
        ],
    )


# What authors write

PIECES = (
    "\n", "\n\n", "\r\n", "\r", " ", "  \n", "    ", "\t", "word ", "Two words. ", "the the ", "é", "e\u0301", "日本", "🔮", "👩‍👩‍👧", "ß", "İ",
    "[a](/posts/b/)", "[a](b.md)", "[a](<a b>)", "[a](a b)", '[a](/x "t")', "[a]( /x )", "[](/x)", "[a]()", "[a](#part)", "[a](/posts/b/#part)",
    "[a](javascript:x)", "[a](http://e.org)", "[a](https://site.example/posts/a/)", "[a](www.e.org)", "[a](htps://e.org)", "(a)[/x]",
    "[a] (/x)", "[click here](/x)", "[here](/x)", "[a](\\x)", "[a](//e.org/x)", "[a](/posts/c/)", "[a](/old/)", "[a](http://localhost:1313/)",
    "[r][ref]", "[ref]", "[ref][]", "[ref]: /posts/b/\n", '[ref]: <a b> "t"\n', "[Réf]: /z\n", "<https://e.org>", "<a@e.org>", "https://e.org ",
    "![alt](pic.png)", "![](pic.png)", "![image](/images/x.png)", "![a](Pic.PNG)", "![a](https://e.org/x.png)", "[![in](i.png)](/out)", "![a][ref]",
    "```\n", "```go\n", "~~~\n", "````md\n", "```go {hl_lines=[1]}\n", "```{.go}\n", '``` go title="x"\n', "`x`", "``x`", "`", "``",
    "| a | b |\n", "|---|:-:|\n", "| a |\n", "|", "a | b\n", "- ", "* ", "1. ", "2) ", "+ ", "- [ ] ", "- [x] ", "> ", ">> ", "> [!NOTE]\n", "> [!NOET]\n",
    "[^1]", "[^1]: note\n", "[^n]: x\n\n    more\n", "[^none]", "Term\n: definition\n",
    "# H\n", "## Part\n", "### Part {#part}\n", "##x\n", "## \n", "#### deep\n", "# a {.c #d}\n", "Setext\n===\n", "Other\n---\n", "**Bold line**\n", "#",
    '{{< ref "b.md" >}}', '{{< figure src="pic.png" >}}', "{{< figure src=“x” >}}", "{{< nosuch a=1 >}}", "{{% /note %}}", "{{< highlight go >}}",
    "{{< /highlight >}}", "{{</* x */>}}", "{{< youtube x", "{{<", ">}}", "{{%", "%}}", "{{ .Title }}", "{% raw %}", "{{< a.inline >}}x{{< /a.inline >}}",
    "{{< x `raw` >}}", '{{< relref path="b.md#part" >}}', '[a]({{< ref "b.md" >}})', "{{< gist a b >}}",
    "<div>", "</div>", "<br>", "<b>x</b>", "<script>x</script>", '<a name="x">', "<img src=x>", "<!--", "-->", "<!-- TODO -->", "<details>\n", "<", ">", "&amp;",
    "&nbsp;", "&#106;", "<!--more-->", "<!-- more -->", '<iframe src="https://e.org"></iframe>', "<p align=center>", "<style>", "<video src=x></video>",
    "<!-- presscheck: ignore[link-broken] known -->\n", "<!-- presscheck: off[link-empty] x -->", "<!-- presscheck: on[link-empty] -->",
    "<!-- presscheck: ignore[no-such] -->", "[//]: # (presscheck: ignore[link-broken] until=2020-01-01 r)\n", "# presscheck: ignore-file[key-case] x\n",
    "â€™", "Ã©", "“", "”", "’", "—", "--", "---\n", "+++\n", "***\n", "*", "**", "_", "~~", "\\", "\\\\", "(", ")", "[", "]", "{", "}", "!", "$$x$$", "$a$",
    "{.c}", "{: .c}\n", "{#id}", "==mark==", "H~2~O", "x^2^", ":smile:", ":::note\n", "!!! note\n", "[[wiki]]", "[toc]\n", "<<<<<<< HEAD\n", "=======\n",
    ">>>>>>> x\n", "lorem ipsum ", "TODO ", "AKIAIOSFODNN7EXAMPLE ", "аpple ", "😀😀😀😀😀 ", "-----BEGIN RSA PRIVATE KEY-----\n", "A very long line. " * 8,
)  # fmt: skip

RARE = (
    "\0", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u00a0", "\u200b", "\u202e", "\ufeff", "\ufffd", "\udcff", "\udcc3", "\u00ad", "\ue000",
)  # fmt: skip
"""What hardly ever is in a text, and would hide everything else if it were more often."""

KEYS = (
    "title", "Title", "date", "lastmod", "publishDate", "expiryDate", "pubdate", "draft", "Draft", "tags", "Tags", "tag", "categories", "slug", "url", "aliases",
    "alias", "description", "summary", "weight", "type", "layout", "kind", "build", "build.render", "build.list", "_build", "cascade", "resources", "params",
    "params.tags", "params.title", "menu", "menus", "sitemap", "outputs", "markup", "keywords", "linkTitle", "isCJKLanguage", "translationKey", "headless",
    "permalink", "path", "lang", "images", "image", "author", "toc", "series", "draf", "titel", "layuot", "name", "site", "videos", "audio", "unknown",
    "sitemap.priority", "sitemap.changeFreq", "headless", "jekyll", "published", "excerpt", "presscheck", "",
)  # fmt: skip

VALUES = (
    '"A title"', '""', '" "', '"x"', "'raw'", '"{{ .Date }}"', '"**bold**"', '"TODO"', '"tag, other"', '"#tag"', '"/posts/b/"', '"../x"', '"a b"', '"UP/per.x"',
    '"https://e.org/"', '"It\u2019s \\u00e9 \\" \\\\"', '"日本 語"', '"e\u0301"', '"/:year/:slug/"', '"/index.html"', '"' + "long " * 40 + '"', "“curly”",
    "true", "false", "TRUE", "yes", "no", "null", "~", "1", "-3", "0", "1.5", "nan", "-inf", "99999999999999999999", "0x1F", "007", "1_000", "1e400",
    "2026-03-02", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00", "2026-03-02 09:00:00+02:00", "2027-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59-23:59",
    "2026-02-30", "20240105", "09:00:00", '"2026-03-02"', '"yesterday"', '"05 Jan 2027"', '"2026-13-45T99:99:99Z"', '"0000-00-00"',
    "0001-01-01T00:00:00+23:00", '"0001-01-01T00:00:00+14:00"',
    "[]", '["Go"]', '["go", "Go", "R&D"]', '["Go" "x"]', '["", " a ", ".."]', "[1, true, 2026-03-02]", '["/old/", "x", "/posts/b/"]', "[[]]", '[["a"], {b = 1}]',
    "{}", "{a = 1}", '{render = "never"}', '{render = "nevr", list = 1}', '{src = "*.png", title = "x"}', '[{src = "pic.png"}, {name = "x"}]', '{"a": 1}',
    '"--5"', '"-0"', '"٣"', '"' + "1" * 5000 + '"', "9" * 5000, "0x" + "F" * 5000, "[0x" + "F" * 5000 + "]", "9223372036854775807", "-9223372036854775808", "1e308",
    "{render = [], list = {}}", '{params = "x", build = "never"}', '[{title = "T"}, {params.a = 1}]', '["never"]', '"/:sections[' + "1" * 5000 + ':]/"', "{" + ".".join("b" * 1200) + " = 1}",
    "[" * 70 + "]" * 70, "0001-01-01", "9999-12-31T23:59:59", '"http://[::1"', '"\\u0000"',
    "{main = {weight = 1}}", '"""\nmore\nlines"""', "'''\nraw'''", '"never', "[1,", "{a =", "", "x y", "# comment", '"a" # comment', "*a", "&a [1]", "|\n  text", "!!x y",
)  # fmt: skip

LINES = (
    "[params]", "[build]", "[[resources]]", "[[cascade]]", "[cascade]", "[params.x]", "[[menu.main]]", "[sitemap]", "[a", "# presscheck: ignore[key-unknown] known",
    "junk", "", "+++", "---", "  - Go", "- x", "\t", "a: b: c", "? x", '"quoted key" = 1', "a.b.c = 1", "%x", "<<: *a", "\0 = 1", "é = 1",
)  # fmt: skip

CHARS = (
    "\n\r\t \"'`[](){}<>!#*_-+=:;,.|\\/&%$^~@?0aAé日🔮“’" * 4 + "\u0301\ufeff\0\x1b\u200b\u202e\u2028\u00a0\x85\udc80"
)


def often(*strategies: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """One of the strategies, each as often as it is named; `one_of` counts equal ones once, and the parts of a union."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


def damaged(texts: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    """The texts with characters deleted, inserted, swapped, and pieces doubled or cut off."""
    hits = st.lists(
        st.tuples(
            st.sampled_from(["delete", "insert", "swap", "double", "cut"]),
            st.integers(0, 2**16),
            st.integers(1, 12),
            st.sampled_from(CHARS),
        ),
        max_size=most,
    )
    return st.builds(_damaged, texts, hits)


def _damaged(text: str, hits: list[tuple[str, int, int, str]]) -> str:
    for kind, place, length, char in hits:
        at = place % (len(text) + 1)
        if kind == "delete":
            text = text[:at] + text[at + length :]
        elif kind == "insert":
            text = text[:at] + char + text[at:]
        elif kind == "swap":
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        elif kind == "double":
            text = text[:at] + text[at : at + length] + text[at:]
        elif length == 1:
            text = text[:at]
    return text


def _toml(lines: list[str]) -> str:
    return "+++\n{}+++\n".format("".join(f"{line}\n" for line in lines))


def _yaml(lines: list[str]) -> str:
    return "---\n{}---\n".format("".join(f"{line}\n" for line in lines))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.sampled_from(["x", "", "2026-03-02", "Go", "/old/", "é", "--5", 10**400, 1e308]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)
key = st.sampled_from(KEYS)
RIGHT = [value for value in VALUES if read_toml(f"a = {value}\n").values]
right_toml = st.lists(
    st.tuples(key.filter(bool), st.sampled_from(RIGHT)),
    min_size=2,
    max_size=8,
    unique_by=lambda pair: pair[0].partition(".")[0].lower(),
).map(lambda pairs: _toml([" = ".join(pair) for pair in pairs]))
pairs = st.tuples(key, st.sampled_from(VALUES))
front_matters = often(
    right_toml,
    right_toml,
    right_toml,
    st.sampled_from([_toml(['title = "R&D"', "date = 2026-03-02T09:00:00Z"]), ""]),
    damaged(st.lists(pairs.map(" = ".join) | st.sampled_from(LINES), min_size=2, max_size=8).map(_toml)),
    damaged(st.lists(pairs.map(": ".join) | st.sampled_from(LINES), min_size=2, max_size=8).map(_yaml), most=2),
    damaged(
        st.dictionaries(key, json_values, max_size=5).map(lambda found: json.dumps(found, indent=1) + "\n"), most=2
    ),
)
bodies = damaged(st.lists(st.sampled_from(PIECES * 6 + RARE), min_size=8, max_size=40).map("".join))
SEEDS = sorted(
    {
        text
        for path in (HERE / "rules").glob("*/bad/content/**/*.md")
        if path.is_file() and len(text := Source.decode("", path.read_bytes()).text) < 8000
    }
)
"""The posts with which the manuals show each mistake: from there it is not far to another."""
seeds = st.sampled_from(SEEDS)
posts = st.builds(
    lambda text, ending: text.replace("\n", ending),
    often(
        st.builds("{}\n{}".format, front_matters, bodies),
        damaged(seeds, most=6),
        st.builds("{}\n{}".format, front_matters, damaged(seeds.map(lambda text: text[read_front_matter(text).span.end :]))),
        st.builds("{}\n{}".format, damaged(seeds.map(lambda text: text[: read_front_matter(text).span.end])), bodies),
        st.builds("{}{}{}".format, seeds, bodies, seeds),
    ),
    st.sampled_from(["\n"] * 8 + ["\r\n", "\r"]),
)  # fmt: skip


def _stored(text: str) -> bytes:
    """What an editor makes of it; a stray byte is one character here."""
    return text.encode("utf-8", "surrogateescape")


stored = posts.map(_stored)
files = often(
    *[stored] * 14,
    posts.map(lambda text: text.encode("utf-16", "replace")),
    st.text(st.characters(codec="utf-8"), max_size=200).map(str.encode) | st.binary(max_size=200),
)

PATHS = (
    "posts/a.md",
    "posts/a.md",
    "posts/a/index.md",
    "posts/_index.md",
    "tags/go/_index.md",
    "tags/none/_index.md",
    "2026-01-01 É.md",
)
CONFIGS = (
    'baseURL = "https://site.example/"\ntitle = "A site"\ntimeZone = "UTC"\n[taxonomies]\ntag = "tags"\n',
    'baseURL = "https://site.example/blog/"\ntimeZone = "Europe/Vienna"\n[markup.goldmark.renderer]\nunsafe = true\n[permalinks]\nposts = "/:year/:slug/"\n',
    'title = "x"\ntimeZone = "America/New_York"\n[markup.goldmark.extensions.passthrough]\nenable = true\n[markup.goldmark.parser.attribute]\nblock = true\ntitle = false\n',
)
OTHER = (
    _toml(['title = "Other"', "date = 2026-03-01T09:00:00Z", 'tags = ["Go"]', 'aliases = ["/old/"]'])
    + "\n## Part\n\nText.\n"
)
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000049454e44ae426082")


@cache
def config_of(text: str) -> Config:
    return Config.of(read_toml(text).values or {}, "config.toml")


@cache
def every_rule(text: str) -> tuple[ActiveRule, ...]:
    return active_rules(config_of(text), EVERY_RULE)


def site_with(data: bytes, config: str = CONFIGS[0], path: str = "posts/a.md") -> Site:
    """A site with `data` at `path`, another page, and pictures beside them."""
    source = Source.of_page(f"content/{path}", data)
    known = config_of(config)
    pages = (Page.of(path, source, known), Page.of("posts/b.md", Source("content/posts/b.md", OTHER), known))
    return Site(
        known,
        pages,
        CLOCK,
        files=frozenset({"posts/pic.png"}),
        static=frozenset({"images/x.png"}),
        sizes={"content/posts/pic.png": len(PIXEL), "static/images/x.png": len(PIXEL)},
        config_source=Source("config.toml", config),
        load_file=lambda name: PIXEL if name.endswith(".png") else None,
    )


def findings(site: Site, rules: tuple[ActiveRule, ...]) -> Iterator[tuple[str, str, Finding]]:
    """What each of `rules` finds by itself, with its name and the file; fails when one takes too long."""
    for rule in rules:
        started = time.thread_time()
        alone, inside = questions([rule], "check_page"), questions([rule], "check_in_site")
        found = [(page.file, ask(alone, page) + ask(inside, page, site)) for page in site.pages]
        found.append(("", ask(questions([rule], "check_site"), site)))
        taken = time.thread_time() - started
        assert taken < SLOWEST, f"{rule.rule.name} took {taken:.0f} s"
        for file, each in found:
            for name, finding in each:
                assert finding.path or file, f"{name} does not say in which file"
                yield name, finding.path or file, finding


def assert_inside(span: Span, source: Source, what: str) -> None:
    assert 0 <= span.start <= span.end <= len(source.text), f"{what}: {span} of {len(source.text)}"


def assert_well_formed(name: str, path: str, found: Finding, site: Site) -> None:
    source = site.source_at(path)
    if source is None:
        assert found.span == Span(0, 0), f"{name} points into {path}, which is no page"
        assert not (found.fix and found.fix.edits), name
        return
    assert_inside(found.span, source, name)
    for each in found.notes:
        other = site.source_at(each.path) if each.path else source
        if each.span is not None and other is not None:
            assert_inside(each.span, other, f"a note of {name}")
    if found.fix:
        assert found.fix.edits or found.fix.moves, name
        spans = [edit.span for edit in found.fix.edits]
        for span in spans:
            assert_inside(span, source, f"a fix of {name}")
        assert spans == sorted(spans), name
        assert not any(one.overlaps(other) for one, other in pairwise(spans)), name


@budget(150)
@given(files, st.sampled_from(CONFIGS), st.sampled_from(PATHS))  # fmt: skip
def test_whatever_a_page_says_every_rule_answers_and_points_into_the_text(data: bytes, config: str, path: str) -> None:
    site = site_with(data, config, path)
    everything = list(findings(site, every_rule(config)))
    for name, file, found in everything:
        assert_well_formed(name, file, found, site)
    for each in judged(
        ((file, ((name, found),)) for name, file, found in everything), every_rule(config), site.source_at
    ):
        source = site.source_at(each.path) or Source(each.path, "")
        for offset, place in ((each.span.start, each.start), (each.span.end, each.end)):
            assert source.line_starts[place.line - 1] + place.column - 1 == offset
            assert source.position(offset) == place
    source = site.pages[0].source
    assert source.encode(source.text) == data or source.encoding != "utf-8"


def applied(site: Site, path: str, fix: Fix) -> Site:
    """The site with one fix to the file at `path`."""
    sources = sources_of(site)
    source = sources[path]
    to = next((move.to for move in fix.moves if move.path == path), path)
    text = edited(source.text, fix.edits)
    return with_sources(site, {**sources, path: Source.decode(to, source.encode(text))}, {})


@budget(100)
@given(posts, st.sampled_from(CONFIGS[:2]))
def test_every_fix_leaves_a_page_that_can_be_read(text: str, config: str) -> None:
    site = site_with(_stored(text), config)
    rules = every_rule(config)
    by_name = {rule.rule.name: rule for rule in rules}
    before = {page.file: page.front_matter for page in site.pages}
    mending: set[str] = set()
    for name, path, found in findings(site, rules):
        if not found.fix or found.fix.applicability is Applicability.PLACEHOLDER:
            continue
        mending.add(name)
        note(f"{name}: {found.fix}")
        mended = applied(site, path, found.fix)
        page = next((page for old, page in zip(site.pages, mended.pages, strict=True) if old.file == path), None)
        if page and before[path].is_read_by_hugo:
            assert page.front_matter.document.problems == (), name
            assert page.front_matter.is_read_by_hugo, name
        for other, file, again in findings(mended, rules):
            assert_well_formed(other, file, again, mended)
    for name in sorted(mending):
        assert_settles(site, (by_name[name],))


def assert_settles(site: Site, rules: tuple[ActiveRule, ...]) -> None:
    """`fix` with `rules` comes to an end before it gives up."""
    rounds: list[list[Diagnostic]] = []
    names = frozenset(rule.rule.name for rule in rules)

    def judge(sources: Mapping[str, Source], moved: Mapping[str, str]) -> list[Diagnostic]:
        rounds.append(check_site(with_sources(site, sources, moved), rules))
        return rounds[-1]

    mend(sources_of(site), judge, lambda each: wanted(each, names, unsafe=True))
    assert len(rounds) < ROUNDS, f"{sorted(names)} still mend after {ROUNDS} rounds: {rounds[-1][:3]}"


@budget(60)
@given(posts)
def test_all_fixes_together_come_to_an_end(text: str) -> None:
    """Safe ones alone, and with the unsafe ones."""
    site = site_with(_stored(text))
    rules = every_rule(CONFIGS[0])
    for unsafe in (False, True):
        rounds: list[list[Diagnostic]] = []

        def judge(
            sources: Mapping[str, Source], moved: Mapping[str, str], rounds: list[list[Diagnostic]] = rounds
        ) -> list[Diagnostic]:
            rounds.append(check_site(with_sources(site, sources, moved), rules))
            return rounds[-1]

        def is_wanted(each: Diagnostic, *, unsafe: bool = unsafe) -> bool:
            return wanted(each, EVERY_RULE, unsafe=unsafe)

        mended = mend(sources_of(site), judge, is_wanted)
        left = [(each.rule, each.span, each.fix) for each in rounds[-1] if is_wanted(each)]
        assert len(rounds) < ROUNDS, left[:3]
        for each in mended.files:
            if each.source.path == "content/posts/a.md" and read_front_matter(each.source.text).is_read_by_hugo:
                assert read_front_matter(each.result.text).is_read_by_hugo, each.fixes


# Several pages

NAMES = ("posts/a.md", "posts/b.md", "posts/c/index.md", "posts/c/part.md", "posts/A.md", "posts/_index.md", "tags/go/_index.md", "e.md", "notes/Two words.md", "_index.md")  # fmt: skip
TITLES = ("One", "Two", "two", "R&D", "", "Über")
TAGS = ("Go", "go", "R&D", "RD", "golang", "C#", "C++", "a b", "", "..", "x/y", "x")
PLACES = ("/posts/a/", "/posts/b/", "posts/c", "/old/", "/", "../b/", "/tags/go/", "x.html", "/a//b/../c", "#part", "b.md", "/posts/A/#Part", "?x", "pic.png")  # fmt: skip
DATES = (
    "2026-03-02T09:00:00Z",
    "2026-03-02",
    "2026-11-22T12:00:00Z",
    "2026-12-24",
    "2027-01-01T00:00:00+14:00",
    '"2026-03-02"',
    "20260302",
)


def _page(keys: dict[str, str], links: list[tuple[str, str]], text: str) -> str:
    body = "\n\n".join(f"{before}[more]({place})" for before, place in links)
    return f"{_toml([f'{name} = {value}' for name, value in keys.items()])}\n{body}\n\n{text}\n"


def listed(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values).map(quoted), max_size=3).map(lambda found: f"[{', '.join(found)}]")


pages = st.builds(
    _page,
    st.fixed_dictionaries(
        {"title": st.sampled_from(TITLES).map(quoted), "date": st.sampled_from(DATES)},
        optional={
            "tags": listed(TAGS),
            "aliases": listed(PLACES),
            "slug": st.sampled_from(["a", "b", "B", "x/y", "..", "Ü b", " "]).map(quoted),
            "url": st.sampled_from(PLACES).map(quoted),
            "draft": st.sampled_from(["true", "false", '"yes"']),
            "expiryDate": st.sampled_from(DATES),
            "build": st.sampled_from(['{render = "never"}', '{list = "never"}']),
            "weight": st.integers(0, 2).map(str),
            "cascade": st.dictionaries(key.filter(bool), st.sampled_from(RIGHT), max_size=2).map(
                lambda found: "{" + ", ".join(f"{quoted(name)} = {value}" for name, value in found.items()) + "}"
            ),
        },
    ),
    st.lists(st.tuples(st.sampled_from(["", "", "!"]), st.sampled_from(PLACES)), max_size=4),
    st.sampled_from(
        [
            "## Part",
            "## Part\n\n## Part",
            '<a id="Part">',
            '{{< ref "a.md#part" >}}',
            "",
            "<!-- presscheck: ignore-file[link-broken] x -->",
        ]
    ),
)


@budget(40)
@given(st.dictionaries(st.sampled_from(NAMES), often(pages, pages, pages, posts), min_size=2), st.sampled_from(CONFIGS))
def test_a_site_is_judged_alike_from_fresh_and_from_packed_pages(texts: dict[str, str], config: str) -> None:
    known = config_of(config)
    sources = {name: Source.of_page(f"content/{name}", _stored(text)) for name, text in sorted(texts.items())}

    def site_of_pages(pages: tuple[Page, ...]) -> Site:
        return Site(
            known, pages, CLOCK, files=frozenset({"posts/pic.png"}), config_source=Source("config.toml", config)
        ).with_cascades()

    fresh = tuple(Page.of(name, source, known) for name, source in sources.items())
    packed = tuple(
        Page(page.path, page.file, known, page.facts, lambda source=source: source)  # type: ignore[misc]
        for page, source in zip(fresh, sources.values(), strict=True)
    )
    site = site_of_pages(fresh)
    for name, path, found in findings(site, every_rule(config)):
        assert_well_formed(name, path, found, site)
    first = check_site(site, every_rule(config))
    assert check_site(site, every_rule(config)) == first
    assert check_site(site_of_pages(packed), every_rule(config)) == first


SETTINGS = st.recursive(
    st.sampled_from(["x", "", "https://e.org", "http://[::1", "\0", "UTC", "content", "/:year/:slug/", "github"]).map(quoted)
    | st.sampled_from(["true", "false", "0", "1", "-1", "1.5", "2026-03-02", "[]", "{}", '["rss"]', '["taxonomy", "term"]']),
    lambda inner: st.lists(inner, max_size=2).map(lambda found: f"[{', '.join(found)}]")
    | st.dictionaries(st.sampled_from(["a", "tag", "page", "enable", "unsafe"]), inner, max_size=2).map(
        lambda found: "{" + ", ".join(f"{name} = {value}" for name, value in found.items()) + "}"
    ),
    max_leaves=3,
)  # fmt: skip
SETTING_NAMES = (
    "baseURL", "baseurl", "title", "timeZone", "contentDir", "staticDir", "layoutDir", "languageCode", "defaultContentLanguage",
    "disableKinds", "disableLanguages", "languages", "languages.en", "languages.en.contentDir", "languages.en.params", "taxonomies", "taxonomies.tag",
    "permalinks", "permalinks.page", "permalinks.page.posts", "permalinks.posts", "params", "params.mainSections", "mainSections", "menus", "menus.main",
    "params.presscheck", "params.presscheck.rules", "params.presscheck.rules.key-missing", "params.presscheck.rules.key-missing.keys",
    "params.presscheck.rules.key-missing.severity", "params.presscheck.select", "params.presscheck.paths", "params.presscheck.hosting",
    "params.presscheck.publish", "params.presscheck.ledger", "outputFormats", "mediaTypes", "module.mounts", "module.imports", "markup.goldmark.parser",
    "markup.goldmark.parser.attribute", "markup.goldmark.renderHooks.link",
    "markup.goldmark.renderer.unsafe", "markup.goldmark.parser.attribute.title",
    "markup.goldmark.parser.autoHeadingIDType", "markup.goldmark.extensions.typographer.disable", "outputs", "menu",
    "refLinksErrorLevel", "buildDrafts", "buildFuture", "ignoreFiles", "security", "security.exec", "security.exec.allow", "security.http.urls", "module",
    "uglyURLs", "canonifyURLs", "author", "social", "paginate", "pagination", "enableEmoji", "cascade", "frontmatter", "frontmatter.date", "services", "privacy",
)  # fmt: skip


@budget(60)
@given(
    st.dictionaries(st.sampled_from(SETTING_NAMES), SETTINGS, max_size=4).map(
        lambda found: "".join(f"{name} = {value}\n" for name, value in found.items())
    ),
    st.lists(st.tuples(st.sampled_from(["delete", "insert", "swap"]), st.integers(0, 999), st.integers(1, 4), st.sampled_from(CHARS)), max_size=1),
)  # fmt: skip
def test_whatever_the_configuration_says_is_judged_or_refused(text: str, hits: list[tuple[str, int, int, str]]) -> None:
    text = _damaged(text, hits)
    values = read_toml(text).values
    assume(values is not None)
    try:
        config = Config.of(values or {}, "config.toml")
        rules = active_rules(config, EVERY_RULE)
        page = Page.of("posts/a.md", Source("content/posts/a.md", OTHER), config)
        site = Site(config, (page,), CLOCK, config_source=Source("config.toml", text))
        for name, path, found in findings(site, rules):
            assert_well_formed(name, path, found, site)
    except UsageError:
        return


# The models against Hugo

MANY = 60
LETTERS = "aZ09éÜßſıİΣςДяאبहि日本ｶ한ǅ½①²ªºµ\u0301\u0308\u200d\ufe0f"
SIGNS = " \u00a0\u3000.,;:!?-_~+*=&@#$€%^'\"`’“”«»()[]{}<>|/\\—–…·•🔮👩‍👩‍👧™©°¿、。"
names = st.text(st.sampled_from("abcdeXYZ" * 3 + LETTERS + " -_." * 4 + SIGNS), min_size=1, max_size=14)
batches = st.lists(names, min_size=MANY, max_size=MANY, unique=True)


def dated(body: str = "", **keys: str) -> str:
    found = {"title": "T", **keys}
    return _toml([*(f"{name} = {quoted(value)}" for name, value in found.items() if name != "tags"), *([f"tags = [{quoted(keys['tags'])}]"] if "tags" in keys else []), "date = 2026-03-02T09:00:00Z"]) + body  # fmt: skip


def built(folder: Path, files: Mapping[str, str], config: str = "", template: str = "") -> Path:
    """The folder into which the real Hugo renders the minimal site with `files`."""
    lay(folder / "site")
    for path, text in files.items():
        target = folder / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    with (folder / "site/config.toml").open("a", encoding="utf-8") as file:
        file.write(config)
    if template:
        (folder / "site/layouts/all.html").write_text(template)
    run = render(folder / "site", folder / "public")
    assert run.status == 0, run.output
    return folder / "public"


def sources(output: Path) -> dict[str, str]:
    """The files of `output` by the source that each names."""
    return {
        html.unescape(path.read_text("utf-8")): "/" + path.relative_to(output).as_posix()
        for path in output.rglob("*.html")
    }


@budget(2, shrinks=False, is_fixed=True)
@given(batches)
def test_addresses_of_any_name_are_those_that_hugo_makes(
    tmp_path_factory: pytest.TempPathFactory, found: list[str]
) -> None:
    """By the file's name, a slug, and a title in a permalink; every page is in a section of its own."""
    texts: dict[str, str] = {}
    patterns = []
    for at, name in enumerate(found):
        if at % 4 == 0:
            plain = name.replace("/", "").strip(". ")
            texts[f"content/s{at}/x{plain}.md"] = dated()
        elif at % 4 == 1:
            texts[f"content/s{at}/x.md"] = dated(slug=name)
        elif at % 4 == 2:
            patterns.append(f's{at} = "/s{at}/:title/"\n')
            texts[f"content/s{at}/x.md"] = dated(
                title=f"x{name}"
            )  # where a title begins with `+` or a blank, Hugo may put a hyphen
        else:
            texts[f"content/s{at} {name.replace('/', '').strip('. ')}/x.md"] = dated()
    folder = tmp_path_factory.mktemp("names")
    output = built(folder, texts, f"[permalinks.page]\n{''.join(patterns)}", "{{ with .File }}{{ .Path }}{{ end }}")
    made = sources(output)
    site = load(folder / "site")
    wrong = {}
    for page in site.pages:
        assert page.address is not None
        modelled = page.address if page.address.endswith(".html") else f"{page.address}index.html"
        if made.get(page.path) != modelled:
            wrong[page.path, page.get("slug"), page.title] = (modelled, made.get(page.path))
    assert wrong == {}


@budget(2, shrinks=False, is_fixed=True)
@given(batches)
def test_paths_of_any_term_are_those_that_hugo_makes(
    tmp_path_factory: pytest.TempPathFactory, found: list[str]
) -> None:
    # Nothing that `tag-unsafe-term` reports, and no blank but the common one at a beginning: whether Hugo keeps
    # a hyphen for it depends on what it drops before.
    terms = [
        name
        for name in found
        if name.isprintable()
        and any(map(str.isalnum, urls.term_path(name)))
        and not set(urls.term_path(name).split("/")) & {"", ".", ".."}
    ]
    folder = tmp_path_factory.mktemp("terms")
    texts = {f"content/posts/p{at}.md": dated(tags=term) for at, term in enumerate(terms)}
    output = built(folder, texts, template="{{ range .Pages }}{{ with .File }}{{ .Path }} {{ end }}{{ end }}")
    folders = {
        path.parent.relative_to(output / "tags").as_posix()
        for path in (output / "tags").rglob("index.html")
        if path.parent != output / "tags"
    }
    assert folders == {urls.term_path(term) for term in terms}


# Without `{` (a shortcode stops the build, attributes are tested elsewhere), without `[` (before a bare address Hugo
# links nothing), without `#` at the end (it closes the heading), and without a heading of nothing but two links.
headings = st.lists(
    st.lists(
        st.sampled_from(["word", "Two words", "`co de`", "*em*", "**x**", "[a](/b)", "![i](x.png)", "--", "---", "&amp;", "\\*", "<b>x</b>", "https://e.org/x", "~~no~~"])
        | names.map(lambda name: re.sub(r"[{\[]|[ #]+$", "", name) or "x"),
        min_size=1,
        max_size=3,
    ).map(" ".join),
    min_size=MANY,
    max_size=MANY,
)  # fmt: skip


@budget(2, shrinks=False, is_fixed=True)
@given(headings)
def test_ids_of_any_heading_are_those_that_hugo_makes(
    tmp_path_factory: pytest.TempPathFactory, found: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("headings")
    parts = [found[at : at + 20] for at in range(0, MANY, 20)]
    texts = {
        f"content/posts/p{at}.md": dated("\n" + "\n\n".join(f"## {heading}" for heading in part) + "\n")
        for at, part in enumerate(parts)
    }
    output = built(folder, texts)
    wrong = []
    for at in range(len(parts)):
        text = (output / f"posts/p{at}/index.html").read_text("utf-8")
        made = [html.unescape(found) for found in re.findall(r'<h2(?: id="([^"]*)")?>', text)]
        page = next(page for page in load(folder / "site").pages if page.path == f"posts/p{at}.md")
        ours = [(heading.id, heading.text) for heading in page.markdown.headings]
        assert len(ours) == len(made)
        wrong += [(text, mine, theirs) for (mine, text), theirs in zip(ours, made, strict=True) if mine != theirs]
    assert wrong == []


# The second parser

COMMON = (
    "[a](/b)", '[a](/b "t")', "[a](<b c>)", "[a]( /b )", "[x *y*](/b)", "[a\\]](/b)", "[r]", "[r][]", "[a][r]", "[r]: /z\n", '[r]: <z z> "t"\n', "![c](d.png)", "![c][r]",
    "[![in](i.png)](/o)", "<https://e.org>", "<a@e.org>", "`x`", "``x`y``", "`", "```\n", "```go\n", "~~~\n", "````\n", "# H\n", "## H *x* `y`\n", "### H ###\n", "Setext\n===\n",
    "Two\nlines\n---\n", "> ", "- ", "* ", "1. ", "2) ", "\n", "\n\n", "  \n", "    ", "\t", "***\n", "*", "**", "_", "~~", "é🔮", "日本", "word ", "Word. ", "&amp;", "&#35;", "&x;",
    "<", ">", "<b>", "</b>", "<div>\n", "</div>\n", "<!-- c -->", "<!--", "-->", "<br>\n", "\\", "\\*", "(", ")", "]", "[", "!", "| a | b |\n|---|---|\n| c | d |\n", "|", '{{< ref "x" >}}',
)  # fmt: skip


@budget(200, is_fixed=True)
@given(damaged(st.lists(st.sampled_from(COMMON), min_size=4, max_size=30).map("".join), most=2))
def test_two_parsers_agree_on_any_text(text: str) -> None:
    # Whether an indented line continues a table is told differently.
    assume(not re.search(r"\|[^\n]*\n(?: {4}|[ ]*\t)", text))
    text = text.replace("\udc80", "?")  # as our reader passes on a stray byte
    shortcodes = find_shortcodes(text)
    found = read(text)
    links, images, headings, fences = second_opinion(masked(text, shortcodes))
    assert sum(block.is_fenced for block in found.code_blocks) == fences
    # The words of headings are compared on posts: markdown-it-py leaves out pictures and line breaks.
    assert [heading.level for heading in found.headings] == [level for level, _ in headings]
    for ours, others in ((False, links), (True, images)):
        mine = [link.destination for link in found.links if link.is_image is ours]
        theirs = [destination.removeprefix("mailto:") for destination in others]
        # markdown-it-py percent-encodes destinations.
        assert sorted(map(unquote, map(normalizeLink, mine))) == sorted(map(unquote, theirs))
