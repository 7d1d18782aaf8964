"""What a configuration may say, in every form in which a site may say it, and what it may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import read
from presscheck.config import Config
from presscheck.errors import UsageError
from tests.conftest import findings_in, load, render

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


@pytest.mark.parametrize(
    "line",
    [
        *("params:", "module:", "markup:", "taxonomies:", "permalinks:", "outputFormats:", "disableKinds:", "outputs:"),
        *("contentDir:", "staticDir:", "assetDir:", "layoutDir:", "ignoreFiles:", "ignoreFiles: 34567", "timeZone:"),
        *("markup: {goldmark: }", "params: {presscheck: }", "defaultContentLanguage:"),
    ],
)
def test_a_key_without_a_value_means_what_it_means_to_hugo(site_of: Make, tmp_path: Path, line: str) -> None:
    folder = site_of({**FILES, "static/s.txt": "s"})
    (folder / "config.toml").unlink()
    (folder / "hugo.yaml").write_text(f"baseURL: https://example.org/\n{line}\n", "utf-8")
    assert render(folder, tmp_path / "out").status == 0
    site = load(folder)
    pages = {f"/{path.parent.relative_to(tmp_path / 'out')}/" for path in (tmp_path / "out").rglob("index.html")}
    assert {page.address for page in site.pages} <= pages
    assert {term.address for term in site.terms} == {address for address in pages if address.startswith("/tags/p")}
    assert site.static == {"s.txt"}


@pytest.mark.parametrize("key", ["assetDir", "dataDir", "i18nDir", "archetypeDir"])
def test_a_folder_has_no_name_with_nul_in_it(site_of: Make, key: str) -> None:
    root = read.find_root(site_of({"config.toml": f'baseURL = "https://example.org/"\n{key} = "\\u0000"\n'}))
    assert root
    with pytest.raises(UsageError, match="NUL is in it"):
        read.configured(root)


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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("permalinks.page = 3", "`permalinks.page` in config.toml is no pattern"),
        ("permalinks.page.posts = []", "`permalinks.page.posts` in config.toml is no pattern"),
        ("permalinks.posts = 3", "`permalinks.posts` in config.toml is no pattern"),
        ("permalinks.page.posts.en = 'x'", "`permalinks.page.posts` in config.toml is no pattern"),
        ('contentDir = "a\\u0000b"', "`contentdir` in config.toml names no folder: NUL is in it"),
        ('staticDir = ["static", "\\u0000"]', "`staticdir` in config.toml names no folder: NUL is in it"),
        ("contentDir = {}", "`contentdir` in config.toml is not a text"),
        ("staticDir = [{}]", "`staticdir` in config.toml is not a text"),
        ("timeZone = []", "`timezone` in config.toml is not a text"),
        ("languages.en = 3", "`languages.en` in config.toml is not a table"),
        ("outputFormats = 3", "`outputformats` in config.toml is not a table"),
        ("module.mounts = 3", "`module.mounts` in config.toml is not a list of tables"),
        ("markup.goldmark.parser = 3", "`markup.goldmark.parser` in config.toml is not a table"),
        ('baseURL = "http://[::1"', "`baseURL` in config.toml is no address: Invalid IPv6 URL"),
    ],
)
def test_what_hugo_refuses_is_refused_with_its_name(site_of: Make, tmp_path: Path, written: str, said: str) -> None:
    base = "" if written.startswith("baseURL") else 'baseURL = "https://example.org/"\n'
    folder = site_of({**FILES, "config.toml": f"{base}{written}\n"})
    root = read.find_root(folder)
    assert root
    with pytest.raises(UsageError) as refused:
        read.configured(root)
    assert str(refused.value).startswith(said)
    assert render(folder, tmp_path / "out").status != 0


def test_a_folder_of_a_language_that_is_no_text_is_refused() -> None:
    with pytest.raises(UsageError, match=r"`languages.en.contentdir` in .* is not a text"):
        Config.of({"languages": {"en": {"contentDir": {}}}})


def test_a_list_where_a_word_belongs_is_no_word(site_of: Make) -> None:
    config = 'baseURL = "https://example.org/"\nmarkup.goldmark.renderHooks.link.useEmbedded = []\n'
    assert not load(site_of({**FILES, "config.toml": config})).templates.link_hook


@pytest.mark.parametrize(
    "written",
    [
        'disableLanguages = "de"',
        'disableKinds = "rss"',
        "frontmatter.date = 3",
        'frontmatter.date = ":fileModTime"',
        "frontmatter = 3",
        "markup.goldmark.renderHooks.link.useEmbedded = 'never'",
        "contentDir = 3",
        "staticDir = 3",
    ],
)
def test_what_hugo_takes_is_taken(site_of: Make, tmp_path: Path, written: str) -> None:
    languages = "[languages.en]\n[languages.de]\n" if "Languages" in written else ""
    folder = site_of({**FILES, "config.toml": f'baseURL = "https://example.org/"\n{written}\n{languages}'})
    assert render(folder, tmp_path / "out").status == 0
    findings_in(folder)


def test_a_text_by_itself_counts_as_a_list_of_one() -> None:
    known = Config.of({"disableKinds": "RSS", "languages": {"en": {}, "de": {}}, "disableLanguages": "de"})
    assert (known.disabled_kinds, known.languages_off) == (frozenset({"rss"}), frozenset({"de"}))
    assert Config.of({"disableKinds": ["RSS", 3]}).disabled_kinds == frozenset({"rss"})
    assert Config.of({"frontmatter": {"date": 3}}).texts("frontmatter", "date") == ()
