"""The benchmark runs; how fast anything is, it asks of nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench import peers, report
from bench.__main__ import main
from bench.corpus import write_corpus
from bench.jobs import JOBS, Job
from bench.measure import Run, measure
from bench.posts import dated_name, with_lines, with_yaml
from bench.rounds import Result
from bench.targets import TARGETS, Figures, verdicts
from tests.conftest import ROOT

POST = '+++\ntitle = "A \\"b\\""\ndate = 2026-01-02T03:04:05+01:00\ntags = ["one", "two"]\n+++\n\nText.\n'


def corpus(folder: Path, seed: int) -> dict[str, bytes]:
    write_corpus(folder / "content", folder / "static", 12, seed)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def figures(**seconds: list[float]) -> Figures:
    """Figures at 1,000 posts, jobs with `_` for `-`."""
    results = []
    for name, times in seconds.items():
        job = Job(name.replace("_", "-"), "check", f"does {name}", lambda _: [])
        results.append(Result(job, 1000, {at: Run(time, 40, 0, "") for at, time in enumerate(times)}))
    return Figures(tuple(results), ())


def test_the_corpus_is_the_same_for_the_same_seed_only(tmp_path: Path) -> None:
    first, again, other = (corpus(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first.keys() == other.keys()
    assert first != other


def test_a_small_run_prints_every_job_and_every_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes about ten seconds, most of them Hugo's."""
    assert main(["--posts", "20", "--rounds", "1", "--json", str(tmp_path / "figures.json")]) == 0
    printed = capsys.readouterr().out.splitlines()
    for job in JOBS:
        assert any(line.split()[:1] == [job.name] for line in printed), job.name
    for target in TARGETS:
        assert any(line.startswith(target.says.replace("`", "")) for line in printed), target.says
    plain = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert [each["job"] for each in plain["results"]] == [job.name for job in JOBS]
    assert not any(each["failure"] for each in plain["results"])


def test_a_peer_that_cannot_be_installed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    jekyll = next(peer for peer in peers.PEERS if peer.name == "jekyll")
    installed = peers.install(jekyll, tmp_path, lambda _: None)
    assert not installed.version
    assert [job.name for job in installed.jobs] == ["jekyll"]


def test_an_unknown_job_or_peer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--jobs", "chekc"], ["--peers", "huge"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
    assert "there is no job or peer `huge`" in capsys.readouterr().err


def test_a_ratio_is_taken_within_a_round() -> None:
    found = figures(hugo=[1.0, 2.0, 4.0], check_cold=[0.1, 0.4, 0.4])
    assert found.ratios("check-cold", 1000) == [0.1, 0.2, 0.1]
    said = {each.target.says: each.says for each in verdicts(found)}
    assert said["`check`, no cache"] == "met"
    assert said["`check`, nothing changed"] == "not measured"


def test_a_missed_target_says_by_how_much() -> None:
    said = [each.says for each in verdicts(figures(hugo=[1.0], check_cold=[0.18], check_warm=[0.09]))]
    assert said[:2] == ["missed by 20 %", "missed, 3.0 times the target"]


def test_a_program_is_measured_and_its_failure_told(tmp_path: Path) -> None:
    run = measure(["sh", "-c", "echo too bad; exit 7"], tmp_path, tmp_path / "log", 10)
    assert (run.status, run.said) == (7, "too bad")
    assert run.memory > 0
    assert measure(["sleep", "9"], tmp_path, tmp_path / "log", 0.2).said == "stopped after 0.2 s"
    assert measure([str(tmp_path / "nothing")], tmp_path, tmp_path / "log", 10).status == 127


def test_other_programs_get_the_same_post_in_their_notation() -> None:
    assert with_yaml(POST) == (
        '---\ntitle: "A \\"b\\""\ndate: "2026-01-02T03:04:05+01:00"\ntags: ["one", "two"]\n---\n\nText.\n'
    )
    assert with_lines(POST) == 'title: A "b"\ndate: 2026-01-02T03:04:05+01:00\ntags: one, two\n\n\nText.\n'
    assert dated_name("a.md", POST) == "2026-01-02-a.md"


def test_the_page_keeps_what_is_around_the_figures(tmp_path: Path) -> None:
    page, picture = tmp_path / "speed.md", tmp_path / "speed.svg"
    page.write_text(f"Before.\n\n{report.FIRST_LINE}\n\nOld.\n\n{report.LAST_LINE}\n\nAfter.\n", "utf-8")
    report.write(page, picture, f"{report.FIRST_LINE}\n\nNew.\n", figures(hugo=[1.0], check_cold=[0.1]))
    assert page.read_text("utf-8") == f"Before.\n\n{report.FIRST_LINE}\n\nNew.\n\n{report.LAST_LINE}\n\nAfter.\n"
    assert ">0.10</text>" in picture.read_text("utf-8")


def test_the_page_says_what_failed_and_no_folder_of_the_machine() -> None:
    found = figures(hugo=[1.0], check_cold=[0.1])
    found.results[1].failure = "status 2: no /tmp/x-1/site/`config.toml`"
    said = report.section(found, {}, 1, date(2026, 11, 22))
    assert "- does check_cold, 1,000 posts: `status 2: no 'config.toml'`" in said
    assert "/tmp" not in said  # noqa: S108 - a folder that must not be named


def test_the_page_on_speed_has_its_places() -> None:
    text = (ROOT / "content" / "docs" / "speed.md").read_text("utf-8")
    assert text.index(f"{report.FIRST_LINE}\n") < text.index(f"{report.LAST_LINE}\n")
