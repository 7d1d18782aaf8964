from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity
from presscheck.fix import mend, wanted
from presscheck.text import Position, Source, Span


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
