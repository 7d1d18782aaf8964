from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.text import Position, Source, Span


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
