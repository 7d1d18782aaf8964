"""Where the dates of a page come from, as Hugo finds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from presscheck import dates
from presscheck.check import active_rules, check_site
from presscheck.dates import as_instant, in_zone
from presscheck.diagnostics import Applicability, Diagnostic, Severity
from presscheck.page import Page
from tests.conftest import findings_in, load, render, write

Make = Callable[..., Path]
VIENNA = ZoneInfo("Europe/Vienna")
NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

CONFIG = """\
baseURL = "https://site.example/"
timeZone = "Europe/Vienna"
disableKinds = ["rss", "sitemap", "taxonomy", "404"]
[permalinks.page]
dated = "/:year/:month/:day/:slugorfilename/"
[frontmatter]
"""
LAYOUT = (
    "{{ with .File }}{{ .Path }}{{ end }}|{{ range slice .Date .PublishDate .ExpiryDate }}{{ .UTC.Unix }}|{{ end }}"
)
NAMES = (
    *("2024-01-05-my-post.md", "2024-01-05.md", "2024-01-05_your post.md", "2024-01-05my.md", "2024-01-05 - gap.md"),
    *("2024-01-05-14-30-00-x.md", "2024-01-05-14-30-00.md", "2024-01-05T14-30-00-y.md", "2024-01-05 14-30-00 s.md"),
    *("2024-01-05_14-30-00-u.md", "2024-01-05-14_30_00-v.md", "2024-01-05-14-30-q.md", "2024-01-05-25-00-00-r.md"),
    *("2024-01-05--dash--.md", "2024-01-05-14-30-001-z.md", "2024-01-05-Some Thing.de.md", "2024-01-05-14.45.00-w.md"),
    *("2024-1-5-z.md", "2024-02-31-bad.md", "20240105-c.md", "x-2024-01-05.md", "12024-01-05-n.md", "plain.md"),
    *(
        "2024-01-06-bundle/index.md",
        "2024-01-06-14-30-00-b/index.md",
        "2024-01-06-p.y/index.md",
        "2024-01-06-deep/a.md",
    ),
)
KEYS = {
    "2024-01-07-own.md": "slug: mine",
    "2024-01-07-empty.md": "slug: ''",
    "2024-01-07-null.md": "slug:",
    "2024-01-07-dated.md": "date: 2020-02-02",
    "2024-01-07-begun.md": "publishDate: 2020-02-03",
    "2024-01-07-made.md": "created: 2020-02-04",
    "2024-01-07-changed.md": "modified: 2020-02-05",
    "2024-01-07-both.md": "date: 2020-02-06\nlastmod: 2020-02-07\npubdate: 2020-02-08",
    "2024-01-07-ending.md": "unpublishdate: 2040-02-09",
    "2099-01-01-later.md": "",
}
ENOUGH = 20
"""How many pages at least have to be compared, lest nothing is."""


def page(keys: str = "") -> str:
    return f"---\ntitle: T\n{keys}\n---\n"


def seconds(moment: datetime | None) -> int:
    return int((moment or datetime(1, 1, 1, tzinfo=UTC)).timestamp())


def told(page: Page) -> tuple[int, ...]:
    return seconds(page.date), seconds(page.publish_date), seconds(page.expiry_date)


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "date = [':filename', ':default']",
        "date = [':default', ':filename']",
        "date = ['date', ':FileName']",
        "date = ':filename'",
        "date = ['created', 'modified']",
        "date = [':git', ':filename']",
        "publishDate = [':filename']",
        "publishDate = ['created', ':default']",
        "publishDate = []",
        "lastmod = [':filename', ':fileModTime']",
        "expiryDate = ['expirydate', 'created']",
    ],
)
def test_dates_and_addresses_come_from_where_the_configuration_says(tmp_path: Path, setting: str) -> None:
    files = {
        f"content/{folder}/{name}": page(KEYS.get(name, ""))
        for folder in ("posts", "dated")
        for name in (*NAMES, *KEYS)
    }
    folder = write(tmp_path / "site", {"hugo.toml": CONFIG + setting, "layouts/all.html": LAYOUT, **files})
    output = tmp_path / "out"
    assert render(folder, output).status == 0
    made = {}
    for path in output.rglob("index.html"):
        name, *moments = path.read_text("utf-8").split("|")[:4]
        made[name] = (f"/{path.relative_to(output).parent.as_posix()}/", tuple(map(int, moments)))
    site = load(folder)
    published = {each.path: (each.address, told(each)) for each in site.published}
    assert len(published) > ENOUGH
    assert published == {name: there for name, there in made.items() if name}


def test_a_link_to_a_post_named_after_its_day_is_found_and_one_to_a_later_post_is_not(
    site_of: Make, tmp_path: Path
) -> None:
    files = {
        "config.toml": CONFIG + "date = [':filename', ':default']",
        "content/dated/2024-01-05-tea.md": page(),
        "content/dated/2099-01-05-cup.md": page(),
        "content/about.md": "---\ntitle: About\n---\n\n[Tea](/2024/01/05/tea/) and [cup](/2099/01/05/cup/).\n",
    }
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/2024/01/05/tea/index.html").exists()
    assert not (tmp_path / "out/2099").exists()
    found = findings_in(folder)
    assert ("link-to-hidden-page", "content/about.md") in found
    assert "link-broken" not in {rule for rule, _ in found}


def test_where_only_hugo_can_tell_the_date_an_address_made_of_it_is_not_known(site_of: Make) -> None:
    files = {
        "content/dated/tea.md": page(),
        "content/posts/cup.md": page(),
        "content/dated/pot.md": page("date: 2020-02-02"),
    }
    site = load(site_of({**files, "config.toml": CONFIG + "date = ['date', ':fileModTime']"}))
    assert {each.path: each.address for each in site.published if each.path in {name[8:] for name in files}} == {
        "dated/tea.md": None,
        "dated/pot.md": "/2020/02/02/pot/",
        "posts/cup.md": "/posts/cup/",
    }


@pytest.mark.parametrize(
    ("keys", "setting", "is_read"),
    [
        ("lastmod: 2020-01-01\nmodified: soon", "", False),
        ("modified: soon", "", True),
        ("expiryDate: 2040-01-01\nunpublishdate: never", "", False),
        ("unpublishdate: never", "", True),
        (
            "date: today",
            "date = [':filename', ':default']\nlastmod = ['lastmod']\npublishDate = ['publishDate']",
            False,
        ),
    ],
)
def test_hugo_stops_at_a_date_that_it_cannot_read_only_where_it_reads_it(
    site_of: Make, tmp_path: Path, keys: str, setting: str, *, is_read: bool
) -> None:
    folder = site_of({"config.toml": CONFIG + setting, "content/posts/2020-02-02-tea.md": page(keys)})
    assert (render(folder, tmp_path / "out").status != 0) == is_read
    assert ("date-unparsable" in {rule for rule, _ in findings_in(folder)}) == is_read


def test_default_sources_have_all_their_names() -> None:
    found = dates.sources({"date": [":default", "Created", "lastmod"]})
    assert found["date"] == ("date", "publishdate", "pubdate", "published", "lastmod", "modified", "created")
    assert found["expirydate"] == ("expirydate", "unpublishdate")


def test_a_moment_is_told_in_another_zone() -> None:
    assert in_zone(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), VIENNA).isoformat() == "2026-11-22T13:00:00+01:00"


@pytest.mark.parametrize(("moment", "zone"), [(FIRST, NEW_YORK), (LAST, VIENNA)])
def test_a_moment_that_no_calendar_has_there_stays_where_it_is(moment: datetime, zone: ZoneInfo) -> None:
    assert in_zone(moment, zone).isoformat() == moment.isoformat()


@pytest.mark.parametrize("zone", [VIENNA, NEW_YORK])
@pytest.mark.parametrize("data", [date(1, 1, 1), FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)])
def test_the_ends_of_the_calendar_are_placed_in_any_zone(data: date, zone: ZoneInfo) -> None:
    moment = as_instant(data, zone)
    assert moment is not None
    assert moment.tzinfo is zone
    assert moment.isoformat()[:10] == data.isoformat()[:10]


WRITTEN = {
    "2026-11-20 9:00": "2026-11-20T09:00:00+01:00",
    "2026-7-5 09:00": "2026-07-05T09:00:00+02:00",
    "2026-11-20T09:00": "2026-11-20T09:00:00+01:00",
    "2026-11-20T9:00Z": "2026-11-20T09:00:00Z",
    "2026-11-20 09:00 +0530": "2026-11-20T09:00:00+05:30",
    "2026-11-20T09:00:00 -03:00": "2026-11-20T09:00:00-03:00",
    "2026/11/20 21:30:15": "2026-11-20T21:30:15+01:00",
    "20.11.2026 21:30": "2026-11-20T21:30:00+01:00",
    "20/11/2026": "2026-11-20",
    "2026-1-5": "2026-01-05",
    "Nov 20 2026": "2026-11-20",
    "November 20th, 2026 at 12:15 am": "2026-11-20T00:15:00+01:00",
    "20 Nov 2026 9pm": "2026-11-20T21:00:00+01:00",
    "2026-11-20 09:00": "2026-11-20T09:00:00+01:00",
}
"""Texts that are no date to Hugo as texts, and what they can only mean on a site in Vienna."""
UNCERTAIN = ("2026-11", "2026-11-20T09", "2026-11-20 25:00", "2026-11-20 13:00 pm", "01/02/2026 9:00", "soon 9:00")
FORMS = {
    "quoted.toml": '+++\ntitle = "T"\ndate = "{}"\n+++\n',
    "bare.toml": '+++\ntitle = "T"\ndate = {}\n+++\n',
    "quoted.yaml": '---\ntitle: "T"\ndate: "{}"\n---\n',
    "bare.yaml": '---\ntitle: "T"\ndate: {}\n---\n',
    "quoted.json": '{{"title": "T",\n"date": "{}"}}\n',
}
TOML_TAKES = {"2026-11-20 09:00", "2026-11-20T09:00"}
"""What TOML 1.1 knows for a time of day where no quotes are."""


def said_of_dates(folder: Path) -> dict[str, list[Diagnostic]]:
    """By file what `check` finds in its line of the date."""
    site = load(folder)
    found: dict[str, list[Diagnostic]] = {}
    for each in check_site(site, active_rules(site.config)):
        if each.path.startswith("content/posts/") and each.start.line > 1:
            found.setdefault(each.path, []).append(each)
    return found


def test_a_date_that_can_mean_one_thing_only_is_mended_to_that(site_of: Make, tmp_path: Path) -> None:
    expected = {}
    files: dict[str, str | bytes] = {"config.toml": CONFIG, "layouts/all.html": LAYOUT}
    for form, text in FORMS.items():
        for at, (written, meant) in enumerate(WRITTEN.items()):
            if form == "bare.toml" and written in TOML_TAKES:
                continue
            path = f"content/posts/{form.replace('.', '-')}-{at}.md"
            files[path] = text.format(written)
            expected[path] = meant
    folder = site_of(files)
    found = said_of_dates(folder)
    for path, meant in expected.items():
        (one,) = [each for each in found[path] if each.severity is Severity.ERROR]
        assert (one.rule, one.help, one.start.line) == ("date-unparsable", f"write `{meant}`", 3 - ("json" in path))
        assert one.fix
        assert one.fix.applicability is Applicability.SAFE
        ((start, end), text) = one.fix.edits[0].span, one.fix.edits[0].text
        before = (folder / path).read_text("utf-8")
        (folder / path).write_text(before[:start] + text + before[end:], "utf-8")
    assert render(folder, tmp_path / "out").status == 0
    told = {
        f"content/{name}": float(rest.split("|", 1)[0])
        for page in (tmp_path / "out").rglob("*.html")
        for name, _, rest in [page.read_text("utf-8").partition("|")]
    }
    assert {path: told.get(path) for path in expected} == {
        path: stamp.timestamp() for path, meant in expected.items() if (stamp := as_instant(meant, VIENNA))
    }


@pytest.mark.parametrize("written", [*list(WRITTEN)[::4], *UNCERTAIN])
def test_hugo_stops_at_what_is_reported(site_of: Make, tmp_path: Path, written: str) -> None:
    for form, text in FORMS.items():
        folder = site_of({"config.toml": CONFIG, "content/posts/a.md": text.format(written)}, form)
        errors = [each for found in said_of_dates(folder).values() for each in found if each.severity is Severity.ERROR]
        assert len(errors) == 1
        assert written in WRITTEN or errors[0].fix is None or errors[0].fix.applicability is Applicability.UNSAFE
        assert written in WRITTEN or "2026-01-31T09:00:00+01:00" in errors[0].help or "quotes" in errors[0].help
        assert render(folder, tmp_path / f"{form}-out").status != 0
