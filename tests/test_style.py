from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from presscheck.style import look_at
from presscheck.text import Source
from tests.test_cli import run

Make = Callable[..., Path]

STYLED = 'baseURL = "https://site.example/"\ntitle = "A site"\ntimeZone = "UTC"\n\n[params.presscheck]\nstyle = true\n'
POST = '+++\ntitle = "Élan"\ndate = 2026-03-02T09:00:00Z\n+++\n\nThé é.\n\n\n\n- one   \n- two <!-- presscheck: ignore-line[style-md009] it is meant -->   \n'
CLOCK = ("--clock", "2026-11-22T12:00:00Z")


def test_rumdl_speaks_where_it_is_asked_to(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST})
    assert "style-" not in run("check", "--output-format", "concise", *CLOCK, cwd=folder).stdout
    (folder / "config.toml").write_text(STYLED)
    found = run("check", "--output-format", "concise", *CLOCK, cwd=folder)
    assert found.returncode == 0
    lines = found.stdout.splitlines()
    assert "content/posts/a.md:10:6: warning[style-md009] [*] 3 trailing spaces found" in lines
    assert not any(line.startswith("content/posts/a.md:11:") and "md009" in line for line in lines)


def test_its_fixes_are_applied_to_characters_not_bytes(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST, "config.toml": STYLED})
    shown = run("fix", "--rule", "style-md009", "--diff", *CLOCK, cwd=folder).stdout
    assert "-- one   \n+- one\n" in shown
    assert run("fix", "--rule", "style-md009", *CLOCK, cwd=folder).returncode == 0
    assert (folder / "content/posts/a.md").read_text() == POST.replace("one   \n", "one\n")


def test_places_are_characters() -> None:
    (found,) = (
        each
        for each in look_at([Source("a.md", "# É\n\nThé é   \n")], Path("/nonexistent"))
        if each.rule == "style-md009"
    )
    assert found.fix
    assert found.fix.edits[0].span == (10, 13)


def test_a_rule_of_rumdl_is_explained_by_rumdl(tmp_path: Path) -> None:
    assert "MD012" in run("explain", "style-md012", cwd=tmp_path).stdout


def test_who_asks_for_other_rules_gets_no_style(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST, "config.toml": STYLED})

    def styles(*arguments: str) -> bool:
        done = run("check", "--output-format", "concise", *arguments, *CLOCK, cwd=folder)
        assert done.returncode == 0, done.stderr
        return "style-" in done.stdout

    assert styles()
    assert not styles("--select", "link-*")
    assert styles("--select", "style-*")
    assert not styles("--ignore", "style-*")


def test_an_old_style_can_be_ignored_for_now(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST, "config.toml": STYLED})
    before = run("check", "--output-format", "concise", *CLOCK, cwd=folder).stdout.count("style-")
    done = run("fix", "--add-ignore=it is old", "--rule", "style-md009", *CLOCK, cwd=folder)
    assert (done.returncode, "ignored 1 finding; 0 left" in done.stderr) == (0, True), done.stderr
    after = run("check", "--output-format", "concise", *CLOCK, cwd=folder).stdout
    assert "md009" not in after
    assert after.count("style-") <= before
