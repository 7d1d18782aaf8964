"""When the site changes by itself, and that Hugo prints another set of pages then, and not a second before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from presscheck import hugo, read, schedule, survey
from tests.conftest import CLOCK
from tests.test_cli import run

Make = Callable[..., Path]
SECOND = timedelta(seconds=1)
LAYOUT = """\
<title>{{ .Title }}</title>
{{ range site.RegularPages }}<p>{{ .Title }}</p>{{ end }}{{ .Content }}
"""


def post(title: str, *lines: str, body: str = "Words.") -> str:
    return "\n".join(["+++", f'title = "{title}"', *lines, "+++", "", body, ""])


def coming(folder: Path, after: datetime = CLOCK) -> list[schedule.Change]:
    root = read.find_root(folder)
    assert root
    return schedule.upcoming(read.read_site(root, after), after, lambda: hugo.dated(folder, after))


def told(folder: Path) -> list[str]:
    return [each.told for each in coming(folder)]


def printed(folder: Path, clock: datetime, work: Path) -> dict[str, str]:
    """Every file that Hugo prints as of a moment, with a digest of its bytes."""
    output = work / f"{clock:%Y%m%dT%H%M%S}"
    output.mkdir(parents=True)
    made = hugo.build(folder, output, clock=clock, cache_folder=work / "cache", time_limit=120)
    assert made.status == 0, made.output
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in output.rglob("*")
        if path.is_file()
    }


TIMED = {
    "layouts/all.html": LAYOUT,
    "content/posts/morning.md": post("Morning", "date = 2026-12-01T09:00:00+11:00"),
    "content/posts/offer.md": post("Offer", "date = 2026-01-01", "expiryDate = 2026-12-02T00:00:00Z"),
    "content/posts/week.md": post("Week", "date = 2026-12-03", 'expiryDate = "2026-12-10 12:00:00"'),
    "content/posts/listed.md": post("Listed", "date = 2026-12-04", "[build]", 'render = "never"'),
    "content/posts/part/index.md": post("Part", "date = 2026-12-04T01:00:00Z", "headless = true"),
    "content/posts/hidden.md": post(
        "Hidden", "date = 2026-12-04T02:00:00Z", "[build]", 'render = "never"', 'list = "never"'
    ),
    "content/trips/_index.md": post("Trips", "publishDate = 2026-12-05"),
    "content/posts/old-date.md": post("Old", "date = 2020-01-01", "publishDate = 2026-12-06"),
    "content/posts/yaml.md": "---\ntitle: Yaml\ndate: 2026-12-07T00:00:00Z\n---\n\nWords.\n",
}
STILL = {
    "layouts/all.html": LAYOUT,
    "content/posts/draft.md": post("Draft", "date = 2026-12-01", "draft = true"),
    "content/posts/past.md": post("Past", "date = 2026-01-01", "expiryDate = 2026-02-01"),
    "content/posts/never.md": post("Never", "date = 2026-12-02", "expiryDate = 2026-12-01"),
    "content/posts/whole/index.md": post("Whole", "date = 2026-01-01"),
    "content/posts/whole/inside.md": post("Inside", "date = 2026-01-01", "expiryDate = 2026-02-01"),
}


def test_all_that_will_change_is_told_soonest_first_in_the_sites_own_time(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\ntitle = "A site"\ntimeZone = "Australia/Sydney"\n'
    assert told(site_of({**TIMED, "config.toml": config})) == [
        "2026-12-01T09:00:00+11:00, content/posts/morning.md appears",
        "2026-12-02T11:00:00+11:00, content/posts/offer.md goes",
        "2026-12-03T00:00:00+11:00, content/posts/week.md appears",
        "2026-12-04T00:00:00+11:00, content/posts/listed.md appears",
        "2026-12-04T12:00:00+11:00, content/posts/part/index.md appears",
        "2026-12-04T13:00:00+11:00, content/posts/hidden.md appears",
        "2026-12-05T00:00:00+11:00, content/trips/_index.md appears",
        "2026-12-06T00:00:00+11:00, content/posts/old-date.md appears",
        "2026-12-07T11:00:00+11:00, content/posts/yaml.md appears",
        "2026-12-10T12:00:00+11:00, content/posts/week.md goes",
    ]


def test_hugo_prints_another_site_at_each_of_these_moments_and_none_in_between(site_of: Make, tmp_path: Path) -> None:
    folder = site_of(TIMED)
    changes = coming(folder)
    assert len(changes) == len(TIMED)  # each file but the layout once, one of them twice
    before = printed(folder, CLOCK, tmp_path / "made")
    for change in changes:
        assert printed(folder, change.at - SECOND, tmp_path / "made") == before, change
        after = printed(folder, change.at, tmp_path / "made")
        assert after != before, change
        if not any(name in change.file for name in ("listed", "part", "hidden")):  # those have no page of their own
            page = change.file.removeprefix("content/").replace("_index.md", "index.html").replace(".md", "/index.html")
            assert (page in after, page in before) == (change.appears, not change.appears), change
        before = after


def test_a_site_where_nothing_is_told_stays_as_it_is(site_of: Make, tmp_path: Path) -> None:
    folder = site_of(STILL)
    assert told(folder) == []
    assert printed(folder, CLOCK, tmp_path / "made") == printed(folder, CLOCK.replace(year=2036), tmp_path / "made")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "content/posts/_index.md": post("Posts", "[cascade]", "expiryDate = 2026-12-09"),
                "content/posts/one.md": post("One", "date = 2026-01-01"),
            },
            ["2026-12-09T00:00:00+00:00, content/posts/one.md goes"],
            id="cascade of a section",
        ),
        pytest.param(
            {
                "content/posts/_index.md": post("Posts", "[cascade]", "draft = true"),
                "content/posts/one.md": post("One", "date = 2026-12-01"),
                "content/notes/two.md": post("Two", "date = 2026-12-02"),
            },
            ["2026-12-02T00:00:00+00:00, content/notes/two.md appears"],
            id="a section of drafts",
        ),
        pytest.param(
            {
                "config.toml": 'baseURL = "https://site.example/"\n[frontmatter]\n'
                'publishDate = ["publishDate", ":fileModTime"]\n',
                "content/posts/one.md": post("One", "publishDate = 2026-12-03"),
            },
            ["2026-12-03T00:00:00+00:00, content/posts/one.md appears"],
            id="times of files",
        ),
    ],
)
def test_where_only_hugo_can_tell_it_is_asked(
    site_of: Make, tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    folder = site_of(files)
    root = read.find_root(folder)
    assert root
    assert not schedule.is_known(read.read_site(root, CLOCK))
    assert [line for line in told(folder) if "_index" not in line] == expected
    at = datetime.fromisoformat(expected[0].split(",")[0])
    assert printed(folder, at - SECOND, tmp_path / "made") != printed(folder, at, tmp_path / "made")


@pytest.mark.parametrize(
    ("setting", "name", "keys"),
    [
        ('publishDate = ["goes_live"]', "one.md", ("date = 2026-01-01", "goes_live = 2026-12-03")),
        ('date = [":filename", ":default"]', "2026-12-03-one.md", ()),
    ],
)
def test_a_date_that_stands_elsewhere_is_known_without_hugo(
    site_of: Make, tmp_path: Path, setting: str, name: str, keys: tuple[str, ...]
) -> None:
    config = f'baseURL = "https://site.example/"\n[frontmatter]\n{setting}\n'
    folder = site_of({"config.toml": config, f"content/posts/{name}": post("One", *keys)})
    root = read.find_root(folder)
    assert root
    assert schedule.is_known(read.read_site(root, CLOCK))
    assert told(folder) == [f"2026-12-03T00:00:00+00:00, content/posts/{name} appears"]
    at = datetime(2026, 12, 3, tzinfo=UTC)
    assert printed(folder, at - SECOND, tmp_path / "made") != printed(folder, at, tmp_path / "made")


def test_a_post_published_before_its_day_is_no_change(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\nbuildFuture = true\nbuildExpired = true\nbuildDrafts = true\n'
    assert told(site_of({**TIMED, "config.toml": config})) == []


def test_the_last_day_of_the_calendar_is_no_trouble(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\ntimeZone = "Pacific/Auckland"\n'
    files = {"content/posts/one.md": post("One", "date = 2026-01-01", "expiryDate = 9999-12-31T23:59:59Z")}
    assert told(site_of({**files, "config.toml": config})) == ["9999-12-31T23:59:59+00:00, content/posts/one.md goes"]


def test_check_and_build_say_what_comes_next(site_of: Make) -> None:
    folder = site_of({"content/posts/morning.md": TIMED["content/posts/morning.md"]})
    line = "next change: 2026-11-30T22:00:00+00:00, content/posts/morning.md appears"
    for _ in range(2):  # the second time from memory
        checked = run("check", "--clock", CLOCK.isoformat(), cwd=folder)
        assert line in checked.stderr.splitlines()
    assert line in run("build", "--clock", CLOCK.isoformat(), cwd=folder).stderr.splitlines()
    assert "next change" not in run("build", "--clock", "2026-12-01T00:00:00Z", cwd=folder).stderr
    assert "next change" not in run("check", "--clock", "2026-12-01T00:00:00Z", cwd=folder).stderr


def test_a_check_remembers_what_comes_next_until_it_has_come(site_of: Make) -> None:
    folder = site_of(
        {
            "content/posts/one.md": post("One", "date = 2026-11-30"),
            "content/posts/two.md": post("Two", "date = 2026-12-30"),
        }
    )
    root = read.find_root(folder)
    assert root
    found = []
    for day in ("2026-11-23", "2026-11-24", "2026-12-01", "2027-01-01"):
        change = survey.check(root, datetime.fromisoformat(day).replace(tzinfo=UTC)).next_change
        found.append(change.file if change else None)
    assert found == ["content/posts/one.md", "content/posts/one.md", "content/posts/two.md", None]


def test_upcoming_tells_a_timer_what_it_has_to_know(site_of: Make) -> None:
    folder = site_of(TIMED)

    def ask(*arguments: str, clock: str = CLOCK.isoformat()) -> tuple[int, list[str]]:
        done = run("upcoming", "--clock", clock, *arguments, cwd=folder)
        return done.returncode, done.stdout.splitlines()

    status, lines = ask()
    assert (status, len(lines)) == (0, len(TIMED))
    assert lines[:2] == [
        "2026-11-30T22:00:00+00:00  appears  content/posts/morning.md",
        "2026-12-02T00:00:00+00:00  goes     content/posts/offer.md",
    ]
    assert ask("--since", "2026-11-01T00:00:00Z") == (1, [])
    day = "2026-12-02T03:00:00Z"
    assert ask("--since", "2026-12-01T03:00:00Z", clock=day) == (0, [lines[1]])
    assert ask("--since", "2026-12-02T00:00:00Z", clock=day) == (1, [])  # a build at that second had it
    assert ask("--since", day, clock="2026-12-01T00:00:00Z")[0] == 2
    assert ask(clock="2030-01-01T00:00:00Z") == (0, [])
    found = json.loads("\n".join(ask("--format", "json")[1]))
    assert found[0] == {"at": "2026-11-30T22:00:00+00:00", "file": "content/posts/morning.md", "change": "appears"}
