"""What a build writes for hosts about addresses that moved or are gone, from what is really in the folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck import equip, read
from presscheck.errors import EnvironmentFault
from presscheck.ledger import Ledger
from tests.conftest import CLOCK
from tests.test_hosting import build, with_hosting
from tests.test_pipeline import POST

Make = Callable[..., Path]


def line(url: str, status: str = "live", **more: str) -> str:
    return json.dumps({"url": url, "status": status, "release": "0123456789ab", "date": "2026-03-02", **more}) + "\n"


def test_what_the_ledger_says_is_gone_or_moved_is_told_to_hosts(site_of: Make) -> None:
    ledger = [
        *(line(f"/posts/{name}/") for name in ("lost", "back", "renamed", "one")),
        line("/posts/lost/", "gone", reason="It was wrong."),
        line("/posts/back/", "gone", reason="It was wrong, too."),
        line("/posts/renamed/", "moved", to="/posts/one/"),
    ]
    posts = {f"content/posts/{name}.md": POST.format(title=name.title()) for name in ("one", "back")}
    folder = with_hosting(site_of({**posts, "urls.jsonl": "".join(ledger)}), 'files = ["netlify"]')
    outcome = build(folder, base_url="https://user.example/blog/")
    assert outcome.is_published, outcome.diagnostics
    assert (folder / "public/_redirects").read_text("utf-8").splitlines() == [
        "/blog/posts/renamed/ /blog/posts/one/ 301!",
        "/blog/posts/lost/ /blog/posts/lost/ 410!",
    ]


def test_a_folder_that_cannot_be_written_is_told(site_of: Make) -> None:
    folder = with_hosting(site_of({}), 'contact = ["mailto:security@site.example"]')
    root = read.find_root(folder)
    assert root
    public = folder / "public"
    public.mkdir()
    (public / ".well-known").write_text("a file where a folder should be")
    with pytest.raises(EnvironmentFault, match=r"cannot write to .*public"):
        equip.equip(public, read.configured(root), Ledger(), CLOCK)


def test_only_small_pages_are_read_for_redirects(site_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ten thousand posts once more would take longer than the rest of the step."""
    folder = with_hosting(site_of({}), 'files = ["netlify"]')
    public = folder / "public"
    public.mkdir()
    refresh = '<title>x</title><meta http-equiv="refresh" content="0; url=https://site.example/new/">'
    (public / "small.html").write_text(refresh)
    (public / "large.html").write_text(refresh + "x" * 10_000)
    seen: list[str] = []
    real = read.read_bytes

    def reading(path: Path | str, name: str) -> bytes:
        seen.append(name)
        return real(path, name)

    monkeypatch.setattr(read, "read_bytes", reading)
    root = read.find_root(folder)
    assert root
    equip.equip(public, read.configured(root), Ledger(), CLOCK)
    assert "large.html" not in seen
    assert (public / "_redirects").read_text() == "/small.html /new/ 301!\n"
