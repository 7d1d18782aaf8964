"""Releases: made, kept, gone back to, while readers read."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from presscheck import files as files_module
from presscheck.errors import EnvironmentFault, UsageError
from presscheck.manifest import MARK, Manifest
from presscheck.releases import Release, Releases, alone_in, describe, ensure_whole, one_of, sending, staging
from tests.conftest import ROOT
from tests.test_pipeline import Make, files_of, posts, run

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def style(letter: str) -> str:
    return f"css/text.{letter * 64}.css"


def tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def page(letter: str) -> dict[str, str]:
    return {"index.html": f"<link href={style(letter)}>", style(letter): f"/* {letter} */"}


def put(place: Path, files: dict[str, str], now: datetime = NOW, **changes: int) -> Manifest:
    work = place / ".presscheck"
    with alone_in(work, 10), staging(work) as staged:
        return Releases(work, place / "public", **changes).put(tree(staged, files), "https://example.org/", now)


def releases(place: Path, **changes: int) -> Releases:
    return Releases(place / ".presscheck", place / "public", **changes)


def test_a_release_is_the_folder_and_says_so(tmp_path: Path) -> None:
    made = put(tmp_path, page("a"))
    current = releases(tmp_path).current()
    assert current
    assert current.manifest == made
    assert files_of(tmp_path / "public").keys() == {"index.html", style("a"), MARK}
    ensure_whole(current)


def test_a_folder_that_something_else_made_is_put_aside_and_never_thrown_away(tmp_path: Path) -> None:
    theirs = {"index.html": "old", "CNAME": "blog.example", "img/x.svg": "<svg/>"}
    tree(tmp_path / "public", theirs)
    for letter in "abcde":
        put(tmp_path, page(letter), number=1)
    assert "CNAME" not in files_of(tmp_path / "public")
    (found,) = (tmp_path / ".presscheck/found").iterdir()
    assert {name: (found / name).read_text() for name in files_of(found)} == theirs


def test_what_others_put_into_a_published_folder_stays(tmp_path: Path) -> None:
    tree(tmp_path / "public", {"index.html": "old", "uploads/photo.jpg": "a photo"})
    (tmp_path / "public/latest.jpg").symlink_to("uploads/photo.jpg")
    work = tmp_path / ".presscheck"
    for letter in "ab":
        with alone_in(work, 10), staging(work) as staged:
            made = describe(tree(staged, page(letter)), "https://example.org/", NOW)
            releases(tmp_path).take(staged, made, NOW)
        tree(tmp_path / "public", {f"{letter}.html": "put there by hand"})
    there = files_of(tmp_path / "public")
    assert {"uploads/photo.jpg", "latest.jpg", "a.html", "b.html", style("b"), MARK} <= there.keys()
    assert (tmp_path / "public/index.html").read_text() == page("b")["index.html"]
    assert (tmp_path / "public/latest.jpg").is_symlink()
    (found,) = (tmp_path / ".presscheck/found").iterdir()
    assert (found / "index.html").read_text() == "old"


def test_a_checkout_of_git_is_not_replaced(site_of: Make) -> None:
    folder = site_of(posts(1))
    tree(folder / "public", {"index.html": "old", ".git/HEAD": "ref: refs/heads/main"})
    done = run("--site", folder)
    assert done.returncode == 2
    assert "is a checkout of git" in done.stderr
    assert (folder / "public/.git/HEAD").exists()


def test_readers_of_the_older_page_still_find_its_style(tmp_path: Path) -> None:
    put(tmp_path, page("a"))
    made = put(tmp_path, page("b"), NOW + timedelta(days=1))
    assert (tmp_path / "public" / style("a")).read_text() == "/* a */"
    assert list(made.kept) == [style("a")]
    last = put(tmp_path, page("c"), NOW + timedelta(days=16))
    assert list(last.kept) == [style("b")]
    assert not (tmp_path / "public" / style("a")).exists()


def test_a_site_that_something_else_put_there_keeps_its_styles_for_readers_too(tmp_path: Path) -> None:
    tree(tmp_path / "public", page("a"))
    made = put(tmp_path, page("b"))
    assert list(made.kept) == [style("a")]
    assert [each.id for each in releases(tmp_path).all()] == [made.id]


def test_going_back_and_forth(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter), NOW + timedelta(hours=at)).id for at, letter in enumerate("abc")]
    kept = releases(tmp_path)
    assert [each.id for each in kept.all()] == ids[::-1]
    assert kept.roll_back("", NOW).id == ids[1]
    assert (tmp_path / "public/index.html").read_text() == page("b")["index.html"]
    assert all((tmp_path / "public" / style(letter)).exists() for letter in "abc"), "pages in readers' hands"
    assert kept.roll_back("", NOW).id == ids[0]
    with pytest.raises(UsageError, match="no earlier release"):
        kept.roll_back("", NOW)
    assert kept.roll_back(ids[2][:4], NOW).id == ids[2]
    assert [each.is_current for each in kept.all()] == [True, False, False]
    for each in kept.all():
        ensure_whole(each)


def test_releases_made_in_one_second_are_told_apart(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter)).id for letter in "abc"]
    kept = releases(tmp_path)
    assert [each.id for each in kept.all()] == ids[::-1]
    assert [kept.roll_back("", NOW).id, kept.roll_back("", NOW).id] == ids[1::-1]
    assert put(tmp_path, page("b")).id == ids[1]
    assert [each.id for each in kept.all()] == [ids[1], ids[2], ids[0]]


def test_a_history_that_cannot_be_read_does_no_harm(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter), NOW + timedelta(hours=at)).id for at, letter in enumerate("ab")]
    (tmp_path / ".presscheck/releases/public/history").write_bytes(b"\xff never")
    assert [each.id for each in releases(tmp_path).all()] == ids[::-1]
    assert releases(tmp_path).roll_back("", NOW).id == ids[0]


def test_a_release_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    first = put(tmp_path, page("a"))
    second = put(tmp_path, page("b"), NOW + timedelta(hours=1))
    with pytest.raises(UsageError, match="no release `beef`") as caught:
        releases(tmp_path).roll_back("beef", NOW)
    assert first.id in caught.value.hint
    with pytest.raises(UsageError, match="is the release that is published"):
        releases(tmp_path).roll_back(second.id, NOW)


def test_a_name_that_fits_several_releases_means_none_of_them(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter), NOW + timedelta(hours=at)).id for at, letter in enumerate("abc")]
    with pytest.raises(UsageError, match="may be") as caught:
        one_of(releases(tmp_path).all(), "")
    assert all(each in caught.value.message for each in ids)
    assert one_of(releases(tmp_path).all(), ids[1][:8]).id == ids[1]


def test_releases_may_be_kept_longer_than_the_calendar_goes(tmp_path: Path) -> None:
    (tmp_path / "staged").mkdir()
    kept = Releases(tmp_path / ".presscheck", tmp_path / "public", days=10_000_000)
    for letter in "abc":
        (tmp_path / "staged/index.html").parent.mkdir(exist_ok=True)
        (tmp_path / "staged/index.html").write_text(letter)
        kept.put(tmp_path / "staged", "https://site.example/", NOW)
    assert len(kept.all()) == 3


@pytest.fixture
def _names_cannot_be_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "_exchange", lambda _one, _other: False)


@pytest.mark.usefixtures("_names_cannot_be_exchanged")
def test_where_names_cannot_be_exchanged_releases_come_and_go_all_the_same(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter), NOW + timedelta(hours=at)).id for at, letter in enumerate("abc")]
    kept = releases(tmp_path)
    assert [each.id for each in kept.all()] == ids[::-1]
    assert [kept.roll_back("", NOW).id, kept.roll_back("", NOW).id] == ids[1::-1]
    assert (tmp_path / "public/index.html").read_text() == page("a")["index.html"]
    assert kept.roll_back(ids[2], NOW).id == ids[2]
    assert [each.is_current for each in kept.all()] == [True, False, False]
    for each in kept.all():
        ensure_whole(each)


KILLED = """
import os, signal, sys
from pathlib import Path
from presscheck import files
from tests.test_releases import NOW, page, put

left = int(sys.argv[2])
rename = Path.rename

def rename_or_die(self, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)

files._exchange = lambda one, other: False
Path.rename = rename_or_die
put(Path(sys.argv[1]), page("b"), NOW)
"""


@pytest.mark.parametrize(("step", "online"), [(1, "a"), (2, ""), (3, "b")])
def test_killed_while_the_folders_change_names_loses_no_site(tmp_path: Path, step: int, online: str) -> None:
    """Whoever comes next to work there finds the site in its place again."""
    first = put(tmp_path, page("a"))
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, str(step)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "public").exists() == bool(online)
    with alone_in(tmp_path / ".presscheck", 1):
        current = releases(tmp_path).current()
    assert current
    assert (tmp_path / "public/index.html").read_text() == page(online or "a")["index.html"]
    ensure_whole(current)
    assert list(tmp_path.glob(".presscheck/aside/*")) == []
    last = put(tmp_path, page("c"), NOW + timedelta(hours=1))
    assert {each.id for each in releases(tmp_path).all()} == {last.id, current.id}
    assert (current.id == first.id) == (online != "b")


def test_a_release_that_is_being_sent_stays_as_it_is(tmp_path: Path) -> None:
    work = tmp_path / ".presscheck"
    first = put(tmp_path, page("a"))
    with alone_in(work, 1):
        current = releases(tmp_path).current()
        assert current
        block = sending(current, work)
        sent = block.__enter__()
    for at, letter in enumerate("bcdef"):
        put(tmp_path, page(letter), NOW + timedelta(hours=at + 1))
    releases(tmp_path).roll_back("", NOW)
    assert sent.id == first.id
    ensure_whole(sent)
    block.__exit__(None, None, None)
    assert list(work.glob("sending-*")) == []


def test_what_a_killed_publication_left_goes_away(tmp_path: Path) -> None:
    tree(tmp_path / ".presscheck/sending-1", {"lock": "", "site/index.html": "left"})
    put(tmp_path, page("a"))
    assert list(tmp_path.glob(".presscheck/sending-*")) == []


@pytest.mark.parametrize("harm", ["change", "remove", "grow"])
def test_a_damaged_release_is_not_published_again(tmp_path: Path, harm: str) -> None:
    first = put(tmp_path, page("a"))
    put(tmp_path, page("b"), NOW + timedelta(hours=1))
    victim = tmp_path / ".presscheck/releases/public" / first.id / "site/index.html"
    if harm == "remove":
        victim.unlink()
    else:
        victim.write_text("x" * (len(page("a")["index.html"]) if harm == "change" else 3))
    before = files_of(tmp_path / "public")
    with pytest.raises(EnvironmentFault, match=r"is damaged: index\.html"):
        releases(tmp_path).roll_back("", NOW)
    assert files_of(tmp_path / "public") == before


def test_old_releases_make_room(tmp_path: Path) -> None:
    ids = [put(tmp_path, page(letter), NOW + timedelta(minutes=at), number=3).id for at, letter in enumerate("abcd")]
    assert [each.id for each in releases(tmp_path).all()] == ids[:0:-1]
    assert sorted(path.parent.name for path in tmp_path.glob(".presscheck/releases/public/*/site")) == sorted(ids[1:-1])
    assert len(list(tmp_path.glob(".presscheck/releases/public/*/"))) == 3


def test_the_one_before_stays_however_old_it_is(tmp_path: Path) -> None:
    put(tmp_path, page("a"), NOW - timedelta(days=90))
    second = put(tmp_path, page("b"), NOW - timedelta(days=60))
    third = put(tmp_path, page("c"), NOW)
    assert [each.id for each in releases(tmp_path).all()] == [third.id, second.id]


def test_what_a_killed_build_left_half_done_goes_away(tmp_path: Path) -> None:
    left = tmp_path / ".presscheck/releases/public/0123456789ab"
    tree(left, {"manifest.json": "{"})
    tree(tmp_path / ".presscheck/staging-1/site", {"index.html": "half"})
    made = put(tmp_path, page("a"))
    assert [each.id for each in releases(tmp_path).all()] == [made.id]
    assert not left.exists()
    assert list(tmp_path.glob(".presscheck/staging-*")) == []


def test_a_folder_changed_by_hand_is_no_release_but_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, page("a"))
    (tmp_path / "public" / MARK).write_text('{"release": "../../etc"}')
    assert releases(tmp_path).current() is None
    made = put(tmp_path, page("b"))
    current = releases(tmp_path).current()
    assert current
    assert current.id == made.id


def test_links_in_the_folder_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path / "outside", {"secret.txt": "secret"})
    tree(tmp_path / "public", {"index.html": "x"})
    (tmp_path / "public/loop").symlink_to(tmp_path / "public")
    assert describe(tmp_path / "public", "", NOW, lambda path: path.endswith(".html")).files.keys() == {"index.html"}


READER = """
import os, re, sys
folder = sys.argv[1]
reads = faults = 0
while not os.path.exists(sys.argv[2]):
    try:
        with open(folder + '/index.html') as file:
            page = file.read()
        with open(folder + '/' + re.search('href=(.*)>', page)[1]) as file:
            whole = file.read()
        if not (whole.startswith('/*') and whole.endswith('*/')):
            raise ValueError(whole)
    except Exception as error:
        faults += 1
        print(repr(error), flush=True)
    reads += 2
print(reads, faults, flush=True)
"""


def test_readers_never_miss_a_page_or_its_style(tmp_path: Path) -> None:
    """While releases change as fast as they can, each page that is read finds the style it names."""
    letters = "0123456789abcdef"
    put(tmp_path, page("0"))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, tmp_path / "public", tmp_path / "end"], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    deadline = time.monotonic() + 20
    swaps = 0
    while swaps < 100 and time.monotonic() < deadline:
        swaps += 1
        put(tmp_path, page(letters[swaps % 16]), NOW + timedelta(seconds=swaps))
        if swaps % 10 == 0:
            releases(tmp_path).roll_back("", NOW + timedelta(seconds=swaps))
    (tmp_path / "end").touch()
    said = [reader.communicate(timeout=30)[0].splitlines() for reader in readers]
    reads, faults = (sum(int(lines[-1].split()[at]) for lines in said) for at in (0, 1))
    assert swaps > 20
    assert reads > 1000
    assert faults == 0, said


def test_build_and_rollback_as_authors_use_them(site_of: Make) -> None:
    folder = site_of(posts(2))
    assert run("--site", folder).returncode == 0
    (folder / "content/posts/post-000.md").unlink()
    done = run("--site", folder)
    assert done.returncode == 0
    assert "1 removed" in done.stderr
    listed = run("releases", "--site", folder).stdout.splitlines()
    assert [line[0] for line in listed] == ["*", " "]
    done = run("rollback", "--site", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "public/posts/post-000/index.html").exists()
    done = run("rollback", "nonsense", "--site", folder)
    assert done.returncode == 2
    assert "there is no release `nonsense`" in done.stderr
    assert run("--site", folder).returncode == 0
    assert not (folder / "public/posts/post-000/index.html").exists()


def test_a_release_is_what_its_manifest_says(site_of: Make) -> None:
    folder = site_of(posts(2))
    assert run("--site", folder).returncode == 0
    current = releases(folder).current()
    assert current
    assert current.manifest.everything.keys() == files_of(folder / "public").keys()
    ensure_whole(Release(current.manifest, folder / "public", is_current=True))
