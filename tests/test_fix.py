from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity
from presscheck.fix import mend, wanted
from presscheck.text import Position, Source, Span
from tests.conftest import load, render


def diagnostic(
    *edits: Edit,
    rule: str = "r",
    severity: Severity = Severity.ERROR,
    applicability: Applicability = Applicability.SAFE,
    path: str = "a.md",
) -> Diagnostic:
    span = edits[0].span if edits else Span(0, 0)
    return Diagnostic(
        rule=rule, severity=severity, path=path, span=span, start=Position(1, 1), end=Position(1, 1), message="m", label="",
        consequence="", help="", notes=(), fix=Fix("t", applicability, edits) if edits else None,
    )  # fmt: skip


def mended(text: str, rounds: list[list[Diagnostic]]) -> str:
    queue = iter(rounds)
    found = mend(
        {"a.md": Source("a.md", text)},
        lambda _, __: next(queue, []),
        lambda each: wanted(each, frozenset(), unsafe=False),
    ).files
    return found[0].result.text if found else text


def test_edits_are_applied_and_all_else_stays() -> None:
    one = diagnostic(Edit(Span(0, 1), "A"), Edit(Span(4, 4), "!"))
    other = diagnostic(Edit(Span(2, 3), ""))
    assert mended("abcd\r\n\ufeffé", [[one, other]]) == "Abd!\r\n\ufeffé"


def test_overlapping_fixes_wait_for_the_next_round() -> None:
    first = diagnostic(Edit(Span(0, 3), "xyz"))
    second = diagnostic(Edit(Span(2, 4), "__"))
    assert mended("abcd", [[first, second], [second]]) == "xy__"


def test_equal_fixes_count_once() -> None:
    same = diagnostic(Edit(Span(1, 1), "+"))
    assert mended("ab", [[same, same]]) == "a+b"


def test_a_fix_that_never_settles_ends() -> None:
    def judge(sources: Mapping[str, Source], _: object) -> list[Diagnostic]:
        return [diagnostic(Edit(Span(0, 0), "x"))] if len(sources["a.md"].text) < 1000 else []

    (found,) = mend({"a.md": Source("a.md", "")}, judge, lambda _: True).files
    assert 1 <= len(found.result.text) <= 20


def test_what_is_wanted() -> None:
    edit = Edit(Span(0, 0), "x")
    nothing: frozenset[str] = frozenset()
    assert wanted(diagnostic(edit), nothing, unsafe=False)
    assert not wanted(diagnostic(), nothing, unsafe=True)
    assert not wanted(diagnostic(edit, applicability=Applicability.UNSAFE), nothing, unsafe=False)
    assert wanted(diagnostic(edit, applicability=Applicability.UNSAFE), nothing, unsafe=True)
    assert not wanted(diagnostic(edit, applicability=Applicability.PLACEHOLDER), nothing, unsafe=True)
    assert not wanted(diagnostic(edit, severity=Severity.INFO), nothing, unsafe=True)
    assert wanted(diagnostic(edit, severity=Severity.INFO), frozenset({"r"}), unsafe=False)
    assert not wanted(diagnostic(edit), frozenset({"other"}), unsafe=False)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy", max_size=3)), max_size=6),
)
def test_what_no_edit_touches_stays(text: str, raw: list[tuple[int, int, str]]) -> None:
    found = []
    for start, length, new in raw:
        begin = min(start, len(text))
        found.append(diagnostic(Edit(Span(begin, min(begin + length, len(text))), new)))
    result = mended(text, [found])
    touched = {
        at for each in found if each.fix for at in range(each.fix.edits[0].span.start, each.fix.edits[0].span.end)
    }
    kept = [char for at, char in enumerate(text) if at not in touched and char not in "xy"]
    rest = iter(result)
    assert all(char in rest for char in kept), "in the same order"


IN_THE_WAY = {
    "one line of JSON": '{"title": "A", "date": "2026-02-03T09:00:00Z", "aliases": ["/posts/b/"], "tags": ["x"]}\n\nText.\n',
    "an alias beside a comment": '+++\ntitle = "A"\ndate = 2026-02-03T09:00:00Z\naliases = ["/posts/b/"] # old\n+++\n\nText.\n',
    "a draft that is nothing": "---\ntitle: A\ndate: 2026-02-03T09:00:00Z\ndraft:\n---\n\nText.\n",
    "a singular beside a table": '+++\ntitle = "A"\ndate = 2026-02-03T09:00:00Z\nalias = "/old/"\n[aliases]\nx = 1\n+++\n\nText.\n',
    "an old name beside a table": '+++\ntitle = "A"\npubdate = 2026-02-03T09:00:00Z\n[publishDate]\nx = 1\n+++\n\nText.\n',
    "a key in a table of its name": '+++\ntitle = "A"\ndate = 2026-02-03T09:00:00Z\n[draft]\ndraft = true\n+++\n\nText.\n',
}


@pytest.mark.parametrize("text", IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_a_safe_fix_leaves_front_matter_that_hugo_reads(
    site_of: Callable[..., Path], tmp_path: Path, text: str
) -> None:
    other = '+++\ntitle = "B"\ndate = 2026-02-03T09:00:00Z\n+++\n\nText.\n'
    folder = site_of({"content/posts/a.md": text, "content/posts/b.md": other})
    was_read = render(folder, tmp_path / "before").status == 0
    command = [sys.executable, "-m", "presscheck", "fix", "--site", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert load(folder).by_file["content/posts/a.md"].title == "A"
    assert render(folder, tmp_path / "after").status == 0 or not was_read


def test_an_empty_reason_is_refused_and_mends_nothing(site_of: Callable[..., Path]) -> None:
    text = '+++\ntitle = "A"\ndate = 2026-02-03T09:00:00Z\ndraft = "no"\n+++\n\nText.\n'
    folder = site_of({"content/posts/a.md": text})
    command = [sys.executable, "-m", "presscheck", "fix", "--add-ignore=", "--site", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "the reason has to be words" in done.stderr
    assert (folder / "content/posts/a.md").read_text() == text


@pytest.mark.parametrize(
    "line",
    ["[a link](/posts/b c “Title”)", "the log [INFO] (/var/log/x.log) says so", "![a line](/images/my pic.png “T”)"],
)
def test_what_is_not_certain_is_no_safe_fix(site_of: Callable[..., Path], line: str) -> None:
    text = f'+++\ntitle = "A"\ndate = 2026-02-03T09:00:00Z\n+++\n\n{line}\n'
    folder = site_of({"content/posts/a.md": text})
    command = [sys.executable, "-m", "presscheck", "fix", "--site", str(folder)]
    subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (folder / "content/posts/a.md").read_text() == text


@pytest.mark.parametrize("link", ["/posts/tea-/", "/posts/cups.pdf", "/tea/"])
def test_nobody_is_led_from_a_page_to_itself_or_from_a_file_to_a_page(site_of: Callable[..., Path], link: str) -> None:
    text = f'+++\ntitle = "Tea"\ndate = 2026-02-03T09:00:00Z\n+++\n\nSee [the other half]({link}).\n'
    cup = '+++\ntitle = "Cups"\ndate = 2026-02-03T09:00:00Z\n+++\n\nSee [the tin](/tims.pdf).\n'
    folder = site_of({"content/posts/tea.md": text, "content/posts/cups.md": cup, "static/tins.pdf": "%PDF"})
    command = [sys.executable, "-m", "presscheck", "fix", "--unsafe-fixes", "--site", str(folder)]
    subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (folder / "content/posts/tea.md").read_text() == text
    assert "(/tins.pdf)" in (folder / "content/posts/cups.md").read_text()
