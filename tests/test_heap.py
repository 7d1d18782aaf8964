from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from presscheck import heap, hugo, processes

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("text", "memory", "growth"),
    [
        (2_000_000, 16 * GB, "400"),
        (75_000_000, 24 * GB, "400"),  # ten thousand posts
        (65_000_000, 16 * GB, "200"),
        (80_000_000, 16 * GB, None),
        (2_000_000, 256_000_000, None),
        (2_000_000, 0, None),  # nobody knows how much there is
    ],
)
def test_what_is_roomy_is_quick(text: int, memory: int, growth: str | None) -> None:
    assert heap.variables(text, memory).get("GOGC") == growth


def test_a_container_may_use_less_than_the_machine_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(heap, "_LIMITS", (str(limit),))
    machine = heap.available()
    assert machine > 100_000_000
    limit.write_text("max\n", "ascii")
    assert heap.available() == machine
    limit.write_text("50000000\n", "ascii")
    assert heap.available() == 50_000_000


def test_a_machine_that_does_not_say_gets_no_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap, "_LIMITS", (str(tmp_path / "none"),))
    monkeypatch.delattr(os, "sysconf")
    assert heap.available() == 0


def test_hugo_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hugo.toml").write_text('baseURL = "https://blog.example/"\n', "utf-8")
    told: list[str | None] = []
    run = processes.run

    def listening(command: list[str], folder: Path, environment: dict[str, str], time_limit: float) -> tuple[int, str]:
        told.append(environment.get("GOGC"))
        return run(command, folder, environment, time_limit)

    monkeypatch.setattr(hugo, "run", listening)
    monkeypatch.setattr(heap, "available", lambda: 16 * GB)
    for text in (0, 1_000):
        done = hugo.build(
            tmp_path,
            tmp_path / "public",
            clock=datetime(2026, 1, 1, tzinfo=UTC),
            cache_folder=tmp_path / "cache",
            time_limit=60,
            text=text,
        )
        assert done.status == 0, done.output
    assert told == [None, "400"]
