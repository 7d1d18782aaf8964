"""A site in parts, with the real Hugo: the parts add up to what one build makes, byte for byte, or nothing is published.

`PRESSCHECK_FULL=1 pytest tests/test_sharding.py` divides this repository's own site in every way, too.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from presscheck import files, hugo, pipeline, read, sharding, shards
from presscheck.errors import EngineFailure
from presscheck.pipeline import Order
from presscheck.segments import NAME, Share
from tests.conftest import CLOCK, ROOT, lay, render
from tests.test_pipeline import files_of, run

Make = Callable[..., Path]

FULL = bool(os.environ.get("PRESSCHECK_FULL"))
WORDS = ("anchor", "buoy", "cleat", "dock", "ebb", "fender", "gale", "hawser", "inlet", "jetty", "keel")
POST = """\
+++
title = "{title}"
description = "What the harbour master wrote down about the {word} on a day when nothing else happened at all."
date = 2026-03-{day:02}T09:00:00+01:00
tags = [{tags}]
{more}+++

The {word} was where it should be. See [the next one]({next}).
"""
LAYOUT = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<h1>{{ .Title }}</h1>
{{ .Content }}
{{ range .Resources.ByType "image" }}<img src="{{ (.Resize "4x").RelPermalink }}" alt="">{{ end }}
{{ with .GetTerms "tags" }}{{ range . }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ end }}
{{ range first 5 site.RegularPages.ByTitle }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ if not .IsPage }}{{ range .RegularPagesRecursive }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ end }}
</body>
</html>
"""
CONFIG = """
enableRobotsTXT = true

[segments.own]
[[segments.own.includes]]
kind = "home"
"""


def picture(shade: int) -> bytes:
    """A PNG of 8 by 8 grey pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * 8 for _ in range(8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def posts() -> Iterator[tuple[str, str | bytes]]:
    """44 posts that link to one another, some of them bundles with a picture, some with an address of old."""
    names = [f"{word}-{number}" for word in WORDS for number in range(4)]
    for at, name in enumerate(names):
        word = name.partition("-")[0]
        following = names[(at + 1) % len(names)]
        text = POST.format(
            title=f"{word.capitalize()} {at}",
            word=word,
            day=at % 28 + 1,
            tags=f'"{word}", "harbour"',
            more=f'aliases = ["/old/{at}/"]\n' if at % 7 == 0 else "",
            next=f"/posts/{following}/",
        )
        if at % 9 == 0:
            yield f"content/posts/{name}/index.md", text
            yield f"content/posts/{name}/view.png", picture(at)
        else:
            yield f"content/posts/{name}.md", text


@pytest.fixture
def harbour(site_of: Make) -> Path:
    folder = site_of({**dict(posts()), "layouts/all.html": LAYOUT, "layouts/404.html": LAYOUT, "static/a.txt": "a"})
    config = (folder / "config.toml").read_text()
    (folder / "config.toml").write_text(config.replace("\n[taxonomies]", f"{CONFIG}\n[taxonomies]", 1))
    (folder / "layouts/robots.txt").write_text("User-agent: *\nSitemap: {{ `sitemap.xml` | absURL }}\n")
    return folder


def order(folder: Path, output: Path) -> Order:
    root = read.find_root(folder)
    assert root
    return Order(root, output, CLOCK, made=CLOCK)


def divided(folder: Path, of: int, into: Path) -> list[shards.Shard]:
    """All shards of the site in `folder`."""
    made = []
    for number in range(1, of + 1):
        outcome, shard = sharding.build_shard(order(folder, into / f"{number}-of-{of}"), Share(number, of))
        assert shard, outcome.diagnostics
        made.append(shards.found_in(into / f"{number}-of-{of}"))
    return made


def assert_union_is_the_site(folder: Path, of: int, place: Path) -> list[shards.Shard]:
    whole = pipeline.build(order(folder, place / "whole" / "public"))
    assert whole.release, whole.diagnostics
    parts = divided(folder, of, place / "shards")
    merged = sharding.merge(order(folder, place / "merged" / "public"), parts)
    assert merged.release, merged.diagnostics
    assert files_of(place / "merged/public") == files_of(place / "whole/public")
    assert merged.release.to_json() == whole.release.to_json()
    assert merged.diagnostics == whole.diagnostics
    return parts


@pytest.mark.parametrize("of", [2, 3])
def test_the_union_of_the_shards_is_what_one_build_makes(harbour: Path, tmp_path: Path, of: int) -> None:
    parts = assert_union_is_the_site(harbour, of, tmp_path)
    made = [set(part.manifest.files) for part in parts]
    assert {"index.html", "404.html", "sitemap.xml", "robots.txt", "tags/keel/index.xml"} <= made[0]
    sizes = [sum(path.startswith("posts/") and path.endswith("/index.html") for path in each) for each in made]
    assert sum(sizes) == 45, "44 posts and their list, each once"
    assert all("index.html" not in each for each in made[1:])
    assert all(size > 44 / of * 0.9 for size in sizes[1:])


@pytest.mark.parametrize("of", [2, 3] if FULL else [3])
def test_the_union_of_the_shards_of_this_repository_is_its_site(tmp_path: Path, of: int) -> None:
    folder = tmp_path / "site"
    ignored = shutil.ignore_patterns(
        ".[!g]*", ".git", "public", "resources", "tests", "bench", "__pycache__", "*.egg-info", "shards"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    assert_union_is_the_site(folder, of, tmp_path)


def test_a_configuration_of_several_files_can_be_divided(harbour: Path, tmp_path: Path) -> None:
    (harbour / "config/_default").mkdir(parents=True)
    (harbour / "config.toml").rename(harbour / "config/_default/hugo.toml")
    parts = divided(harbour, 2, tmp_path / "shards")
    assert 30 < len(parts[1].manifest.files) < 80
    assert sharding.merge(order(harbour, tmp_path / "public"), parts).is_published


def test_the_command_line_divides_and_merges(harbour: Path) -> None:
    clock = ("--clock", CLOCK.isoformat())
    for share in ("1/2", "2/2"):
        done = run("build", "--site", harbour, "--shard", share, *clock)
        assert done.returncode == 0, done.stderr
        assert f"shard {share}: " in done.stderr
    assert not (harbour / "public").exists(), "a shard is no site"
    done = run("merge", "--site", harbour, harbour / "shards/1-of-2", harbour / "shards/2-of-2")
    assert done.returncode == 0, done.stderr
    assert "published" in done.stderr
    merged = files_of(harbour / "public")
    assert run("build", "--site", harbour, *clock).returncode == 0
    assert files_of(harbour / "public") == merged


def test_where_names_cannot_be_exchanged_a_shard_takes_the_place_of_another(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda _one, _other: False)
    place = harbour / "shards/1-of-2"
    for title in ("Anchor 0", "Anchor 1"):
        (harbour / "content/posts/anchor-1.md").write_text(
            POST.format(title=title, word="anchor", day=3, tags="", more="", next="/")
        )
        _, shard = sharding.build_shard(order(harbour, place), Share(1, 2))
        assert shard
        assert shards.found_in(place).manifest == shard.manifest
    assert list((harbour / "shards/.presscheck/aside").iterdir()) == []
    assert list((harbour / "shards/.presscheck").glob("staging-*")) == []


def test_shards_say_what_address_they_are_for(harbour: Path, tmp_path: Path) -> None:
    options = ("--clock", CLOCK.isoformat(), "--base-url", "https://user.example/")
    for share in ("1/2", "2/2"):
        assert run("build", "--site", harbour, "--shard", share, *options).returncode == 0
    done = run("merge", "--site", harbour, harbour / "shards/1-of-2", harbour / "shards/2-of-2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert run("build", "--site", harbour, "--output", tmp_path / "public", *options).returncode == 0
    assert files_of(harbour / "public") == files_of(tmp_path / "public")
    assert "https://user.example/posts/buoy-1/" in (harbour / "public/sitemap.xml").read_text()


@pytest.mark.parametrize("share", ["0/2", "3/2", "1/1", "one/two", "2", "-1/2", ""])
def test_what_is_no_share_is_refused(harbour: Path, share: str) -> None:
    done = run("build", "--site", harbour, f"--shard={share}", "--clock", CLOCK.isoformat())
    assert done.returncode == 2
    assert "is not a share such as 2/3" in done.stderr


def test_a_shard_of_no_certain_moment_is_refused(harbour: Path) -> None:
    done = run("build", "--site", harbour, "--shard", "1/2", env={"SOURCE_DATE_EPOCH": ""})
    assert done.returncode == 2
    assert "shards have to be of the same moment" in done.stderr
    done = run("build", "--site", harbour, "--shard", "1/2", env={"SOURCE_DATE_EPOCH": "1795348800"})
    assert done.returncode == 0, done.stderr


def test_a_shard_is_not_verified_by_itself(harbour: Path) -> None:
    done = run("build", "--site", harbour, "--shard", "1/2", "--verify", "--clock", CLOCK.isoformat())
    assert done.returncode == 2
    assert "build the whole site with --verify" in done.stderr


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('renderSegments = ["own"]', "`renderSegments` in config.toml renders a part of the site"),
        ("build.buildStats.enable = true", "`buildStats` in config.toml collects what all pages use"),
        ("build.writeStats = true", "`buildStats` in config.toml collects what all pages use"),
    ],
)
def test_a_site_that_cannot_be_divided_is_refused(harbour: Path, lines: str, said: str) -> None:
    config = harbour / "config.toml"
    ignored = '[params.presscheck]\nignore = ["config-*"]\n'
    config.write_text(f"{lines}\n{config.read_text()}\n{ignored}")
    done = run("build", "--site", harbour, "--shard", "1/2", "--clock", CLOCK.isoformat())
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr


def test_a_folder_that_holds_something_else_is_not_replaced(harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "diary").mkdir()
    (tmp_path / "diary/monday.txt").write_text("mine")
    for output in (tmp_path / "diary", harbour, harbour / "content"):
        done = run("build", "--site", harbour, "--shard", "1/2", "--clock", CLOCK.isoformat(), "--output", output)
        assert done.returncode == 2, done.stderr
    assert (tmp_path / "diary/monday.txt").read_text() == "mine"


def test_a_missing_shard_leaves_the_published_site_as_it_was(harbour: Path) -> None:
    assert run("build", "--site", harbour, "--clock", CLOCK.isoformat()).returncode == 0
    before = files_of(harbour / "public")
    divided(harbour, 3, harbour / "shards")
    done = run("merge", "--site", harbour, harbour / "shards/1-of-3", harbour / "shards/3-of-3")
    assert done.returncode == 5
    assert "shard 2/3 is missing" in done.stderr
    assert files_of(harbour / "public") == before


def test_shards_of_sources_that_have_changed_are_refused(harbour: Path) -> None:
    divided(harbour, 2, harbour / "shards")
    post = harbour / "content/posts/buoy-1.md"
    post.write_text(post.read_text() + "\nOne more thing.\n")
    done = run("merge", "--site", harbour, harbour / "shards/1-of-2", harbour / "shards/2-of-2")
    assert done.returncode == 5
    assert "is of other sources than what is here" in done.stderr
    assert not (harbour / "public").exists()


def test_a_damaged_shard_is_refused(harbour: Path) -> None:
    parts = divided(harbour, 2, harbour / "shards")
    page = next(path for path in parts[1].manifest.files if path.endswith("index.html"))
    (harbour / "shards/2-of-2/site" / page).write_bytes(b"")
    done = run("merge", "--site", harbour, harbour / "shards/1-of-2", harbour / "shards/2-of-2")
    assert done.returncode == 3
    assert f"shard 2/2 is damaged: {page}" in done.stderr
    assert not (harbour / "public").exists()


def test_a_mistake_that_only_the_whole_shows_is_found_by_merge(harbour: Path) -> None:
    (harbour / "layouts/all.html").write_text(LAYOUT.replace("<body>", '<body><a href="/none/">x</a>'))
    parts = divided(harbour, 2, harbour / "shards")
    outcome = sharding.merge(order(harbour, harbour / "public"), parts)
    assert not outcome.is_published
    assert {each.rule for each in outcome.diagnostics} == {"output-reference-broken"}
    assert not (harbour / "public").exists()


def test_what_hugo_warned_of_in_a_shard_is_told_by_merge(harbour: Path) -> None:
    (harbour / "layouts/page.html").write_text(LAYOUT + '{{ if eq .Title "Keel 43" }}{{ warnf "low water" }}{{ end }}')
    parts = divided(harbour, 2, harbour / "shards")
    assert [bool(part.messages) for part in parts] == [False, True]
    outcome = sharding.merge(order(harbour, harbour / "public"), parts)
    assert [each.rule for each in outcome.diagnostics] == ["output-hugo-warning"]
    assert "low water" in outcome.diagnostics[0].message


def test_a_shard_in_which_hugo_fails_leaves_nothing(harbour: Path) -> None:
    (harbour / "layouts/page.html").write_text('{{ if eq .Title "Keel 43" }}{{ errorf "aground" }}{{ end }}')
    done = run("build", "--site", harbour, "--shard", "2/2", "--clock", CLOCK.isoformat())
    assert done.returncode == 4
    assert "aground" in done.stdout
    assert not (harbour / "shards/2-of-2").exists()


def test_a_mistake_in_a_post_stops_every_shard(harbour: Path) -> None:
    (harbour / "content/posts/buoy-1.md").write_text('+++\ntitle = "x\n+++\n')
    for share in ("1/2", "2/2"):
        done = run("build", "--site", harbour, "--shard", share, "--clock", CLOCK.isoformat())
        assert done.returncode == 1
        assert "front-matter-toml-syntax" in done.stdout


def test_a_shard_that_is_killed_leaves_the_one_before_or_the_next(harbour: Path) -> None:
    divided(harbour, 2, harbour / "shards")
    before = files_of(harbour / "shards/2-of-2")
    for post in (harbour / "content/posts").glob("*.md"):
        post.write_text(post.read_text() + "\nLater the wind turned.\n")
    command = [sys.executable, ROOT / "build.py", "build", "--site", harbour, "--shard", "2/2"]
    process = subprocess.Popen(
        [*map(str, command), "--clock", CLOCK.isoformat()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not list(harbour.glob("shards/.presscheck/staging-*")) and time.monotonic() < deadline:
        time.sleep(0.0005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    shards.found_in(harbour / "shards/2-of-2")
    assert files_of(harbour / "shards/2-of-2") == before
    parts = divided(harbour, 2, harbour / "shards")
    assert list(harbour.glob("shards/.presscheck/staging-*")) == []
    assert sharding.merge(order(harbour, harbour / "public"), parts).is_published


# What Hugo does with segments: should one of these fail with a later Hugo, look at `segments` again.


def rendered_with(folder: Path, output: Path, segments: Mapping[str, object]) -> set[str]:
    done = hugo.build(
        folder, output, clock=CLOCK, cache_folder=output.parent / "cache", time_limit=60, segments=json.dumps(segments)
    )
    assert done.status == 0
    assert done.messages == ()
    return {path for path in files_of(output) if path.endswith("index.html")}


def test_hugo_renders_everything_when_it_does_not_know_the_segment(harbour: Path, tmp_path: Path) -> None:
    render(harbour, tmp_path / "whole")
    other = {"another": {"includes": [{"kind": "home"}]}}
    whole = {path for path in files_of(tmp_path / "whole") if path.endswith("index.html")}
    assert rendered_with(harbour, tmp_path / "o", other) == whole


def test_a_shard_that_has_everything_is_refused(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presscheck.hugo.SEGMENT", "misspelt")
    with pytest.raises(EngineFailure, match="Hugo rendered the whole site"):
        divided(harbour, 2, tmp_path)


def test_hugo_renders_nothing_for_a_segment_that_only_excludes(harbour: Path, tmp_path: Path) -> None:
    assert rendered_with(harbour, tmp_path / "o", {NAME: {"excludes": [{"kind": "home"}]}}) == set()


def test_hugo_asks_the_first_of_several_filters_with_a_path(harbour: Path, tmp_path: Path) -> None:
    filters = [{"kind": "page", "path": f"/posts/{word}**"} for word in ("buoy", "keel")]
    several = rendered_with(harbour, tmp_path / "several", {NAME: {"includes": filters}})
    one = [{"kind": "page", "path": "{/posts/buoy**,/posts/keel**}"}]
    whole = rendered_with(harbour, tmp_path / "one", {NAME: {"includes": one}})
    assert len([path for path in several if path.startswith("posts/")]) == 4
    assert len([path for path in whole if path.startswith("posts/")]) == 8


def test_a_site_of_one_page_is_not_divided(tmp_path: Path) -> None:
    folder = lay(tmp_path / "site")
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/a.md").write_text(POST.format(title="A", word="a", day=1, tags="", more="", next="/"))
    done = run("build", "--site", folder, "--shard", "1/3", "--clock", CLOCK.isoformat())
    assert done.returncode == 2
    assert "1 pages are too few for 3 shards" in done.stderr
