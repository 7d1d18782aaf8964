"""The same sources make the same release, whoever builds them, wherever and whenever; and a build asks nobody.

`PRESSCHECK_FULL=1 pytest tests/test_reproducible.py` builds in twenty places instead of eight.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from presscheck import read, reproduce, search
from presscheck.config import Config
from presscheck.errors import EngineFailure, EnvironmentFault, UsageError
from tests.conftest import CLOCK, ROOT
from tests.test_pipeline import POST, build, files_of, run
from tests.test_sharding import LAYOUT, picture, posts

Make = Callable[..., Path]

PLACES = 20 if os.environ.get("PRESSCHECK_FULL") else 8
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Europe/Vienna")
LOCALES = ("C", "tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8")
FOLDERS = ("site", "a site with spaces", "Zürich", "深い/場所", "a'quote")
MASKS = (0o022, 0o077, 0o002, 0o027)
EPOCH = str(int(CLOCK.timestamp()))
BODY = "<main data-pagefind-body>{{ .Content }}</main>"


@pytest.fixture
def harbour(site_of: Make) -> Path:
    """44 posts with tags, feeds, pictures and aliases, and files that are published as they are."""
    return site_of({**dict(posts()), "layouts/all.html": LAYOUT, "static/a.txt": "a", "static/b/c.png": picture(7)})


def checked_out(source: Path, place: Path, number: int) -> Path:
    """The site as somebody else has it: in the folder `place`, its files made in another order, at other times, for themselves."""
    choose = random.Random(number)  # noqa: S311 - an order, and no secret
    files = sorted(path for path in source.rglob("*") if path.is_file() and ".presscheck" not in path.parts)
    choose.shuffle(files)
    for path in files:
        target = place / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o666 & ~MASKS[number % len(MASKS)])
        moment = 1_000_000_000 + choose.randrange(600_000_000)
        os.utime(target, (moment, moment))
    return place


def built_there(folder: Path, number: int) -> tuple[dict[str, str], bytes]:
    """What a build there publishes, with modes; and the release's manifest."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    command = [sys.executable, str(ROOT / "build.py"), "--site", str(folder)]
    if cores and number % 2:
        command = ["taskset", "-c", str(cores[number % len(cores)]), *command]
    environment = {name: value for name, value in os.environ.items() if name != "HOME" or number % 3}
    environment |= {
        "TZ": ZONES[number % len(ZONES)],
        "LANG": LOCALES[number % len(LOCALES)],
        "LC_ALL": LOCALES[number % len(LOCALES)],
        "SOURCE_DATE_EPOCH": EPOCH,
        "HUGO_TITLE": str(number),
        "GOGC": str(20 + number * 10),
        "PYTHONHASHSEED": str(number),
    }
    done = subprocess.run(
        command,
        env=environment,
        umask=MASKS[(number + 1) % len(MASKS)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (manifest,) = folder.glob(".presscheck/releases/public/*/manifest.json")
    return files_of(folder / "public"), manifest.read_bytes()


def test_a_site_is_byte_for_byte_the_same_wherever_it_is_built(harbour: Path, tmp_path: Path) -> None:
    first, manifest = built_there(checked_out(harbour, tmp_path / "0" / FOLDERS[0], 0), 0)
    assert len(first) > 90
    assert {each.rpartition(" ")[2] for each in first.values()} == {"100644"}, "for everyone to read"
    for number in range(1, PLACES):
        place = tmp_path / str(number) / FOLDERS[number % len(FOLDERS)]
        files, its_manifest = built_there(checked_out(harbour, place, number), number)
        assert files == first, number
        assert its_manifest == manifest, number
        shutil.rmtree(tmp_path / str(number))


# --verify


def test_a_reproducible_site_is_published(harbour: Path) -> None:
    outcome = build(harbour, is_verified=True)
    assert outcome.is_published
    assert outcome.diagnostics == []
    assert list(harbour.glob(".presscheck/staging-*")) == []


def test_the_search_index_is_compared_too(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (harbour / "layouts/all.html").write_text(LAYOUT.replace("{{ .Content }}", BODY))
    config = harbour / "config.toml"
    config.write_text(config.read_text() + "\n[params]\nsearch = true\n")
    outcome = build(harbour, is_verified=True)
    assert outcome.is_published
    assert any(path.startswith("pagefind/") for path in files_of(harbour / "public"))

    real = search.index

    def index_by_chance(rendered: Path, time_limit: float, surroundings: Mapping[str, str]) -> int:
        number = real(rendered, time_limit, surroundings)
        (rendered / "pagefind/pagefind-entry.json").write_text(json.dumps({"in": str(rendered)}))
        return number

    monkeypatch.setattr(search, "index", index_by_chance)
    outcome = build(harbour, is_verified=True)
    assert not outcome.is_published
    assert [each.path for each in outcome.diagnostics] == ["public/pagefind/pagefind-entry.json"]


CASES = [
    ("{{ math.Rand }}", "a template asks for chance", "`math.Rand` is in line 8 (layouts/all.html)"),
    ("{{ index (shuffle (seq 99)) 0 }}", "a template asks for chance", "`shuffle` is in line 8"),
    ("{{ now }}", "prints the moment of the build", "`now` is in line 8 (layouts/all.html)"),
    ("{{ time.Now.UnixNano }}", "prints the moment of the build", "`time.Now` is in line 8"),
    ("{{ hugo.WorkingDir }}", "the folder of the site is printed", "`hugo.WorkingDir` is in line 8"),
    ('{{ (os.Stat "config.toml").ModTime.Unix }}', "the time of a file is printed", "`os.Stat` is in line 8"),
]


@pytest.mark.parametrize(("action", "cause", "culprit"), CASES, ids=[case[0] for case in CASES])
def test_a_site_that_is_not_reproducible_is_refused(site_of: Make, action: str, cause: str, culprit: str) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})
    assert build(folder).is_published
    before = files_of(folder / "public")
    layout = folder / "layouts/all.html"
    layout.write_text(layout.read_text().replace("{{ .Content }}", f"{{{{ .Content }}}}\n<p>{action}</p>"))
    done = run("--site", folder, "--verify", "--clock", CLOCK.isoformat())
    assert done.returncode == 5, done.stdout + done.stderr
    assert "error[output-not-reproducible]: a second build made this file otherwise: `" in done.stdout
    assert cause in done.stdout
    assert culprit in done.stdout
    assert "nothing was published" in done.stderr
    assert files_of(folder / "public") == before


def test_code_that_was_coloured_in_another_way_is_no_fault_of_a_template(site_of: Make) -> None:
    """The highlighter passes over what takes it too long, by the clock; here a hook does so in the second build only."""
    hook = (
        '<pre class="chroma"><code>{{ if in hugo.WorkingDir "Z" }}<span class="err">&#34;</span>knot&#34;'
        '{{ else }}<span class="s2">&#34;knot&#34;</span>{{ end }} = <span class="mi">1</span></code></pre>'
    )
    post = POST.format(title="A boat") + '\n```toml\n"knot" = 1\n```\n'
    folder = site_of({"content/posts/a.md": post, "layouts/_markup/render-codeblock.html": hook})
    found = [each for each in build(folder, is_verified=True).diagnostics if each.rule == "output-not-reproducible"]
    assert found
    assert all("the machine was busy" in each.notes[0].message for each in found)


def test_a_random_shortcode_is_named(site_of: Make) -> None:
    post = POST.format(title="A boat") + "\nThe winner is {{< draw >}}.\n"
    folder = site_of({"content/posts/a.md": post, "layouts/_shortcodes/draw.html": "{{ math.Rand }}"})
    found = build(folder, is_verified=True).diagnostics
    notes = [note for each in found if each.rule == "output-not-reproducible" for note in each.notes]
    assert ("`math.Rand` is in line 1", "layouts/_shortcodes/draw.html") in [
        (each.message, each.path) for each in notes
    ]


def test_the_day_of_the_build_may_be_printed(site_of: Make) -> None:
    layout = '<!doctype html><html lang="en"><title>{{ .Title }}</title>{{ .Content }} © {{ now.Format "2006-01-02" }}</html>'
    folder = site_of({"content/posts/a.md": POST.format(title="A boat"), "layouts/all.html": layout})
    assert build(folder, is_verified=True).is_published


def test_a_tag_in_two_spellings_is_refused_even_when_both_builds_agree(site_of: Make) -> None:
    tagged = '+++\ntitle = "{}"\ndate = 2026-03-02T09:00:00+01:00\ntags = ["{}"]\n+++\n\nWords.\n'
    spellings = {"content/posts/a.md": tagged.format("A boat", "Go"), "content/posts/b.md": tagged.format("Oars", "go")}
    folder = site_of(spellings)
    config = folder / "config.toml"
    config.write_text(config.read_text() + '\n[params.presscheck]\nignore = ["tag-case-variant"]\n')
    done = run("--site", folder, "--verify")
    assert done.returncode == 5
    assert "`Go` is here" in done.stdout or "`Go` or `go`" in done.stdout
    assert "content/posts/b.md:4" in done.stdout
    # A page of the tag's own settles it.
    (folder / "content/tags/go").mkdir(parents=True)
    (folder / "content/tags/go/_index.md").write_text('+++\ntitle = "Go"\n+++\n')
    (folder / "layouts/all.html").write_text('<html lang="en"><title>{{ .Title }}</title>{{ .Content }}</html>')
    assert run("--site", folder, "--verify").returncode == 0


def test_who_writes_during_the_second_build_is_not_told_of_chance(
    site_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})
    real = reproduce.copy_site

    def copy_while_someone_writes(root: read.Root, config: Config, output: Path, place: Path) -> read.Root:
        (folder / "content/posts/a.md").write_text(POST.format(title="Another boat"))
        return real(root, config, output, place)

    monkeypatch.setattr(reproduce, "copy_site", copy_while_someone_writes)
    with pytest.raises(EnvironmentFault, match=r"content/posts/a\.md changed while the site was being built"):
        build(folder, is_verified=True)
    assert not (folder / "public").exists()


def test_to_verify_without_its_rule_is_refused(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})
    config = folder / "config.toml"
    config.write_text(config.read_text() + '\n[params.presscheck]\nignore = ["output-not-reproducible"]\n')
    with pytest.raises(UsageError, match=r"which config\.toml switches off"):
        build(folder, is_verified=True)
    assert build(folder).is_published


def test_what_is_only_in_the_first_place_is_told(site_of: Make) -> None:
    """Hugo keeps processed pictures in `resources/_gen`, which is no part of the sources."""
    layout = '<html lang="en"><title>{{ .Title }}</title>{{ .Content }}{{ (os.Stat "resources/_gen/words.txt").Size }}</html>'
    folder = site_of({"content/posts/a.md": POST.format(title="A boat"), "layouts/all.html": layout})
    (folder / "resources/_gen").mkdir(parents=True)
    (folder / "resources/_gen/words.txt").write_text("words")
    with pytest.raises(EngineFailure, match="Hugo failed when it built a copy of the site for --verify"):
        build(folder, is_verified=True)
    assert not (folder / "public").exists()


def test_a_copy_has_what_a_checkout_has(site_of: Make, tmp_path: Path) -> None:
    folder = site_of(
        {
            "content/posts/a.md": "a",
            "static/.well-known/security.txt": "s",
            ".github/workflows/site.yml": "on: push",
            ".git/HEAD": "ref",
            ".presscheck/facts": "f",
            "public/index.html": "p",
            "node_modules/x/index.js": "x",
            "venv/pyvenv.cfg": "home = /usr",
            "resources/_gen/a": "a",
            "resources/mine.txt": "m",
        }
    )
    root = read.find_root(folder)
    assert root
    os.mkfifo(folder / "static/pipe")
    copy = reproduce.copy_site(root, read.configured(root), folder / "public", tmp_path / "elsewhere")
    found = {path.relative_to(copy.folder).as_posix() for path in copy.folder.rglob("*") if path.is_file()}
    assert found == {
        "config.toml",
        "layouts/all.html",
        "content/posts/a.md",
        "static/.well-known/security.txt",
        ".github/workflows/site.yml",
        "resources/mine.txt",
    }
    assert copy.config_path.is_file()


def test_a_mount_from_outside_cannot_be_verified(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat"), "../shared/b.txt": "b"})
    config = folder / "config.toml"
    mounts = "".join(
        f'[[module.mounts]]\nsource = "{source}"\ntarget = "{target}"\n'
        for source, target in (("content", "content"), ("layouts", "layouts"), ("../shared", "static"))
    )
    config.write_text(f"{config.read_text()}\n{mounts}")
    done = run("--site", folder, "--verify")
    assert done.returncode == 2, done.stdout
    assert "`../shared` is mounted from outside the site" in done.stderr


# SOURCE_DATE_EPOCH


def test_source_date_epoch_is_the_clock_and_the_time_of_the_release(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})  # of March 2026
    january = {"SOURCE_DATE_EPOCH": "1767225600"}
    assert run("--site", folder, env=january).returncode == 0
    assert not (folder / "public/posts/a").exists()
    (manifest,) = folder.glob(".presscheck/releases/public/*/manifest.json")
    assert json.loads(manifest.read_bytes())["made"] == "2026-01-01T00:00:00+00:00"
    assert run("--site", folder, "--clock", "2026-04-01", env=january).returncode == 0
    assert (folder / "public/posts/a").exists(), "--clock goes before it"


def test_an_empty_source_date_epoch_is_none(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})
    assert run("--site", folder, env={"SOURCE_DATE_EPOCH": ""}).returncode == 0
    assert (folder / "public/posts/a").exists()


@pytest.mark.parametrize("text", ["yesterday", "-1", "1.5", "1767225600 ", "٣", "9" * 30, "9" * 5000, "0x10"])
def test_a_source_date_epoch_that_is_no_moment_is_refused(site_of: Make, text: str) -> None:
    folder = site_of({"content/posts/a.md": POST.format(title="A boat")})
    for command in ("build", "check"):
        done = run(command, "--site", folder, env={"SOURCE_DATE_EPOCH": text})
        assert done.returncode == 2
        assert "is not a number of seconds since 1970" in done.stderr
        assert "Traceback" not in done.stderr


# The network


def has_own_network() -> bool:
    try:
        return subprocess.run(["unshare", "-rn", "true"], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def searchable(harbour: Path) -> Path:
    (harbour / "layouts/all.html").write_text(LAYOUT.replace("{{ .Content }}", BODY))
    config = harbour / "config.toml"
    config.write_text(config.read_text() + "\n[params]\nsearch = true\n")
    return harbour


@pytest.mark.skipif(not has_own_network(), reason="this machine does not let us cut a process off (unshare -rn)")
def test_a_build_needs_no_network(harbour: Path) -> None:
    folder = searchable(harbour)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        asking = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
        assert subprocess.run([sys.executable, "-c", asking], timeout=30, check=False).returncode == 0
        cut_off = ["unshare", "-rn"]
        asked = subprocess.run(
            [*cut_off, sys.executable, "-c", asking], capture_output=True, text=True, timeout=30, check=False
        )
        assert "unreachable" in asked.stderr, "not even this machine is to be reached"
    command = [*cut_off, sys.executable, str(ROOT / "build.py"), "--site", str(folder), "--verify"]
    done = subprocess.run(
        [*command, "--clock", CLOCK.isoformat()], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "public/pagefind/pagefind-entry.json").is_file()


def test_presscheck_itself_opens_no_connection(harbour: Path) -> None:
    """Where a process cannot be cut off, Python tells at least what ours does."""
    program = (
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'): raise RuntimeError(event)\n"
        "sys.addaudithook(refuse)\n"
        "if sys.argv[1] == 'ask':\n"
        "    import socket; socket.create_connection(('127.0.0.1', 9))\n"
        "from presscheck.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ask, build_it = (
        subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        for arguments in (["ask"], ["build", "--site", str(searchable(harbour)), "--clock", CLOCK.isoformat()])
    )
    assert "RuntimeError: socket." in ask.stderr
    assert build_it.returncode == 0, build_it.stdout + build_it.stderr


def test_a_template_that_asks_another_site_is_refused_and_told_why(site_of: Make) -> None:
    layout = '<html lang="en"><title>{{ .Title }}</title>{{ (resources.GetRemote "https://weather.example/today.json").Content }}'
    folder = site_of({"content/posts/a.md": POST.format(title="A boat"), "layouts/all.html": layout})
    config = folder / "config.toml"
    config.write_text(config.read_text() + '\n[security.http]\nurls = "none"\nmethods = "none"\n')
    done = run("--site", folder)
    assert done.returncode == 4
    assert (
        'access denied: "https://weather.example/today.json" is not whitelisted in policy "security.http.urls"'
        in done.stdout
    )
    assert (
        "help: a build makes no request, so that it is the same everywhere: save what the template asks for"
        in done.stdout
    )
    assert not (folder / "public").exists()
