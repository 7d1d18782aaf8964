from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.keyed import Document
from presscheck.text import Span
from presscheck.toml_reader import quoted, read_toml


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
        ("a = 1 2\n", "`2` after the value"),
        ("[a\n", "table name without its closing bracket"),
        ("a = [1,\nb = 2\n", "a list that never ends"),
        ("a = {b = 1\n", "expected `,` or `}`"),
        ("a = 2026-02-30\n", "`2026-02-30` is no date: day is out of range for month"),
        ("a = 99999999999999999999\n", "a number beyond 64 bits"),
        ('a = """never\n', "text that never ends"),
        ("ключ = 1\n", "`ключ = 1` is not a key"),
    ],
)
def test_what_cannot_be_mended_is_named(text: str, message: str) -> None:
    assert message in [problem.message for problem in read_toml(text).problems]


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
