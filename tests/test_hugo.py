from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.errors import EngineFailure, EnvironmentFault
from presscheck.publication import EngineMessage
from tests.conftest import CLOCK

Make = Callable[..., Path]


def test_the_binary_in_the_wheel_is_run_not_its_launcher() -> None:
    assert hugo.binary().parent.name == "binaries"
    assert hugo.version().startswith("0.168.")


def test_what_hugo_says_is_read_with_its_place() -> None:
    root = Path("/some/site")
    output = (
        "Start building sites … \n"
        'WARN  found no layout file for "html" for kind "page"\n'
        'ERROR error building site: assemble: "/some/site/content/posts/a.md:3:9": unmarshal failed: toml: expected value\n'
        'ERROR error building site: assemble: "/some/site/content/posts/a.md:3:9": unmarshal failed: toml: expected value\n'
        "ERROR logged 1 error(s)\n"
        "Total in 9 ms\n"
    )
    assert hugo.read_messages(output, root) == (
        EngineMessage("WARN", 'found no layout file for "html" for kind "page"'),
        EngineMessage("ERROR", "assemble: unmarshal failed: toml: expected value", "content/posts/a.md", 3, 9),
    )


def test_nothing_of_the_environment_reaches_hugo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUGO_BUILDDRAFTS", "true")
    environment = hugo._environment()  # noqa: SLF001 - what is passed is the point
    assert not [name for name in environment if name.startswith("HUGO")]
    assert environment["TZ"] == "UTC"


def test_a_full_disk_is_said_before_hugo_begins_and_where_it_hangs(
    site_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hugo 0.168 hangs when its first pages cannot be written; a test may not fill a disk."""
    folder = site_of({"content/a.md": "+++\ntitle = 'A'\n+++\nText.\n"})
    usage = shutil.disk_usage(folder)

    def build(free: int, text: int, time_limit: float) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
        (folder / "out").mkdir(exist_ok=True)
        hugo.build(folder, folder / "out", clock=CLOCK, cache_folder=folder / "cache", time_limit=time_limit, text=text)

    with pytest.raises(EnvironmentFault, match=r"the disk is full: 0\.5 MB are free where Hugo writes"):
        build(500_000, 2_000_000, 60)
    with pytest.raises(EnvironmentFault, match=r"the disk is full: 0\.0 MB are free where Hugo writes"):
        build(4096, 1000, 0.0001)
    with pytest.raises(EngineFailure, match="Hugo took longer than"):
        build(10_000_000, 1000, 0.0001)
