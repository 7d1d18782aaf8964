from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.text import Position, Source, Span, span_at


def test_positions_count_characters_from_one() -> None:
    source = Source("x.md", "ab\n🔮é\r\nz\rq")
    assert source.position(0) == Position(1, 1)
    assert source.position(4) == Position(2, 2)
    assert source.position(5) == Position(2, 3)
    assert source.position(7) == Position(3, 1)
    assert source.position(9) == Position(4, 1)
    assert source.position(len(source.text)) == Position(4, 2)
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["ab", "🔮é", "z", "q"]


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_and_written_back_unchanged(data: bytes) -> None:
    source = Source.decode("x.md", data)
    if source.encoding == "utf-8":
        assert source.encode(source.text) == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_names_the_encoding(encoding: str) -> None:
    source = Source.decode("x.md", "\ufeffé🔮".encode(encoding))
    assert (source.encoding, source.text) == (encoding, "\ufeffé🔮")
    assert source.encode(source.text) == "\ufeffé🔮".encode(encoding)
    assert source.encode("é🔮") == "é🔮".encode()


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Span(0, 2), Span(2, 4), False),
        (Span(0, 3), Span(2, 4), True),
        (Span(2, 2), Span(2, 2), True),
        (Span(2, 2), Span(2, 4), False),
        (Span(3, 3), Span(2, 4), True),
    ],
)
def test_overlap(one: Span, other: Span, *, overlap: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


@given(st.text("ab\r\n", max_size=20), st.integers(0, 20))
def test_the_line_around_an_offset_is_the_one_that_its_position_names(text: str, offset: int) -> None:
    source = Source("x.md", text)
    line = source.line_span(min(offset, len(text)))
    number = source.position(min(offset, len(text))).line
    assert source.slice(line) in {source.line(number) + end for end in ("", "\n", "\r", "\r\n")}
    assert line.start == source.line_starts[number - 1]
    assert line.end == len(text) or source.slice(line).endswith(("\n", "\r"))


@given(st.lists(st.integers(0, 6), max_size=12), st.integers(0, 40))
def test_the_span_around_a_character_is_found(steps: list[int], at: int) -> None:
    edges = [sum(steps[:number]) for number in range(1, len(steps) + 1)]
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    around = [span for span in spans if span.start <= at < span.end]
    assert span_at(spans, at) == (around[0] if around else None)
