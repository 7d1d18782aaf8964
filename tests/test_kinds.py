"""A value of a kind that stops Hugo is an error, wherever in front matter it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from tests.conftest import load, render

KEYS = (
    *("title", "description", "summary", "slug", "layout", "type", "linkTitle", "markup", "translationKey", "keywords"),
    *("outputs", "date", "publishDate", "expiryDate", "lastmod", "params", "build", "sitemap", "weight", "headless"),
    *("draft", "cascade", "menus", "menu", "resources", "isCJKLanguage", "tags", "images", "videos", "audio", "sites"),
    *("build.render", "build.list", "build.publishResources", "sitemap.priority", "sitemap.changefreq"),
    *("sitemap.filename", "sitemap.disable", "aliases"),
)
VALUES = {
    "toml": (
        *("3", "-1", "1.5", "9223372036854775807", "inf", '"x"', '""', '"true"', "true", "2026-01-01", "09:00:00"),
        *("2026-01-01T09:00:00Z", "[]", '["x"]', "[3]", '[["x"]]', "[{a = 1}]", "{}", "{a = 1}", "{a = {b = 1}}"),
    ),
    "yaml": (
        *("3", "-1", "1.5", "1e3", ".inf", "x", '""', '"true"', "yes", "~", "", "2026-01-01", "1_000", "0o17"),
        *("[]", "[x]", "[3]", "[[x]]", "[{a: 1}]", "{}", "{a: 1}", "{a: {b: 1}}", "[~]", "!!str 3"),
    ),
    "json": ("3", "1.5", '"x"', '""', "true", "null", "[]", '["x"]', "[3]", "[null]", "{}", '{"a": 1}', '[{"a": 1}]'),
}


def post(notation: str, key: str, value: str) -> str:
    top, _, below = key.partition(".")
    titled = key != "title"
    if notation == "toml":
        return "+++\n" + 'title = "T"\n' * titled + f"{key} = {value}\n+++\n\nText.\n"
    if notation == "yaml":
        line = f"{top}:\n  {below}: {value}" if below else f"{key}: {value}"
        return "---\n" + "title: T\n" * titled + line + "\n---\n\nText.\n"
    inside = f'{{"{below}": {value}}}' if below else value
    return "{" + '"title": "T",\n' * titled + f'"{top}": {inside}\n}}\n\nText.\n'


@pytest.mark.parametrize("notation", VALUES)
def test_hugo_builds_what_is_no_error(notation: str, site_of: Callable[..., Path], tmp_path: Path) -> None:
    files = {
        f"content/docs/{key.replace('.', '-')}-{at}.md": post(notation, key, value)
        for key in KEYS
        for at, value in enumerate(VALUES[notation])
    }
    site = load(site_of(files, "all"))
    wrong = {each.path for each in check_site(site, active_rules(site.config)) if each.severity.value == "error"}
    silent = {path: text for path, text in files.items() if path not in wrong}
    assert len(wrong) > len(KEYS)
    assert len(silent) > len(KEYS)
    run = render(site_of(silent, "silent"), tmp_path / "out")
    assert (run.status, run.reason if run.status else "") == (0, "")


STOPPING = (
    *("markup = 3", "outputs = 3", "outputs = [3]", "cascade = 'x'", "sites = 'x'", "sites = []", "build.render = []"),
    *("build.list = {a = 1}", "build.publishResources = 'x'", "sitemap.disable = 'x'", "sitemap.priority = []"),
    *("sitemap.filename = 2026-01-01", "sitemap.changefreq = ['daily']"),
)


@pytest.mark.parametrize("line", STOPPING)
def test_hugo_stops_at_what_is_said_to_stop_it(line: str, site_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = site_of({"content/posts/a.md": f'+++\ntitle = "A"\ndate = 2026-01-01\n{line}\n+++\n\nText.\n'})
    site = load(folder)
    found = [each for each in check_site(site, active_rules(site.config)) if each.severity.value == "error"]
    assert [each.start.line for each in found] == [4]
    assert "Hugo stops the build" in found[0].consequence
    assert render(folder, tmp_path / "out").status != 0
