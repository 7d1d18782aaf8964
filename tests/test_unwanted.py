"""Names of files that nobody should read."""

from __future__ import annotations

import pytest

from presscheck.unwanted import Junk, holds_private_key, junk, may_hold_key, secret


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("id_rsa", "a private key"),
        ("id_rsa.pub", ""),
        (".env", "a list of passwords or keys"),
        (".env.production", "a list of passwords or keys"),
        (".env.example", ""),
        ("Backup.SQL.gz", "a database"),
        (".bash_history", "a history of commands"),
        ("sql.md", ""),
    ],
)
def test_secrets(name: str, what: str) -> None:
    assert secret(name) == what


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (".DS_Store", Junk.SYSTEM),
        ("post.md~", Junk.COPY),
        ("cover.psd", Junk.ORIGINAL),
        ("film.mp4.part", Junk.PART),
        ("part.md", None),
        ("original.png", None),
    ],
)
def test_leftovers(name: str, what: Junk | None) -> None:
    assert junk(name) is what


def test_only_its_content_tells_whether_a_key_is_private() -> None:
    assert may_hold_key("server.KEY")
    assert not may_hold_key("keys.html")
    assert holds_private_key(b"-----BEGIN EC PRIVATE KEY-----\n")
    assert not holds_private_key(b"-----BEGIN CERTIFICATE-----\n")
