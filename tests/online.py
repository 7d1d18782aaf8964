"""Fixtures for the tests of publishing; a plugin, since more than one file of tests needs them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from presscheck.publish import store
from tests.faults import proxy_before
from tests.stores import AWS, Blog, Bucket, Online, program, running, s3_url


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of moto, an S3 that honours conditional writes."""
    log = tmp_path_factory.mktemp("moto") / "log"
    with running(
        [program("moto_server"), "-H", "127.0.0.1", "-p", "0"], r"Running on http://127\.0\.0\.1:(\d+)", log
    ) as said:
        yield int(said[1])


@pytest.fixture
def s3(moto: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Online]:
    """A new bucket, behind a proxy."""
    for name in [each for each in os.environ if each.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(store.RETRIES, "max_retries", 1)
    name = f"site-{uuid.uuid4().hex[:12]}"
    with proxy_before(moto) as proxy:
        yield Online(Blog(tmp_path / "blog", s3_url(name, proxy.port)), Bucket(moto, name), proxy)
