from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from presscheck import read, survey
from presscheck.check import active_rules, check_site
from presscheck.front_matter import read_front_matter
from presscheck.markdown import Markdown
from presscheck.suppressions import find_suppressions
from tests.conftest import load, render
from tests.test_cli import run

Make = Callable[..., Path]

HEAD = '+++\ntitle = "A walk"\ndate = 2026-03-02T09:00:00Z\n+++\n\n'

FORMS = {
    "own line": "<!-- presscheck: ignore[link-broken] soon -->\n[a](/x/) and\n[b](/y/)\n",
    "behind": "[a](/x/) <!-- presscheck: ignore[link-broken] soon -->\n",
    "for the line": "[a](/x/) <!-- presscheck: ignore-line[link-broken] soon -->\n",
    "in a cell": "| a | b |\n|---|---|\n| [a](/x/) <!-- presscheck: ignore-line[link-broken] soon --> | c |\n",
    "in a list": "- [a](/x/) <!-- presscheck: ignore-line[link-broken] soon -->\n- two\n",
    "for a range": "<!-- presscheck: off[link-broken] soon -->\n\n[a](/x/)\n\n[b](/y/)\n\n<!-- presscheck: on[link-broken] -->\n",
    "for the file": "[a](/x/)\n\n<!-- presscheck: ignore-file[link-broken] soon -->\n\n[b](/y/)\n",
    "a definition": "[//]: # (presscheck: ignore[link-broken] soon)\n\n[a](/x/)\n",
    "several rules": "[a](/x/) <!-- presscheck: ignore[image-missing,link-broken] soon -->\n\n![x](/x.png) <!-- presscheck: ignore[image-missing] soon -->\n",
    "until a day": "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-12-31 soon -->\n",
}


ENDINGS = pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])


@ENDINGS
@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_every_form_hides_the_finding_and_nothing_of_it_reaches_readers(
    site_of: Make, tmp_path: Path, body: str, ending: str
) -> None:
    folder = site_of({"content/posts/walk.md": (HEAD + body).replace("\n", ending)})
    site = load(folder)
    rules = active_rules(site.config)
    wanted = {"link-broken", "image-missing"}
    assert [each for each in check_site(site, rules) if each.rule in wanted] == []
    plain = site_of({"content/posts/walk.md": HEAD + body.replace("presscheck:", "a note:")}, "plain")
    assert [each for each in check_site(load(plain), rules) if each.rule in wanted] != []
    run_ = render(folder, tmp_path / "public")
    assert run_.status == 0
    assert "presscheck" not in (tmp_path / "public/posts/walk/index.html").read_text()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[a](/x/)\n\n[b](/y/) <!-- presscheck: ignore[link-broken] soon -->\n", 1),
        ("<!-- presscheck: ignore[link-broken] soon -->\n[a](/x/)\n\n[b](/y/)\n", 1),
        ("`<!-- presscheck: ignore-file[link-broken] soon -->`\n\n[a](/x/)\n", 1),
        ("```\n<!-- presscheck: ignore-file[link-broken] soon -->\n```\n\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore[link-broken] -->\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore -->\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore[link-broken] until=2026-11-21 soon -->\n[a](/x/)\n", 1),
        (
            "<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on[link-broken] -->\n\n[b](/y/)\n",
            1,
        ),
        ("<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on -->\n\n[b](/y/)\n", 1),
        (
            "<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on[a] -->\n\n[b](/y/)\n\n<!-- presscheck: on[a,link-broken] -->\n\n[c](/z/)\n",
            1,
        ),
    ],
)
def test_what_is_not_covered_is_reported(site_of: Make, text: str, count: int) -> None:
    site = load(site_of({"content/posts/walk.md": HEAD + text}))
    assert sum(each.rule == "link-broken" for each in check_site(site, active_rules(site.config))) == count


@pytest.mark.parametrize(
    ("front_matter", "rule"),
    [
        ('title = "A"\n# presscheck: ignore[date-no-offset] as it was\ndate = 2026-03-02T09:00:00\n', "date-no-offset"),
        ('title = "A"\ndate = 2026-03-02T09:00:00 # presscheck: ignore[date-no-offset] as it was\n', "date-no-offset"),
        (
            '# presscheck: ignore-file[date-no-offset] as it was\ntitle = "A"\ndate = 2026-03-02T09:00:00\n',
            "date-no-offset",
        ),
        (
            'date = 2026-03-02T09:00:00Z\n# presscheck: ignore[tag-case-variant] as it was\ntags = [\n  "go",\n  "Go",\n]\n',
            "tag-case-variant",
        ),
    ],
)
@ENDINGS
def test_comments_in_front_matter(site_of: Make, front_matter: str, rule: str, ending: str) -> None:
    site = load(site_of({"content/posts/walk.md": f"+++\n{front_matter}+++\n\nText.\n".replace("\n", ending)}))
    assert rule not in {each.rule for each in check_site(site, active_rules(site.config))}
    other = load(site_of({"content/posts/walk.md": f"+++\n{front_matter.replace('presscheck:', 'x')}+++\n"}, "other"))
    assert rule in {each.rule for each in check_site(other, active_rules(other.config))}


def test_text_in_quotes_is_no_comment() -> None:
    text = '+++\ntitle = "# presscheck: ignore-file[link-broken] soon"\n+++\n'
    assert find_suppressions(text, read_front_matter(text), Markdown()) == ()


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("<!-- presscheck: ignore[a] why - so  -->", "why - so"),
        ("<!-- presscheck: ignore[a]-->", ""),
        ("<!-- presscheck: ignore[a] this --> and <!-- that -->", "this"),
        ("[//]: # (presscheck: ignore[a] this (and that) )  ", "this (and that)"),
    ],
)
def test_a_reason_ends_where_the_comment_ends(comment: str, reason: str) -> None:
    (found,) = find_suppressions(comment, read_front_matter(comment), Markdown())
    assert (found.verb, [name for name, _ in found.rules], found.reason) == ("ignore", ["a"], reason)


def test_a_comment_that_says_nothing_has_no_verb() -> None:
    text = "<!-- presscheck: -->"
    (found,) = find_suppressions(text, read_front_matter(text), Markdown())
    assert (found.verb, found.rules, found.reason, found.span) == ("", (), "", (0, len(text)))


def test_an_end_is_remembered_no_longer_than_it_holds(site_of: Make) -> None:
    body = "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-11-30 soon -->\n"
    folder = site_of({"content/posts/walk.md": HEAD + body})
    root = read.find_root(folder)
    assert root
    for day, expected in ((22, []), (30, []), (1, ["link-broken", "suppression-expired"])):
        clock = datetime(2026, 12 if day == 1 else 11, day, 12, tzinfo=UTC)
        assert sorted({each.rule for each in survey.check(root, clock).diagnostics}) == expected


def test_an_end_is_the_same_wherever_the_clock_is_told(site_of: Make) -> None:
    folder = site_of(
        {"content/posts/walk.md": HEAD + "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-11-30 soon -->\n"}
    )
    root = read.find_root(folder)
    assert root
    late_in_new_york = datetime(2026, 11, 30, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    for clock in (late_in_new_york, late_in_new_york.astimezone(UTC)):
        found = check_site(read.read_site(root, clock), active_rules(read.read_site(root, clock).config))
        assert sorted({each.rule for each in found}) == ["link-broken", "suppression-expired"]


def test_add_ignore_silences_everything_and_keeps_every_other_line(site_of: Make) -> None:
    texts = {
        "content/posts/a.md": HEAD
        + "[a](/x/) and [b](/y/)\n\n## A ![](z.png)\n\n- [c](/z/)\n\n| a |\n|---|\n| [d](/q/) |\n\n```go\nopen\n",
        "content/posts/b.md": '+++\ntitle = "B"\ndate = 2026-03-02T09:00:00\ntags = ["go",\n "go"]\n+++\n\nText.\n',
        "content/posts/c.md": "---\ntitle: C\ndate: 2026-03-02T09:00:00\n---\n\nText.\n",
        "content/posts/d.md": '{"title": "D", "date": "2026-03-02T09:00:00"}\n\nText.\n',
    }
    folder = site_of(texts)
    clock = ("--clock", "2026-11-22T12:00:00Z")
    assert run("check", "--fail-on", "info", *clock, cwd=folder).returncode == 1
    assert run("fix", "--add-ignore", "the old site had it so", *clock, cwd=folder).returncode == 0
    assert run("check", "--fail-on", "info", *clock, cwd=folder).returncode == 0
    for path, text in texts.items():
        now = (folder / path).read_text().splitlines()
        kept = [
            line.partition(" <!-- presscheck:")[0] for line in now if not line.startswith(("# press", "<!-- press"))
        ]
        assert [line for line in kept if line] == [line for line in text.splitlines() if line]
    assert run("fix", "--add-ignore", "a] b", cwd=folder).returncode == 2
