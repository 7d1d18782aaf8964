from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.front_matter import read_front_matter
from presscheck.yaml_reader import read_yaml
from tests.conftest import render

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("n", "n"),
        ("true", True),
        ("True", True),
        ("1", 1),
        ("1.10", 1.1),
        ("0o17", 15),
        ("~", None),
        ('"true"', "true"),
        ("012", 10),
    ],
)
def test_scalars_follow_yaml_1_2_as_hugo_does(written: str, value: object) -> None:
    document = read_yaml(f"key: {written}\n")
    assert document.values == {"key": value}
    assert type(document.values["key"]) is type(value)


def test_spans_point_at_keys_values_and_elements() -> None:
    text = 'title: One two\ntags: [a, "b"]\nlist:\n  - c\n  - d\nparams:\n  x: 1\n'
    document = read_yaml(text, 10)
    cut = {entry.path: text[entry.value.span.start - 10 : entry.value.span.end - 10] for entry in document.entries}
    assert cut[("title",)] == "One two"
    assert cut[("list",)] == "- c\n  - d"
    assert cut[("params", "x")] == "1"
    tags = document.get("tags")
    assert tags
    assert [text[each.span.start - 10 : each.span.end - 10] for each in tags.value.elements] == ["a", '"b"']


def test_a_key_set_twice_is_a_problem() -> None:
    (problem,) = read_yaml("a: 1\nb: 2\na: 3\n").problems
    assert (problem.kind, problem.message, problem.span.start) == ("duplicate", "`a` is set twice", 10)


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: b: c\n", "- x\n", "\ta: 1\n", "a: &x [*x]\n", "a: \x01\n", "? [a]\n: 1\n"]
)
def test_bad_yaml_is_a_problem_or_a_value_never_an_exception(text: str) -> None:
    document = read_yaml(text)
    assert document.problems or document.values is not None


NUMBERS = (
    *("0", "-0", "00", "012", "-012", "09", "+5", "1_000", "1__0", "1_", "_1", "-_1", "0_8", "0x_f", "0x1_F", "-0x8000000000000000"),
    *("0xg", "0X1F", "0o17", "0o_7", "0O7", "0b10", "0b102", "-0b1", "0x_", "9223372036854775808", "18446744073709551615"),
    *("18446744073709551616", "-9223372036854775808", "-9223372036854775809", "0xFFFFFFFFFFFFFFFF", "0x1FFFFFFFFFFFFFFFF"),
    *("1.5", ".5", "-.5", "5.", "1_000.5", "._5", "01.5", "1.e3", "1.5E+3", "1.5e", "1e3", "1e400", "1.5e400", "0.5e-400", "1.5."),
    *("٣", "1.٣", "--5", "1,000", "0x1.8", "1" * 5000, "-" + "9" * 5000, "0x" + "F" * 5000, "0" * 5000 + "7"),
)  # fmt: skip


def test_numbers_are_those_that_hugo_reads(site_of: Make, tmp_path: Path) -> None:
    texts = {f"content/posts/p{at}.md": f"---\nx: {each}\n---\n" for at, each in enumerate(NUMBERS)}
    layout = '{{ $all := dict }}{{ range site.RegularPages }}{{ $x := .Params.x }}{{ $all = merge $all (dict .File.ContentBaseName (slice (printf "%T" $x) (string $x))) }}{{ end }}{{ $all | jsonify | safeHTML }}'  # fmt: skip
    run = render(site_of({**texts, "layouts/home.html": layout}), tmp_path / "public")
    assert run.status == 0, run.output
    told = json.loads((tmp_path / "public/index.html").read_text())
    kinds = {"uint64": int, "int64": int, "float64": float, "string": str}
    for at, written in enumerate(NUMBERS):
        kind, shown = told[f"p{at}"]
        (entry,) = read_yaml(f"x: {written}\n").entries
        assert (type(entry.data), entry.data) == (kinds[kind], kinds[kind](shown)), written


@pytest.mark.parametrize(
    "written", ["1", "-1.5e3", "1e308", "1e309", "1" * 5000, "9" * 300, "NaN", "Infinity", '"NaN"']
)
def test_numbers_in_json_are_refused_as_by_hugo(site_of: Make, tmp_path: Path, written: str) -> None:
    text = f'{{"title": "Numbers", "date": "2026-03-02", "x": {written}}}\n'
    run = render(site_of({"content/posts/a.md": text}), tmp_path / "public")
    document = read_front_matter(text).document
    assert (document.problems == ()) is (run.status == 0), run.output
    for problem in document.problems:
        assert text[problem.span.start : problem.span.end] == written
    assert read_front_matter('{"x": 12345678901234567890123}').document.values == {"x": 12345678901234567890123.0}


LEVELS = "".join(f"a{at}: &a{at} {'[' * 40}{f'*a{at - 1}' if at else ''}{']' * 40}\n" for at in range(40))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"---\na: {'[' * 5000}{']' * 5000}\n---\n", 4 + 3 + 64),
        (f'{{"a": {"[" * 5000}{"]" * 5000}}}\n', 6 + 64),
        (f'{{"a": {"[" * 70}{"]" * 70}}}\n', 6 + 64),
        (f"---\n{LEVELS}---\n", None),
    ],
)
def test_nesting_too_deep_is_named_where_it_begins(text: str, at: int | None) -> None:
    (problem,) = read_front_matter(text).document.problems
    assert problem.message == "nested too deeply"
    assert problem.span.start == (at or problem.span.start)


def test_json_is_read() -> None:
    assert read_yaml('{"title": "x", "tags": ["a", "b"], "n": 1.5, "f": null}').values == {
        "title": "x",
        "tags": ["a", "b"],
        "n": 1.5,
        "f": None,
    }


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("title: T\nweight: 1\t# a note\n", {"title": "T", "weight": 1}),
        ("title:\tT\nlink: a\t\n", {"title": "T", "link": "a"}),
        ("tags: [a,\tb]\n", {"tags": ["a", "b"]}),
        ("tags:\n-\ta\n-\tb\n", {"tags": ["a", "b"]}),
        ("tags: [\n\ta,\n\tb]\n", {"tags": ["a", "b"]}),
        ("title: it's\t# '\nlink: 'x'\t\n", {"title": "it's", "link": "x"}),
        ("params:\n\tx: 1\n", None),
        ("title: T\n\t# a note\nlink: a\n", None),
    ],
)
def test_a_tab_may_separate_and_not_indent_as_in_hugo(
    tmp_path: Path, written: str, values: dict[str, object] | None
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text('baseURL = "https://example.org/"\n', "utf-8")
    (tmp_path / "layouts/all.html").write_text("{{ jsonify (slice .Params.tags .Params.link) }}\n", "utf-8")
    (tmp_path / "content/post.md").write_text(f"---\n{written}---\n", "utf-8")
    run = render(tmp_path, tmp_path / "out")
    document = read_yaml(written, 10)
    assert document.values == values
    assert (run.status == 0) == (values is not None)
    assert bool(document.problems) == (values is None)
    if values is not None:
        seen = json.loads((tmp_path / "out/post/index.html").read_text("utf-8"))
        assert seen == [values.get("tags"), values.get("link")]
        spans = [written[each.value.span.start - 10 : each.value.span.end - 10] for each in document.entries]
        assert "".join(spans).count("\t") <= 2  # between the elements of a list, and nowhere else
