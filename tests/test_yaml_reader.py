from __future__ import annotations

import json
from pathlib import Path

import pytest

from presscheck.yaml_reader import read_yaml
from tests.conftest import render


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
        ("012", 12),
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
