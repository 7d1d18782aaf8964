"""What becomes of shards that do not belong together, or are not what was built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from presscheck.errors import EnvironmentFault, PresscheckError, PublishRefusal, UsageError
from presscheck.publication import EngineMessage
from presscheck.releases import describe
from presscheck.segments import Share
from presscheck.shards import FILE, FOLDER, Shard, Whole, ensure_complete, ensure_of, found_in, unite

WHOLE = Whole("5f2c", "2026-11-22T12:00:00+00:00", "https://site.example/", "0.1.0", "0.168.0")
Files = dict[str, str]


def shard(folder: Path, number: int, of: int, files: Files, whole: Whole = WHOLE) -> Shard:
    """A shard on disk."""
    for path, text in files.items():
        target = folder / FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    warning = EngineMessage("WARN", "raw HTML omitted", "content/posts/a.md", 3, 1)
    made = Shard(Share(number, of), whole, describe(folder / FOLDER, whole.base_url), (warning,), folder)
    (folder / FILE).write_bytes(made.to_json())
    return found_in(folder)


def pair(folder: Path, **changes: str) -> tuple[Shard, Shard]:
    """Two shards of a site of two; the second is of a site that is different in `changes`."""
    return (
        shard(folder / "one", 1, 2, {"index.html": "home", "main.css": "p{}"}),
        shard(folder / "two", 2, 2, {"a/index.html": "a", "main.css": "p{}"}, replace(WHOLE, **changes)),
    )


def test_a_shard_is_read_as_it_was_written(tmp_path: Path) -> None:
    one, _ = pair(tmp_path)
    assert Shard.from_json(one.to_json(), one.folder) == one
    assert one.messages[0].text == "raw HTML omitted"


def test_shards_become_one_site(tmp_path: Path) -> None:
    parts = pair(tmp_path)
    ensure_complete(parts)
    ensure_of(parts, WHOLE)
    unite(parts, tmp_path / "whole")
    found = {path.relative_to(tmp_path / "whole").as_posix() for path in (tmp_path / "whole").rglob("*.*")}
    assert found == {"index.html", "main.css", "a/index.html"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("sources", "77aa", "of other sources"),
        ("clock", "2026-11-22T12:00:01+00:00", "of another moment"),
        ("base_url", "https://other.example/", "of another address"),
        ("presscheck", "9.9.9", "of another version of presscheck"),
        ("hugo", "0.167.0", r"of another version of Hugo than shard 1/2: 0\.167\.0, not 0\.168\.0"),
    ],
)
def test_shards_of_different_sites_are_refused(tmp_path: Path, field: str, value: str, said: str) -> None:
    with pytest.raises(PublishRefusal, match=said):
        ensure_complete(pair(tmp_path, **{field: value}))


def test_shards_of_another_site_than_the_one_here_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishRefusal, match="of other sources than what is here"):
        ensure_of(pair(tmp_path), replace(WHOLE, sources="0000"))


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    parts = [shard(tmp_path / str(number), number, 4, {f"{number}.html": "x"}) for number in (1, 3)]
    with pytest.raises(PublishRefusal, match=r"shard 2/4, 4/4 is missing") as raised:
        ensure_complete(parts)
    assert "build --shard 2/4" in raised.value.hint


def test_a_shard_given_twice_is_refused(tmp_path: Path) -> None:
    one, two = pair(tmp_path)
    with pytest.raises(PublishRefusal, match=r"are both shard 1/2"):
        ensure_complete([one, two, one])


def test_shards_of_different_divisions_are_refused(tmp_path: Path) -> None:
    one, _ = pair(tmp_path)
    with pytest.raises(PublishRefusal, match=r"is shard 2/3, but .* is shard 1/2"):
        ensure_complete([one, shard(tmp_path / "other", 2, 3, {"a": "a"})])


def test_one_file_with_two_contents_is_refused(tmp_path: Path) -> None:
    one, _ = pair(tmp_path)
    other = shard(tmp_path / "other", 2, 2, {"main.css": "p{color:red}"})
    with pytest.raises(PublishRefusal, match=r"`main\.css` is not the same in shard 1/2 and in shard 2/2"):
        unite([one, other], tmp_path / "whole")


def cut(folder: Path) -> None:
    (folder / FOLDER / "main.css").write_text("p")


def lose(folder: Path) -> None:
    (folder / FOLDER / "main.css").unlink()


def link(folder: Path) -> None:
    (folder / FOLDER / "main.css").rename(folder / "elsewhere.css")
    (folder / FOLDER / "main.css").symlink_to("../elsewhere.css")


@pytest.mark.parametrize("harm", [cut, lose, link])
def test_a_damaged_shard_is_refused(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    parts = pair(tmp_path)
    harm(parts[0].folder)
    with pytest.raises(EnvironmentFault, match=r"shard 1/2 is damaged: main\.css"):
        unite(parts, tmp_path / "whole")


def test_what_is_no_shard_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is no shard: it has no shard\.json"):
        found_in(tmp_path)
    shutil.rmtree(tmp_path)
    tmp_path.write_text("a file")
    with pytest.raises(UsageError, match="is no shard"):
        found_in(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"shard": 3},
        {"shard": "two"},
        {"clock": "soon"},
        {"clock": "2026-11-22T12:00:00"},
        {"messages": [["WARN"]]},
        {"messages": 5},
        {"manifest": {}},
        {"manifest": None},
        {"of": None},
    ],
)
def test_rubbish_is_not_taken_for_a_shard(tmp_path: Path, change: dict[str, object]) -> None:
    one, _ = pair(tmp_path)
    told = {**json.loads((one.folder / FILE).read_bytes()), **change}
    (one.folder / FILE).write_text(json.dumps(told))
    with pytest.raises(UsageError, match="is not readable") as raised:
        found_in(one.folder)
    assert "Traceback" not in raised.value.message


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_not_even_json_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(PresscheckError):
        found_in(tmp_path)


def test_a_path_that_leads_out_of_the_site_is_refused(tmp_path: Path) -> None:
    one, _ = pair(tmp_path)
    text = (one.folder / FILE).read_text().replace('"path": "main.css"', '"path": "../main.css"')
    (one.folder / FILE).write_text(text)
    with pytest.raises(UsageError, match="is not readable"):
        found_in(one.folder)
