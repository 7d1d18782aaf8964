"""Which machine renders which pages; that Hugo understands it so is in test_sharding."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.errors import UsageError
from presscheck.segments import NAME, Share, path_of, patterns, segments, shares

PATHS = st.sets(st.text("ab0-/", min_size=1, max_size=8).map(lambda text: f"/{text}"), min_size=1, max_size=60)


def matches(pattern: str, path: str) -> bool:
    """As Hugo does: `**` for anything, `?` for one character but `/`."""
    parts = re.split(r"(\*\*|\?)", pattern)
    said = "".join({"**": ".*", "?": "[^/]"}.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(said, path, re.DOTALL) is not None


@given(PATHS, st.integers(2, 7))
def test_each_page_is_in_the_share_that_it_was_given_and_in_no_other(paths: set[str], of: int) -> None:
    numbers = shares(paths, of)
    assert numbers.keys() == paths
    found = patterns(numbers)
    for path, number in numbers.items():
        assert {other for other, each in found.items() if any(matches(one, path) for one in each)} == {number} - {1}


@given(PATHS, st.integers(2, 7))
def test_the_order_in_which_pages_are_listed_does_not_matter(paths: set[str], of: int) -> None:
    assert shares(sorted(paths), of) == shares(sorted(paths, reverse=True), of)


@pytest.mark.parametrize("of", [2, 3, 4, 8])
def test_shares_are_balanced_and_the_first_has_less_for_it_has_the_lists(of: int) -> None:
    sizes = Counter(shares([f"/posts/{number:04}" for number in range(1000)], of).values())
    others = [sizes[number] for number in range(2, of + 1)]
    assert max(others) - min(others) <= 1
    assert sizes[1] < min(others)


def test_ten_thousand_pages_are_said_in_a_few_words() -> None:
    paths = [f"/posts/a-post-about-{number:05}" for number in range(10_000)]
    assert len(segments(Share(1, 4), paths)) < 4000


def test_the_first_share_excludes_exactly_what_the_others_include() -> None:
    paths = [f"/posts/{word}" for word in ("ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen")]
    first, *others = (json.loads(segments(Share(number, 3), paths))[NAME] for number in (1, 2, 3))
    assert first["includes"] == [{"kind": "**"}], "excludes alone match nothing"
    included = [each for other in others for each in other["includes"][0]["path"].strip("{}").split(",")]
    assert sorted(first["excludes"][0]["path"].strip("{}").split(",")) == sorted(included)


def test_what_is_special_in_a_pattern_matches_itself() -> None:
    paths = ["/posts/why?", "/posts/a{b}", "/posts/c[1]", "/posts/d*", "/posts/e,f", "/posts/g!"]
    said = segments(Share(2, 2), paths)
    pattern = json.loads(said)[NAME]["includes"][0]["path"]
    assert not set(pattern[1:-1].replace("**", "").replace(",", "")) & set("*[]{}!\\")
    numbers = shares(paths, 2)
    for path in paths:
        hit = any(matches(each, path) for each in pattern[1:-1].split(","))
        assert hit == (numbers[path] == 2)


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("posts/Hello World.md", "/posts/hello-world"),
        ("posts/bundle/index.md", "/posts/bundle"),
        ("about.md", "/about"),
        ("posts/v1.2.md", "/posts/v1.2"),
    ],
)
def test_a_page_is_matched_by_its_path_without_ending(file: str, path: str) -> None:
    assert path_of(file) == path


def test_more_shards_than_pages_are_refused() -> None:
    with pytest.raises(UsageError, match=r"3 pages are too few for 5 shards"):
        segments(Share(1, 5), ["/a", "/b", "/c"])
