from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.why import why
from tests.conftest import CLOCK, load

Make = Callable[..., Path]

POST = '+++\ntitle = "{0}"\ndate = 2026-03-02T09:00:00Z\n{1}+++\n\nText.\n'

FILES = {
    "config.toml": 'baseURL = "https://site.example/"\ntitle = "A site"\ntimeZone = "Europe/Vienna"\n'
    '[taxonomies]\ntag = "tags"\n',
    "content/posts/plain.md": POST.format("Plain", 'tags = ["Go", "AI"]\n'),
    "content/posts/draft.md": POST.format("Draft", "draft = true\nexpiryDate = 2026-04-01\n"),
    "content/posts/future.md": '+++\ntitle = "Future"\ndate = 2026-11-22T16:00:00+01:00\n+++\n',
    "content/posts/never.md": '+++\ntitle = "Never"\ndate = 9999-12-31T23:59:59Z\n+++\n',
    "content/posts/expired.md": POST.format("Expired", "expiryDate = 2026-11-01T00:00:00Z\n"),
    "content/posts/unlisted.md": POST.format("Unlisted", '[build]\nlist = "never"\n'),
    "content/posts/unrendered.md": POST.format("Unrendered", '[build]\nrender = "never"\n'),
    "content/posts/broken.md": '+++\ntitle = "Broken\n+++\n',
    "content/posts/one.md": POST.format("One", 'slug = "same"\n'),
    "content/posts/same.md": POST.format("Same", ""),
    "content/posts/bundle/index.md": POST.format("Bundle", ""),
    "content/posts/bundle/part.md": POST.format("Part", ""),
    "content/posts/notes.txt": "notes",
}


@pytest.mark.parametrize(
    ("file", "is_published", "reason"),
    [
        ("content/posts/plain.md", True, None),
        ("content/posts/draft.md", False, "it is a draft: `draft = true` in line 4"),
        (
            "content/posts/future.md",
            False,
            "it is dated in the future: `date = 2026-11-22T16:00:00+01:00` in line 3, that is 2026-11-22 16:00+01:00 (Europe/Vienna), 3 h from now",
        ),
        (
            "content/posts/never.md",
            False,
            "it is dated in the future: `date = 9999-12-31T23:59:59Z` in line 3, that is 9999-12-31 23:59+00:00 (UTC), 2912117 days from now",
        ),
        (
            "content/posts/expired.md",
            False,
            "it has expired: `expiryDate = 2026-11-01T00:00:00Z` in line 4, that is 2026-11-01 01:00+01:00 (Europe/Vienna), 21 days ago",
        ),
        ("content/posts/unlisted.md", True, None),
        ("content/posts/unrendered.md", False, "`build.render` in its front matter says that no page is made of it"),
        (
            "content/posts/one.md",
            True,
            "content/posts/same.md makes the same address, and Hugo publishes only one of them",
        ),
        ("content/posts/bundle/index.md", True, None),
        (
            "content/posts/bundle/part.md",
            False,
            "content/posts/bundle/index.md makes its folder one page, and Hugo takes this file for a part of it, not for a page",
        ),
    ],
)
def test_the_reason_is_named_and_hugo_says_the_same(
    site_of: Make,
    file: str,
    is_published: bool,  # noqa: FBT001 - a parameter of the test
    reason: str | None,
) -> None:
    folder = site_of({name: text for name, text in FILES.items() if "broken" not in name})
    answer = why(load(folder), file)
    assert answer.is_published is is_published
    assert answer.reasons[:1] == ((reason,) if reason else ())
    if "/un" not in file:  # Hugo's list leaves out what is in no list, and keeps what has no page
        assert (file in hugo.published(folder, CLOCK)) is is_published


def test_every_reason_is_named(site_of: Make) -> None:
    site = load(site_of(FILES))
    assert len(why(site, "content/posts/draft.md").reasons) == 2
    assert why(site, "content/posts/broken.md").reasons[0].startswith("Hugo cannot read its front matter")


def test_what_is_no_page_is_said(site_of: Make) -> None:
    site = load(site_of(FILES))
    assert "a page's name ends in" in why(site, "content/posts/notes.txt").reasons[0]
    assert why(site, "content/posts/none.md").reasons == ("there is no such file",)
    assert "where the pages are" in why(site, "config.toml").reasons[0]


def test_lists_and_feeds_are_those_that_hugo_makes(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"content/posts/plain.md": FILES["content/posts/plain.md"], "config.toml": FILES["config.toml"]})
    answer = why(load(folder), "content/posts/plain.md")
    output = tmp_path / "public"
    output.mkdir()
    hugo.build(folder, output, clock=CLOCK, cache_folder=tmp_path / "cache", time_limit=60)
    assert "/tags/go/index.xml" in answer.lists
    for path in answer.lists:
        page = output / path.lstrip("/") / "index.html" if path.endswith("/") else output / path.lstrip("/")
        assert "/posts/plain/" in page.read_text(), path
    assert why(load(site_of(FILES, "other")), "content/posts/unlisted.md").lists == ()
