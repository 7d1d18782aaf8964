"""Files that are written in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from presscheck.errors import EnvironmentFault
from presscheck.files import write_atomically


def test_what_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("old")
    (tmp_path / "config.toml").symlink_to("real.toml")
    write_atomically(tmp_path / "config.toml", b"new")
    assert (tmp_path / "config.toml").is_symlink()
    assert (tmp_path / "real.toml").read_text() == "new"


def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 252 + ".md")
    write_atomically(path, b"text")
    assert path.read_bytes() == b"text"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_mode_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.sh"
    path.write_text("old")
    path.chmod(0o750)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o750
    write_atomically(tmp_path / "fresh", b"new")
    assert (tmp_path / "fresh").stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(EnvironmentFault, match="cannot write"):
        write_atomically(tmp_path / "folder", b"text")
    with pytest.raises(EnvironmentFault, match="cannot write"):
        write_atomically(tmp_path / ("a" * 300), b"text")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]
