"""Numbers, days and the like where Hugo wants text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.casts import as_text
from tests.conftest import findings_in, load, render, write

Make = Callable[..., Path]

CONFIG = 'baseURL = "https://site.example/"\ndisableKinds = ["rss", "sitemap", "404"]\n[taxonomies]\ntag = "tags"\n'
PLAIN = ("42", "0", "-3", "1.5", "1.0", "0.1", "12345678.9", "123456789.123456789", "true", "false")
WRITTEN = {
    "toml": (
        *PLAIN,
        *(
            "1e3",
            "1e-7",
            "1e21",
            "inf",
            "-0.0",
            "0xff",
            "2024-01-05",
            "2024-01-05T10:00:00Z",
            "2024-01-05T10:00:00+02:00",
        ),
        *("2024-01-05T10:00:00", "2024-01-05 10:00:00.5", "10:00:00", "'a b'", "{a = 1}", "[['a']]"),
    ),
    "yaml": (*PLAIN, "2024-01-05", "2024-01-05T10:00:00Z", "2024-01-05T10:00:00+02:00", "a b", "~", "{a: 1}", "[[a]]"),
    "json": (*PLAIN, "1e3", "1e21", '"2024-01-05"', '"a b"', "null", '{"a": 1}', '[["a"]]'),
}
FORMS = {
    "toml": "+++\ntitle = 'T'\n{key} = {data}\n+++\n",
    "yaml": "---\ntitle: T\n{key}: {data}\n---\n",
    "json": '{{"title": "T", "{key}": {data}}}\n',
}


@pytest.mark.parametrize("notation", FORMS)
@pytest.mark.parametrize("key", ["slug", "url", "aliases", "tags"])
def test_what_hugo_makes_text_of_is_part_of_addresses(tmp_path: Path, notation: str, key: str) -> None:
    written = [data for data in WRITTEN[notation] if key != "url" or ":00" not in data]  # no address has a colon
    written += [f"[{data}]" for data in written if key in {"aliases", "tags"}]
    files = {f"content/p{at}/x.md": FORMS[notation].format(key=key, data=data) for at, data in enumerate(written)}
    folder = write(tmp_path / "site", {"hugo.toml": CONFIG, "layouts/all.html": "x", **files})
    output = tmp_path / "out"
    assert render(folder, output).status == 0
    made = {
        "/" + path.relative_to(output).as_posix().removesuffix("index.html")
        for path in output.rglob("*")
        if path.is_file()
    }
    assert load(folder).addresses == made


def test_links_to_posts_named_by_numbers_and_days_are_found(site_of: Make, tmp_path: Path) -> None:
    links = "[42](/posts/42/), [41](/posts/41/), [2024](/tags/2024/), [day](/posts/2024-01-05/)"
    files = {
        "content/posts/issue.md": "---\ntitle: Issue\nslug: 42\naliases: [41]\ntags: [2024]\n---\n",
        "content/posts/day.md": "---\ntitle: Day\nslug: 2024-01-05\n---\n",
        "content/posts/all.md": f"---\ntitle: All\n---\n\nSee {links}.\n",
        "content/tags/2024/_index.md": "---\ntitle: The year\n---\n",
    }
    folder = site_of(files)
    assert render(folder, tmp_path / "out").status == 0
    assert (tmp_path / "out/posts/41/index.html").exists()
    assert {"link-broken", "term-page-orphan"}.isdisjoint({rule for rule, _ in findings_in(folder)})


@pytest.mark.parametrize("data", [None, [], ["a"], {"a": 1}])
def test_what_is_no_single_value_is_no_text(data: object) -> None:
    assert as_text(data, "toml") == ""
