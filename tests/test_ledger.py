"""The list of every address that was ever published, and what a build makes of it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from presscheck import pipeline, read
from presscheck.cli import main
from presscheck.config import Config
from presscheck.diagnostics import Applicability
from presscheck.errors import UsageError
from presscheck.fix import edited
from presscheck.ledger import (
    STAND_IN,
    Ledger,
    Line,
    Origin,
    Status,
    added,
    canonical,
    difference,
    gone_urls,
    news,
    path_of,
    place_of,
    read_ledger,
    target,
)
from presscheck.manifest import Entry
from presscheck.page import Page
from presscheck.record import is_recorded
from presscheck.rules._aliases import alias_fix
from presscheck.stand_ins import filled
from presscheck.text import Source
from tests.chromium import CHROMIUM
from tests.conftest import CLOCK, MINIMAL

Make = Callable[..., Path]

POST = '+++\ntitle = "{0}"\ndate = 2026-03-02T09:00:00+01:00\ntags = ["{1}"]\n+++\n\n## The start\n\nSome words about {0}.\n'
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
DAY = date(2026, 11, 22)


def ledger(*lines: str) -> Ledger:
    return read_ledger(Source("urls.jsonl", "".join(f"{line}\n" for line in lines)))


def live(url: str, **others: str) -> str:
    return json.dumps({"url": url, "status": "live", **others})


def gone(url: str, reason: str = "It was wrong.") -> str:
    return json.dumps({"url": url, "status": "gone", "date": "2026-09-01", "reason": reason})


def moved(url: str, to: str) -> str:
    return json.dumps({"url": url, "status": "moved", "to": to})


# Reading and writing


def test_the_last_line_about_an_address_counts_and_the_others_are_its_history() -> None:
    known = ledger(live("/a/", title="A"), live("/b/"), gone("/a/"), live("/a/", title="A again"), live("/b/"))
    assert {url: line.status for url, line in known.latest.items()} == {"/a/": Status.LIVE, "/b/": Status.LIVE}
    assert [line.status.value for line in known.history("/a/")] == ["live", "gone", "live"]
    assert len(known.history("/b/")) == 1, "a line that is there twice is one"
    assert known.first["/a/"].title == "A"


def test_a_line_that_cannot_be_read_costs_no_other() -> None:
    known = ledger(live("/a/"), '{"url": "/b/", "status": "li', "", live("/c/"))
    assert list(known.latest) == ["/a/", "/c/"]
    [problem] = known.problems
    assert problem.message == "this is not JSON: unterminated string starting at"
    source = Source("urls.jsonl", f"{live('/a/')}\n" + '{"url": "/b/", "status": "li\n')
    place = source.position(problem.span.start)
    assert (place.line, place.column) == (2, 26)


def test_what_a_line_says_besides_is_kept() -> None:
    written = '{"url": "/a/", "status": "live", "title": "Größe", "seen": [1, {"by": "Mara"}]}'
    [line] = ledger(written).lines
    assert line.as_json() == written


def test_a_title_that_unicode_cannot_say_is_kept_as_far_as_it_can() -> None:
    line = Line("/a/", Status.LIVE, title="x \ud800 y").as_json()
    assert json.loads(line.encode("utf-8"))["title"] == "x \ufffd y"


def test_marks_line_breaks_and_empty_lines_of_other_machines_are_understood() -> None:
    text = "\ufeff" + live("/a/") + "\r\n\r\n  \n" + live("/b/")
    known = read_ledger(Source("urls.jsonl", text))
    assert (list(known.latest), known.problems) == (["/a/", "/b/"], ())


@given(
    st.text(st.characters(codec=None, exclude_categories=[]))
    | st.lists(st.sampled_from([*'{}[]":,\\u \n/#', '"url"', '"status"', '"live"', '"/a/"'])).map("".join)
)
def test_no_text_is_too_broken_to_be_read(text: str) -> None:
    known = read_ledger(Source("urls.jsonl", text))
    for problem in known.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    [line] = ledger(live("/new/")).lines
    longer = added(text, [line])
    assert longer.startswith(text), "nothing that is there is touched"
    assert "/new/" in read_ledger(Source("urls.jsonl", longer)).latest


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[" * 100_000, "this is not JSON that can be read"),
        ('{"url": ' + "9" * 5000 + "}", "this is not JSON that can be read"),
        ('{"url": "/a\\ud800/", "status": "live"}', "characters that no address has"),
        ('{"url": "/a\\u0000/", "status": "live"}', "characters that no address has"),
        ('{"url": "/%2e%2e/a/", "status": "live"}', "`.`, `..` or nothing"),
        ('{"url": "//other.example/", "status": "live"}', "does not begin with one `/`"),
        ('{"url": "/a/", "status": "moved", "to": "data:text/html,x"}', "`to` is no address"),
        ("=======", "a mark that a merge left behind"),
    ],
)
def test_what_could_do_harm_is_a_finding(line: str, message: str) -> None:
    known = ledger(live("/a/"), line)
    assert [message in problem.message for problem in known.problems] == [True]
    assert known.latest["/a/"].status is Status.LIVE


def test_lines_of_two_branches_may_come_in_any_order() -> None:
    ours, theirs = [live("/a/"), gone("/b/")], [live("/c/"), live("/c/#part")]
    before = [live("/b/")]
    one, other = ledger(*before, *ours, *theirs), ledger(*before, *theirs, *ours)
    assert one.latest == other.latest


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/posts/a/", "/posts/a/"),
        (" /posts/größe/ ", "/posts/gr%C3%B6%C3%9Fe/"),
        ("/posts/gr%c3%b6%c3%9fe/", "/posts/gr%C3%B6%C3%9Fe/"),
        ("https://site.example/blog/posts/a/#top", "/posts/a/#top"),
        ("https://site.example/blog", "/"),
        ("/a b.txt", "/a%20b.txt"),
    ],
)
def test_an_address_has_one_form(written: str, url: str) -> None:
    assert canonical(written, "https://site.example/blog/") == url
    assert canonical(url) == url
    if "#" not in url:
        assert Entry(path_of(url), 0, "").url == url, "the form of a manifest"


@pytest.mark.parametrize(
    "written", ["", "a", "//x/", "/../x", "/a/./b/", "/a//b", "/a?b", "/a#", "/<b>/", "/a\\b", "https://other.example/"]
)
def test_what_is_no_address_of_the_site_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(written, "https://site.example/")


def test_a_target_may_be_on_another_site_but_no_script() -> None:
    assert target("https://other.example/a") == "https://other.example/a"
    assert target("https://site.example/a/", "https://site.example/") == "/a/"
    for bad in ("", "javascript:alert(1)", 'https://x.example/"onload="', "ftp://x.example/"):
        with pytest.raises(ValueError, match=r"\w"):
            target(bad)


def test_a_way_is_followed_to_its_end_and_a_circle_has_none() -> None:
    known = ledger(moved("/a/", "/b/"), moved("/b/", "/c/"), live("/c/"), moved("/x/", "/y/"), moved("/y/", "/x/"))
    assert known.destination("/a/") == "/c/"
    assert known.destination("/c/") == "/c/"
    assert known.destination("/x/") == ""


def test_what_lies_in_the_folder_of_a_page_belongs_to_it_and_pages_do_not() -> None:
    known = ledger(
        *map(live, ("/p/", "/p/index.xml", "/p/a/", "/p/a/x/loaf.jpg", "/p/a/index.md", "/p/b.html", "/i.xml"))
    )
    assert known.belongings("/p/a/") == ["/p/a/x/loaf.jpg", "/p/a/index.md"]
    assert known.belongings("/p/") == ["/p/index.xml"]
    assert known.owner("/i.xml") == ""


def test_the_ledger_is_a_file_of_the_site() -> None:
    for name in ("/etc/passwd", "../urls.jsonl", "", ".", "a/../../b"):
        config = Config.of({"params": {"presscheck": {"ledger": {"file": name}}}}, "config.toml")
        with pytest.raises(UsageError, match="is not a file of the site"):
            place_of(config)


# What is recorded


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("index.html", True),
        ("posts/index.xml", True),
        ("files/handout.pdf", True),
        ("posts/a/photo.jpg", True),
        (".well-known/security.txt", True),
        ("posts/page/2/index.html", False),
        ("posts/page/2/", False),
        ("posts/sheet/2/index.html", True),
        ("css/main." + "a" * 64 + ".css", False),
        ("posts/a/photo_hu_1234567890abcdef.jpg", False),
        ("pagefind/pagefind.js", False),
        ("404.html", False),
        ("de/404.html", False),
        (".nojekyll", False),
        ("_redirects", False),
        ("_headers", False),
    ],
)
def test_what_readers_link_to_is_recorded(path: str, wanted: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_recorded(Entry(path, 0, "")) == wanted


def test_what_is_new_back_or_called_otherwise_is_added_once() -> None:
    known = ledger(live("/a/", source="content/a.md", title="A"), gone("/b/"), live("/c.txt"))
    there = {"/a/", "/b/", "/c.txt", "/d/"}
    made = {"/a/": Origin("content/a.md", "A, again"), "/d/": Origin("content/d.md", "D")}
    lines = news(known, there, made, "3f9a", DAY)
    assert [(line.url, line.title) for line in lines] == [("/a/", "A, again"), ("/b/", ""), ("/d/", "D")]
    again = read_ledger(Source("", added("".join(f"{line.as_json()}\n" for line in known.lines), lines)))
    assert news(again, there, made, "77aa", DAY) == []
    assert news(again, there, {}, "77aa", DAY) == [], "a page whose file is not known this time stays what it was"


def test_a_comparison_names_what_is_new_lost_and_back() -> None:
    known = ledger(live("/a/"), live("/b/"), live("/b/#part"), gone("/c/"), live("/old.css"))
    there = {"/a/", "/c/", "/d/"}
    found = difference(known, there, there | {"/old.css"}, fragments=False)
    assert found == (("/d/",), ("/b/",), ("/c/",))
    assert difference(known, there, there, fragments=True).lost == ("/b/", "/b/#part", "/old.css")


def test_a_host_is_told_what_is_gone_and_not_back() -> None:
    known = ledger(gone("/b/"), gone("/a/"), gone("/a/#part"), live("/c/"))
    assert gone_urls(known) == ("/a/", "/b/")
    assert gone_urls(known, {"/a/"}) == ("/b/",)


# What stands in


def line_of(text: str) -> Line:
    return ledger(text).latest[json.loads(text)["url"]]


def test_a_reason_is_text_and_never_code() -> None:
    page = filled(
        '<head></head><p class="x" data-gone="{reason}"></p>',
        line_of(gone("/a/", '<script>alert("1")</script> &amp; {date}')),
    )
    assert '<p class="x">&lt;script&gt;alert("1")&lt;/script&gt; &amp;amp; {date}</p>' in page
    assert page.endswith(f"{STAND_IN}\n")


def test_an_element_of_which_nothing_is_known_is_left_out() -> None:
    page = filled(
        '<b data-gone="Since {date}">x</b><i data-gone="{reason}"></i>', Line("/a/", Status.GONE, reason="Old.")
    )
    assert page == f"<i>Old.</i>\n{STAND_IN}\n"


def test_a_search_engine_neither_keeps_the_page_nor_takes_it_for_the_template() -> None:
    page = filled('<head><link rel="canonical" href="/gone/"></head>', line_of(gone("/a/")))
    assert "canonical" not in page
    assert page.count("noindex") == 1
    assert filled('<head><meta name="robots" content="noindex"></head>', line_of(gone("/a/"))).count("noindex") == 1


# The fix


@pytest.mark.parametrize(
    "front_matter",
    [
        '+++\ntitle = "A"\n+++\n',
        '+++\r\ntitle = "A"\r\n+++\r\n',
        '+++\ntitle = "A"\naliases = ["/x/"]\n+++\n',
        '+++\ntitle = "A"\naliases = "/x/"\n+++\n',
        '+++\naliases = [\n  "/w/",\n  "/x/",   # the first\n]\ntitle = "A"\n+++\n',
        "+++\naliases = []\n[params]\na = 1\n+++\n",
        "+++\n[params]\na = 1\n+++\n",
        "---\ntitle: A\n---\n",
        "---\ntitle: A\naliases:\n---\n",
        "---\ntitle: A\naliases: /x/\ndraft: false\n---\n",
        "---\ntitle: A\naliases: [/w/, '/x/']\n---\n",
        "---\r\naliases:\r\n- /w/\r\n- /x/   # the first\r\ntitle: A\r\n---\r\n",
        "---\naliases: []\n---\n",
        '{"title": "A"}\n',
        '{\n  "title": "A",\n  "aliases": ["/x/"]\n}\n',
        "{}\n",
    ],
)
def test_an_alias_is_added_in_every_notation_and_nothing_else_changes(front_matter: str) -> None:
    source = Source("content/a.md", front_matter + "\nSome words.\n")
    page = Page.of("a.md", source, Config())
    fix = alias_fix(page, '/ö/"q"/', Applicability.SAFE)
    assert fix
    text = edited(source.text, fix.edits)
    after = Page.of("a.md", Source("content/a.md", text), Config())
    assert after.front_matter.is_read_by_hugo, text
    assert [alias for alias, _ in after.aliases] == [*(alias for alias, _ in page.aliases), '/ö/"q"/']
    before = {key: entry.data for key, entry in page.front_matter.document.top.items() if key != "aliases"}
    assert {key: entry.data for key, entry in after.front_matter.document.top.items() if key != "aliases"} == before
    assert ("\r" in text) == ("\r" in front_matter)
    assert text.count("\r\n") == text.count("\r") == (text.count("\n") - 2 if "\r" in text else 0)
    [edit] = fix.edits
    assert source.text[: edit.span.start] == text[: edit.span.start]
    assert source.text.endswith("\nSome words.\n")


def test_a_page_without_readable_front_matter_gets_no_fix() -> None:
    for text in ("Some words.\n", '+++\ntitle = "A\n+++\n'):
        assert alias_fix(Page.of("a.md", Source("a.md", text), Config()), "/x/", Applicability.SAFE) is None


# With the real Hugo


def build(folder: Path, **changes: object) -> pipeline.Outcome:
    root = read.find_root(folder)
    assert root
    order = {"root": root, "output": folder / "public", "clock": CLOCK, **changes}
    return pipeline.build(pipeline.Order(**order))  # type: ignore[arg-type]


def run(folder: Path, *arguments: str) -> int:
    return main([*arguments, "--site", str(folder), "--clock", CLOCK.isoformat()])


def urls(folder: Path, action: str, *arguments: str) -> int:
    return run(folder, "urls", action, *arguments)


def found(outcome: pipeline.Outcome) -> list[tuple[str, str]]:
    return [(each.rule, each.path) for each in outcome.diagnostics]


@pytest.fixture
def started(site_of: Make) -> Path:
    """A site that has been published and recorded."""
    folder = site_of(
        {
            "content/posts/bread.md": POST.format("Bread", "baking"),
            "content/posts/river/index.md": POST.format("River", "walks"),
            "content/posts/river/bank.gif": GIF,
            "static/recipe.txt": "Flour, water, salt, time.\n",
        }
    )
    assert build(folder).is_published
    assert urls(folder, "record") == 0
    return folder


def lines_of(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "urls.jsonl").read_text("utf-8").splitlines()]


def test_what_was_published_is_recorded_once(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of(started)
    assert lines[5]["release"] == json.loads((started / "public/release.json").read_text())["release"]
    by_url = {line["url"]: line for line in lines}
    assert {
        "/",
        "/index.xml",
        "/recipe.txt",
        "/posts/river/",
        "/posts/river/bank.gif",
        "/tags/baking/index.xml",
    } <= by_url.keys()
    assert "/release.json" not in by_url
    assert (by_url["/posts/bread/"]["source"], by_url["/posts/bread/"]["title"]) == ("content/posts/bread.md", "Bread")
    assert by_url["/posts/bread/"]["date"] == "2026-11-22"
    before = (started / "urls.jsonl").read_bytes()
    capsys.readouterr()
    assert urls(started, "record") == 0
    assert capsys.readouterr().out == ""
    assert (started / "urls.jsonl").read_bytes() == before
    assert urls(started, "diff") == 0


def test_a_site_without_a_ledger_is_not_asked(site_of: Make) -> None:
    folder = site_of({"content/posts/bread.md": POST.format("Bread", "baking")})
    assert build(folder).is_published
    (folder / "content/posts/bread.md").rename(folder / "content/posts/cake.md")
    assert build(folder).is_published


def test_a_build_that_loses_an_address_leaves_what_is_published(started: Path) -> None:
    (started / "static/recipe.txt").unlink()
    outcome = build(started)
    assert found(outcome) == [("output-url-lost", "urls.jsonl")]
    assert not outcome.is_published
    assert (started / "public/recipe.txt").exists()
    assert "/recipe.txt was published" in outcome.diagnostics[0].message
    assert "on 2026-11-22 it was published (release " in outcome.diagnostics[0].notes[0].message


def test_a_finding_about_what_was_rendered_is_not_remembered_for_another_ledger(started: Path) -> None:
    (started / "urls.jsonl").rename(started / "aside")
    (started / "static/recipe.txt").unlink()
    assert build(started).is_published
    (started / "aside").rename(started / "urls.jsonl")
    assert not build(started).is_published, "nothing but the ledger is another"
    assert urls(started, "gone", "/recipe.txt", "--reason", "Everybody knows it.") == 0
    assert build(started).is_published


def test_a_page_that_is_gone_says_so_and_what_belonged_to_it_is_gone_too(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(started / "content/posts/river")
    assert run(started, "check") == 1
    assert urls(started, "gone", "/posts/river/", "--reason", "The <river> is a secret.") == 0
    assert urls(started, "gone", "/tags/walks/", "--reason", "No walks any more.") == 0
    assert "gone  /posts/river/bank.gif" in capsys.readouterr().out
    outcome = build(started)
    assert outcome.is_published, found(outcome)
    page = (started / "public/posts/river/index.html").read_text("utf-8")
    assert "The &lt;river&gt; is a secret." in page
    assert "2026-11-22" in page
    assert 'name="robots" content="noindex"' in page
    assert "river" not in (started / "public/sitemap.xml").read_text()
    assert urls(started, "diff") == 0
    assert urls(started, "record") == 0
    assert lines_of(started)[-1]["status"] == "gone", "a page that only says that another is gone is not live"


def test_an_address_that_comes_back_is_live_again(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (started / "content/posts/bread.md").read_text()
    (started / "content/posts/bread.md").unlink()
    for url in ("/posts/bread/", "/tags/baking/"):
        assert urls(started, "gone", url, "--reason", "Eaten.") == 0
    assert build(started).is_published
    (started / "content/posts/bread.md").write_text(text)
    assert build(started).is_published
    assert "Some words about Bread" in (started / "public/posts/bread/index.html").read_text()
    capsys.readouterr()
    assert urls(started, "diff", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["returned"] == ["/posts/bread/", "/tags/baking/", "/tags/baking/index.xml"]
    assert urls(started, "record") == 0
    capsys.readouterr()
    assert urls(started, "explain", "/posts/bread/") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "/posts/bread/ is live"
    assert [" ".join(line.split()[:4]) for line in said[1:]] == ["on 2026-11-22 it was"] * 3
    (started / "content/posts/bread.md").unlink()
    assert run(started, "check") == 1, "and is watched over again"


def test_what_has_moved_redirects_and_a_feed_or_a_picture_is_there_as_a_copy(started: Path) -> None:
    (started / "content/posts/bread.md").write_text(POST.format("Bread", "flour"))
    (started / "static/recipe.txt").rename(started / "static/recipes.txt")
    (started / "static/notes.txt").write_text("x")
    outcome = build(started)
    assert found(outcome) == [("output-url-lost", "urls.jsonl")] * 2
    assert [note.message for note in outcome.diagnostics[1].notes][1:] == ["with it goes /tags/baking/index.xml"]
    assert urls(started, "moved", "/tags/baking/", "--to", "https://site.example/tags/flour/") == 0
    assert urls(started, "moved", "/recipe.txt", "--to", "/recipes.txt") == 0
    outcome = build(started)
    assert outcome.is_published, found(outcome)
    public = started / "public"
    assert 'content="0; url=https://site.example/tags/flour/"' in (public / "tags/baking/index.html").read_text()
    assert (public / "tags/baking/index.xml").read_bytes() == (public / "tags/flour/index.xml").read_bytes()
    assert (public / "recipe.txt").read_text() == "Flour, water, salt, time.\n"
    assert urls(started, "record") == 0
    latest = {line["url"]: line["status"] for line in lines_of(started)}
    assert (latest["/tags/baking/"], latest["/recipe.txt"], latest["/recipes.txt"]) == ("moved", "moved", "live")
    (started / "static/recipes.txt").unlink()
    messages = [each.message for each in build(started).diagnostics]
    assert messages[0] == "/recipe.txt has moved to /recipes.txt, and nothing is there"


@pytest.mark.parametrize(
    ("to", "is_said"),
    [("/posts/river/", False), ("/tags/walks/", False), ("/posts/river/bank.gif", False), ("/posts/rvier/", True)],
)
def test_where_nothing_is_yet_is_said(
    started: Path, capsys: pytest.CaptureFixture[str], to: str, *, is_said: bool
) -> None:
    capsys.readouterr()
    assert urls(started, "moved", "/recipe.txt", "--to", to) == 0
    assert (f"nothing is at {to} yet" in capsys.readouterr().err) == is_said


def test_a_page_that_has_expired_says_so_by_itself(started: Path) -> None:
    post = started / "content/posts/bread.md"
    post.write_text(post.read_text().replace("tags =", "expiryDate = 2026-11-01T00:00:00Z\ntags ="))
    for url in ("/tags/baking/",):
        assert urls(started, "gone", url, "--reason", "No baking.") == 0
    outcome = build(started)
    assert outcome.is_published, found(outcome)
    assert "2026-11-01" in (started / "public/posts/bread/index.html").read_text()


def test_the_site_may_have_a_page_of_its_own_for_what_is_gone(started: Path) -> None:
    page = '<!DOCTYPE html><html lang="en"><head><title>{{ .Title }}</title></head><body><h1>Taken away</h1><p data-gone="Why: {reason}"></p><a href="{{ site.Home.RelPermalink }}">home</a></body></html>\n'
    (started / "layouts/gone.html").write_text(page)
    (started / "content/gone.md").write_text('+++\ntitle = "Gone"\nlayout = "gone"\n[build]\nlist = "never"\n+++\n')
    (started / "content/posts/bread.md").unlink()
    for url in ("/posts/bread/", "/tags/baking/"):
        assert urls(started, "gone", url, "--reason", "Eaten.") == 0
    outcome = build(started, base_url="https://user.example/blog/")
    assert outcome.is_published, found(outcome)
    text = (started / "public/posts/bread/index.html").read_text()
    assert "<p>Why: Eaten.</p>" in text
    assert '<a href="/blog/">' in text
    assert 'data-gone="Why: {reason}"' in (started / "public/gone/index.html").read_text()


def test_an_address_below_a_file_or_with_a_name_too_long_stops_nothing_else(started: Path) -> None:
    with (started / "urls.jsonl").open("a") as file:
        file.write(gone("/recipe.txt/deeper/") + "\n" + gone("/" + "a" * 300 + "/") + "\n")
    root = read.find_root(started)
    assert root
    done = subprocess.run(
        [sys.executable, "-m", "presscheck", "build", "--site", str(started), "--clock", CLOCK.isoformat()],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert (started / "public/recipe.txt").exists()


def test_the_parts_of_pages_are_kept_where_the_site_asks_for_it(
    site_of: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    config = (MINIMAL / "config.toml").read_text() + "\n[params.presscheck.ledger]\nfragments = true\n"
    folder = site_of({"config.toml": config, "content/posts/bread.md": POST.format("Bread", "baking")})
    assert build(folder).is_published
    assert urls(folder, "record") == 0
    assert "/posts/bread/#the-start" in {line["url"] for line in lines_of(folder)}
    post = folder / "content/posts/bread.md"
    post.write_text(post.read_text().replace("## The start", "## How to start"))
    outcome = build(folder)
    assert found(outcome) == [("output-url-lost", "content/posts/bread.md")]
    assert urls(folder, "gone", "/posts/bread/#the-start", "--reason", "It is told elsewhere.") == 0
    assert build(folder).is_published
    assert urls(folder, "record") == 0
    assert urls(folder, "list", "#how") == 0
    assert "live  /posts/bread/#how-to-start" in capsys.readouterr().out


def test_hugo_is_asked_where_the_model_of_addresses_does_not_hold(site_of: Make) -> None:
    config = "uglyURLs = true\n" + (MINIMAL / "config.toml").read_text()
    folder = site_of({"config.toml": config, "content/posts/bread.md": POST.format("Bread", "baking")})
    assert build(folder).is_published
    assert urls(folder, "record") == 0
    by_url = {line["url"]: line for line in lines_of(folder)}
    assert by_url["/posts/bread.html"]["source"] == "content/posts/bread.md"
    (folder / "content/posts/bread.md").rename(folder / "content/posts/cake.md")
    outcome = build(folder)
    assert found(outcome) == [("output-url-lost", "urls.jsonl")]


# The command line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone", "/posts/brad/", "--reason", "x"], "did you mean `/posts/bread/`?"),
        (["explain", "bread"], "does not begin with one `/`"),
        (["gone", "/posts/bread/", "--reason", "  "], "the reason says nothing"),
        (["moved", "/posts/bread/", "--to", "javascript:alert(1)"], "is no address"),
        (["moved", "/posts/bread/", "--to", "/posts/bread/"], "lead back to itself"),
        (["diff", "--output", "elsewhere"], "there is no release in"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(
    started: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    before = (started / "urls.jsonl").read_bytes()
    capsys.readouterr()
    assert urls(started, *arguments) == 2
    assert said in capsys.readouterr().err
    assert (started / "urls.jsonl").read_bytes() == before


def test_without_a_ledger_or_a_release_it_is_said_what_to_do(site_of: Make, capsys: pytest.CaptureFixture[str]) -> None:
    folder = site_of({"content/posts/bread.md": POST.format("Bread", "baking")})
    assert urls(folder, "list") == 2
    assert "presscheck urls record" in capsys.readouterr().err
    assert urls(folder, "record") == 2
    assert "presscheck build" in capsys.readouterr().err
    (folder / "urls.jsonl").touch()
    assert run(folder, "check") == 0, "an empty file begins it"
    assert urls(folder, "list") == 0


def test_a_page_that_is_still_there_is_named_when_it_is_called_gone(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert urls(started, "gone", "/posts/bread/", "--reason", "Eaten.") == 0
    assert "content/posts/bread.md is still there" in capsys.readouterr().err
    assert urls(started, "gone", "/posts/bread/", "--reason", "Eaten.") == 0
    assert "says so already" in capsys.readouterr().err


def test_the_list_can_be_read_by_programs(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert urls(started, "list", "/posts/*", "--format", "json") == 0
    told = {each["url"]: each for each in json.loads(capsys.readouterr().out)}
    assert "/" not in told
    assert told["/posts/bread/"]["first"]["date"] == "2026-11-22"


@pytest.mark.parametrize("what", ["a link", "a pipe", "a folder"])
def test_a_ledger_that_is_no_file_of_its_own_is_not_read(
    site_of: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    folder = site_of({"content/posts/bread.md": POST.format("Bread", "baking")})
    (tmp_path / "secret").write_text("hunter2\n")
    path = folder / "urls.jsonl"
    if what == "a link":
        path.symlink_to(tmp_path / "secret")
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    for arguments in (["check"], ["build"], ["urls", "list"]):
        assert run(folder, *arguments) == 2
    said = capsys.readouterr()
    assert said.err.count("is not a file of its own") == 3
    assert "hunter2" not in said.out + said.err


def test_each_language_has_its_own_page_for_what_is_gone(site_of: Make) -> None:
    config = (MINIMAL / "config.toml").read_text() + "\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
    own = '+++\ntitle = "{0}"\nlayout = "gone"\n[build]\nlist = "never"\n+++\n'
    page = '<!DOCTYPE html><html lang="{{ site.Language.Name }}"><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1><p data-gone="{reason}"></p></body></html>\n'
    folder = site_of(
        {
            "config.toml": config,
            "layouts/gone.html": page,
            "content/gone.md": own.format("Gone"),
            "content/gone.de.md": own.format("Entfernt"),
            "content/posts/bread.md": POST.format("Bread", "baking"),
            "content/posts/bread.de.md": POST.format("Brot", "backen"),
            "urls.jsonl": gone("/posts/old/") + "\n" + gone("/de/posts/alt/") + "\n",
        }
    )
    outcome = build(folder)
    assert outcome.is_published, found(outcome)
    assert "<h1>Gone</h1>" in (folder / "public/posts/old/index.html").read_text()
    assert "<h1>Entfernt</h1>" in (folder / "public/de/posts/alt/index.html").read_text()


def test_many_at_once_lose_no_line(started: Path) -> None:
    with (started / "urls.jsonl").open("a") as file:
        file.writelines(live(f"/old/{n}/") + "\n" for n in range(6))
    command = [sys.executable, "-m", "presscheck", "urls", "gone", "--site", str(started), "--reason", "Old."]
    processes = [
        subprocess.Popen([*command, f"/old/{n}/"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for n in range(6)
    ]
    assert [process.communicate(timeout=60) and process.returncode for process in processes] == [0] * 6
    assert sum(line["status"] == "gone" for line in lines_of(started)) == 6
    assert not list(started.glob(".urls*"))


# A real clone, and a real browser


def git(folder: Path, *arguments: str) -> None:
    command = [
        "git",
        "-c",
        "user.name=Mara",
        "-c",
        "user.email=mara@example.org",
        "-c",
        "commit.gpgsign=false",
        *arguments,
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clone(started: Path, tmp_path: Path) -> Path:
    """What another author gets from the repository: the sources and the ledger, and nothing that was built."""
    (started / ".gitignore").write_text("public/\n.presscheck/\n")
    (started / ".gitattributes").write_text("urls.jsonl merge=union\n")
    git(started, "init", "--quiet", "-b", "main")
    git(started, "add", ".")
    git(started, "commit", "--quiet", "-m", "The first posts")
    git(tmp_path, "clone", "--quiet", str(started), "clone")
    return tmp_path / "clone"


def test_two_branches_that_record_are_merged_without_a_conflict(clone: Path) -> None:
    git(clone, "switch", "--quiet", "-c", "other")
    for branch, url in (("other", "/posts/bread/"), ("main", "/recipe.txt")):
        git(clone, "switch", "--quiet", branch)
        assert urls(clone, "gone", url, "--reason", f"Said on {branch}.") == 0
        git(clone, "commit", "--quiet", "-am", "Gone")
    git(clone, "merge", "--quiet", "-m", "Both", "other")
    known = read_ledger(Source("urls.jsonl", (clone / "urls.jsonl").read_text()))
    assert known.problems == ()
    assert gone_urls(known) == ("/posts/bread/", "/recipe.txt")


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")
@pytest.mark.xdist_group("browser")
def test_a_renamed_post_is_refused_mended_and_its_old_address_redirects_in_the_browser(
    clone: Path, capsys: pytest.CaptureFixture[str], browser: Browser
) -> None:
    git(clone, "mv", "content/posts/bread.md", "content/posts/sourdough.md")
    git(clone, "mv", "content/posts/river", "content/posts/along-the-river")
    git(clone, "commit", "--quiet", "-m", "Better names")
    capsys.readouterr()
    assert run(clone, "check") == 1
    said = capsys.readouterr().out
    assert said.count("error[url-lost]") == 2
    assert "titled `Bread`, made from content/posts/bread.md" in said
    assert run(clone, "build") == 1
    assert not (clone / "public").exists()

    assert run(clone, "fix") == 0
    assert 'aliases = ["/posts/bread/"]' in (clone / "content/posts/sourdough.md").read_text()
    assert run(clone, "check") == 0
    with served(clone / "public") as address:
        assert run(clone, "build", "--base-url", f"{address}/") == 0
        page = browser.new_page()
        page.goto(f"{address}/posts/bread/")
        page.wait_for_url(f"{address}/posts/sourdough/")
        assert page.locator("h1").inner_text() == "Bread"
        picture = page.request.get(f"{address}/posts/river/bank.gif")
        assert picture.body() == GIF, "a picture at its old address is still there"
        page.close()
    assert urls(clone, "record") == 0
    assert urls(clone, "explain", "/posts/bread/") == 0
    assert "made from content/posts/sourdough.md" in capsys.readouterr().out
