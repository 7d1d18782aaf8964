"""The fast model of addresses against the real Hugo."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import urls
from tests.conftest import findings_in, load, render, write

Make = Callable[..., Path]

BARE = 'baseURL = "https://site.example/"\ndisableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]\n'
SOURCE = "{{ with .File }}{{ .Path }}{{ end }}"
"""A template that prints its own page's file, so that each rendered page names its source."""


def post(**keys: str) -> str:
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'+++\ntitle = "T"\ndate = 2024-01-05T23:30:00-08:00\n{lines}+++\n'


FILES = {
    "posts/plain.md": post(),
    "posts/My Post.v2.md": post(),
    "posts/ÜBer.md": post(),
    "posts/a+b.md": post(),
    "posts/1.2.md": post(),
    "posts/_x.md": post(),
    "posts/it's (ok).md": post(),
    "posts/tilde~x.md": post(),
    "posts/sharp#.md": post(),
    "posts/x.en.md": post(),
    "posts/y.fr.md": post(),
    "posts/slug-form.md": post(slug='"My Slug!"'),
    "posts/slug-path.md": post(slug='"UP/per.x"'),
    "posts/slug-cjk.md": post(slug='"日本 語"'),
    "posts/slug-pad.md": post(slug='" pad "'),
    "posts/slug-hex.md": post(slug='"a%20b"'),
    "posts/url-root.md": post(url='"/foo"'),
    "posts/url-relative.md": post(url='"bar/Baz Q/"'),
    "posts/url-file.md": post(url='"/x.html"'),
    "posts/url-token.md": post(url='"/tok/:slug/"'),
    "posts/url-dots.md": post(url='"/a//b/../c/"'),
    "posts/bundle/index.md": post(),
    "posts/bundle-with-slug/index.md": post(slug='"bb"'),
    "Blog Posts/Deep Dir/X.md": post(),
    "nest/deep/q.md": post(),
    "nest/deep/_index.md": post(),
    "top.md": post(),
    "dated/t.md": post(title='"Hello, Wörld & Co"').replace('title = "T"\n', ""),
    "dated/u.md": post(slug='"s l"'),
    "old/v.md": post(),
}
PERMALINKS = (
    '\n[permalinks]\ndated = "/:year/:month/:day/:slug/"\n[permalinks.page]\nold = "/archive/:section/:filename"\n'
)


def test_addresses_are_those_that_hugo_makes(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({f"content/{path}": text for path, text in FILES.items()})
    with (folder / "config.toml").open("a") as config:
        config.write(PERMALINKS)
    # The template prints its own file's path, so that each rendered page names its source.
    (folder / "layouts/all.html").write_text("{{ with .File }}{{ .Path }}{{ end }}")
    output = tmp_path / "public"
    assert render(folder, output).status == 0
    made = {
        html.unescape(path.read_text("utf-8")): "/" + path.relative_to(output).as_posix()
        for path in output.rglob("*.html")
    }
    site = load(folder)
    modelled = {}
    for page in site.pages:
        assert page.address is not None
        modelled[page.path] = page.address if page.address.endswith(".html") else f"{page.address}index.html"
    assert modelled == {path: made[path] for path in modelled}


DEEP = (
    *("a/_index.md", "a/b/_index.md", "a/b/c/_index.md", "a/b/c/d/_index.md", "a/o/p/_index.md"),
    *("a/y.md", "a/n/z.md", "a/b/n/leaf/index.md", "a/b/c/d/x.md", "a/o/r.md", "a/o/p/q.md"),
)
"""Pages in sections, in folders that are none, and in such as have one below."""


@pytest.mark.parametrize(
    "pattern",
    [
        ":sections", ":sections[0]", ":sections[1]", ":sections[last]", ":sections[1:]", ":sections[:1]", ":sections[:last]",
        ":sections[1:2]", ":sections[1:last]", ":sections[2:9]", ":sections[9]", ":sections[5:]", ":sections[last:]",
        f":sections[{'1' * 5000}:]", f":sections[:{'1' * 5000}]", f":sections[{'0' * 5000}1]",
        ":monthname/:weekday-:weekdayname/:yearday",
    ],
)  # fmt: skip
def test_patterns_with_sections_and_days_are_filled_in_as_hugo_does(
    site_of: Make, tmp_path: Path, pattern: str
) -> None:
    folder = site_of({f"content/{path}": post() for path in DEEP})
    with (folder / "config.toml").open("a") as config:
        config.write(f'\n[permalinks.page]\na = "/n/{pattern}/:filename/"\n')
    assert render(folder, tmp_path / "out").status == 0
    made = {f"/{path.relative_to(tmp_path / 'out').parent}/" for path in (tmp_path / "out/n").rglob("index.html")}
    assert {page.address for page in load(folder).pages if page.kind == "page"} == made


@pytest.mark.parametrize(
    "pattern", ["/:sectionslugs/:slug/", "/:2006-01/:slug/", "/:sections[-1]/:slug/", "/:slug[1:]/"]
)
def test_where_a_pattern_has_more_in_it_no_address_is_known(site_of: Make, pattern: str) -> None:
    folder = site_of({"content/posts/tea.md": post()})
    with (folder / "config.toml").open("a") as config:
        config.write(f'\n[permalinks.page]\nposts = "{pattern}"\n')
    site = load(folder)
    assert not site.config.addresses_are_known
    assert [page.address for page in site.pages] == [None]


LITERALS = (
    *(
        "/Blog Posts/:slug/",
        "/Blog/:slug/",
        "/a&b/:slug/",
        "/x.y/:slug",
        "/:slug.html",
        "/:slug/index.html",
        "/é/:slug/",
    ),
    *("/Up:slug/", "/a  b/:slug/", "blog/:slug", "/a--b/:slug/", "/it's/:slug/", "/a%20b/:slug/", "/a+b/:slug/"),
    *(
        "/-x-/:slug/",
        "/:section/:slug.HTM",
        "/a//b/:slug/",
        "/a b:slug c/",
        "/#x/:slug/",
        "/?q/:slug/",
        "/my blog-:slug",
    ),
    *("/:slug.v2", "/:title/:filename", "/:slugorfilename/:section"),
)
"""Patterns with more than tokens in them."""
SLUGS = ("plain", "a+b", "a%20b", "A & B", "50%", "it's", "x.html", "a/b")
URLS = (
    *(
        "/v1.2/guide",
        "/v1.2/tour/",
        "/v1.2/guide.html",
        "./b",
        "/u/.",
        "/c.d/",
        "/q.d",
        "/x.HTML",
        "/x.tar.gz",
        "/.x",
        "/x.",
    ),
    *(
        "/a/../e",
        "/a/./b/",
        "../up",
        "/v1.2/../f",
        "/a/./g",
        "/a/b/../h.d",
        "/i..b/c",
        "/UP/Case",
        "/a b/c",
        "/a&b",
        "/a?b",
        "/j%20b/",
    ),
    *(
        "/c/:slug.html",
        "/d/:slug",
        "/:slug.v2",
        "/:slug.v3/",
        "/v1.2/:slug",
        "/BIG/:slug/",
        "/k b/:slug/",
        "/l&b/:slug/",
    ),
    *("/m%20b/:slug/", "/n+b/:slug/", "/:year/x.html", "/:filename.htm", "/o/:title/:filename/"),
)
"""Addresses as front matter sets them."""


def made_by_hugo(folder: Path, output: Path) -> dict[str, str]:
    """The address of each page, by its file, in a site whose pages say what file they come from."""
    assert render(folder, output).status == 0
    found = {
        path.read_text("utf-8"): f"/{path.relative_to(output).as_posix()}"
        for path in output.rglob("*")
        if path.is_file()
    }
    return {html.unescape(name): address.removesuffix("index.html") for name, address in found.items() if name}


@pytest.mark.parametrize("slug", SLUGS)
def test_all_that_stands_in_a_pattern_becomes_part_of_an_address(tmp_path: Path, slug: str) -> None:
    patterns = "".join(f'p{at} = "/{at}/{pattern.lstrip("/")}"\n' for at, pattern in enumerate(LITERALS))
    files = {
        f"content/p{at}/T+a b.md": post(slug=f'"{slug}"', title='"B+T%20 x"').replace('title = "T"\n', "")
        for at in range(len(LITERALS))
    }
    folder = write(
        tmp_path / "site", {"hugo.toml": f"{BARE}[permalinks.page]\n{patterns}", "layouts/all.html": SOURCE, **files}
    )
    assert {page.path: page.address for page in load(folder).pages} == made_by_hugo(folder, tmp_path / "out")


def test_an_address_with_a_dot_in_it_is_that_of_a_file(tmp_path: Path) -> None:
    files = {f"content/posts/t{at}.md": post(url=f'"{url}"', slug=f'"s{at}"') for at, url in enumerate(URLS)}
    folder = write(tmp_path / "site", {"hugo.toml": BARE, "layouts/all.html": SOURCE, **files})
    assert {page.path: page.address for page in load(folder).pages} == made_by_hugo(folder, tmp_path / "out")


def test_a_link_to_a_file_without_an_ending_needs_no_slash(site_of: Make) -> None:
    links = "See [one](/v1.2/guide), [two](/c/see.html)."
    files = {
        "content/posts/one.md": post(url='"/v1.2/guide"'),
        "content/posts/see.md": post(url='"/c/:slug.html"', slug='"see"'),
        "content/posts/all.md": f"{post()}\n{links}\n",
    }
    assert not [
        rule for rule, path in findings_in(site_of(files)) if path.endswith("all.md") and rule.startswith("link")
    ]
    broken = {**files, "content/posts/all.md": f"{post()}\nSee [one](/v1.2/guide/).\n"}
    assert ("link-broken", "content/posts/all.md") in findings_in(site_of(broken, "broken"))


TERMS = [
    "C#", "C++", "a b", "a--b", "x_y", "Ü ber", "a.b", "go!", "R&D", " pad ", "50%", "a%20b", "it's", "a,b", "é", "🚀 x", "A:B", "(x)",
    "~t", "@me", "x?y", "İstanbul", "ſ", "ß", "A  B", "-x-", "日本 語", "a|b", "x—y", "e\u0301", "a\u00a0b", "ΣΑΣ", "ǅ", "½x", "①a", "a\u200bb",
]  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_paths_of_terms_are_clean(term: str) -> None:
    path = urls.term_path(term)
    assert path
    assert " " not in path
    assert path == urls.term_path(path)


def test_paths_of_terms_are_those_that_hugo_makes(site_of: Make, tmp_path: Path) -> None:
    files = {f"content/posts/p{at}.md": post(tags=f'["{term}"]') for at, term in enumerate(TERMS)}
    folder = site_of(files)
    (folder / "layouts/all.html").write_text("{{ range .Pages }}{{ with .File }}{{ .Path }} {{ end }}{{ end }}")
    output = tmp_path / "public"
    assert render(folder, output).status == 0
    folders = {path.parent.name for path in (output / "tags").rglob("index.html") if path.parent != output / "tags"}
    assert folders == {urls.term_path(term) for term in TERMS}
    for term in TERMS:
        sharing = {f"posts/p{at}.md" for at, other in enumerate(TERMS) if urls.term_path(other) == urls.term_path(term)}
        listed = set((output / "tags" / urls.term_path(term) / "index.html").read_text("utf-8").split())
        assert listed
        assert listed <= sharing, term


@pytest.mark.parametrize(
    ("base", "destination", "path"),
    [
        ("/posts/a/", "b/", "/posts/a/b/"),
        ("/posts/a/", "../b/", "/posts/b/"),
        ("/posts/a/", "../../../b", "/b"),
        ("/posts/a/", "/x%20y/", "/x y/"),
        ("/x.html", "y.html", "/y.html"),
        ("/", "/", "/"),
    ],
)
def test_joining(base: str, destination: str, path: str) -> None:
    assert urls.joined(base, destination) == path
