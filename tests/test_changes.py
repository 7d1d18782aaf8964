from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import run

Make = Callable[..., Path]

CLOCK = ("--clock", "2026-11-22T12:00:00Z")
POST = '+++\ntitle = "{0}"\ndate = 2026-03-02T09:00:00Z\n+++\n\n{1}\n'


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A Writer", "-c", "user.email=writer@site.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *settings, *arguments], check=True, capture_output=True)


@pytest.fixture
def written(site_of: Make) -> Path:
    folder = site_of(
        {
            "content/posts/old.md": POST.format("Old", "[nowhere](/nowhere/) and [part](/posts/new/#part)"),
            "content/posts/new.md": POST.format("New", "## Part\n\nText."),
            ".gitignore": ".presscheck/\n",
        }
    )
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "One")
    return folder


def rules(folder: Path, *arguments: str) -> list[str]:
    found = run("check", "--changed-since", "HEAD", "--output-format", "concise", *arguments, *CLOCK, cwd=folder)
    assert found.returncode in {0, 1}, found.stderr
    return [f"{line.split(':')[0]} {line.partition('[')[2].partition(']')[0]}" for line in found.stdout.splitlines()]


def test_what_was_wrong_before_is_not_reported(written: Path) -> None:
    assert rules(written) == []


def test_what_the_change_holds_and_what_it_broke_elsewhere_is(written: Path) -> None:
    (written / "content/posts/new.md").write_text(POST.format("New", "## Another part\n\n![](/x.png)"))
    (written / "content/posts/fresh.md").write_text("no front matter\n")
    assert rules(written) == [
        "content/posts/fresh.md front-matter-missing",
        "content/posts/new.md image-alt-missing",
        "content/posts/new.md image-missing",
        "content/posts/old.md link-fragment-missing",
    ]


def test_what_the_baseline_holds_is_not_reported_where_the_author_writes_either(written: Path) -> None:
    assert run("baseline", *CLOCK, cwd=written).returncode == 0
    post = written / "content/posts/old.md"
    post.write_text(post.read_text() + "\nOne more line.\n")
    assert rules(written) == []
    post.write_text(post.read_text() + "\n[gone](/gone/)\n")
    assert rules(written) == ["content/posts/old.md link-broken"]


def test_style_is_looked_at_in_what_changed(written: Path) -> None:
    with (written / "config.toml").open("a") as file:
        file.write("\n[params.presscheck]\nstyle = true\n")
    (written / "content/posts/old.md").write_text(POST.format("Old", "Trailing spaces   \nhere."))
    git(written, "add", "-A")
    git(written, "commit", "-qm", "Two")
    assert rules(written) == []
    (written / "content/posts/new.md").write_text(POST.format("New", "## Part\n\nTrailing spaces   \nhere."))
    assert rules(written) == ["content/posts/new.md style-md009"]


def test_what_git_leaves_out_of_archives_was_there_before(written: Path) -> None:
    (written / ".gitattributes").write_text("content/posts/new.md export-ignore\n")
    git(written, "add", "-A")
    git(written, "commit", "-qm", "Two")
    (written / "content/posts/fresh.md").write_text(POST.format("Fresh", "Text."))
    assert rules(written) == []


def test_neither_the_index_nor_a_file_of_the_author_is_touched(written: Path) -> None:
    (written / "content/posts/new.md").write_text(POST.format("New", "Half"))
    git(written, "add", "-A")
    (written / "content/posts/new.md").write_text(POST.format("New", "Half done"))
    index = (written / ".git/index").read_bytes()
    rules(written)
    assert (written / ".git/index").read_bytes() == index
    assert "Half done" in (written / "content/posts/new.md").read_text()


@pytest.mark.parametrize("to", ["/etc/hostname", "../../../outside.md", "old.md"])
def test_a_link_in_the_repository_is_as_it_was(written: Path, to: str) -> None:
    (written / "content/posts/link.md").symlink_to(to)
    (written / "notes").symlink_to(to)
    git(written, "add", "-A")
    git(written, "commit", "-qm", "Two")
    assert rules(written) == []
    (written / "content/posts/new.md").write_text(POST.format("New", "Nothing."))
    assert rules(written) == ["content/posts/old.md link-fragment-missing"]


def test_an_address_that_is_gone_is_missed(written: Path) -> None:
    (written / "content/posts/new.md").rename(written / "content/posts/newer.md")
    assert "content/posts/newer.md url-moved" in rules(written)
    assert run("check", *CLOCK, cwd=written).stdout.count("url-moved") == 0


def test_a_site_in_a_folder_of_a_repository(written: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    (whole / "docs").mkdir(parents=True)
    for name in ("config.toml", "content", "layouts"):
        (written / name).rename(whole / "docs" / name)
    git(whole, "init", "-q")
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "One")
    (whole / "docs/content/posts/new.md").write_text(POST.format("New", "## Teil\n\nText."))
    (whole / "elsewhere.md").write_text("not of the site\n")
    assert rules(whole / "docs") == ["content/posts/old.md link-fragment-missing"]


@pytest.mark.parametrize("revision", ["nope", "--output=x", ""])
def test_a_revision_that_git_does_not_know(written: Path, revision: str) -> None:
    found = run("check", f"--changed-since={revision}", *CLOCK, cwd=written)
    if revision:
        assert found.returncode == 2
        assert "git knows no revision" in found.stderr
    assert "Traceback" not in found.stderr


def test_outside_of_git(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "Text.")})
    found = run("check", "--changed-since", "HEAD", *CLOCK, cwd=folder)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
