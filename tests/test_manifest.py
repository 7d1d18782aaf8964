"""What a release consists of."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from presscheck.manifest import MARK, Entry, Manifest

TODAY = date(2026, 3, 1)
STYLE = "css/text." + "a" * 64 + ".css"
NEWER_STYLE = "css/text." + "b" * 64 + ".css"


def entry(path: str, text: str = "") -> Entry:
    data = (text or path).encode()
    return Entry(path, len(data), hashlib.sha256(data).hexdigest())


def manifest(*paths: str) -> Manifest:
    return Manifest.of(map(entry, paths), "2026-03-01T00:00:00+00:00", "https://example.org/")


def test_the_same_files_make_the_same_release_in_any_order_and_at_any_time() -> None:
    one = Manifest.of([entry("index.html"), entry("a.txt")], "2026-01-01T00:00:00+00:00")
    other = Manifest.of([entry("a.txt"), entry("index.html")], "2026-02-01T00:00:00+00:00", "https://other.example/")
    assert one.id == other.id
    assert len(one.id) == 12


@pytest.mark.parametrize(
    "other", [[entry("index.html", "x"), entry("a.txt")], [entry("a.txt")], [entry("b.txt"), entry("index.html")]]
)
def test_other_files_make_another_release(other: list[Entry]) -> None:
    assert Manifest.of(other).id != manifest("index.html", "a.txt").id


def test_what_is_only_kept_and_the_mark_do_not_count() -> None:
    plain = manifest("index.html")
    assert Manifest.of([entry("index.html"), entry(MARK)], kept=[entry(STYLE)]).id == plain.id
    assert json.loads(plain.mark) == {"release": plain.id}
    assert plain.everything.keys() == {"index.html", MARK}


def test_a_manifest_survives_being_a_file() -> None:
    made = manifest("index.html", "tags/c#/index.html", STYLE).keeping(manifest(NEWER_STYLE), TODAY, 14)
    again = Manifest.from_json(made.to_json())
    assert again == made
    assert again.to_json() == made.to_json()


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("files"),
        lambda told: told.update(format=2),
        lambda told: told.update(release="0" * 12),
        lambda told: told["files"].append(dict(told["files"][0], path="../outside")),
        lambda told: told["files"].append(dict(told["files"][0], path="/etc/passwd")),
        lambda told: told["files"][0].update(size="3"),
        lambda told: told.update(files=None),
        lambda told: told["kept"].append(dict(told["files"][0], superseded="yesterday")),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(change: object) -> None:
    told = json.loads(manifest("index.html").to_json())
    assert callable(change)
    change(told)
    with pytest.raises(ValueError, match=r"\w"):
        Manifest.from_json(json.dumps(told).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b"{" * 5000])
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Manifest.from_json(data)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", "/"),
        ("posts/a/index.html", "/posts/a/"),
        ("404.html", "/404.html"),
        ("tags/c#/index.html", "/tags/c%23/"),
        ("tags/ä b/index.html", "/tags/%C3%A4%20b/"),
        ("notindex.html", "/notindex.html"),
    ],
)
def test_files_have_the_addresses_that_hosts_give_them(path: str, url: str) -> None:
    assert entry(path).url == url


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        (STYLE, True),
        ("images/card_hu_6f26ae8fe2ced4bf.jpg", True),
        ("search/fragment/en_3f8510d.pf_fragment", True),
        ("images/photo-20241012.jpg", False),
        ("css/text.css", False),
        ("search/pagefind.js", False),
        ("posts/deadbeefdeadbeefdeadbeefdeadbeef/index.html", False),
    ],
)
def test_a_fingerprint_is_told_from_a_name(path: str, is_so: bool) -> None:  # noqa: FBT001 - a table
    assert entry(path).is_fingerprinted is is_so


def test_media_types_are_those_of_the_web() -> None:
    assert entry("a.html").media_type == "text/html; charset=utf-8"
    assert entry("a.webp").media_type == "image/webp"
    assert entry("a.PDF").media_type == "application/pdf"
    assert entry("a.never-heard-of").media_type == "application/octet-stream"
    assert entry("CNAME").media_type == "application/octet-stream"


def test_changes_are_told_apart() -> None:
    before = Manifest.of([entry("a", "1"), entry("b", "1"), entry("c", "1")])
    after = Manifest.of([entry("b", "1"), entry("c", "22"), entry("d", "333")])
    found = after.since(before)
    assert [[each.path for each in some] for some in found] == [["d"], ["c"], ["a"]]
    assert found.size == 5
    assert [each.path for each in after.since(None).added] == ["b", "c", "d"]


def test_files_with_a_fingerprint_are_kept_for_the_days_that_readers_may_need_them() -> None:
    first, second = manifest("index.html", STYLE), manifest("index.html", NEWER_STYLE)
    kept = second.keeping(first, TODAY, 14)
    assert [(each.path, each.superseded) for each in kept.kept.values()] == [(STYLE, "2026-03-01")]
    later = manifest("index.html").keeping(kept, date(2026, 3, 10), 14)
    assert {each.path: each.superseded for each in later.kept.values()} == {
        STYLE: "2026-03-01",
        NEWER_STYLE: "2026-03-10",
    }
    assert list(manifest("index.html").keeping(later, date(2026, 3, 16), 14).kept) == [NEWER_STYLE]


def test_a_kept_file_that_is_made_again_is_not_a_leftover() -> None:
    kept = manifest("index.html").keeping(manifest(STYLE), TODAY, 14)
    assert manifest("index.html", STYLE).keeping(kept, TODAY, 14).kept == {}
