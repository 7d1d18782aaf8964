"""The patterns of addresses, in every form in which a site may give them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import read
from presscheck.config import Config
from presscheck.errors import UsageError
from tests.conftest import load, render

Make = Callable[..., Path]

POST = '+++\ntitle = "{0}"\nslug = "s-{0}"\ndate = 2026-01-02T09:00:00Z\ntags = ["press"]\n+++\n\nText.\n'
FILES = {
    "content/posts/a.md": POST.format("a"),
    "content/posts/2026/b.md": POST.format("b"),
    "content/notes/c.md": POST.format("c"),
    "content/d.md": POST.format("d"),
    "layouts/all.html": "{{ .RelPermalink }}",
}
FLAT = '[permalinks]\nposts = "/p/:slug/"\n'
PAGES = '[permalinks.page]\nposts = "/p/:slug/"\nnotes = "/n/:year/:slug/"\n'
TOP = '[permalinks]\n"/" = "/top/:slug/"\n'
LISTED = '[[permalinks]]\npattern = "/q/:slug/"\n[permalinks.target]\nkind = "page"\npath = "/{posts,posts/**}"\n'
SECTIONS = FLAT + '[permalinks.section]\nposts = "/pp/"\n'
TERMS = '[permalinks]\ntags = "/t/:slug/"\n'
BY_PATH = '[[permalinks]]\npattern = "/q/:slug/"\n[permalinks.target]\npath = "/posts/2026/**"\n'


@pytest.mark.parametrize("asked", ["by us", "by Hugo"])
@pytest.mark.parametrize("written", [FLAT, PAGES, TOP, LISTED, SECTIONS, TERMS, BY_PATH])
def test_pages_are_where_the_patterns_say(site_of: Make, tmp_path: Path, written: str, asked: str) -> None:
    folder = site_of(FILES)
    text = f'baseURL = "https://example.org/"\n{written}'
    if asked == "by us":
        (folder / "config.toml").write_text(text, "utf-8")
    else:  # the configuration is a folder, so Hugo merges it and prints it in its own form
        (folder / "config.toml").unlink()
        (folder / "config/_default").mkdir(parents=True)
        (folder / "config/_default/hugo.toml").write_text(text, "utf-8")
    site = load(folder)
    assert site.config.addresses_are_known == (written not in {SECTIONS, TERMS, BY_PATH})
    assert render(folder, tmp_path / "out").status == 0
    for page in site.pages if site.config.addresses_are_known else ():
        if page.kind == "page":
            assert (tmp_path / f"out{page.address}index.html").is_file(), page.address


def test_patterns_that_are_neither_table_nor_list_are_refused(site_of: Make) -> None:
    folder = site_of({"config.toml": 'baseURL = "https://example.org/"\npermalinks = "/p/"\n'})
    root = read.find_root(folder)
    assert root
    with pytest.raises(UsageError, match="neither a table nor a list"):
        read.configured(root)


def test_rules_that_say_nothing_that_can_be_known_leave_addresses_to_hugo() -> None:
    for rules in (
        [1],
        [{"pattern": "/x/"}],
        [{"pattern": 1, "target": {"kind": "page", "path": "/*"}}],
        [{"target": "x"}],
    ):
        assert not Config.of({"permalinks": rules}).addresses_are_known
    assert Config.of({"permalinks": []}).addresses_are_known
