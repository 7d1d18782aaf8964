"""Twice the posts are twice the work, and so is twice a post: no rule asks all pages of all pages, nor a page for each of its parts.

Calls are counted, because times differ from run to run.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from presscheck.check import ActiveRule, active_rules, all_rules, check_site, questions
from presscheck.commands.checking import sources_of, with_sources
from presscheck.config import Config
from presscheck.fix import mend, wanted
from presscheck.hosting import azure, caddy, firebase, model, netlify, nginx
from presscheck.links import Links
from presscheck.page import Page
from presscheck.reports import report
from presscheck.site import Site
from presscheck.text import Source
from tests.conftest import CLOCK, load

_FEW, _MANY = 60, 240
_WORTH_A_LOOK = 2_000
"""Calls: what a question asks once for the whole site is no growth."""
_MOST = 1.6
"""How many times the growth of the site a question's work may grow."""
_KEYS = """\
title = "Post {half}"
date = 2026-01-01T10:{minute:02}:{second:02}Z
lastmod = 2025-01-01
tags = ["t{i}", "T{half}", "common"]
series = ["s{half}"]
aliases = ["/old/{i}/", "/posts/b{next}/"]
slug = "s-{half}"
weight = {half}
"""
_TEXT = """
Text with [one](/posts/b{next}/#x), [two](../b{next}.md), ![p](pic{i}.png), ![q](/img/P{i}.png) and
[three](/old/{next}/), a note[^n] and **[vague](here)**.

{{{{< ref "b{next}" >}}}}
"""


def careless(folder: Path, posts: int) -> Site:
    """A site in which every kind of mistake is made again and again: bundles in bundles, drafts, clashes, lost pictures."""
    made = {"hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Careless"\n'}
    for i in range(posts):
        facts = {"i": i, "half": i // 2, "next": (i + 7) % posts, "minute": i // 60 % 60, "second": i % 60}
        keys, text = _KEYS.format(**facts), _TEXT.format(**facts)
        post = f"content/posts/b{i}"
        kind = i % 6
        if kind == 0:
            made[f"{post}/index.md"] = (
                f'+++\n{keys}[[resources]]\nsrc = "none*.png"\n[cascade]\ntype = "note"\n+++\n{text}'
            )
            made[f"{post}/inner.md"] = f'+++\ntitle = "inner {i}"\n+++\nhello\n'
        elif kind == 1:
            made[f"{post}/index.md"] = f"+++\n{keys}+++\n"
        elif kind == 2:
            made[f"{post}.md"] = f"+++\n{keys}draft = true\n+++\n{text}"
        elif kind == 3:
            made[f"{post}.md"] = f"+++\n{keys}expiryDate = 2020-01-01\n+++\n{text}"
            made[f"content/posts/pic{i}.png"] = "no picture"
        elif kind == 4:
            made[f"content/part{i}/_index.md"] = f'+++\ntitle = "Part {i}"\n+++\n'
            made[f"content/part{i}/p.md"] = f'+++\n{keys}url = "/u/"\n+++\n{text}'
            made[f"content/tags/t{i}/index.md"] = f'+++\ntitle = "t{i}"\n+++\n'
        else:
            made[f"{post}.md"] = text
            made[f"static/img/p{i}.png"] = "no picture"
            made[f"content/posts/2026-01-02-x{i}.md"] = f"+++\n{keys}+++\n{text}"
    for path, written in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(written, "utf-8")
    return load(folder)


class _Calls:
    """Counts the calls of functions while it is entered."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        sys.setprofile(self._take)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _take(self, _frame: object, event: str, _argument: object) -> None:
        self.count += event in {"call", "c_call"}


def calls_of(site: Site, rules: tuple[ActiveRule, ...]) -> Counter[str]:
    """How many calls each question costs, and what they prepare together."""
    found: Counter[str] = Counter()
    with _Calls() as calls:
        site.once(Links).prepare()
    found["the tables of links"] = calls.count
    asked: dict[str, list[tuple[Any, ...]]] = {
        "check_page": [(page,) for page in site.pages],
        "check_in_site": [(page, site) for page in site.pages],
        "check_site": [(site,)],
    }
    for asking, subjects in asked.items():
        for name, question, arguments in questions(rules, asking):
            with _Calls() as calls:
                for subject in subjects:
                    for _ in question(*subject, *arguments):
                        pass
            found[name] += calls.count
    return found


def test_no_rule_asks_all_pages_of_all_pages(tmp_path: Path) -> None:
    every = frozenset(rule.name for rule in all_rules())
    costs = []
    sizes = []
    for posts in (_FEW, _MANY):
        site = careless(tmp_path / str(posts), posts)
        sizes.append(len(site.pages))
        costs.append(calls_of(site, active_rules(site.config, every)))
    few, many = costs
    growth = sizes[1] / sizes[0]
    grown = {
        name: many[name] / few[name] / growth
        for name in many
        if many[name] > _WORTH_A_LOOK and many[name] > few[name] * growth * _MOST
    }
    assert grown == {}


def test_the_careless_site_is_seen_by_most_rules(tmp_path: Path) -> None:
    site = careless(tmp_path, _FEW)
    assert sum(isinstance(page, Page) for page in site.pages) > _FEW
    assert site.swallowed
    assert site.clock == CLOCK
    speaking = {
        name
        for asking, subjects in (("check_in_site", [(page, site) for page in site.pages]), ("check_site", [(site,)]))
        for name, question, arguments in questions(active_rules(site.config), asking)
        for subject in subjects
        for _ in question(*subject, *arguments)
    }
    assert len(speaking) >= 18, sorted(speaking)


def blog_with_pictures(posts: int) -> model.Service:
    """How a blog is to be served in which every post has an old address, and a picture in three sizes."""
    paths = []
    for i in range(posts):
        paths += [f"posts/p{i}/index.html", f"posts/p{i}/photo.jpg"]
        paths += [f"posts/p{i}/photo_hu_{i:08x}{size:08x}.jpg" for size in range(3)]
    old = [model.Redirect(f"/old/{i}/", f"/posts/p{i}/") for i in range(posts)]
    return model.service(Config.of({"baseURL": "https://blog.example/"}, "hugo.toml"), paths, old)


@pytest.mark.parametrize(
    "tell",
    [azure.config, netlify.headers, caddy.snippet, nginx.snippet, firebase.config],
    ids=lambda tell: tell.__module__,
)
def test_no_host_is_told_of_all_files_for_each_file(tell: Callable[[model.Service], object]) -> None:
    costs = []
    for posts in (_FEW * 4, _MANY * 4):
        service = blog_with_pictures(posts)
        with _Calls() as calls:
            tell(service)
        costs.append(calls.count)
    assert costs[1] < costs[0] * _MANY / _FEW * _MOST


_FEW_PARTS, _MANY_PARTS = 200, 800
_HEAD = '+++\ntitle = "Parts"\n+++\n\n'
_CONFIG = Config.of({"baseURL": "https://example.org/"}, "hugo.toml")
PARTS: dict[str, Callable[[int], str]] = {
    "suppressions above code": lambda n: (
        _HEAD + "<!-- presscheck: ignore[link-broken] soon -->\n\n" * n + "```\n```\n\n" * n
    ),
    "suppressions below code": lambda n: (
        _HEAD + "```\n```\n\n" * n + "<!-- presscheck: ignore[link-broken] soon -->\n\n" * n
    ),
    "suppressions of ranges without an end": lambda n: (
        _HEAD + "<!-- presscheck: off[a] soon -->\n<!-- presscheck: on[b] -->\n" * n
    ),
    "suppressions among the keys": lambda n: "+++\n" + "# presscheck: a\n" * n + "+++\n",
    "fences in a fence": lambda n: _HEAD + "```\n" + "```a\n" * n + "```\n",
    "mojibake between code": lambda n: _HEAD + "`a` Ã© " * n,
    "dividers in code": lambda n: _HEAD + "`<!-- more -->` " * n,
    "turned letters": lambda n: _HEAD + "\u05d0\u202a" * n,
    "turned letters between code": lambda n: _HEAD + "`a` \u05d0\u202a\u202c " * n,
    "tags in shortcodes": lambda n: _HEAD + "{{< a >}}<b>{{< /a >}} " * n,
}


def calls_for(text: str) -> Counter[str]:
    """How many calls it costs to read a page, and what each question costs that is asked of it."""
    found: Counter[str] = Counter()
    with _Calls() as calls:
        page = Page.of("posts/a.md", Source("content/posts/a.md", text), _CONFIG)
    found["reading"] = calls.count
    assert (page.prose, page.line_signs, page.nested_blocks) is not None
    for name, question, arguments in questions(
        active_rules(_CONFIG, frozenset(rule.name for rule in all_rules())), "check_page"
    ):
        with _Calls() as calls:
            for _ in question(page, *arguments):
                pass
        found[name] += calls.count
    return found


@pytest.mark.parametrize("kind", PARTS)
def test_no_rule_asks_a_page_for_each_of_its_parts(kind: str) -> None:
    few, many = (calls_for(PARTS[kind](parts)) for parts in (_FEW_PARTS, _MANY_PARTS))
    growth = _MANY_PARTS / _FEW_PARTS
    grown = {
        name: many[name] / few[name] / growth
        for name in many
        if many[name] > _WORTH_A_LOOK and many[name] > few[name] * growth * _MOST
    }
    assert grown == {}


def _careless_page(parts: int) -> Site:
    """A site of a page with one long line in which `parts` characters are to be removed."""
    source = Source("content/posts/a.md", _HEAD + "é" + "a\u200bb " * parts)
    return Site(_CONFIG, (Page.of("posts/a.md", source, _CONFIG),), CLOCK)


def _mend(site: Site) -> int:
    rules = active_rules(_CONFIG)
    sources = sources_of(site)
    found = mend(
        sources,
        lambda edited, moved: check_site(with_sources(site, {**sources, **edited}, moved), rules),
        lambda each: wanted(each, frozenset(), unsafe=False),
    )
    return sum(len(each.fixes) for each in found.files)


def test_a_fix_is_not_held_against_all_others() -> None:
    costs = []
    for parts in (_FEW_PARTS, _MANY_PARTS):
        site = _careless_page(parts)
        with _Calls() as calls:
            assert _mend(site) == parts
        costs.append(calls.count)
    assert costs[1] < costs[0] * _MANY_PARTS / _FEW_PARTS * _MOST


def test_a_line_is_not_measured_for_each_finding_in_it() -> None:
    costs = []
    for parts in (_FEW_PARTS, _MANY_PARTS):
        site = _careless_page(parts)
        found = check_site(site, active_rules(_CONFIG))
        with _Calls() as calls:
            report("full", found, site.source_at)
        costs.append(calls.count)
    assert costs[1] < costs[0] * _MANY_PARTS / _FEW_PARTS * _MOST
