"""What was probably meant: the clear cases, and no guess in the others."""

from __future__ import annotations

import pytest

from presscheck.nearest import all_alike, nearest, two_nearest

PAGES = ["/posts/guardrails/", "/posts/vector-search/", "/posts/agents/", "/tags/agents/", "/about/"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("/posts/gaurdrails/", "/posts/guardrails/"),
        ("/posts/vectorsearch/", "/posts/vector-search/"),
        ("/post/agents/", "/posts/agents/"),
        ("/something/else/entirely/", ""),
        ("", ""),
    ],
)
def test_a_slip_has_one_nearest_word(word: str, meant: str) -> None:
    assert nearest(word, PAGES, 0.8) == meant


def test_between_two_that_are_equally_near_nobody_guesses() -> None:
    charts = [f"/posts/chart-{number}.png" for number in range(1, 9)]
    assert nearest("/posts/chart-9.png", charts, 0.8) == ""
    assert len(two_nearest("/posts/chart-9.png", charts, 0.8)) == 2
    assert nearest("/posts/chart-9.png", charts[:1], 0.8) == "/posts/chart-1.png"


def test_all_that_are_alike_come_in_their_own_order() -> None:
    assert all_alike("agent", ["agents", "about", "agents", "guardrails"], 0.7) == [0, 2]
    assert all_alike("agent", [], 0.7) == []
