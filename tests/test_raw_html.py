"""Ids are read out of raw HTML as a browser reads them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck.raw_html import ids_in

TEXTS = (
    '<p ID="one">x</p>', '<a title="a > b" id="two">x</a>', '<!-- <b id="no"> -->', '<b id="x&amp;y" data-id=four>x</b>', "<a id=raw8/>", '<div\n  id="a">',
    "<div id = 'b'>", '<a id="a b">', '<input name="c">', "<script>var a = '<b id=\"no\">'</script><i id=d>", '<div id="">', "<svg><g id='e'/></svg>", "<p title=it's id=f>",
    "<textarea><a id=no></textarea>", "<a/id=g>", "<!--> <b id=h> -->", "a < b id=no", "<1 id=no>", "</a id=no>", "<b class='id=no' id=i>", "<style>/* <b id=no> */</STYLE ><b id=j>",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_ids_are_those_that_a_browser_finds(text: str) -> None:
    tree = LexborHTMLParser(f"<body>{text}")
    theirs = {node.attributes[name] for name in ("id", "name") for node in tree.css(f"[{name}]")}
    assert set(ids_in(text)) == theirs - {"", None}


@pytest.mark.parametrize("piece", ["<a ", "<a id=", '<a b="', "<!--", "<script>", "<a b='>", "<a =", "< "])
def test_a_tag_that_never_ends_is_read_in_time(piece: str) -> None:
    assert len(list(ids_in(piece * 40_000))) <= 40_000
