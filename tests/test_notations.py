"""Texts that a notation reads in its own way are to us what they are to Hugo."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from presscheck.toml_reader import read_toml
from tests.conftest import MINIMAL, findings_in, load, render, write

Make = Callable[..., Path]

LAYOUT = "{{ .Title }}|{{ range .GetTerms `tags` }}{{ .RelPermalink }};{{ end }}"
PLAIN = (
    *("1e3", "1E3", "1e-7", ".inf", "-.inf", "+.inf", ".Inf", ".nan", ".NaN", "0o17", "017", "0x1F", "1_000", "1__0"),
    *("yes", "no", "on", "off", "y", "~", "null", "true", "TRUE", "1.10", "1.0", "+1", "-0", "00", "1.", ".5", "1e"),
    *("12:30", "12:30:45", "2026-11-20", "2026-11-20T09:00:00Z", "2026-11-20 09:00:00", "2026-11-20T09:00:00.50Z"),
    *("2026-11-20T09:00:00+0100", "2026-11-20T09:00:00+00:00", "!!str 3", "1,000", "0x", "_1", "9007199254740993"),
    *("1e21", "100000000000000000000.0", "NaN", "inf", '"\\ud83d\\ude00"', '"\\x41"', "'it''s'"),
)
IN_JSON = (
    *("1e3", "1.0", "true", "null", '"\\ud83d\\ude00"', '"a \\ud83d"', '"\\ude00 b"', '"\\ude00\\ud83d c"'),
    *('"d \\ud83d\\ud83d\\ude00"', '"a\\/b"', '"\\u0041"'),
)


def read_back(folder: Path, output: Path) -> None:
    """What Hugo makes of titles, tags and slugs is what we make of them."""
    assert render(folder, output).status == 0
    site = load(folder)
    printed = {
        unquote("/" + path.parent.relative_to(output).as_posix() + "/"): html.unescape(path.read_text("utf-8"))
        for path in output.rglob("index.html")
    }
    pages = [page for page in site.pages if page.path.startswith("t/")]
    for page in pages:
        written = page.keys_as_written
        assert page.address in printed, written
        if page.slug:
            continue
        title, _, terms = printed[page.address].partition("|")
        assert page.title == title, written
        assert [each.address for each in site.terms if each.page is page] == [
            unquote(each) for each in terms.split(";") if each
        ], written


@pytest.mark.parametrize("keys", ["title: {0}\ntags: [{0}]", "title: T\nslug: {0}"])
def test_plain_texts_of_yaml(keys: str, site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"layouts/all.html": LAYOUT})
    write(folder, {f"content/t/p{at}.md": f"---\n{keys.format(text)}\n---\n" for at, text in enumerate(PLAIN)})
    read_back(folder, tmp_path / "out")


@pytest.mark.parametrize("keys", ['"title": {0}, "tags": [{0}]', '"title": "T", "slug": {0}'])
def test_values_of_json(keys: str, site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"layouts/all.html": LAYOUT})
    write(folder, {f"content/t/p{at}.md": f"{{{keys.format(text)}}}\n" for at, text in enumerate(IN_JSON)})
    read_back(folder, tmp_path / "out")


def test_half_a_character_stops_hugo_in_yaml(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"content/docs/a.md": '---\ntitle: "A \\ud83d"\n---\n'})
    assert ("front-matter-toml-syntax", "content/docs/a.md") in findings_in(folder)
    assert render(folder, tmp_path / "out").status != 0


def test_only_a_line_break_begins_a_line_of_toml() -> None:
    text = 't = "\u2028\u2029\u0085"\na.b = 1\na = 2\n'
    (problem,) = read_toml(text).problems
    assert text.count("\n", 0, problem.span.start) == 2


CONFIG = (MINIMAL / "config.toml").read_text("utf-8")
POST = '+++\ntitle = "{}"\ndate = 2026-01-01\n{}+++\n\n{}\n'


@pytest.mark.parametrize("off", ["extensions]\nfootnote = false", "extensions.footnote]\nenable = false"])
def test_footnotes_that_are_off_are_links_or_brackets(off: str, site_of: Make, tmp_path: Path) -> None:
    text = "A[^1] and[^2].\n\n[^1]: /posts/b/"
    folder = site_of(
        {
            "config.toml": f"{CONFIG}\n[markup.goldmark.{off}\n",
            "content/posts/a.md": POST.format("A", "", text),
            "content/posts/b.md": POST.format("B", "", "Text."),
        }
    )
    found = findings_in(folder)
    assert ("markdown-feature-off", "content/posts/a.md") in found
    assert not any(rule.startswith("footnote-") for rule, _ in found)
    assert render(folder, tmp_path / "out").status == 0
    printed = (tmp_path / "out/posts/a/index.html").read_text("utf-8")
    assert '<a href="/posts/b/">^1</a> and[^2]' in printed
    assert [link.destination for page in load(folder).pages if page.path == "posts/a.md" for link in page.links] == [
        "/posts/b/"
    ]


def test_a_link_to_another_output_format_is_not_called_broken(site_of: Make, tmp_path: Path) -> None:
    folder = site_of(
        {
            "content/posts/a.md": POST.format("A", 'outputs = ["html", "amp"]\n', "Text."),
            "content/posts/c.md": POST.format("C", 'outputs = ["amp"]\n', "Text."),
            "content/posts/b.md": POST.format("B", "", "[first](/amp/posts/a/) [second](/amp/posts/c/)"),
            "content/posts/d.md": POST.format("D", "", "[nobody](/amp/posts/x/)"),
        }
    )
    found = findings_in(folder)
    assert ("link-broken", "content/posts/b.md") not in found
    assert ("link-broken", "content/posts/d.md") in found
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/amp/posts/c/index.html").exists()


@pytest.mark.parametrize("alias", ["../home", "home", ".", "", "/", "../.."])
def test_an_alias_of_the_home_page_has_no_folder_around_it(alias: str, site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"content/_index.md": f'+++\ntitle = "Home"\naliases = ["{alias}"]\n+++\n'})
    assert ("url-escapes-site", "content/_index.md") in findings_in(folder)
    assert render(folder, tmp_path / "out").status != 0
