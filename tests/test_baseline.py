from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.baseline import FILE, read_baseline, write_baseline
from presscheck.errors import UsageError
from presscheck.identity import Identity
from tests.test_cli import run

Make = Callable[..., Path]

CLOCK = ("--clock", "2026-11-22T12:00:00Z")
POST = '+++\ntitle = "{0}"\ndate = 2026-03-02T09:00:00Z\n+++\n\n{1}\n'


def test_it_lies_in_the_site(site_of: Make) -> None:
    folder = site_of({"config.toml": '[params.presscheck]\nbaseline = "../outside.json"\n'})
    said = run("baseline", *CLOCK, cwd=folder)
    assert (said.returncode, "is not a file of the site" in said.stderr) == (2, True)
    assert not (folder.parent / "outside.json").exists()


@pytest.mark.parametrize(
    "text", ['{"findings": [{"rule": "a", "path": "b", "text": "c", "count": Infinity}]}', "[" * 100_000]
)
def test_one_that_is_damaged_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageError, match="is not a baseline"):
        read_baseline(text, FILE)


def test_an_old_site_adopts_it_in_a_minute_and_only_gets_better(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "[x](/x/) [y](/y/)\n\n[x](/x/)")})
    post = folder / "content/posts/a.md"
    assert run("check", *CLOCK, cwd=folder).returncode == 1
    assert "holds 3 findings; 3 added" in run("baseline", *CLOCK, cwd=folder).stderr
    assert run("check", *CLOCK, cwd=folder).returncode == 0
    assert run("build", *CLOCK, cwd=folder).returncode == 0, "a build honours it too"
    # Lines may move, and the same mistake made once more is a new one.
    post.write_text(POST.format("A", "New words.\n\n[x](/x/) [y](/y/)\n\n[x](/x/)\n\n[x](/x/)"))
    found = run("check", "--output-format", "concise", *CLOCK, cwd=folder)
    assert found.returncode == 1
    assert found.stdout.count("link-broken") == 1
    # A baseline takes nothing in by itself, and lets go of what is mended.
    again = run("baseline", *CLOCK, cwd=folder)
    assert again.returncode == 1
    assert "holds 3 findings; 0 added, 0 taken out" in again.stderr
    post.write_text(POST.format("A", "[x](/x/)"))
    assert "gone from the baseline's: 2 findings" in run("check", *CLOCK, cwd=folder).stderr
    assert "holds 1 finding; 0 added, 2 taken out" in run("baseline", *CLOCK, cwd=folder).stderr
    post.write_text(POST.format("A", "[x](/x/) [z](/z/)"))
    assert run("baseline", "--renew", *CLOCK, cwd=folder).returncode == 0
    assert run("check", *CLOCK, cwd=folder).returncode == 0
    assert len(json.loads((folder / FILE).read_text())["findings"]) == 2


def test_what_is_wrong_with_rendered_pages_is_accepted_too(site_of: Make) -> None:
    layout = "<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}<a href='/lost/'>lost</a>"
    folder = site_of({"content/posts/a.md": POST.format("A", "[x](/x/)"), "layouts/all.html": layout})
    assert run("baseline", *CLOCK, cwd=folder).returncode == 0
    assert run("build", *CLOCK, cwd=folder).returncode == 1, "the template's link is in no source"
    assert not (folder / "public").exists()
    said = run("baseline", "--rendered", *CLOCK, cwd=folder)
    assert (said.returncode, "not in it" in said.stderr) == (1, True), "it takes nothing in by itself"
    assert run("baseline", "--rendered", "--renew", *CLOCK, cwd=folder).returncode == 0
    assert not (folder / "public").exists(), "nothing is published by that"
    assert run("build", *CLOCK, cwd=folder).returncode == 0
    # Who does not build cannot tell whether these are mended, and neither complains nor takes them out.
    assert "gone from" not in run("check", *CLOCK, cwd=folder).stderr
    held = (folder / FILE).read_text()
    assert "0 added, 0 taken out" in run("baseline", *CLOCK, cwd=folder).stderr
    assert (folder / FILE).read_text() == held
    (folder / "layouts/all.html").write_text("<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}")
    assert "0 taken out" not in run("baseline", "--rendered", *CLOCK, cwd=folder).stderr


def test_a_baseline_of_rendered_pages_needs_a_site_that_hugo_builds(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "Text."), "layouts/all.html": "{{ lost }}"})
    said = run("baseline", "--rendered", *CLOCK, cwd=folder)
    assert said.returncode == 4
    assert "Hugo failed" in said.stderr
    assert not (folder / FILE).exists()


def test_the_style_of_the_markdown_is_accepted_too(site_of: Make) -> None:
    files = {
        "config.toml": 'baseURL = "https://example.org/"\n[params.presscheck]\nstyle = true\n',
        "content/posts/a.md": POST.format("A", "Text  \n* one\n+ two"),
    }
    folder = site_of(files)
    assert "style-" in run("check", *CLOCK, "--fail-on", "info", cwd=folder).stdout
    assert run("baseline", *CLOCK, cwd=folder).returncode == 0
    assert run("check", *CLOCK, "--fail-on", "info", cwd=folder).returncode == 0


def test_a_baseline_that_is_none_is_said(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "Text."), FILE: "{}"})
    found = run("check", *CLOCK, cwd=folder)
    assert found.returncode == 2
    assert f"{FILE} is not a baseline" in found.stderr


def test_a_baseline_in_a_folder_that_is_not_there_yet(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "[x](/x/)")})
    with (folder / "config.toml").open("a") as config:
        config.write('\n[params.presscheck]\nbaseline = "kept/apart/b.json"\n')
    assert run("baseline", *CLOCK, cwd=folder).returncode == 0
    assert run("check", *CLOCK, cwd=folder).returncode == 0
    assert [path.name for path in (folder / "kept/apart").iterdir()] == ["b.json"]


@pytest.mark.parametrize("name", ["config.toml/b.json", "content"])
def test_a_baseline_that_cannot_be_written_is_said(site_of: Make, name: str) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "[x](/x/)")})
    with (folder / "config.toml").open("a") as config:
        config.write(f'\n[params.presscheck]\nbaseline = "{name}"\n')
    done = run("baseline", *CLOCK, cwd=folder)
    assert done.returncode == 3
    assert f"cannot {'write' if name == 'content' else 'make the folder'} " in done.stderr


def test_what_is_written_is_read() -> None:
    accepted = Counter({Identity("a", "b/ü.md", "“x”"): 2, Identity("a", "b", "\udcff"): 1})
    assert read_baseline(write_baseline(accepted), "f") == accepted
    assert read_baseline(write_baseline(Counter()), "f") == Counter()
    with pytest.raises(UsageError):
        read_baseline("[1]", "f")
