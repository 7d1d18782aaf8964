"""What a site is made from: its configuration, and every file that Hugo reads."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from presscheck import read
from presscheck.cli import main
from presscheck.errors import EngineFailure
from tests.conftest import CLOCK, findings_in, load, render, write
from tests.test_pipeline import files_of

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("written", "place", "hint"),
    [
        ('theme = "lost"\n', "hugo.toml:2:1: ", "git submodule"),
        ('theme = ["here", "lost"]\n', "hugo.toml:2:1: ", "git submodule"),
        ('[[module.imports]]\npath = "example.org/lost"\n', "hugo.toml:3:1: ", "hugo mod vendor"),
        ('theme = "here"\n[caches.getjson]\ndir = ":cacheDir/x"\n', "hugo.toml:4:1: ", "configuration"),
    ],
)
def test_what_hugo_cannot_use_is_named_with_its_place(tmp_path: Path, written: str, place: str, hint: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "themes/here").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(f'baseURL = "https://example.org/"\n{written}', "utf-8")
    root = read.find_root(tmp_path)
    assert root
    with pytest.raises(EngineFailure) as caught:
        read.configured(root)
    assert caught.value.message.startswith(place)
    assert "WARN" not in caught.value.message
    assert hint in caught.value.hint


IGNORING = {
    "hugo.toml": 'baseURL = "https://site.example/"\nignoreFiles = ["/notes/", "(?i)[.]TMP[.]svg$"]\n',
    "layouts/all.html": "Title: {{ .Title }}",
    "content/posts/a.md": "+++\ntitle = 'A'\ndate = 2026-02-03T09:00:00Z\n+++\n\nSee [n](/notes/n/), ![an A](/posts/k/x.tmp.svg).\n",
    "content/posts/k/index.md": "+++\ntitle = 'K'\ndate = 2026-02-03T09:00:00Z\n+++\n\nText.\n",
    "content/posts/k/x.tmp.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    "content/posts/k/y.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    "content/notes/n.md": "no front matter, as nobody reads this\n",
    "static/z.tmp.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
}


def test_what_hugo_is_told_to_ignore_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", IGNORING)
    assert render(folder, tmp_path / "out").status == 0
    there = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    site = load(folder)
    assert {address.strip("/") for address in site.file_addresses} == {path for path in there if path.endswith(".svg")}
    assert {page.path for page in site.pages} == {"posts/a.md", "posts/k/index.md"}
    assert findings_in(folder) >= {("link-broken", "content/posts/a.md"), ("image-missing", "content/posts/a.md")}
    assert {path for _, path in findings_in(folder)} == {"content/posts/a.md"}


def test_a_pattern_that_only_hugo_can_read_leaves_the_site_to_it(tmp_path: Path) -> None:
    config = IGNORING["hugo.toml"].replace("/notes/", "(?U)/notes/")
    folder = write(tmp_path / "site", {**IGNORING, "hugo.toml": config})
    assert render(folder, tmp_path / "out").status == 0
    assert not load(folder).is_whole


POST = '+++\ntitle = "{title}"\ndate = 2026-03-02T09:00:00Z\n+++\nText.\n'
LAYOUT = """\
{{ .Title }} {{ .Content }} {{ partial "foot.html" . }} {{ jsonify hugo.Data }} {{ i18n "more" }}
{{ range .Resources }}{{ .Name }}{{ end }}
{{ range resources.Match "**" }}{{ .Name }} {{ .Content }}{{ end }}
{{ range (slice ".own.css" "c.css~" "more/.m.css") }}{{ with resources.Get . }}{{ .Content }}{{ end }}{{ end }}
"""
ELSEWHERE = """\
baseURL = "https://blog.example/"
contentDir = "src"
layoutDir = "html"
staticDir = ["public files", "icons"]
assetDir = "made"
dataDir = "facts"
i18nDir = "words"
disableKinds = ["rss", "sitemap"]
"""
MOUNTED = """\
baseURL = "https://blog.example/"
disableKinds = ["rss", "sitemap"]
module.mounts = [
  {source = "src", target = "content"},
  {source = "html", target = "layouts"},
  {source = "public files", target = "static"},
  {source = "icons", target = "static/icons"},
  {source = "made", target = "assets"},
  {source = "single.css", target = "assets/single.css"},
  {source = "facts", target = "data"},
  {source = "words", target = "i18n"},
]
"""
READ = {
    "src/posts/a.md": POST.format(title="A"),
    "src/posts/bundle/index.md": POST.format(title="Bundle"),
    "src/posts/bundle/notes.txt": "notes",
    "html/all.html": LAYOUT,
    "html/_partials/foot.html": "foot",
    "public files/robots.txt": "User-agent: *",
    "public files/.well-known/security.txt": "Contact: mailto:ada@blog.example",
    "public files/left.txt~": "left",
    "icons/dot.svg": "<svg/>",
    "made/a.css": "a {}",
    "made/.own.css": "b {}",
    "made/c.css~": "c {}",
    "facts/ships.toml": 'name = "Ebb"',
    "words/en.toml": 'more = "More"',
}
SKIPPED = {
    "src/posts/.a.md.swp": POST.format(title="Half"),
    "src/posts/#a.md#": POST.format(title="Half"),
    "src/posts/a.md~": POST.format(title="Before"),
    "src/posts/bundle/.notes.txt.swp": "half",
    "html/_partials/.foot.html.swp": "half",
    "html/_partials/foot.html~": "before",
    "facts/.ships.toml.swp": "half",
    "words/.en.toml.swp": "half",
    "notes.txt": "of the author",
}


@pytest.mark.parametrize(("config", "more"), [(ELSEWHERE, {}), (MOUNTED, {"single.css": "d {}"})])
def test_the_sources_are_the_files_that_change_what_hugo_makes(
    tmp_path: Path, config: str, more: dict[str, str]
) -> None:
    site = write(tmp_path / "site", {**READ, **SKIPPED, **more, "hugo.toml": config, "archetypes/default.md": "x"})
    assert render(site, tmp_path / "0").status == 0
    before = files_of(tmp_path / "0")
    matter = set()
    for at, path in enumerate({**READ, **SKIPPED, **more}):
        text = (site / path).read_text()
        (site / path).write_text(text.replace("A", "Z", 1) if path.endswith(".toml") else f"{text}\nmore\n")
        if path.endswith(".toml"):
            (site / path).write_text(text.replace('= "', '= "other ', 1))
        assert render(site, tmp_path / str(at + 1)).status == 0
        if files_of(tmp_path / str(at + 1)) != before:
            matter.add(path)
        (site / path).write_text(text)
    assert matter == READ.keys() | more.keys()
    root = read.find_root(site)
    assert root
    config_of, there = read.watched(root)
    assert there.keys() == matter | {"hugo.toml", "archetypes/default.md"}
    assert there == read.snapshot(root, config_of)
    assert read.digests(root, config_of).keys() == there.keys()


def test_what_a_theme_publishes_is_a_source_too(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://blog.example/"\ntheme = "plain"\n',
        "go.mod": "module blog.example\n",
        "content/a.md": POST.format(title="A"),
        "themes/plain/hugo.toml": "[params]\na = 1\n",
        "themes/plain/layouts/all.html": "{{ .Title }}",
        "themes/plain/static/.well-known/x": "x",
        "themes/unused/layouts/all.html": "unused",
    }
    root = read.find_root(write(tmp_path, {**files, "themes/plain/layouts/.all.html.swp": "half"}))
    assert root
    assert read.watched(root)[1].keys() == files.keys() - {"themes/unused/layouts/all.html"}


def test_a_folder_around_the_site_is_no_source(tmp_path: Path) -> None:
    """Else a build would see its own files change."""
    config = 'baseURL = "https://blog.example/"\n[[module.mounts]]\nsource = "."\ntarget = "assets/all"\n'
    root = read.find_root(write(tmp_path, {"hugo.toml": config, "content/a.md": POST, "public/index.html": "x"}))
    assert root
    assert read.watched(root)[1].keys() == {"hugo.toml", "content/a.md"}


def _vanishing(file: Path) -> Callable[[str], AbstractContextManager[list[os.DirEntry[str]]]]:
    """`os.scandir`, where `file` is gone as soon as it is listed."""
    scandir = os.scandir

    def listed(path: str) -> AbstractContextManager[list[os.DirEntry[str]]]:
        with scandir(path) as found:
            entries = list(found)
        if file.name in {each.name for each in entries}:
            file.unlink()
        return contextlib.nullcontext(entries)

    return listed


@pytest.mark.parametrize("path", ["content/posts/bundle/4913", "static/4913", "assets/4913"])
def test_a_file_that_is_there_for_a_moment_is_passed_over(
    site_of: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    """Editors make such files to see whether they can write in a folder."""
    folder = site_of({"content/posts/bundle/index.md": POST.format(title="A"), path: ""})
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", _vanishing(folder / path))
        assert path not in load(folder).sizes
    (folder / path).touch()
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", _vanishing(folder / path))
        assert main(["check", "--clock", CLOCK.isoformat(), str(folder)]) == 0
    assert "no findings" in capsys.readouterr().err


def test_a_file_of_a_theme_that_is_there_for_a_moment_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"hugo.toml": 'theme = "plain"\n', "content/a.md": POST, "themes/plain/static/4913": ""}
    root = read.find_root(write(tmp_path, files))
    assert root
    config = read.configured(root)
    monkeypatch.setattr(os, "scandir", _vanishing(tmp_path / "themes/plain/static/4913"))
    assert read.take_inventory(root, config).lent == ()
