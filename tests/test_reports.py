from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from sarif_pydantic import Sarif

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Fix, Move, Note, Rewrite, Severity
from presscheck.reports import FORMATS, report, statistics
from presscheck.reports.terminal import visible, width
from presscheck.text import Source, Span

SOURCE = Source(
    "content/posts/a.md",
    'title = "é🔮漢字"\n\tbad\u202ehere\u0008 and more text to come\nx \udcff\n' + "long " * 60 + "end\n",
)
OTHER = Source("content/posts/b.md", "one\ntwo\n")
SOURCES = {SOURCE.path: SOURCE, OTHER.path: OTHER}


def diagnostic(start: int, end: int, **changes: object) -> Diagnostic:
    values = {
        "rule": "a-rule", "severity": Severity.ERROR, "path": SOURCE.path, "span": Span(start, end), "start": SOURCE.position(start),
        "end": SOURCE.position(end), "message": "something is wrong", "label": "here", "consequence": "readers suffer",
        "help": "do this", "notes": (), "fix": None, **changes,
    }  # fmt: skip
    return Diagnostic(**values)  # type: ignore[arg-type]


def caret_columns(text: str) -> tuple[int, int]:
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if "^" in line)
    before = lines[at][: lines[at].index("^")]
    return width(before), lines[at].count("^")


@pytest.mark.parametrize(("marked", "before"), [("🔮", 'title = "é'), ("漢", 'title = "é🔮'), ("字", 'title = "é🔮漢')])
def test_carets_stand_under_wide_characters(marked: str, before: str) -> None:
    start = SOURCE.text.index(marked)
    column, length = caret_columns(report("full", [diagnostic(start, start + 1)], SOURCES.get))
    assert column == len("1 | ") + width(before)
    assert length == 2


def test_what_cannot_be_seen_is_named_and_nothing_commands_the_terminal() -> None:
    start = SOURCE.text.index("\u202e")
    text = report("full", [diagnostic(start, start + 1)], SOURCES.get)
    assert "    bad<U+202E>here<U+0008> and" in text
    assert caret_columns(text) == (len("2 | ") + len("    bad"), len("<U+202E>"))
    assert "\x08" not in text
    assert "\u202e" not in text
    assert visible("a\x1b[31mb\udcffc") == "a<U+001B>[31mb<FF>c"


def test_a_long_line_is_cut_around_the_mark() -> None:
    start = SOURCE.text.index("end\n")
    text = report("full", [diagnostic(start, start + 3)], SOURCES.get)
    assert all(width(line) < 160 for line in text.splitlines())
    assert "…" in text
    assert "^^^ here" in text


def test_the_whole_look() -> None:
    fix = Fix("write it well", Applicability.SAFE, (Edit(Span(0, 5), "name"),))
    notes = (Note("first seen here", OTHER.path, Span(4, 7)), Note("and elsewhere"))
    each = diagnostic(0, 5, notes=notes, fix=fix)
    assert report("full", [each], SOURCES.get) == (
        "error[a-rule]: something is wrong\n"
        " --> content/posts/a.md:1:1\n"
        "  |\n"
        '1 | title = "é🔮漢字"\n'
        "  | ^^^^^ here\n"
        "  = note: first seen here\n"
        " --> content/posts/b.md:2:1\n"
        "  |\n"
        "2 | two\n"
        "  | ---\n"
        "  = note: and elsewhere\n"
        "  = consequence: readers suffer\n"
        "  = help: do this\n"
        "  = fix (safe): write it well\n"
        "  = explain: presscheck explain a-rule\n"
        "\n"
        "1 error in 1 file; `presscheck fix` mends 1\n"
    )


def test_colour_only_where_asked() -> None:
    assert "\x1b[" not in report("full", [diagnostic(0, 5)], SOURCES.get)
    assert "\x1b[1;31merror[a-rule]\x1b[0m" in report("full", [diagnostic(0, 5)], SOURCES.get, colour=True)


def test_concise_is_a_line_each() -> None:
    assert (
        report("concise", [diagnostic(0, 5)], SOURCES.get)
        == "content/posts/a.md:1:1: error[a-rule] something is wrong\n"
    )


def test_json_holds_everything_with_columns_in_characters() -> None:
    start = SOURCE.text.index("漢")
    fix = Fix("write it well", Applicability.UNSAFE, (Edit(Span(start, start + 2), "x"),))
    each = diagnostic(start, start + 2, fix=fix, notes=(Note("there", OTHER.path, Span(4, 7)),))
    whole = json.loads(report("json", [each], SOURCES.get))
    (found,) = whole["diagnostics"]
    assert found["start"] == {"line": 1, "column": 12}
    assert found["end"] == {"line": 1, "column": 14}
    assert {key: found[key] for key in ("rule", "severity", "path", "message", "help")} == {
        "rule": "a-rule", "severity": "error", "path": SOURCE.path, "message": "something is wrong", "help": "do this",
    }  # fmt: skip
    assert found["fix"] == {
        "title": "write it well",
        "applicability": "unsafe",
        "edits": [{"start": {"line": 1, "column": 12}, "end": {"line": 1, "column": 14}, "text": "x"}],
        "moves": [],
        "rewrites": [],
    }
    assert found["notes"] == [
        {"message": "there", "path": OTHER.path, "start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 4}}
    ]


def test_json_is_unicode_whatever_the_file_holds() -> None:
    text = report("json", [diagnostic(0, 1, message="byte \udcff")], SOURCES.get)
    text.encode("utf-8")
    assert json.loads(text)["diagnostics"][0]["message"] == "byte \ufffd"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_reported_too(name: str) -> None:
    text = report(name, [], SOURCES.get)
    assert "a-rule" not in text
    if name in {"full", "concise", "json-lines", "github"}:
        assert text == ""
    elif name in {"json", "rdjson"}:
        assert json.loads(text)["diagnostics"] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_place_without_a_source_is_reported_without_its_line(name: str) -> None:
    each = diagnostic(0, 0, path="public/index.html", notes=(Note("n", "gone.md", Span(1, 2)),))
    assert "public/index.html" in report(name, [each], SOURCES.get)


def awkward() -> list[Diagnostic]:
    """One of each severity, in words that every notation has to escape."""
    fix = Fix("write <it> & that", Applicability.SAFE, (Edit(Span(0, 5), "né\n"),))
    place = SOURCE.text.index("\udcff")
    return [
        diagnostic(0, 5, fix=fix, notes=(Note("see <b>here</b>", OTHER.path, Span(4, 7)),)),
        diagnostic(12, 30, severity=Severity.WARNING, message="`a|b` 100% @you, see: #1 <!--"),
        diagnostic(place, place + 1, severity=Severity.INFO, message="a \x08 and a \udcff"),
        diagnostic(place, place + 1, severity=Severity.INFO, message="a \x08 and a \udcff"),
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_takes_every_finding_and_none(name: str) -> None:
    text = report(name, awkward(), SOURCES.get)
    assert "\x08" not in text
    text.encode("utf-8")
    report(name, [], SOURCES.get).encode("utf-8")
    unreadable = [diagnostic(0, 0, path="static/x.png")]
    assert "x.png" in report(name, unreadable, lambda _: None)


def test_sarif_is_what_the_standard_wants() -> None:
    text = report("sarif", awkward(), SOURCES.get)
    sarif = Sarif.model_validate_json(text)
    results = sarif.runs[0].results or []
    assert [result.level and result.level.value for result in results] == ["error", "warning", "note", "note"]
    prints = [json.dumps(result["partialFingerprints"]) for result in json.loads(text)["runs"][0]["results"]]
    assert len(set(prints)) == 4
    moved = Source(SOURCE.path, "\n\n" + SOURCE.text)
    later = [replace(diagnostic(0, 5), span=Span(2, 7), start=moved.position(2), end=moved.position(7))]
    again = report("sarif", later, lambda _: moved)
    assert json.loads(again)["runs"][0]["results"][0]["partialFingerprints"] == json.loads(prints[0])
    assert json.loads(text)["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0] == {
        "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6},
        "insertedContent": {"text": "né\n"},
    }


def test_sarif_says_where_a_file_is_that_was_named_by_its_whole_path() -> None:
    each = diagnostic(0, 5).below("/srv/my sites/one/")
    result = json.loads(report("sarif", [each], lambda _: SOURCE))["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///srv/my%20sites/one/content/posts/a.md"}


def test_every_path_of_a_finding_begins_with_the_place_of_its_site() -> None:
    moves, rewrites = (Move("content/a.md", "content/b.md"),), (Rewrite("static/a.jpg", "without-location"),)
    fix = Fix("move it", Applicability.SAFE, (), moves, rewrites)
    notes = (Note("there", OTHER.path, Span(4, 7)), Note("here", span=Span(0, 1)), Note("somewhere"))
    each = diagnostic(0, 5, fix=fix, notes=notes).below("one/")
    assert (each.path, [note.path for note in each.notes]) == (f"one/{SOURCE.path}", [f"one/{OTHER.path}", None, None])
    assert each.fix
    assert each.fix.moves == (Move("one/content/a.md", "one/content/b.md"),)
    assert [rewrite.path for rewrite in each.fix.rewrites] == ["one/static/a.jpg"]


def test_github_gets_ten_of_a_kind_and_a_count() -> None:
    lines = report("github", [diagnostic(0, 5)] * 13 + awkward()[1:2], SOURCES.get).splitlines()
    assert len(lines) == 11
    assert lines[9].endswith("::4 more; the log of `presscheck check` has all")
    assert "100%25 @you, see: #1" in lines[10]
    assert "title=presscheck a-rule" in lines[0]


def test_junit_is_xml() -> None:
    root = ET.fromstring(report("junit", awkward(), SOURCES.get))  # noqa: S314 - our own
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert [failure.get("message") for failure in suite.iterfind("testcase/failure")] == ["something is wrong"]


def test_rdjson_counts_bytes() -> None:
    start = SOURCE.text.index("漢")
    (entry,) = json.loads(report("rdjson", [diagnostic(start, start + 1)], SOURCES.get))["diagnostics"]
    before = len('title = "é🔮'.encode())
    assert entry["location"]["range"] == {
        "start": {"line": 1, "column": before + 1},
        "end": {"line": 1, "column": before + 4},
    }


def test_a_comment_calls_nobody_and_fits() -> None:
    text = report("markdown", awkward()[1:2] * 2000, SOURCES.get)
    assert len(text) < 65_536
    assert "\\@you" in text
    assert "`a\\|b`" in text
    assert text.rstrip().endswith("more.")


def test_the_page_is_whole_and_harmless() -> None:
    text = report("html", awkward(), SOURCES.get)
    assert "<!--" not in text
    assert "see &lt;b&gt;here&lt;/b&gt;" in text
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"sha256-{digest}" in html.unescape(text)
    assert "<script" not in text


def test_statistics_count_rules() -> None:
    text = statistics([*awkward(), diagnostic(0, 5, rule="another-rule")])
    assert text.splitlines() == ["      4  a-rule        1 by `presscheck fix`", "      1  another-rule"]
