"""A configuration that Hugo refuses is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from presscheck import read
from presscheck.errors import EngineFailure


@pytest.mark.parametrize(
    ("written", "place", "hint"),
    [
        ('theme = "lost"\n', "hugo.toml:2:1: ", "git submodule"),
        ('theme = ["here", "lost"]\n', "hugo.toml:2:1: ", "git submodule"),
        ('[[module.imports]]\npath = "example.org/lost"\n', "hugo.toml:3:1: ", "hugo mod vendor"),
        ('theme = "here"\n[caches.getjson]\ndir = ":cacheDir/x"\n', "hugo.toml:4:1: ", "configuration"),
    ],
)
def test_what_hugo_cannot_use_is_named_with_its_place(tmp_path: Path, written: str, place: str, hint: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "themes/here").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(f'baseURL = "https://example.org/"\n{written}', "utf-8")
    root = read.find_root(tmp_path)
    assert root
    with pytest.raises(EngineFailure) as caught:
        read.configured(root)
    assert caught.value.message.startswith(place)
    assert "WARN" not in caught.value.message
    assert hint in caught.value.hint
