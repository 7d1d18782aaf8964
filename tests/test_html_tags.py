"""What raw HTML does in a reader's browser is noticed however it is written."""

from __future__ import annotations

import time

import pytest

from presscheck.rules._html_tags import deeds_in

ACTIVE = [
    "<script>x</script>",
    "<SCRIPT\n>x",
    "<script/x>",
    "<svg:script>",
    "<script x-type=application/json>x</script>",
    '<script type="application/json" src="x"></script>',
    '<img alt=">" onerror=x src=y>',
    '<img alt="<" onerror=x src=y>',
    "<img src=x onerror\n=\nx>",
    "<x/onclick=x>",
    "<x\x0conclick=x>",
    "<p =onclick=x onclick=y>",
    "<!--> <script>x</script> -->",
    "<!---> <script>x</script> -->",
    "<!-- --!> <script>x</script> -->",
    "<title><!--</title><script>x</script>-->",
    '<title><img alt="</title><img src=x onerror=x>">',
    "<title><img alt=\"</title><img src='\">' onerror=x>",
    '<a href="java&#115;cript:x">',
    '<a href="java\tscript:x">',
    "<a href=&#1;javascript:x>",
    "<a href=VBScript:x>",
    '<a xlink:href="data:text/html,x">',
    '<use href="data:image/svg+xml,x">',
    "<svg><set attributeName=href to=javascript:x>",
    '<svg><animate values="#a;javascript:x">',
    "<form><button formaction=javascript:x>",
    "<iframe srcdoc=x>",
    "<object data=x>",
    "<embed src=x>",
    "<base href=//elsewhere.example>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
    "<link rel=stylesheet href=//elsewhere.example>",
    '<div title="',
    "<div title='\n\n",
    f"<p {' '.join(f'a{n}=b' for n in range(300))} onclick=x>",
]

QUIET = [
    '<p class="a">text</p>',
    "<!-- <script>x</script> -->",
    "<!-- <title> --> <p>",
    '<script type="application/ld+json">{}</script>',
    '<img src="/x.png" alt="javascript: the good parts">',
    '<a href="https://site.example/?q=a;javascript:x">',
    '<img src="data:image/png;base64,xx">',
    "<details open><summary>x</summary></details>",
    "<kbd>on=1</kbd>",
    '<a href="/only=1" data-on="x">',
    "a < b and on = 1",
]

LONG = [
    "<a " * 80_000,
    '<a "' * 60_000,
    "<a '" * 60_000 + ">",
    '<a b="' * 40_000,
    "<!--" * 60_000,
    "<a b=<a b=<a " * 20_000 + ">",
    "<title>" + "<!-- " * 50_000,
    "<a " + " " * 250_000,
    "<a" + "/ " * 120_000,
]


@pytest.mark.parametrize("text", ACTIVE)
def test_what_runs_is_noticed(text: str) -> None:
    assert list(deeds_in(text))


@pytest.mark.parametrize("text", QUIET)
def test_what_only_shows_something_is_not(text: str) -> None:
    assert list(deeds_in(text)) == []


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:12])
def test_a_quarter_of_a_megabyte_of_tags_takes_no_time(text: str) -> None:
    start = time.process_time()
    assert len(list(deeds_in(text))) < 100
    assert time.process_time() - start < 5
