"""What templates keep to be quick outlives no change while an author is served."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from presscheck import hugo
from tests.conftest import ROOT, SECTIONS, free_port, lay_our_templates, write

POST = '+++\ntitle = "{}"\ndate = 2026-0{}-01T10:00:00Z\ntags = ["RAG"]\n+++\nText, with [a link](/posts/one/).\n'


def _until(url: str, is_right: Callable[[str], bool]) -> str:
    """The page at `url` once it is right; as it is at last when it never becomes so."""
    text = ""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                text = answer.read().decode("utf-8")
        except (URLError, ConnectionError, TimeoutError) as error:
            text = str(error)
        if is_right(text):
            break
        time.sleep(0.2)
    return text


def test_a_post_that_is_added_renamed_and_removed_is_seen_everywhere(tmp_path: Path) -> None:
    write(lay_our_templates(tmp_path), SECTIONS)
    shutil.copy2(ROOT / "config.toml", tmp_path)
    posts = tmp_path / "content" / "posts"
    for number, name in enumerate(("one", "two", "three"), 1):
        (posts / f"{name}.md").write_text(POST.format(name.title(), number), "utf-8")
    port = free_port()
    with hugo.server(tmp_path, port) as server:

        def titles(at: str, wanted: list[str]) -> list[str]:
            pattern = re.compile(r'(?:p-name" href="[^"]*"|<li><a href="/posts/[^"]*")>([^<]*)<')
            found = _until(f"http://127.0.0.1:{port}{at}", lambda text: pattern.findall(text) == wanted)
            return pattern.findall(found) or [found[-300:], server.last_words()]

        def see(at: str, *wanted: str) -> None:
            assert titles(at, list(wanted)) == list(wanted)

        see("/posts/", "Three", "Two", "One")
        (posts / "new.md").write_text(POST.format("New", 4), "utf-8")
        see("/posts/", "New", "Three", "Two", "One")
        see("/posts/new/", "Two")
        (posts / "new.md").write_text(POST.format("Renamed", 4), "utf-8")
        see("/posts/", "Renamed", "Three", "Two", "One")
        see("/tags/rag/", "Renamed", "Three", "Two", "One")
        see("/posts/two/", "Renamed")
        (posts / "new.md").unlink()
        see("/posts/", "Three", "Two", "One")
        see("/posts/three/", "One")
