"""The main job with the real Hugo: whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import files, hugo, pipeline, read
from presscheck.errors import EngineFailure, EnvironmentFault
from presscheck.releases import Releases
from tests.conftest import CLOCK, ROOT

Make = Callable[..., Path]

POST = '+++\ntitle = "{title}"\ndate = 2026-03-02T09:00:00+01:00\n+++\n\nSome words about {title}.\n'


def files_of(folder: Path) -> dict[str, str]:
    """Every file with the hash of its bytes and its mode."""
    return {
        path.relative_to(folder).as_posix(): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mode:o}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(folder: Path, **changes: object) -> pipeline.Outcome:
    root = read.find_root(folder)
    assert root
    order = {"root": root, "output": folder / "public", "clock": CLOCK, **changes}
    return pipeline.build(pipeline.Order(**order))  # type: ignore[arg-type]


def run(*arguments: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "build.py", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def posts(number: int, words: str = "old") -> dict[str, str]:
    return {f"content/posts/post-{n:03}.md": POST.format(title=f"{words} {n}") for n in range(number)}


def test_a_build_publishes_pages_lists_feeds_and_static_files(site_of: Make) -> None:
    folder = site_of({**posts(3), "static/robots.txt": "User-agent: *\n"})
    outcome = build(folder)
    assert outcome.is_published
    assert outcome.diagnostics == []
    made = files_of(folder / "public")
    assert {
        "index.html",
        "posts/index.html",
        "posts/post-000/index.html",
        "posts/index.xml",
        "robots.txt",
    } <= made.keys()
    assert outcome.files == len(made)


def test_public_holds_exactly_what_this_build_made(site_of: Make) -> None:
    folder = site_of(posts(2))
    build(folder)
    (folder / "public" / "stray.html").write_text("from elsewhere")
    (folder / "content/posts/post-001.md").unlink()
    build(folder)
    made = files_of(folder / "public")
    assert "stray.html" not in made
    assert "posts/post-001/index.html" not in made
    assert sorted(path.name for path in (folder / ".presscheck").iterdir()) == [
        "cache",
        "facts",
        "graph",
        "lock",
        "releases",
        "rendered",
        "sheets",
    ]


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("content/posts/bad.md", '+++\ntitle = "x\n+++\n', "front-matter-toml-syntax"),
        ("content/posts/bad.md", POST.format(title="bad") + "\n[nowhere](/posts/none/)\n", "link-broken"),
        ("layouts/page.html", '{{ errorf "no %s" "good" }}', "output-hugo-error"),
        ("layouts/page.html", '<title>{{ .Title }}</title><a href="/none/">x</a>', "output-reference-broken"),
        ("layouts/page.html", "<title>another</title>", "output-page-lost"),
    ],
)
def test_a_failed_build_leaves_public_as_it_was(site_of: Make, path: str, text: str, rule: str) -> None:
    folder = site_of(posts(5))
    build(folder)
    before = files_of(folder / "public")
    (folder / "content/posts/post-000.md").write_text(POST.format(title="changed"))
    (folder / path).write_text(text)
    outcome = build(folder)
    assert not outcome.is_published
    assert rule in {each.rule for each in outcome.diagnostics}
    assert files_of(folder / "public") == before
    (folder / path).unlink()
    assert build(folder).is_published
    assert files_of(folder / "public") != before


def test_hugo_failing_is_told_apart(site_of: Make) -> None:
    folder = site_of({**posts(1), "layouts/page.html": '{{ errorf "the template says no" }}'})
    done = run("--site", folder)
    assert done.returncode == 4
    assert "the template says no" in done.stdout
    assert "nothing was published" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (folder / "public").exists()


def test_a_build_that_takes_too_long_is_stopped(site_of: Make) -> None:
    folder = site_of(posts(300))
    started = time.monotonic()
    with pytest.raises(EngineFailure, match=r"took longer than 0\.05 seconds"):
        build(folder, time_limit=0.05)
    assert time.monotonic() - started < 20
    assert not (folder / "public").exists()
    assert [path.name for path in (folder / ".presscheck").glob("staging-*")] == []


def test_the_lock_is_waited_for_a_bounded_time(site_of: Make) -> None:
    folder = site_of(posts(1))
    work = folder / ".presscheck"
    work.mkdir()
    with (work / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = run("--site", folder, "--lock-timeout", "0.3")
    assert done.returncode == 3
    assert "another build holds" in done.stderr
    assert run("--site", folder, "--lock-timeout", "0.3").returncode == 0


def test_two_builds_at_once_take_turns(site_of: Make) -> None:
    folder = site_of(posts(100))
    command = [sys.executable, str(ROOT / "build.py"), "--site", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert "posts/post-099/index.html" in files_of(folder / "public")


def test_sigkill_at_any_moment_leaves_the_old_site_or_the_new(site_of: Make) -> None:
    folder = site_of(posts(250))
    started = time.monotonic()
    assert run("--site", folder, "--clock", CLOCK.isoformat()).returncode == 0
    usual = time.monotonic() - started
    old = files_of(folder / "public")
    for n in range(250):
        (folder / f"content/posts/post-{n:03}.md").write_text(POST.format(title=f"new {n}"))
    killed = 0
    command = [sys.executable, str(ROOT / "build.py"), "--site", str(folder), "--clock", CLOCK.isoformat()]
    for part in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(usual * part)
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        now = files_of(folder / "public")
        if now != old:
            assert all("new" in (folder / f"public/posts/post-{n:03}/index.html").read_text() for n in range(250))
            break
    assert killed >= 3
    assert run("--site", folder, "--clock", CLOCK.isoformat()).returncode == 0
    assert "new 249" in (folder / "public/posts/post-249/index.html").read_text()
    assert sorted(path.name for path in (folder / ".presscheck").iterdir()) == [
        "cache",
        "facts",
        "graph",
        "lock",
        "releases",
        "rendered",
        "sheets",
    ]


@pytest.mark.parametrize("later", [0, 0.002, 0.01, 0.1])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_the_build_and_cleans_up(site_of: Make, number: int, status: int, later: float) -> None:
    folder = site_of(posts(250))
    command = [sys.executable, str(ROOT / "build.py"), "--site", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not list(folder.glob(".presscheck/staging-*")) and time.monotonic() < deadline:
        time.sleep(0.0005)
    time.sleep(later)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in said
    assert not (folder / "public").exists()
    assert list(folder.glob(".presscheck/staging-*")) == []


def test_the_new_site_is_put_in_place_in_one_step(tmp_path: Path) -> None:
    """A reader who looks all the time never sees a moment without the page."""
    published = tmp_path / "public"
    for folder in (published, tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name)
    script = "import sys,os\nwhile True:\n try: open(sys.argv[1]).close()\n except FileNotFoundError: print('gone', flush=True)\n"
    reader = subprocess.Popen(
        [sys.executable, "-c", script, published / "index.html"], stdout=subprocess.PIPE, text=True
    )
    time.sleep(0.2)
    for turn in range(400):
        files.swap(tmp_path / "ab"[turn % 2], published, tmp_path / "aside/public")
    reader.kill()
    said, _ = reader.communicate()
    assert said == ""
    assert {(tmp_path / name / "index.html").read_text() for name in ("public", "a", "b")} == {"public", "a", "b"}


@pytest.mark.parametrize("is_link", [False, True])
def test_where_names_cannot_be_exchanged_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_link: bool
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda _one, _other: False)
    for name in ("disk" if is_link else "public", "staged"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    if is_link:
        (tmp_path / "public").symlink_to(tmp_path / "disk")
    for turn in range(3):
        there = [(tmp_path / name / "index.html").read_text() for name in ("staged", "public")]
        files.swap(tmp_path / "staged", tmp_path / "public", tmp_path / "aside/public")
        assert [(tmp_path / name / "index.html").read_text() for name in ("public", "staged")] == there, turn
    assert (tmp_path / "public").is_symlink() == is_link
    assert list((tmp_path / "aside").iterdir()) == []


def test_where_names_cannot_be_exchanged_builds_follow_one_another(
    site_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda _one, _other: False)
    folder = site_of(posts(2))
    made = []
    for title in ("one", "two", "three"):
        (folder / "content/posts/post-000.md").write_text(POST.format(title=title))
        outcome = build(folder)
        assert outcome.release
        made.append(outcome.release.id)
        assert title in (folder / "public/posts/post-000/index.html").read_text()
    assert [each.id for each in Releases(folder / ".presscheck", folder / "public").all()] == made[::-1]


def test_files_that_change_meanwhile_stop_the_publication(site_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site_of(posts(2))
    real = hugo.build

    def build_while_someone_writes(*arguments: object, **options: object) -> object:
        done = real(*arguments, **options)  # type: ignore[arg-type]
        (folder / "content/posts/post-000.md").write_text(POST.format(title="written meanwhile"))
        return done

    monkeypatch.setattr(hugo, "build", build_while_someone_writes)
    with pytest.raises(EnvironmentFault, match=r"post-000.md changed while the site was being built"):
        build(folder)
    assert not (folder / "public").exists()


@pytest.mark.parametrize(
    ("path", "config"),
    [
        ("static/.well-known/security.txt", ""),
        ("src/posts/a.md", 'contentDir = "src"\n'),
        ("shown/a.txt", 'staticDir = "shown"\n'),
        ("layouts/more.html", ""),
        ("config.toml", ""),
    ],
)
def test_whatever_hugo_reads_is_looked_at_again(
    site_of: Make, monkeypatch: pytest.MonkeyPatch, path: str, config: str
) -> None:
    folder = site_of({path: POST.format(title="A"), **posts(1)} if path != "config.toml" else posts(1))
    (folder / "config.toml").write_text(config + (folder / "config.toml").read_text())
    real = hugo.build

    def build_while_someone_writes(*arguments: object, **options: object) -> object:
        with (folder / path).open("a") as file:
            file.write("\n# more\n")
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(hugo, "build", build_while_someone_writes)
    with pytest.raises(EnvironmentFault, match=f"{path} changed while the site was being built"):
        build(folder)
    assert not (folder / "public").exists()


def test_hugo_is_told_how_much_it_has_to_read_wherever_it_lies(site_of: Make) -> None:
    folder = site_of({path.replace("content", "src"): text for path, text in posts(2).items()})
    (folder / "config.toml").write_text('contentDir = "src"\n' + (folder / "config.toml").read_text())
    root = read.find_root(folder)
    assert root
    sources = pipeline.examine(pipeline.Order(root, folder / "public", CLOCK))
    assert sources.text == sum(map(len, posts(2).values()))


def test_two_builds_in_different_places_are_byte_identical(tmp_path: Path) -> None:
    places = [("one", "UTC", "C", 0o022), ("an öther folder", "Pacific/Kiritimati", "de_DE.UTF-8", 0o077)]
    made: list[dict[str, str]] = []
    for name, zone, locale, umask in places:
        folder = tmp_path / name
        ignored = shutil.ignore_patterns(
            ".[!g]*", ".git", "public", "node_modules", "resources", "tests", "bench", "__pycache__", "*.egg-info"
        )
        shutil.copytree(ROOT, folder, ignore=ignored)
        for path in folder.rglob("*"):
            os.utime(path, (1_000_000_000 + len(made), 1_000_000_000 + len(made)))
        command = f"umask {umask:o}; exec '{sys.executable}' '{ROOT / 'build.py'}' --site '{folder}' --clock {CLOCK.isoformat()}"
        environment = {
            **os.environ,
            "TZ": zone,
            "LANG": locale,
            "LC_ALL": locale,
            "HUGO_BUILDDRAFTS": "true",
            "HUGO_TITLE": "x",
        }
        done = subprocess.run(
            ["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made.append(files_of(folder / "public"))
    assert made[0] == made[1]
    assert len(made[0]) > 40


def test_a_read_only_source_can_be_built_elsewhere(site_of: Make, tmp_path: Path) -> None:
    folder = site_of(posts(2))
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        done = run("--site", folder, "--output", tmp_path / "elsewhere" / "public")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "elsewhere/public/index.html").is_file()
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(path.stat().st_mode | 0o700)


@pytest.mark.parametrize("output", ["content", ".", "layouts/x", "notes"])
def test_an_output_that_holds_something_else_is_refused(site_of: Make, output: str) -> None:
    folder = site_of({**posts(1), "notes/diary.txt": "mine"})
    before = files_of(folder)
    done = run("--site", folder, "--output", folder / output)
    assert done.returncode == 2
    assert files_of(folder) == before


def test_a_base_url_may_be_given(site_of: Make) -> None:
    folder = site_of(posts(1))
    assert run("--site", folder, "--base-url", "https://user.example/blog/").returncode == 0
    assert "https://user.example/blog/posts/post-000/" in (folder / "public/sitemap.xml").read_text()


def test_the_clock_decides_what_is_published(site_of: Make) -> None:
    folder = site_of(posts(1))
    assert run("--site", folder, "--clock", "2026-01-01T00:00:00Z").returncode == 0
    assert not (folder / "public/posts/post-000").exists()
    assert run("--site", folder, "--clock", "2026-04-01").returncode == 0
    assert (folder / "public/posts/post-000").exists()
