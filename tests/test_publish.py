"""Publishing to folders, object stores and branches: what arrives, what is refused, and what is said."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from presscheck import guards
from presscheck.cli import main
from presscheck.commands import publishing
from presscheck.config import Config
from presscheck.errors import EnvironmentFault, PublishFailure, PublishRefusal, UsageError
from presscheck.files import locked
from presscheck.manifest import Entry, Manifest
from presscheck.publish import branch, deploy, plan, state, store
from presscheck.publish import folder as folder_module
from presscheck.publish.place import scheme_of
from presscheck.releases import Release, Releases
from presscheck.schema import of_settings
from presscheck.settings import Hosting, Place, places
from tests.conftest import ROOT
from tests.faults import Proxy, proxy_before
from tests.stores import (
    AWS,
    AZURE_KEY,
    Blog,
    Bucket,
    GoogleHandler,
    Online,
    css,
    ensure_readable,
    make_azure_container,
    node_server,
    pages,
    running,
    s3_url,
)

pytest_plugins = ("tests.online",)

Make = Callable[..., Path]

OLD, NEW = pages("old", "black"), pages("new", "red")
STYLE_OLD, STYLE_NEW = css("black")[0], css("red")[0]
POST = '+++\ntitle = "{title}"\ndescription = "About {title}."\ndate = 2026-03-02T09:00:00+01:00\n+++\n\nSome words{more}.\n'


def presscheck(
    site: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "presscheck", *arguments, "--site", site],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def entry(path: str, digest: str = "0") -> Entry:
    return Entry(path, 1, digest * 64)


def manifest(*paths: str, made: str = "2026-01-01T00:00:00+00:00", digest: str = "0") -> Manifest:
    return Manifest.of([entry(path, digest) for path in ("index.html", *paths)], made)


# The whole story, with the command and a real Hugo


def test_a_blog_goes_to_s3_changes_and_goes_back(site_of: Make, s3: Online) -> None:
    site = site_of({f"content/posts/{n}.md": POST.format(title=f"Post {n}", more="") for n in "abcd"})
    with (site / "config.toml").open("a") as config:
        config.write(f'\n[params.presscheck.publish.live]\nurl = "{s3.blog.place.url}"\n')
    assert presscheck(site, "build").returncode == 0
    rehearsed = presscheck(site, "publish", "--dry-run")
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "+ /posts/a/  " in rehearsed.stdout
    assert "nothing was changed" in rehearsed.stderr
    assert s3.bucket.keys() == set()

    first = presscheck(site, "publish", "-v")
    assert first.returncode == 0, first.stderr
    assert "sent posts/a/index.html (" in first.stderr
    releases = Releases(site / ".presscheck", site / "public")
    old = releases.current()
    assert old
    assert s3.bucket.keys() - {".presscheck/state.json"} == old.manifest.everything.keys()
    head = s3.bucket.head("posts/a/index.html")
    assert head["ContentType"] == "text/html; charset=utf-8"
    assert head["CacheControl"] == Hosting().page_cache
    assert head["ContentEncoding"] == "gzip"

    (site / "content/posts/b.md").write_text(POST.format(title="Post b", more=" and more"))
    assert presscheck(site, "build").returncode == 0
    new = releases.current()
    assert new
    s3.proxy.log.clear()
    second = presscheck(site, "publish")
    assert second.returncode == 0, second.stderr
    changes = new.manifest.since(old.manifest)
    changed = {each.path for each in (*changes.added, *changes.changed)}
    assert "posts/b/index.html" in changed
    assert "posts/a/index.html" not in changed
    assert s3.proxy.sent() == changed | {"release.json"}

    s3.proxy.log.clear()
    assert "there was nothing to send" in presscheck(site, "publish").stderr
    assert s3.proxy.sent() == set()

    back = presscheck(site, "publish", "--release", old.id)
    assert back.returncode == 0, back.stderr
    assert "and more" not in s3.bucket.text("posts/b/index.html")
    assert old.id in s3.bucket.text("release.json")
    refused = presscheck(site, "publish", "--release", "feedfeed")
    assert refused.returncode == 2
    assert "there is no release `feedfeed`" in refused.stderr


def test_two_commands_at_once_do_no_harm(s3: Online) -> None:
    """Whoever comes second waits a moment, and is refused; then it goes through."""
    s3.blog.build(OLD)
    site = s3.blog.folder
    (site / "content").mkdir()
    (site / "config.toml").write_text(
        f'baseURL = "https://site.example/"\n[params.presscheck.publish.live]\nurl = "{s3.blog.place.url}"\n'
    )
    done: list[subprocess.CompletedProcess[str]] = []
    s3.proxy.fail(
        r"PUT .*/index\.html", call=lambda: done.append(presscheck(site, "publish", "--lock-timeout", "0.2")), times=1
    )
    assert presscheck(site, "publish").returncode == 0
    assert [each.returncode for each in done] == [5]
    assert "another publication (" in done[0].stderr
    assert "nothing was changed" in done[0].stderr
    assert s3.bucket.site().items() >= OLD.items()


def test_a_build_meanwhile_changes_nothing_of_what_is_sent(site_of: Make, s3: Online) -> None:
    site = site_of({"content/posts/a.md": POST.format(title="Post a", more="")})
    with (site / "config.toml").open("a") as config:
        config.write(f'\n[params.presscheck.publish.live]\nurl = "{s3.blog.place.url}"\n')
    assert presscheck(site, "build").returncode == 0
    done: list[subprocess.CompletedProcess[str]] = []

    def write_and_build() -> None:
        (site / "content/posts/a.md").write_text(POST.format(title="Post a", more=" and more"))
        done.append(presscheck(site, "build", "--lock-timeout", "1"))

    s3.proxy.fail(r"PUT .*\.html", call=write_and_build, times=1)
    published = presscheck(site, "publish")
    assert published.returncode == 0, published.stderr
    assert [each.returncode for each in done] == [0]
    old = next(each for each in Releases(site / ".presscheck", site / "public").all() if not each.is_current)
    assert old.id in s3.bucket.text("release.json")
    assert "and more" not in s3.bucket.text("posts/a/index.html")
    assert list(site.glob(".presscheck/sending-*")) == []


def test_a_build_meanwhile_does_not_fail_a_publication_to_a_folder(
    site_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place lies beside the published folder, and shares its lock."""
    site = site_of({"content/posts/a.md": POST.format(title="Post a", more="")})
    with (site / "config.toml").open("a") as config:
        config.write(f'\n[params.presscheck.publish.live]\nurl = "{tmp_path / "www"}"\n')
    built = ("--output", str(tmp_path / "public"))
    assert presscheck(site, "build", *built).returncode == 0
    path_of = folder_module.path_of

    def write_and_build(url: str, root: Path) -> Path:
        (site / "content/posts/a.md").write_text(POST.format(title="Post a", more=" and more"))
        assert presscheck(site, "build", *built, "--lock-timeout", "1").returncode == 0
        return path_of(url, root)

    monkeypatch.setattr(folder_module, "path_of", write_and_build)
    assert main(["publish", "--site", str(site), *built]) == 0
    assert "and more" in (tmp_path / "public/posts/a/index.html").read_text()
    assert "and more" not in (tmp_path / "www/posts/a/index.html").read_text()


def test_a_publication_waits_for_a_build_for_a_bounded_time(site_of: Make, tmp_path: Path) -> None:
    site = site_of({"content/posts/a.md": POST.format(title="Post a", more="")})
    with (site / "config.toml").open("a") as config:
        config.write(f'\n[params.presscheck.publish.live]\nurl = "{tmp_path / "www"}"\n')
    assert presscheck(site, "build").returncode == 0
    with locked(site / ".presscheck", 1):
        done = presscheck(site, "publish", "--lock-timeout", "0.2")
    assert done.returncode == 5
    assert "another build holds" in done.stderr
    assert not (tmp_path / "www").exists()


# Other stores


def both_releases(blog: Blog, proxy: Proxy | None = None) -> None:
    """The first release, the same again, and another one."""
    first = blog.build(OLD)
    assert blog.publish(first, lock_timeout=10).sent == len(OLD)
    assert blog.publish(first, lock_timeout=10).sent == 0
    if proxy:
        proxy.log.clear()
    outcome = blog.publish(blog.build(NEW), lock_timeout=10)
    assert outcome.drifted == ()
    assert outcome.sent == len(NEW) - 1  # all but the picture
    there = store.connect(blog.place.url)
    listed = there.list().keys()
    assert {path for path in listed if path.startswith(".presscheck/")} == {".presscheck/state.json"}
    site = {path: text_of(there, path) for path in listed if not path.startswith(".presscheck/")}
    assert site.items() >= NEW.items()
    assert site[STYLE_OLD] == OLD[STYLE_OLD]
    ensure_readable(site, NEW)
    assert blog.publish(next(iter(release for release in all_of(blog) if not release.is_current)), is_named=True).sent
    assert text_of(there, "index.html") == OLD["index.html"]


def all_of(blog: Blog) -> list[Release]:
    return Releases(blog.folder / ".presscheck", blog.folder / "public").all()


def text_of(there: store.Store, path: str) -> str:
    found = there.read(path)
    assert found
    data = found.data
    return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode()


def test_azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [*node_server("azurite-blob"), "--blobPort", "0", "--skipApiVersionCheck", "--location", str(tmp_path)]
    with running(command, r"listens on http://127\.0\.0\.1:(\d+)", tmp_path / "log") as said:
        port = int(said[1])
        make_azure_container(port, "site")
        for name, value in {
            "ACCOUNT": "devstoreaccount1",
            "KEY": AZURE_KEY,
            "DOMAIN": f"127.0.0.1:{port}",
            "PROTOCOL": "http",
            "IS_LOCAL_EMULATOR": "true",
        }.items():
            monkeypatch.setenv(f"AZURE_STORAGE_{name}", value)
        address = f"azblob://site?localemu=true&domain=127.0.0.1:{port}&protocol=http&storage_account=devstoreaccount1"
        both_releases(Blog(tmp_path / "blog", address))


def test_google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "from gcp_storage_emulator.server import create_server as c\n"
        "s = c('127.0.0.1', 0, in_memory=True, default_bucket='site'); s.start()\n"
        "print('port', s._api._httpd.socket.getsockname()[1], flush=True)\n"
        "import time; time.sleep(600)\n"
    )
    with (
        running([sys.executable, "-c", script], r"port (\d+)", tmp_path / "log") as said,
        proxy_before(int(said[1]), GoogleHandler) as proxy,
    ):
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"127.0.0.1:{proxy.port}")
        both_releases(Blog(tmp_path / "blog", "gs://site?anonymous=true&access_id=-"), proxy)


def test_an_s3_without_conditional_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [*node_server("s3rver"), "-d", str(tmp_path / "data"), "-a", "127.0.0.1", "-p", "0"]
    (tmp_path / "data").mkdir()
    with running(command, r"listening on 127\.0\.0\.1:(\d+)", tmp_path / "log") as said:
        for name, value in AWS.items():
            monkeypatch.setenv(name, value)
        port = int(said[1])
        Bucket(port, "site")
        blog = Blog(tmp_path / "blog", s3_url("site", port))
        both_releases(blog)
        assert any("no conditional writes" in line for line in blog.said)


# What the store gets


def test_every_kind_of_file_has_its_headers(s3: Online) -> None:
    s3.blog.publish(s3.blog.build({**OLD, "font.woff2": "font", "LICENSE": "words", "app.webmanifest": "{}"}))
    wanted = {
        "index.html": ("text/html; charset=utf-8", Hosting().page_cache, "gzip"),
        "feed.xml": ("application/xml; charset=utf-8", Hosting().page_cache, "gzip"),
        "app.webmanifest": ("application/manifest+json", Hosting().page_cache, "gzip"),
        STYLE_OLD: ("text/css; charset=utf-8", Hosting().asset_cache, "gzip"),
        "picture.png": ("image/png", Hosting().other_cache, None),
        "font.woff2": ("font/woff2", Hosting().other_cache, None),
        "LICENSE": ("application/octet-stream", Hosting().page_cache, None),
        "release.json": ("application/json", Hosting().page_cache, None),
    }
    for path, (kind, cache, packing) in wanted.items():
        head = s3.bucket.head(path)
        assert (head["ContentType"], head["CacheControl"], head.get("ContentEncoding")) == (kind, cache, packing), path


def test_new_headers_travel_though_the_files_are_the_same(s3: Online) -> None:
    release = s3.blog.build(OLD)
    s3.blog.publish(release)
    s3.proxy.log.clear()
    outcome = s3.blog.publish(release, hosting=Hosting(page_cache="no-cache"))
    html = {path for path in OLD if not path.startswith(("style", "picture"))}
    assert s3.proxy.sent() >= html
    assert not s3.proxy.sent() & {STYLE_OLD, "picture.png"}
    assert outcome.sent == len(html)
    assert s3.bucket.head("index.html")["CacheControl"] == "no-cache"
    s3.proxy.log.clear()
    assert s3.blog.publish(release, hosting=Hosting(page_cache="no-cache")).sent == 0


def test_old_styles_stay_for_two_weeks_and_then_go(s3: Online) -> None:
    s3.blog.publish(s3.blog.build(OLD))
    newer = s3.blog.build(NEW)
    s3.blog.publish(newer, now=datetime(2026, 11, 20, tzinfo=UTC))
    assert {STYLE_OLD, STYLE_NEW} <= s3.bucket.keys()
    s3.blog.publish(newer, now=datetime(2026, 12, 4, tzinfo=UTC))
    assert {STYLE_OLD, STYLE_NEW} <= s3.bucket.keys()
    s3.blog.publish(newer, now=datetime(2026, 12, 5, tzinfo=UTC))
    assert STYLE_OLD not in s3.bucket.keys()  # noqa: SIM118 - a method of ours
    assert s3.bucket.site().items() >= NEW.items()


def test_a_newer_release_ends_what_an_older_one_left_undone(s3: Online) -> None:
    s3.blog.publish(s3.blog.build(OLD))
    half = {**pages("half", "green"), "posts/new/index.html": "<p>never finished</p>"}
    s3.blog.build(half)
    s3.proxy.fail(r"PUT .*/feed\.xml", status=403)
    with pytest.raises(PublishFailure):
        s3.blog.publish(all_of(s3.blog)[0])
    assert "posts/new/index.html" in s3.bucket.site()
    s3.proxy.heal()
    outcome = s3.blog.publish(s3.blog.build(NEW))
    assert outcome.drifted == ()
    site = s3.bucket.site()
    assert site.items() >= NEW.items()
    assert "posts/new/index.html" not in site
    assert {STYLE_OLD, css("green")[0]} <= site.keys()  # somebody may have a page open that needs them


def test_a_part_of_a_bucket(s3: Online) -> None:
    s3.bucket.client.put_object(Bucket=s3.bucket.name, Key="index.html", Body=b"another site")
    s3.blog.with_place(url=s3.blog.place.url + "&prefix=blog/")
    s3.blog.publish(s3.blog.build(OLD))
    assert s3.bucket.text("index.html") == "another site"
    assert s3.bucket.text("blog/index.html") == OLD["index.html"]
    assert "blog/.presscheck/state.json" in s3.bucket.keys()  # noqa: SIM118 - a method of ours


def test_a_state_that_cannot_be_read_is_refused(s3: Online) -> None:
    s3.bucket.client.put_object(Bucket=s3.bucket.name, Key=".presscheck/state.json", Body=b"{}")
    with pytest.raises(PublishRefusal, match=r"state\.json in the bucket cannot be read") as caught:
        s3.blog.publish(s3.blog.build(OLD))
    assert "nothing was changed" in caught.value.hint
    assert s3.bucket.site() == {}


def test_names_that_hosts_trip_over_arrive(s3: Online) -> None:
    odd = {"tags/c#/index.html": "<p>C#</p>", "posts/größe und 100%.html": "<p>x</p>", "a+b&c.txt": "x"}
    release = s3.blog.build({**OLD, **odd})
    s3.blog.publish(release)
    assert s3.bucket.site().items() >= odd.items()
    assert s3.blog.publish(release).sent == 0


# Folders


@pytest.fixture
def www(tmp_path: Path) -> Blog:
    return Blog(tmp_path / "blog", str(tmp_path / "www" / "site"))


def there(blog: Blog) -> dict[str, str]:
    top = Path(blog.place.url.removeprefix("file:"))
    return {path.relative_to(top).as_posix(): path.read_text() for path in top.rglob("*") if path.is_file()}


def test_a_folder_gets_the_release_and_keeps_the_old_styles(www: Blog) -> None:
    first = www.build(OLD)
    www.publish(first)
    assert there(www) == {**OLD, "release.json": first.manifest.mark.decode()}
    second = www.build(NEW)
    outcome = www.publish(second)
    assert there(www) == {**NEW, STYLE_OLD: OLD[STYLE_OLD], "release.json": second.manifest.mark.decode()}
    assert (len(outcome.changes.added), len(outcome.changes.changed), len(outcome.changes.removed)) == (1, 5, 1)
    assert www.publish(second).sent == 0
    www.publish(next(each for each in all_of(www) if each.id == first.id), is_named=True)
    assert there(www).items() >= OLD.items()


def test_a_folder_that_somebody_changed_is_mended(www: Blog) -> None:
    release = www.build(OLD)
    www.publish(release)
    (Path(www.place.url) / "index.html").write_text("by hand")
    assert www.publish(release).drifted == ("index.html",)
    assert there(www)["index.html"] == OLD["index.html"]
    assert www.publish(release).drifted == ()


def test_a_rehearsal_changes_nothing(www: Blog) -> None:
    release = www.build(OLD)
    outcome = www.publish(release, is_rehearsal=True)
    assert len(outcome.changes.added) == len(OLD)
    assert not Path(www.place.url).parent.exists()


@pytest.mark.parametrize("where", ["public", ".", "..", "static/out"])
def test_a_folder_of_the_site_itself_is_refused(www: Blog, where: str) -> None:
    release = www.build(OLD)
    www.with_place(url=where)
    with pytest.raises(UsageError, match="lie in one another"):
        www.publish(release)


def test_a_folder_with_something_else_is_refused(www: Blog) -> None:
    diary = Path(www.place.url) / "diary.txt"
    diary.parent.mkdir(parents=True)
    diary.write_text("mine")
    with pytest.raises(UsageError, match="holds files, and no site"):
        www.publish(www.build(OLD))
    assert diary.read_text() == "mine"


# Branches


@pytest.fixture
def pages_branch(tmp_path: Path) -> Blog:
    """A site in a clone of a bare repository."""
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(tmp_path, "clone", "-q", "remote.git", "blog")
    blog = Blog(tmp_path / "blog", "git:gh-pages")
    (blog.folder / "notes.txt").write_text("mine")
    git(blog.folder, "config", "user.name", "Ada")
    git(blog.folder, "config", "user.email", "ada@site.example")
    git(blog.folder, "add", "notes.txt")
    git(blog.folder, "commit", "-q", "-m", "notes")
    return blog


def git(where: Path, *arguments: str) -> str:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", *arguments],
        cwd=where,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


def tree(blog: Blog) -> dict[str, str]:
    remote = blog.folder.parent / "remote.git"
    listed = git(remote, "ls-tree", "-r", "-z", "--name-only", "gh-pages").split("\0")
    return {path: git(remote, "show", f"gh-pages:{path}") for path in listed if path}


def test_a_branch_gets_exactly_the_release(pages_branch: Blog) -> None:
    blog = pages_branch
    before = git(blog.folder, "for-each-ref"), git(blog.folder, "status", "--porcelain", "-uno")
    first = blog.build({**OLD, "CNAME": "site.example\n"})
    blog.publish(first)
    found = tree(blog)
    assert found.pop(".presscheck/state.json")
    assert found.pop(".nojekyll") == ""
    assert found == {**OLD, "CNAME": "site.example\n", "release.json": first.manifest.mark.decode()}
    remote = blog.folder.parent / "remote.git"
    said = git(remote, "log", "-1", "--format=%an %cn %cI %s", "gh-pages").strip()
    made = datetime.fromisoformat(first.manifest.made)
    assert said == f"Ada Ada {made.isoformat()} Release {first.id}"
    assert (git(blog.folder, "for-each-ref"), git(blog.folder, "status", "--porcelain", "-uno")) == before

    blog.publish(first)
    blog.publish(blog.build({**OLD, "CNAME": "site.example\n"}))  # the same, built later
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"

    second = blog.build(NEW)
    blog.publish(second, allowed=1)
    found = tree(blog)
    assert found.items() >= NEW.items()
    assert found[STYLE_OLD] == OLD[STYLE_OLD]
    assert found["CNAME"] == "site.example\n"
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "2"


def test_a_branch_that_somebody_else_pushed_to_is_not_overwritten(
    pages_branch: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = pages_branch
    blog.publish(blog.build(OLD))
    remote = blog.folder.parent / "remote.git"
    other = blog.folder.parent / "other"
    git(blog.folder.parent, "clone", "-q", "-b", "gh-pages", "remote.git", "other")
    real = branch.push

    def push(*arguments: object) -> None:
        (other / "by-hand.txt").write_text("mine")
        git(other, "add", ".")
        git(other, "-c", "user.name=Bo", "-c", "user.email=bo@site.example", "commit", "-q", "-m", "by hand")
        git(other, "push", "-q")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(branch, "push", push)
    newer = blog.build(NEW)
    with pytest.raises(PublishRefusal, match="refused the push") as caught:
        blog.publish(newer)
    assert "nothing was changed" in caught.value.hint
    assert git(remote, "log", "-1", "--format=%s", "gh-pages").strip() == "by hand"
    monkeypatch.undo()
    blog.publish(newer)
    assert "by-hand.txt" not in tree(blog)
    assert git(remote, "show", "gh-pages~1:by-hand.txt") == "mine"


def test_a_branch_of_a_remote_that_is_not_there(pages_branch: Blog) -> None:
    release = pages_branch.build(OLD)
    pages_branch.with_place(url="git:upstream#pages")
    with pytest.raises(EnvironmentFault, match="cannot ask the remote `upstream`") as caught:
        pages_branch.publish(release)
    assert "nothing was changed" in caught.value.hint


def test_a_branch_outside_of_a_repository(tmp_path: Path) -> None:
    blog = Blog(tmp_path / "blog", "git:gh-pages")
    with pytest.raises(UsageError, match="in no git repository"):
        blog.publish(blog.build(OLD))


@pytest.mark.parametrize(
    "url", ["git:", "git:#x", "git:origin#", "git:--force", "git:-x#y", "git:a..b", "git:refs/heads/x"]
)
def test_what_names_no_branch_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="names no branch"):
        branch.target_of(url)


# Guards


def ask(new: Manifest, online: Manifest | None = None, **more: object) -> list[str]:
    return list(guards.reasons(guards.Question(new, online, Place(), **more)))  # type: ignore[arg-type]


def test_a_good_release_is_not_refused() -> None:
    assert ask(manifest("a.html")) == []
    assert ask(manifest("a.html", "b.html"), manifest("a.html")) == []


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".git/config",
        "notes.md~",
        ".post.md.swp",
        "id_rsa",
        "keys/server.key",
        "x/.secret/y",
        "#draft#",
        "a.bak",
        "a.old",
        "dump.sql",
        "office.ovpn",
    ],
)
def test_what_nobody_should_read_is_refused(path: str) -> None:
    assert guards.unwanted(path)
    (reason,) = ask(manifest(path))
    assert path in reason


@pytest.mark.parametrize(
    "path", [".well-known/security.txt", ".nojekyll", "a/index.html", "c#/index.html", "keys.html"]
)
def test_what_belongs_there_is_not(path: str) -> None:
    assert not guards.unwanted(path)


def test_a_name_that_belongs_there_may_look_like_a_leftover_but_not_like_a_secret() -> None:
    assert not guards.unwanted("x/notes.old", ("notes.old",))
    assert guards.unwanted("x/id_rsa", ("id_rsa",))


def test_a_key_file_without_a_private_key_may_be_online() -> None:
    assert ask(manifest("ca.pem"), harmless=frozenset({"ca.pem"})) == []


def test_a_lost_page_is_refused_until_it_is_a_redirect_or_allowed() -> None:
    before = manifest("a/index.html", "b/index.html")
    (reason,) = ask(manifest("a/index.html", digest="1"), before)
    assert "/b/" in reason
    assert "--allow-deletes 1" in reason
    assert ask(manifest("a/index.html"), before, allowed=1) == []
    assert ask(manifest("a/index.html", "b/index.html", digest="1"), before) == []


def test_going_back_may_lose_pages_that_came_since() -> None:
    newer = manifest("a/index.html", "b/index.html", made="2026-02-02T00:00:00+00:00")
    assert ask(manifest("a/index.html"), newer, is_named=True) == []
    assert "was made later" in ask(manifest("a/index.html"), newer)[0]


def test_many_deletes_are_refused() -> None:
    before = manifest(*(f"picture-{n}.png" for n in range(100)))
    after = manifest(*(f"picture-{n}.png" for n in range(79)))
    (reason,) = ask(after, before)
    assert "21 of the 101 files online would go" in reason
    assert ask(after, before, allowed=21) == []
    assert ask(manifest(*(f"picture-{n}.png" for n in range(80))), before) == []


# Plans, states, settings


def test_files_that_pages_need_travel_first_and_go_last() -> None:
    style, script = css("black")[0], "app.js"
    new = manifest("b/index.html", style, script, "picture.png", "feed.xml")
    old = manifest("gone.html", "gone.png", digest="1")
    before = state.State(old, dict.fromkeys(old.everything, "t"), plan.headers_of(Hosting()))
    there = {path: store.Object(1, "t") for path in old.everything}
    made = plan.plan(new, before, None, there, Hosting())
    order = [(group.phase, [each.path for each in group.entries]) for group in made.groups]
    assert order == [
        (plan.Phase.ASSETS, [style]),
        (plan.Phase.ASSETS, ["picture.png"]),
        (plan.Phase.ASSETS, [script]),
        (plan.Phase.NEW, ["b/index.html"]),
        (plan.Phase.CHANGED, ["feed.xml", "index.html"]),
    ]
    assert made.doomed == ("gone.html", "gone.png")


def test_large_uploads_travel_in_groups() -> None:
    new = manifest(*(f"a-{n:04}.png" for n in range(2500)))
    sizes = [len(group.entries) for group in plan.plan(new, None, None, {}, Hosting()).groups]
    assert sizes == [1000, 1000, 500, 1]


def test_what_is_sent_is_told_its_type_by_its_ending() -> None:
    group = plan.Group(plan.Phase.CHANGED, plan.Kind.PAGE, (entry("a.html"), entry("feed.xml"), entry("plain")))
    told = deploy.configuration(group, "s3://x", "no-cache")
    matchers = told["deployment"]["matchers"]  # type: ignore[index]
    assert [(each["pattern"], each["contentType"]) for each in matchers] == [
        (r"\.html$", "text/html; charset=utf-8"),
        (r"\.xml$", "application/xml; charset=utf-8"),
        (r"(^|/)[^./]*$", "application/octet-stream"),
    ]


def test_a_state_survives_being_written() -> None:
    told = state.State(manifest("a.html"), {"a.html": "tag"}, {"page": "no-cache"}, ("https://x/",))
    assert state.State.from_json(told.to_json()) == told
    coming = state.Coming(manifest("a.html"), ("b.html",))
    assert state.Coming.from_json(coming.to_json()) == coming
    for bad in (
        b"",
        b"[]",
        b"{}",
        b'{"format": 2}',
        told.to_json()[:-9],
        json.dumps({"format": 1, "manifest": 3}).encode(),
    ):
        with pytest.raises(ValueError, match=r"."):
            state.State.from_json(bad)
        with pytest.raises(ValueError, match=r"."):
            state.Coming.from_json(bad)


def test_places_are_read_and_described() -> None:
    config = Config.of(
        {"params": {"presscheck": {"publish": {"live": {"url": "/srv/www", "least-pages": 1}}}}}, "config.toml"
    )
    assert places(config) == {"live": Place(url="/srv/www", least_pages=1.0)}
    table = of_settings()["properties"]["publish"]["additionalProperties"]
    assert {"url", "least-pages", "most-deletes"} <= table["properties"].keys()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"live": {"adress": "x"}}, "`adress` is not a setting"),
        ({"live": {"url": 1}}, "is not text"),
        ({"url": "/srv"}, "is not a table of tables"),
        ("x", "is not a table of tables"),
    ],
)
def test_places_that_make_no_sense_are_refused(table: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        places(Config.of({"params": {"presscheck": {"publish": table}}}, "config.toml"))


@pytest.mark.parametrize(
    ("url", "scheme"), [("/srv/www", ""), ("../www", ""), ("s3://x", "s3"), ("git:x", "git"), ("file:///srv", "file")]
)
def test_the_kinds_of_places(url: str, scheme: str) -> None:
    assert scheme_of(url) == scheme


@pytest.mark.parametrize("url", ["ftp://x", "mem://", "https://x.example/"])
def test_other_places_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no place to publish to"):
        scheme_of(url)


def test_keys_are_found_in_the_file_that_the_tools_of_amazon_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in os.environ if each.startswith("AWS_")]:
        monkeypatch.delenv(name)
    keys = tmp_path / "credentials"
    keys.write_text(
        "[default]\naws_access_key_id = A\naws_secret_access_key = B\n[blog]\naws_access_key_id = C%\naws_secret_access_key = D\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))
    assert store.aws_keys("") == {"access_key_id": "A", "secret_access_key": "B"}
    assert store.aws_keys("blog") == {"access_key_id": "C%", "secret_access_key": "D"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "E")
    assert store.aws_keys("") == {}


# The command


@pytest.mark.parametrize(
    ("config", "arguments", "status", "said"),
    [
        ("", [], 2, "no place to publish to is set"),
        ('[params.presscheck.publish.live]\nurl = "/srv"\n', [], 2, "holds no release"),
        ('[params.presscheck.publish.live]\nurl = "/srv"\n', ["life"], 2, "did you mean `live`?"),
        ("[params.presscheck.publish.live]\n", [], 2, "has no `url`"),
        ("[params.presscheck.publish.a]\n[params.presscheck.publish.b]\n", [], 2, "name one of a, b"),
        ("", ["--allow-deletes", "-1"], 2, "allow-deletes"),
        ("", ["--lock-timeout", "-1"], 2, "not a number of seconds"),
    ],
)
def test_the_command_says_what_to_do(site_of: Make, config: str, arguments: list[str], status: int, said: str) -> None:
    site = site_of({})
    with (site / "config.toml").open("a") as file:
        file.write(config)
    done = presscheck(site, "publish", *arguments)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_release_is_not_published(site_of: Make, tmp_path: Path) -> None:
    site = site_of({"content/posts/a.md": POST.format(title="A", more="")})
    with (site / "config.toml").open("a") as file:
        file.write(f'[params.presscheck.publish.live]\nurl = "{tmp_path}/www/site"\n')
    assert presscheck(site, "build").returncode == 0
    (site / "public/index.html").write_text("by hand")
    done = presscheck(site, "publish")
    assert done.returncode == 3
    assert "is damaged: index.html is not what was built" in done.stderr
    assert not (tmp_path / "www").exists()


def test_a_bar_shows_only_what_takes_long(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 100.0
    monkeypatch.setattr("presscheck.commands.publishing.time.monotonic", lambda: moment)
    bar = publishing.Bar()
    bar.show(1_000_000, 4_000_000)
    assert capsys.readouterr().err == ""
    moment = 102.0
    bar.show(1_000_000, 4_000_000)
    assert "[#######.......................]  25%  1.0 of 4.0 MB" in capsys.readouterr().err
    bar.show(4_000_000, 4_000_000)
    assert capsys.readouterr().err == "\r\x1b[2K"
    bar.clear()
    assert capsys.readouterr().err == ""
