"""A seeded corpus of posts that look like a technical blog's: the same number gives the same bytes everywhere."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = [
    "press",
    "sheet",
    "ink",
    "plate",
    "proof",
    "margin",
    "column",
    "paper",
    "fold",
    "stack",
    "table",
    "index",
    "query",
    "cache",
    "token",
    "prompt",
    "model",
    "vector",
    "search",
    "agent",
    "tool",
    "memory",
    "answer",
    "source",
    "page",
    "link",
    "heading",
    "draft",
    "editor",
    "reader",
    "author",
    "build",
    "check",
    "report",
    "fix",
    "rule",
    "error",
    "warning",
    "note",
    "small",
    "large",
    "quick",
    "slow",
    "clear",
    "plain",
    "early",
    "late",
    "open",
    "closed",
    "local",
    "remote",
    "first",
    "second",
    "whole",
    "half",
    "simple",
    "hard",
    "strong",
    "weak",
    "reads",
    "writes",
    "keeps",
    "finds",
    "shows",
    "holds",
    "moves",
    "turns",
    "grows",
    "shrinks",
    "waits",
    "starts",
    "stops",
    "fails",
    "works",
    "counts",
    "marks",
    "names",
    "sorts",
    "because",
    "although",
    "while",
    "when",
    "before",
    "after",
    "under",
    "over",
    "between",
    "without",
    "within",
    "around",
    "against",
    "toward",
    "beside",
    "behind",
    "every",
    "some",
    "most",
    "few",
    "many",
    "each",
    "other",
    "another",
    "same",
    "different",
    "the",
    "a",
    "an",
    "of",
    "in",
    "to",
    "for",
    "with",
    "and",
    "or",
    "but",
    "not",
    "only",
    "also",
    "then",
    "thus",
]
_LANGUAGES = ("python", "json", "bash", "toml", "sql", "go", "yaml")
_ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_TAGS = 200
_PICTURES = 20


def write_corpus(content: Path, static: Path, posts: int, seed: int = 1) -> None:
    """Write `posts` posts of 2 to 12 KB into `content`/posts, and the pictures that they show into `static`/images."""
    folder = content / "posts"
    folder.mkdir(parents=True)
    (static / "images").mkdir(parents=True)
    for number in range(_PICTURES):
        (static / "images" / f"plot-{number}.svg").write_text(_picture(number), "utf-8")
    for number in range(posts):
        (folder / f"{name(number)}.md").write_text(post(number, posts, seed), "utf-8")


def name(number: int) -> str:
    """The file name, without its ending, of a post."""
    return f"{_WORDS[number % 97]}-{_WORDS[(number // 97) % 89]}-{number}"


def heading(number: int, part: int) -> str:
    """The words of a heading; its id is the same with hyphens."""
    return f"{_WORDS[(number * 7 + part * 13) % 60]} {_WORDS[(number * 3 + part * 5) % 60]} {part}"


def post(number: int, posts: int, seed: int) -> str:
    """The text of a post."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - a benchmark wants the same numbers every time
    tags = sorted({_tag(chance) for _ in range(chance.randint(1, 5))})
    day = f"{2016 + number % 10}-{1 + number // 10 % 12:02}-{1 + number // 120 % 28:02}T{number % 24:02}:{number % 60:02}:00+01:00"
    quoted = ", ".join(f'"{tag}"' for tag in tags)
    lines = [
        "+++",
        f'title = "{_sentence(chance, 5).rstrip(".")} {number}"',
        f"date = {day}",
        f'description = "{_sentence(chance, 14)}"',
        f"tags = [{quoted}]",
        "+++",
        "",
        _paragraph(chance, number, posts),
        "",
        "<!--more-->",
        "",
    ]
    length = chance.randint(2_000, 12_000)
    size = sum(map(len, lines))
    part = 0
    while size < length:
        part += 1
        block = [f"{'##' if part % 3 else '###'} {heading(number, part)}", "", _paragraph(chance, number, posts), ""]
        for _ in range(chance.randint(1, 3)):
            block += [chance.choice(_BLOCKS)(chance, number, posts), ""]
        size += sum(len(line) + 1 for line in block)
        lines += block
    is_explained = chance.random() < 0.5
    aside = "[^aside]: " + _sentence(chance, 12) if is_explained else ""
    lines += [aside] if any("[^aside]" in line for line in lines) and aside else []
    text = "\n".join(lines) + "\n"
    return text if "[^aside]:" in text else text.replace("[^aside]", "")


def _tag(chance: random.Random) -> str:
    """A tag from a pool in which the n-th is used about 1/n as often as the first."""
    rank = int(_TAGS ** chance.random())
    return f"{_WORDS[rank % 60]} {rank}" if rank % 3 else f"{_WORDS[rank % 60]}{rank}"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _link(chance: random.Random, posts: int) -> str:
    target = chance.randrange(posts)
    fragment = "#" + heading(target, 1).replace(" ", "-") if chance.random() < 0.4 else ""
    return f"[{' '.join(chance.choices(_WORDS, k=3))}](/posts/{name(target)}/{fragment})"


def _paragraph(chance: random.Random, _number: int, posts: int) -> str:
    sentences = [_sentence(chance, chance.randint(6, 18)) for _ in range(chance.randint(2, 6))]
    if chance.random() < 0.6:
        sentences.insert(
            1,
            f"See {_link(chance, posts)} and **{chance.choice(_WORDS)}**, *{chance.choice(_WORDS)}* or `{chance.choice(_WORDS)}`.",
        )
    if chance.random() < 0.15:
        sentences.append(f"More outside: <https://example.com/{chance.choice(_WORDS)}>.[^aside]")
    return " ".join(sentences)


def _code(chance: random.Random, _number: int, _posts: int) -> str:
    lines = [
        f"{chance.choice(_WORDS)} = {chance.choice(_WORDS)}({chance.randrange(100)})"
        for _ in range(chance.randint(4, 14))
    ]
    return f"```{chance.choice(_LANGUAGES)}\n" + "\n".join(lines) + "\n```"


def _list(chance: random.Random, _number: int, posts: int) -> str:
    lines = []
    for _ in range(chance.randint(3, 7)):
        lines.append(f"- {_sentence(chance, 8)}")
        if chance.random() < 0.4:
            lines += [f"  - {_sentence(chance, 6)}", f"  - {_link(chance, posts)}"]
    return "\n".join(lines)


def _table(chance: random.Random, _number: int, _posts: int) -> str:
    rows = [
        f"| {chance.choice(_WORDS)} | {chance.randrange(1000)} | {_sentence(chance, 4)} |"
        for _ in range(chance.randint(3, 9))
    ]
    return "\n".join(["| name | count | what |", "| --- | ---: | --- |", *rows])


def _image(chance: random.Random, _number: int, _posts: int) -> str:
    return f'![{_sentence(chance, 6).rstrip(".")}](/images/plot-{chance.randrange(_PICTURES)}.svg "{_sentence(chance, 5)}")'


def _alert(chance: random.Random, number: int, posts: int) -> str:
    return f"> [!{chance.choice(_ALERTS)}]\n> {_paragraph(chance, number, posts)}"


_BLOCKS = (_paragraph, _paragraph, _paragraph, _code, _code, _list, _table, _image, _alert)


def _picture(number: int) -> str:
    bars = "".join(
        f'<rect x="{10 + 30 * at}" y="{90 - 7 * ((number + at * 3) % 11)}" width="20" height="80"/>' for at in range(8)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 120" width="260" height="120" role="img"><title>Plot {number}</title>{bars}</svg>\n'
