"""One mistake in front matter is one finding, in its line, and nothing follows from it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.check import active_rules, check_site
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Source
from tests.conftest import CLOCK, load, render

POSTS = {
    "toml": """\
+++
title = "A walk in the park"
date = 2026-01-31T09:00:00+01:00
description = "What we saw on a long walk, and what the ducks had to say about all of it that day."
slug = "walk"
draft = false
weight = 10
tags = ["go", "hugo"]
aliases = ["/old/"]
+++

Text.
""",
    "yaml": """\
---
title: "A walk in the park"
date: 2026-01-31T09:00:00+01:00
description: "What we saw on a long walk, and what the ducks had to say about all of it that day."
slug: "walk"
draft: false
weight: 10
tags: ["go", "hugo"]
aliases: ["/old/"]
---

Text.
""",
    "json": """\
{
  "title": "A walk in the park",
  "date": "2026-01-31T09:00:00+01:00",
  "description": "What we saw on a long walk, and what the ducks had to say about all of it that day.",
  "slug": "walk",
  "draft": false,
  "weight": 10,
  "tags": ["go", "hugo"],
  "aliases": ["/old/"]
}

Text.
""",
}
SIGNS = {"toml": "=", "yaml": ":", "json": ":"}
LINES = range(1, 9)
ABOUT_FRONT_MATTER = ("front-matter-", "date-", "key-", "draft-", "title-", "description-", "tag-", "url-", "alias-")
BESIDES = frozenset({"date-as-string", "tag-singleton", "front-matter-not-toml", "front-matter-toml11"})
"""What is said of the sound posts, too."""


def _cut(text: str, sign: str, *, last: bool) -> str:
    at = text.rfind(sign) if last else text.find(sign)
    return text[:at] + text[at + len(sign) :] if at >= 0 else text


def _in_value(line: str, sign: str, change: Callable[[str], str]) -> str:
    key, _, value = line.partition(sign)
    return key + sign + change(value)


def _smart(value: str) -> str:
    return value.replace('"', "“", 1)[::-1].replace('"', "”", 1)[::-1] if value.count('"') == 2 else value


BREAKS: dict[str, Callable[[str, str], str]] = {
    "no closing quote": lambda line, sign: _in_value(line, sign, lambda value: _cut(value, '"', last=True)),
    "no opening quote": lambda line, sign: _in_value(line, sign, lambda value: _cut(value, '"', last=False)),
    "no sign": lambda line, sign: line.replace(sign, " ", 1),
    "the other sign": lambda line, sign: line.replace(sign, ":" if sign == "=" else "=", 1),
    "twice": lambda line, _: line.rstrip(",") + ("," if line.startswith("  ") else "") + "\n" + line,
    "smart quotes": lambda line, sign: _in_value(line, sign, _smart),
    "one smart quote": lambda line, sign: _in_value(line, sign, lambda value: value[::-1].replace('"', "”", 1)[::-1]),
    "tab": lambda line, _: "\t" + line,
    "tab before the value": lambda line, sign: line.replace(sign, sign + "\t", 1),
    "something behind": lambda line, _: line + " x",
    "something before": lambda line, _: "@" + line,
    "a star before": lambda line, _: "* " + line,
    "a comma behind": lambda line, _: line + ",",
    "no closing bracket": lambda line, _: line.replace("]", ""),
    "no value": lambda line, sign: line.partition(sign)[0] + sign,
    "a quote before the key": lambda line, _: '"' + line.replace('"', "", line.startswith("  ")).strip(),
}


def broken(notation: str, how: str, at: int) -> str:
    """The post with its line `at` (0 is the fence) broken."""
    lines = POSTS[notation].split("\n")
    lines[at] = BREAKS[how](lines[at], SIGNS[notation])
    return "\n".join(lines)


def site_of_one(text: str, config: Config) -> Site:
    page = Page.of("posts/walk-in-the-park.md", Source("content/posts/walk-in-the-park.md", text), config)
    return Site(pages=(page,), config=config, clock=CLOCK)


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Config:
    from tests.conftest import lay  # noqa: PLC0415 - one site for all

    return load(lay(tmp_path_factory.mktemp("broken") / "site")).config


def said_of(text: str, config: Config) -> list[Diagnostic]:
    """What is found in the front matter of the post."""
    found = check_site(site_of_one(text, config), active_rules(config))
    return [each for each in found if each.rule.startswith(ABOUT_FRONT_MATTER) and each.rule not in BESIDES]


@pytest.mark.parametrize("notation", POSTS)
def test_the_post_is_sound(notation: str, minimal: Config) -> None:
    assert said_of(POSTS[notation], minimal) == []


@given(notation=st.sampled_from(sorted(POSTS)), how=st.sampled_from(sorted(BREAKS)), at=st.sampled_from(LINES))
def test_one_broken_line_is_one_finding_there(notation: str, how: str, at: int, minimal: Config) -> None:
    text = broken(notation, how, at)
    found = said_of(text, minimal)
    if not any(each.severity.value == "error" for each in found):
        return  # test_what_is_not_reported_is_read_by_hugo
    assert [each.start.line for each in found] in ([at + 1], [at + 2] if how == "twice" else [at + 1])
    assert "missing" not in found[0].rule or how == "no value"


@pytest.mark.parametrize("notation", POSTS)
def test_a_fence_that_is_never_closed_is_one_finding(notation: str, minimal: Config) -> None:
    lines = POSTS[notation].split("\n")
    for text in ("\n".join([*lines[:9], *lines[10:]]), "\n".join([*lines[:9], *lines[11:]])):
        assert [(each.rule, each.start.line) for each in said_of(text, minimal)] == [("front-matter-unclosed", 1)]


@pytest.mark.parametrize("notation", POSTS)
def test_two_broken_lines_are_two_findings(notation: str, minimal: Config) -> None:
    lines = POSTS[notation].split("\n")
    for at in (3, 5):
        lines[at] = BREAKS["no sign"](lines[at], SIGNS[notation])
    found = [each.start.line for each in said_of("\n".join(lines), minimal)]
    assert found == ([4, 6] if notation != "json" else [4])


def every_break() -> Iterator[tuple[str, str]]:
    for notation in POSTS:
        for how in BREAKS:
            for at in LINES:
                yield f"{notation}-{at}-{how.replace(' ', '-')}", broken(notation, how, at)


def test_what_is_not_reported_is_read_by_hugo(site_of: Callable[..., Path], tmp_path: Path, minimal: Config) -> None:
    silent = {
        f"content/posts/{name}.md": text
        for name, text in every_break()
        if not any(each.severity.value == "error" for each in said_of(text, minimal))
    }
    assert len(silent) > len(POSTS) * len(LINES)
    assert render(site_of(silent), tmp_path / "public").status == 0


OTHER = """\
+++
title = "Another"
date = 2026-02-01T09:00:00Z
+++

See [the walk](/posts/walk/), [the old one](/old/), [posts on Hugo](/tags/hugo/) and [posts on Go](/tags/go/).
"""


@pytest.mark.parametrize("notation", POSTS)
def test_links_to_a_page_with_a_mistake_are_not_called_broken(notation: str, site_of: Callable[..., Path]) -> None:
    for how in ("no sign", "no closing quote"):
        for at in LINES:
            name = f"{notation}-{at}-{how[:5]}"
            files = {"content/posts/walk-in-the-park.md": broken(notation, how, at), "content/posts/other.md": OTHER}
            found = check_site(site := load(site_of(files, name)), active_rules(site.config))
            about_links = {each.rule for each in found if each.path.endswith("other.md")}
            assert about_links <= {"link-to-alias"}, (how, at)
            assert not any(each.rule == "link-to-alias" and each.help != "write `/posts/walk/`" for each in found)


def test_a_date_that_is_no_text_is_not_told_to_be_one(minimal: Config) -> None:
    for line, rule in (
        ("date = 20/11/2026", "date-unparsable"),
        ("draft = no", "draft-not-boolean"),
        ("weight = ten", "key-type"),
    ):
        key = line.partition(" ")[0]
        lines = [line if each.startswith(f"{key} =") else each for each in POSTS["toml"].split("\n")]
        found = said_of("\n".join(lines), minimal)
        assert [each.rule for each in found] == [rule]
        assert '"' not in found[0].help
