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


def test_a_baseline_that_is_none_is_said(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format("A", "Text."), FILE: "{}"})
    found = run("check", *CLOCK, cwd=folder)
    assert found.returncode == 2
    assert f"{FILE} is not a baseline" in found.stderr


def test_what_is_written_is_read() -> None:
    accepted = Counter({Identity("a", "b/ü.md", "“x”"): 2, Identity("a", "b", "\udcff"): 1})
    assert read_baseline(write_baseline(accepted), "f") == accepted
    assert read_baseline(write_baseline(Counter()), "f") == Counter()
    with pytest.raises(UsageError):
        read_baseline("[1]", "f")
