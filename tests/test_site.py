"""The model of the site: what is published, where links lead; visibility is held against the real Hugo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from presscheck.links import Links
from presscheck.page import Page, Visibility
from presscheck.site import Site
from tests.conftest import CLOCK, findings_in, load, render, write

Make = Callable[..., Path]


def post(keys: str = "", body: str = "") -> str:
    return f'+++\ntitle = "T"\n{keys}\n+++\n\n{body}\n'


FRONT_MATTER = {
    "plain": "date = 2026-03-02T09:00:00Z",
    "draft": "date = 2026-03-02T09:00:00Z\ndraft = true",
    "draft-text-true": 'date = 2026-03-02T09:00:00Z\ndraft = "True"',
    "draft-text-yes": 'date = 2026-03-02T09:00:00Z\ndraft = "yes"',
    "draft-one": "date = 2026-03-02T09:00:00Z\ndraft = 1",
    "draft-list": "date = 2026-03-02T09:00:00Z\ndraft = []",
    "draft-upper-key": "date = 2026-03-02T09:00:00Z\nDraft = true",
    "future": "date = 2026-11-22T12:00:01Z",
    "just-now": "date = 2026-11-22T11:59:59Z",
    "future-by-offset": "date = 2026-11-22T11:30:00-01:00",
    "past-by-offset": "date = 2026-11-22T12:30:00+01:00",
    "future-local": "date = 2026-11-22T13:00:00",
    "today": "date = 2026-11-22",
    "tomorrow": "date = 2026-11-23",
    "publish-date": "date = 2026-03-02T09:00:00Z\npublishDate = 2027-01-01T00:00:00Z",
    "published-early": "date = 2027-01-01T00:00:00Z\npublishDate = 2026-01-01T00:00:00Z",
    "pubdate": "date = 2026-03-02T09:00:00Z\npubdate = 2027-01-01T00:00:00Z",
    "lastmod-only": "lastmod = 2027-01-01T00:00:00Z",
    "expired": "date = 2026-03-02T09:00:00Z\nexpiryDate = 2026-04-01T00:00:00Z",
    "unpublished": "date = 2026-03-02T09:00:00Z\nunpublishdate = 2026-04-01T00:00:00Z",
    "expires-later": "date = 2026-03-02T09:00:00Z\nexpiryDate = 2027-04-01T00:00:00Z",
    "expires-never": "date = 2026-03-02T09:00:00Z\nexpiryDate = 0001-01-01",
    "expires-at-last": "date = 2026-03-02T09:00:00Z\nexpiryDate = 9999-12-31T23:59:59",
    "dated-at-first": "date = 0001-01-01",
    "dated-at-last": "date = 9999-12-31T23:59:59",
    "no-date": "",
    "number": "date = 20240105",
    "text-date": 'date = "2027-01-05T10:00:00Z"',
    "text-day": 'date = "2027-01-05"',
    "text-space": 'date = "2027-01-05 10:00:00"',
    "text-rfc": 'date = "Tue, 05 Jan 2027 10:00:00 +0100"',
    "text-words": 'date = "05 Jan 2027"',
    "never-rendered": "date = 2026-03-02T09:00:00Z\n[build]\nrender = 'never'",
    "captured-draft": "date = 2026-03-02T09:00:00Z\n[params]\ndraft = true",
}


@pytest.mark.parametrize("zone", ["UTC", "Australia/Sydney", "America/St_Johns"])
def test_what_is_published_is_what_hugo_publishes(site_of: Make, tmp_path: Path, zone: str) -> None:
    folder = site_of({f"content/posts/{name}.md": post(keys) for name, keys in FRONT_MATTER.items()})
    config = folder / "config.toml"
    config.write_text(config.read_text().replace('timeZone = "UTC"', f'timeZone = "{zone}"'))
    output = tmp_path / "public"
    assert render(folder, output).status == 0
    published = {path.parent.name for path in output.glob("posts/*/index.html")}
    site = load(folder)
    assert {page.stem for page in site.published} == published
    assert {page.stem for page in site.pages if page.visibility(CLOCK) is Visibility.PUBLISHED} == published


def page_of(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == path)


@pytest.fixture
def linked(site_of: Make) -> Site:
    dated = "date = 2026-03-02T09:00:00Z"
    links = [
        "[a](/posts/b/)", "[a](/posts/b)", "[a](../b/)", "[a](/posts/b/#two-words)", "[a](/posts/)", "[a](/tags/)", "[a](/tags/go/)", "[a](/)",
        "[a](/posts/index.xml)", "[a](/old/)", "[a](/files/paper.pdf)", "[a](/posts/bundle/pic.png)", "[a](https://site.example/posts/b/)",
        "[a](https://other.example/none/)", "[a](mailto:x@y.z)", "[a](#)", "[a](?q=1)", "[a](/posts/page/2/)", "[a](/posts/%C3%BCber/)",
        "![a](/posts/bundle/pic.png)", '[a]({{< ref "b.md" >}})', '[a]({{< relref "/posts/b" >}})', "<https://site.example/posts/b/>",
    ]  # fmt: skip
    broken = [
        "[x](/posts/none/)", "[x](b.md)", "[x](/posts/draft/)", "[x](/posts/b/deeper/)", "[x](/tags/rust/)", "![x](pic.png)", "[x](/Posts/B/)",
        '[x]({{< ref "none.md" >}})', "[x](https://site.example/none/)",
    ]  # fmt: skip
    files: dict[str, str | bytes] = {
        "content/posts/a.md": post(dated, "\n\n".join(links + broken)),
        "content/posts/b.md": post(f'{dated}\ntags = ["Go"]\naliases = ["/old/"]', "## Two words"),
        "content/posts/über.md": post(dated),
        "content/posts/draft.md": post(f"{dated}\ndraft = true"),
        "content/posts/bundle/index.md": post(dated, "![p](pic.png)"),
        "content/posts/bundle/pic.png": b"\x89PNG",
        "static/files/paper.pdf": b"%PDF",
    }
    return load(site_of(files))


def test_links_lead_where_hugo_puts_things(linked: Site) -> None:
    page = page_of(linked, "posts/a.md")
    wrong = {
        link.destination
        for link in page.markdown.links
        if link.text == "x" and linked.once(Links).resolve(page, link).is_found
    }
    missed = {
        link.destination
        for link in page.markdown.links
        if link.text != "x" and not linked.once(Links).resolve(page, link).is_found
    }
    assert (wrong, missed) == (set(), set())
    bundle = page_of(linked, "posts/bundle/index.md")
    assert all(linked.once(Links).resolve(bundle, link).is_found for link in bundle.markdown.links)


def test_a_link_knows_its_page_and_fragment(linked: Site) -> None:
    page = page_of(linked, "posts/a.md")
    link = next(link for link in page.markdown.links if link.destination.endswith("#two-words"))
    found = linked.once(Links).resolve(page, link)
    assert found.page is page_of(linked, "posts/b.md")
    assert (found.address, found.fragment) == ("/posts/b/", "two-words")
    draft = next(link for link in page.markdown.links if "draft" in link.destination)
    assert linked.once(Links).resolve(page, draft).page is page_of(linked, "posts/draft.md")


def test_a_link_past_the_path_of_a_site_is_told_with_what_was_meant(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://me.example/sub/"\n',
        "layouts/all.html": "Text: {{ .Content }}",
        "content/posts/a.md": post(
            "date = 2026-03-02T09:00:00Z", "[b](/posts/b/) [ours](/sub/posts/b/) [theirs](/other/) ![a line](/pic.svg)"
        ),
        "content/posts/b.md": post("date = 2026-03-02T09:00:00Z"),
        "static/pic.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    }
    folder = write(tmp_path / "site", files)
    assert render(folder, tmp_path / "out").status == 0
    assert 'href="/posts/b/"' in (tmp_path / "out/posts/a/index.html").read_text("utf-8")
    site = load(folder)
    told = {each.rule: each.help for each in check_site(site, active_rules(site.config)) if each.path.endswith("a.md")}
    assert told == {"link-broken": "write `/sub/posts/b/`", "image-missing": "write `/sub/pic.svg`"}


def test_an_address_of_another_host_is_not_the_sites_own(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "/"\n',
        "content/posts/a.md": post(
            "date = 2026-03-02T09:00:00Z", "[b](//cdn.example/b/) ![a line](//cdn.example/pic.svg)"
        ),
    }
    found = findings_in(write(tmp_path / "site", files))
    assert {rule for rule, _ in found}.isdisjoint({"link-broken", "image-missing"})


def test_pages_that_a_program_makes_are_left_to_hugo(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://site.example/"\n',
        "layouts/all.html": "Text: {{ .Content }}",
        "content/books/_content.gotmpl": '{{ .AddPage (dict "path" "sea" "title" "The sea") }}',
        "content/posts/a.md": post("date = 2026-03-02T09:00:00Z", "[sea](/books/sea/)"),
    }
    folder = write(tmp_path / "site", files)
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/books/sea/index.html").exists()
    assert ("link-broken", "content/posts/a.md") not in findings_in(folder)


def test_a_leaf_bundle_owns_what_lies_below_it(site_of: Make) -> None:
    keys = "date = 2026-03-02"
    paths = [
        "posts/_index.md",
        "posts/b/index.md",
        "posts/b/part.md",
        "posts/b/deep/index.md",
        "posts/b/deep/part.md",
        "posts/c.md",
    ]
    site = load(site_of({f"content/{path}": post(keys) for path in paths}))
    owned = {page.path: owner.path for page in site.pages if (owner := site.owner(page))}
    assert owned == {
        "posts/b/part.md": "posts/b/index.md",
        "posts/b/deep/index.md": "posts/b/index.md",
        "posts/b/deep/part.md": "posts/b/deep/index.md",
    }


def test_a_scheduled_post_appears_in_time(site_of: Make) -> None:
    site = load(site_of({"content/posts/later.md": post("date = 2026-11-22T13:00:00Z")}))
    (page,) = site.pages
    assert page.visibility(CLOCK) is Visibility.FUTURE
    assert page.visibility(CLOCK + timedelta(hours=1)) is Visibility.PUBLISHED


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("_index.md", "home"),
        ("posts/_index.md", "section"),
        ("tags/_index.md", "taxonomy"),
        ("tags/go/_index.md", "term"),
        ("posts/a.md", "page"),
        ("posts/b/index.md", "page"),
        ("tags/go.md", "page"),
    ],
)
def test_kinds(site_of: Make, path: str, kind: str) -> None:
    (page,) = load(site_of({f"content/{path}": post("date = 2026-03-02")})).pages
    assert page.kind == kind


def test_tags_below_params_count_as_in_hugo(site_of: Make, tmp_path: Path) -> None:
    folder = site_of({"content/posts/a.md": post('date = 2026-03-02\ntags = ["top"]\n[params]\ntags = ["below"]')})
    render(folder, tmp_path / "public")
    assert {path.parent.name for path in (tmp_path / "public/tags").glob("*/index.html")} == {"below"}
    assert [term.name for term in load(folder).terms] == ["below"]
