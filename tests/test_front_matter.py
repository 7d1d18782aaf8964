from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.front_matter import read_front_matter

KEYS = 'title = "x"\n'


@pytest.mark.parametrize(
    ("text", "notation", "read"),
    [
        (f"+++\n{KEYS}+++\nbody", "toml", True),
        (f"\ufeff+++\n{KEYS}+++\nbody", "toml", True),
        (f"\n  \n+++\n{KEYS}+++\n", "toml", True),
        (f"+++\r\n{KEYS}+++\r\nbody", "toml", True),
        (f"+++ \n{KEYS}+++\t\n", "toml", True),
        ("---\ntitle: x\n---\nbody", "yaml", True),
        ("\ufeff---\ntitle: x\n---\nbody", "yaml", True),
        ('{"title": "x"}\nbody', "json", True),
        ('{\n\t"title": "}"\n}\nbody', "json", True),
        (f"text\n+++\n{KEYS}+++\nbody", "toml", False),
        (f"<!-- c -->\n\n+++\n{KEYS}+++\nbody", "toml", False),
        (f"+++\n{KEYS}\nbody", "toml", False),
        ("+++\ntitle = x y\n+++\n", "toml", False),
        ('{"title": "x"', "json", False),
        ("just text", "none", False),
        ("{{< shortcode >}}\n", "none", False),
        ("", "none", False),
        ("a\n+++\nb\n+++\n", "none", False),
    ],
)
def test_where_front_matter_is_and_whether_hugo_reads_it(text: str, notation: str, *, read: bool) -> None:
    found = read_front_matter(text)
    assert found.notation == notation
    assert found.is_read_by_hugo is read
    if notation != "none" and not found.document.problems:
        title = found.get("title")
        assert title
        assert text[title.value.span.start : title.value.span.end].strip("\"'") in {"x", "}"}


def test_an_open_end_is_guessed_at_the_first_line_of_text() -> None:
    text = '+++\ntitle = "x"\ntags = ["a",\n  "b"]\n\nThe text begins here. It has = in it.\n'
    found = read_front_matter(text)
    assert not found.is_closed
    assert text[found.span.end :].lstrip().startswith("The text")
    assert [entry.name for entry in found.document.entries] == ["title", "tags"]


@pytest.mark.parametrize(
    "text", ["+++\na" + ".a" * 20_000 + " = 1\n+++\n", "---\n" + "[" * 20_000 + "\n---\n", '{"a":' * 20_000]
)
def test_more_than_a_parser_can_bear_is_not_parsed(text: str) -> None:
    (problem,) = read_front_matter(text).document.problems
    assert "at most 16,384 are read" in problem.message


@given(st.text("+-{}\n\r \ufefftitle=\"':[]x", max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found = read_front_matter(text)
    assert 0 <= found.span.start <= found.content.start <= found.content.end <= found.span.end <= len(text)
