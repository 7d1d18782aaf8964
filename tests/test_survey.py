"""What is remembered never changes what is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presscheck import cache, cores, read, survey
from presscheck.check import Findings, Question, active_rules, all_rules, ask, check_site
from presscheck.diagnostics import Diagnostic
from presscheck.errors import EnvironmentFault
from tests.conftest import CLOCK, ROOT, lay

Make = Callable[..., Path]

GOOD = '+++\ntitle = "{0}"\ndate = 2026-03-02T09:00:00Z\ntags = ["{1}"]\n+++\n\n## Part\n\n[next](/posts/{2}/#part)\n'


def root_of(folder: Path) -> read.Root:
    root = read.find_root(folder)
    assert root
    return root


def cold(folder: Path, clock: datetime = CLOCK) -> list[Diagnostic]:
    """What a run finds that remembers nothing and reads everything."""
    site = read.read_site(root_of(folder), clock)
    return check_site(site, active_rules(site.config))


def warm(folder: Path, clock: datetime = CLOCK) -> list[Diagnostic]:
    return list(survey.check(root_of(folder), clock).diagnostics)


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system whose clock never stands still: every touch gives a new time."""
    monkeypatch.setattr(survey, "_RACY", 0)


TEXTS = [
    GOOD.format("One", "Go", "b"),
    GOOD.format("Two", "go", "a"),
    GOOD.format("Three", "R&D", "none"),
    GOOD.format("Four", "RD", "c") + "\n![](x.png)\n\nItâ€™s\n",
    '+++\ntitle = “Five”\ndraft = "yes"\n+++\n',
    '+++\ntitle = "Six"\ndate = 2026-12-24T09:00:00Z\naliases = ["/posts/a/"]\n+++\n{{< figure src="x" >}}\n',
    "no front matter\n",
    '---\ntitle: Seven\ndate: 2026-03-02\ndraft: yes\ntags: [go, "R&D"]\n---\n```\nopen\n',
    '+++\ntitle = "Eight"\nslug = "a"\ndate = 2026-11-22T18:00:00Z\nexpiryDate = 2026-11-25T00:00:00Z\n+++\n',
]
NAMES = ["posts/a.md", "posts/b.md", "posts/c.md", "posts/d/index.md", "posts/d/part.md", "e.md", "posts/pic.png"]

steps = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("touch"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("setting"), st.sampled_from(["off", "warning", "error"]), st.just("")),
    st.tuples(st.just("clock"), st.sampled_from(["-30", "1", "7", "40", "900"]), st.just("")),
    st.tuples(
        st.just("crash"), st.sampled_from(["facts", "result"]), st.sampled_from(["cut", "empty", "noise", "gone"])
    ),
    st.tuples(st.just("static"), st.sampled_from(["images/x.png", "posts/none/index.html"]), st.just("")),
)


@pytest.mark.usefixtures("trusting")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=1, max_size=12))
def test_a_warm_check_finds_what_a_cold_one_finds_after_any_sequence_of_changes(  # noqa: C901 - one branch a kind of change
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str, str]]
) -> None:
    folder = lay(tmp_path_factory.mktemp("site") / "site")
    config = (folder / "config.toml").read_text()
    content = folder / "content"
    (content / "posts").mkdir(parents=True)
    clock = CLOCK
    assert warm(folder, clock) == cold(folder, clock)
    for what, which, value in changes:
        path = content / which
        if what == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(value, "utf-8")
        elif what == "delete":
            path.unlink(missing_ok=True)
        elif what == "rename" and path.is_file():
            (content / value).parent.mkdir(parents=True, exist_ok=True)
            path.rename(content / value)
        elif what == "touch" and path.is_file():
            os.utime(path, (1, 1))
        elif what == "setting":
            (folder / "config.toml").write_text(
                f'{config}\n[params.presscheck.rules.link-broken]\nseverity = "{which}"\n'
            )
        elif what == "clock":
            clock += timedelta(hours=int(which))
        elif what == "crash":
            memory = folder / survey.WORK_FOLDER / which
            if memory.is_file():
                data = memory.read_bytes()
                broken = {"cut": data[: len(data) // 2], "empty": b"", "noise": data[:-1] + b"\0"}.get(value)
                memory.unlink() if broken is None else memory.write_bytes(broken)
        elif what == "static":
            target = folder / "static" / which
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("x")
        assert warm(folder, clock) == cold(folder, clock)
        assert warm(folder, clock) == cold(folder, clock), "and again, from memory alone"


def test_a_template_that_a_site_takes_over_from_its_theme_is_judged_as_its_own(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\ntheme = "t"\n'
    source = "{{ os.ReadFile (.Get 0) }}"
    folder = site_of(
        {
            "themes/t/layouts/_shortcodes/rd.html": source,
            "content/posts/a.md": GOOD.format("One", "Go", "a"),
            "hugo.toml": config,
        }
    )
    (folder / "config.toml").unlink(missing_ok=True)
    warm(folder)
    own = folder / "layouts/_shortcodes/rd.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(source)
    assert [each.rule for each in warm(folder)] == [each.rule for each in cold(folder)] == ["shortcode-reads-files"]


def test_an_edit_in_the_same_instant_with_the_same_size_is_noticed(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": GOOD.format("One", "Go", "a")})
    path = folder / "content/posts/a.md"
    for turn in range(30):
        path.write_text(GOOD.format("One", "Go", "ab"[turn % 2]))
        assert [each.rule for each in warm(folder)] == ([] if turn % 2 == 0 else ["link-broken"])


@pytest.mark.usefixtures("trusting")
def test_what_is_remembered_is_used(site_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:

    def post(n: int, tag: str) -> str:
        return GOOD.format(n, tag, f"p{n}").replace("2026-03-02", f"2026-03-{n + 1:02}")

    folder = site_of({f"content/posts/p{n}.md": post(n, "Go") for n in range(20)})
    expected = cold(folder)
    assert warm(folder) == expected
    read_pages: list[str] = []
    real = survey._bytes_of  # noqa: SLF001 - what is read is the point

    def counting(root: read.Root, name: str) -> bytes:
        read_pages.append(name)
        return real(root, name)

    monkeypatch.setattr(survey, "_bytes_of", counting)
    assert warm(folder) == expected
    assert read_pages == []
    (folder / "content/posts/p7.md").write_text(post(7, "go"))
    assert {each.rule for each in warm(folder)} == {"tag-case-variant"}
    assert set(read_pages) == {"content/posts/p7.md"}


def test_many_pages_are_read_by_several_processes_with_the_same_result(site_of: Make) -> None:
    texts = [TEXTS[n % len(TEXTS)] for n in range(cores._WORTH_SHARING + 30)]  # noqa: SLF001 - just above the bar
    folder = site_of({f"content/posts/p{n}.md": text for n, text in enumerate(texts)})
    assert warm(folder) == cold(folder)


@pytest.mark.usefixtures("trusting")
def test_another_version_of_a_rule_asks_again(site_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site_of({"content/posts/a.md": GOOD.format("One", "Go", "none")})
    assert [each.rule for each in warm(folder)] == ["link-broken"]
    monkeypatch.setattr("presscheck.__version__", "999")
    monkeypatch.setattr("presscheck.rules.link_broken.check_in_site", lambda _page, _site: iter(()))
    assert warm(folder) == []


def test_two_runs_at_once_leave_a_memory_that_is_right(site_of: Make) -> None:
    folder = site_of({f"content/posts/p{n}.md": TEXTS[n % len(TEXTS)] for n in range(60)})
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "check",
        "--output-format",
        "concise",
        "--clock",
        CLOCK.isoformat(),
    ]
    expected = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout
    for _ in range(3):
        shutil.rmtree(folder / survey.WORK_FOLDER)
        both = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) for _ in range(3)]
        assert [process.communicate()[0] for process in both] == [expected] * 3
        assert warm(folder) == cold(folder)
    names = {path.name for path in (folder / survey.WORK_FOLDER).iterdir()}
    assert "facts" in names
    assert names <= {"facts", "graph", "result"}, "nothing half written is left"


def test_a_folder_that_cannot_be_written_to_remembers_nothing(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": GOOD.format("One", "Go", "none")})
    (folder / survey.WORK_FOLDER).write_text("a file where the folder would be")
    assert warm(folder) == cold(folder)


@pytest.mark.usefixtures("trusting")
def test_a_page_that_changes_while_it_is_checked_is_said(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": GOOD.format("One", "Go", "a")})
    warm(folder)
    found = survey.survey(root_of(folder), CLOCK)
    (folder / "content/posts/a.md").write_text("changed")
    with pytest.raises(EnvironmentFault, match="changed while it was being checked"):
        _ = found.site.pages[0].source


def test_a_rule_that_names_the_clock_says_so() -> None:
    """Otherwise a message about "3 h from now" would be remembered for ever."""
    for rule in all_rules():
        source = Path(rule.module.__file__ or "").read_text("utf-8")
        uses = re.search(r"site\.clock(\.|\s*-)|-\s*site\.clock", source)
        assert getattr(rule.module, "NAMES_THE_CLOCK", False) or not uses, rule.name


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.tuples(inner, inner), max_leaves=8
    )
)
def test_what_is_stored_is_loaded_under_its_key_only(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.mktemp("memory") / "file"
    cache.store(path, b"key", value)
    assert cache.load(path, b"key") == value
    assert cache.load(path, b"another") is None
    assert cache.load(path.with_name("none"), b"key") is None


def test_a_fresh_checkout_with_a_restored_memory_asks_no_page_again(
    site_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in CI: the same bytes, other times, and the file from the cache."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>'
    files = {f"content/posts/p{n}.md": TEXTS[n % len(TEXTS)] for n in range(20)}
    folder = site_of({**files, "static/images/line.svg": drawing})
    expected = warm(folder)
    checkout = tmp_path / "checkout"
    shutil.copytree(folder, checkout, copy_function=shutil.copyfile)
    (checkout / survey.WORK_FOLDER / "result").unlink(missing_ok=True)
    asked: list[str] = []

    def counting(questions: Iterable[Question], *subject: object) -> Findings:
        asked.append(str(subject))
        return ask(questions, *subject)

    monkeypatch.setattr(survey, "ask", counting)
    assert warm(checkout) == expected
    assert asked == []
    picture = checkout / "static/images/line.svg"
    picture.write_text(drawing.replace("M0 0", "M9 9"))
    (checkout / survey.WORK_FOLDER / "result").unlink(missing_ok=True)
    warm(checkout)
    assert asked
