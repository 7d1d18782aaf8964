from __future__ import annotations

import html
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability
from presscheck.front_matter import read_front_matter
from presscheck.keyed import Document
from presscheck.text import Span
from presscheck.toml_reader import quoted, read_toml
from tests.conftest import render

Make = Callable[..., Path]


def own_values(text: str) -> object:
    """What our reader makes of `text` by itself, without tomllib's help."""
    from presscheck.toml_reader import _Reader  # noqa: PLC0415 - compared with tomllib here only

    reader = _Reader(text, 0)
    reader.read()
    assert reader.problems == []
    return reader.root


def applied(text: str, document: Document) -> str:
    edits = sorted(
        (edit for problem in document.problems if problem.fix for edit in problem.fix.edits), key=lambda e: e.span
    )
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        "a = \"x\"\nb = 'y'\n",
        "a = 1\nb = -2.5\nc = true\nd = 0x1F\ne = 1_000\nf = inf\n",
        "a = 2026-01-31\nb = 2026-01-31T09:00:00Z\nc = 2026-01-31 09:00:00.5+01:00\nd = 09:00:00\ne=2026-01-31T09:00:00\n",
        'a = ["x", \'y\', ["z"]] # comment\nb = [\n  1, # one\n  2,\n]\n',
        "a.b.c = 1\na.b.d = 2\n[x]\ny = 1\n[x.z]\nq = 2\n",
        "[[r]]\na = 1\n[[r]]\na = 2\n[r.s]\nb = 3\n",
        'a = { b = 1, c = { d = "x" } }\n',
        '"quoted key" = 1\n\'x\'."y z" = 2\n',
        "a = \"\"\"\nmore\n  lines \\\n  joined\"\"\"\nb = '''raw \\ text'''\n",
        'a = "tab\\t quote\\" u\\u00e9 \\U0001F52E"\n',
        "",
        "# only a comment\n",
    ],
)
def test_values_are_those_of_tomllib(text: str) -> None:
    assert own_values(text) == tomllib.loads(text)
    assert read_toml(text).values == tomllib.loads(text)


scalars = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 - a bound
)
keys = st.text("abcxyz_-09", min_size=1, max_size=6)


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return value.isoformat() if isinstance(value, datetime) else repr(value)


@given(st.dictionaries(keys, scalars | st.lists(scalars, max_size=3), max_size=6))
def test_generated_documents_are_read_as_by_tomllib_and_spans_point_at_the_values(values: dict[str, object]) -> None:
    text = "".join(f"{key} = {written(value)}\n" for key, value in values.items())
    document = read_toml(text)
    assert document.problems == ()
    assert own_values(text) == tomllib.loads(text) == document.values
    for entry, (key, value) in zip(document.entries, values.items(), strict=True):
        assert text[entry.key_span.start : entry.key_span.end] == key
        assert text[entry.value.span.start : entry.value.span.end] == written(value)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_exception_and_spans_lie_inside(text: str) -> None:
    document = read_toml(text)
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    for entry in document.entries:
        assert 0 <= entry.key_span.start <= entry.value.span.end <= len(text)
    try:
        expected = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, ValueError):
        return
    assert (document.values, document.problems) == (expected, ())


@given(st.text("ab=\"'[]{},.#\n \\-:1T“”", max_size=60))
def test_toml_like_text_is_read_without_an_exception(text: str) -> None:
    document = read_toml(text)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "messages", "repaired"),
    [
        ("a = “x”\n", ["`“` is a typographic quote; TOML wants straight ones"], 'a = "x"\n'),
        ("a = True\n", ["`True` is not a TOML boolean"], "a = true\n"),
        ("a = hello there\n", ["`hello there` is text without quotes"], 'a = "hello there"\n'),
        ('a = ["x" "y"]\n', ["a comma is missing between two elements"], 'a = ["x", "y"]\n'),
        ("a: 1\n", ["`a:` is YAML; TOML sets a key with `=`"], "a = 1\n"),
        ('a = "C:\\dir"\n', ["`\\d` means nothing in text with double quotes"], "a = 'C:\\dir'\n"),
        ('a = "x\nb = 1\n', ["text that never ends"], 'a = "x"\nb = 1\n'),
        ('a = "say "hi" now"\n', ["a quote inside the text ends it early"], "a = 'say \"hi\" now'\n"),
        (
            "a = [“x”, y]\n",
            ["`“` is a typographic quote; TOML wants straight ones", "`y` is text without quotes"],
            'a = ["x", "y"]\n',
        ),
    ],
)
def test_a_mistake_is_named_and_its_fix_makes_toml(text: str, messages: list[str], repaired: str) -> None:
    document = read_toml(text)
    assert [problem.message for problem in document.problems] == messages
    fixed = applied(text, document).replace('"x","y"', '"x", "y"').replace('["x", "y"]', '["x", "y"]')
    assert tomllib.loads(fixed) == tomllib.loads(repaired)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n", "`a` sets nothing"),
        ("a =\n", "`a` has no value"),
        ("a = 1 2\n", "`1 2` is text without quotes"),
        ("a = true 2\n", "`2` after the value"),
        ("[a\n", "table name without its closing bracket"),
        ("a = [1,\nb = 2\n", "a list that never ends"),
        ("a = {b = 1\n", "expected `,` or `}`"),
        ("a = 2026-02-30\n", "`2026-02-30` is no date: day is out of range for month"),
        ("a = 99999999999999999999\n", "a number beyond 64 bits"),
        (f"a = {'1' * 5000}\n", "a number beyond 64 bits"),
        ("a = -9223372036854775809\n", "a number beyond 64 bits"),
        ("a = 0xFFFFFFFFFFFFFFFF\n", "a number beyond 64 bits"),
        (f"a = 0x{'F' * 5000}\n", "a number beyond 64 bits"),
        (f"a = 0b{'1' * 64}\n", "a number beyond 64 bits"),
        ("a = 1e400\n", "a number beyond what a computer can hold"),
        (f"a = {'[' * 65}{']' * 65}\n", "nested too deeply"),
        (f"{'.'.join('b' * 65)} = 1\n", "nested too deeply"),
        (f"[{'.'.join('b' * 65)}]\n", "nested too deeply"),
        (f"[{'.'.join('b' * 40)}]\n{'.'.join('c' * 40)} = 1\n", "nested too deeply"),
        (f"a = {{{'.'.join('b' * 1200)} = 1}}\n", "nested too deeply"),
        (f"a = {'{b.c = ' * 40}1{'}' * 40}\n", "nested too deeply"),
        ('a = """never\n', "text that never ends"),
        ("ключ = 1\n", "`ключ = 1` is not a key"),
    ],
)
def test_what_cannot_be_mended_is_named(text: str, message: str) -> None:
    assert message in [problem.message for problem in read_toml(text).problems]


WHOLE = (
    "9223372036854775807",
    "-9223372036854775808",
    "0x7FFFFFFFFFFFFFFF",
    "0o777777777777777777777",
    f"0x{'0' * 40}1",
)
TOO_LARGE = ("9223372036854775808", "-9223372036854775809", "0x8000000000000000", "0o1000000000000000000000")


@pytest.mark.parametrize("written", [*WHOLE, *TOO_LARGE, "0b" + "1" * 63, "0b" + "1" * 64, "1e308", "-1e309", "1e-400"])
def test_numbers_are_refused_as_by_hugo(site_of: Make, tmp_path: Path, written: str) -> None:
    text = f'+++\ntitle = "Numbers"\ndate = 2026-03-02\n[params]\nx = {written}\n+++\n'
    run = render(site_of({"content/posts/a.md": text}), tmp_path / "public")
    assert (read_front_matter(text).document.problems == ()) is (run.status == 0), run.output


def test_what_a_list_holds_has_no_path_of_its_own() -> None:
    text = 'resources = [{src = "a.png"}, {src = "b.png", params.x = 1}]\na = {b.c = 1, d = {e = 2}}\n'
    assert [entry.path for entry in read_toml(text).entries] == [
        ("resources",),
        *[("a",), ("a", "b", "c"), ("a", "d"), ("a", "d", "e")],
    ]


def test_a_key_set_twice_in_an_inline_table_points_at_the_first() -> None:
    (problem,) = read_toml("a = {b = 1, c = 2, b = 3}\n").problems
    assert (problem.message, problem.span, problem.first) == ("`b` is set twice", Span(19, 20), Span(5, 6))


CLOCKS = ("10:00", "10:00:05", "10:00:05.25", "10:00:05.1234567891")
OFFSETS = ("", "Z", "z", "+05:00", "-05:00", "-23:59")
MOMENTS = [f"2024-01-01{mark}{clock}{offset}" for mark in "Tt " for clock in CLOCKS for offset in OFFSETS]
NO_MOMENTS = [
    f"2024-01-01{rest}" for rest in ("T10:00+0500", "T10:00 Z", "T10:00+5:00", "T10:00+24:00", "T10:00+05:60")
]
NO_MOMENTS += [f"2024-01-01{rest}" for rest in ("T10:0", "T1:00", "T24:00", "T10:00:60", "  10:00", "T10:00-05")]


def test_dates_are_those_that_hugo_reads(site_of: Make, tmp_path: Path) -> None:
    texts = {f"content/posts/p{at}.md": f'+++\ntitle = "P"\ndate = {each}\n+++\n' for at, each in enumerate(MOMENTS)}
    layout = (
        '{{ range site.RegularPages }}{{ .File.LogicalName }} {{ .Date.Format "2006-01-02T15:04:05-07:00" }}\n{{ end }}'
    )
    render(site_of({**texts, "layouts/home.html": layout}), tmp_path / "public")
    told = dict(line.split(" ", 1) for line in (tmp_path / "public/index.html").read_text().splitlines() if line)
    for at, written in enumerate(MOMENTS):
        document = read_toml(f"date = {written}\n")
        assert document.problems == (), written
        moment = as_instant(document.entries[0].data, UTC)
        assert moment
        assert html.unescape(told[f"p{at}.md"]) == moment.isoformat(timespec="seconds"), written


@pytest.mark.parametrize("written", NO_MOMENTS)
def test_dates_that_hugo_does_not_read_are_problems(site_of: Make, tmp_path: Path, written: str) -> None:
    text = f'+++\ntitle = "P"\ndate = {written}\n+++\n'
    assert render(site_of({"content/posts/p.md": text}), tmp_path / "public").status != 0
    assert read_front_matter(text).document.problems


def test_reading_goes_on_after_a_mistake() -> None:
    text = 'title = “One”\njunk\ntags = ["a" "b"]\ndate = 2026-01-31\nflag = FALSE\n'
    document = read_toml(text)
    assert len(document.problems) == 4
    assert {entry.name: entry.data for entry in document.entries}["tags"] == ["a", "b"]
    assert [problem.span for problem in document.problems] == sorted(problem.span for problem in document.problems)


def test_a_key_set_twice_points_at_the_first() -> None:
    document = read_toml("a = 1\n[t]\nb = 1\n[t]\na.b = 1\na.b = 2\n")
    kinds = [(problem.kind, problem.message, problem.first) for problem in document.problems]
    assert kinds == [("duplicate", "`t` is set twice", Span(6, 9)), ("duplicate", "`t.a.b` is set twice", Span(20, 23))]


@pytest.mark.parametrize(
    "text", ["a = {\n b = 1,\n}\n", 'a = "\\e[0m"\n', 'a = "\\x41"\n', "a = 2026-01-31T09:00Z\n", "a = 09:30\n"]
)
def test_what_toml_1_1_allows_is_no_problem(text: str) -> None:
    document = read_toml(text)
    assert document.problems == ()
    assert document.values is not None


def test_crlf_keeps_spans() -> None:
    text = 'a = "x"\r\nb = [\r\n"y"]\r\n'
    document = read_toml(text)
    assert document.problems == ()
    assert [text[entry.value.span.start : entry.value.span.end] for entry in document.entries] == ['"x"', '[\r\n"y"]']


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("description = ‘It’s fine’\n", 'description = "It’s fine"\n'),
        ("tags = [‘Rock ’n’ Roll’, ‘Jazz’]\n", 'tags = ["Rock ’n’ Roll", "Jazz"]\n'),
    ],
)
def test_a_typographic_quote_that_may_be_an_apostrophe_is_no_safe_fix(text: str, written: str) -> None:
    fixes = [problem.fix for problem in read_toml(text).problems if problem.fix]
    assert fixes[0].applicability is Applicability.UNSAFE
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == written
