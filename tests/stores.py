"""Object stores on this machine, and the small sites that the tests bring there."""

from __future__ import annotations

import base64
import contextlib
import email.utils
import gzip
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import boto3
import pytest

from presscheck.publish.order import Order, Outcome, Teller
from presscheck.publish.place import publish_to
from presscheck.releases import Release, Releases
from presscheck.settings import Place
from tests.conftest import HERE
from tests.faults import Handler, Proxy

BASE = "https://site.example/"
MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NODE_MODULES = HERE / "servers" / "node_modules"
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The key of every emulator of Azure; it opens nothing else."""


@contextlib.contextmanager
def running(
    command: list[str], says: str, log: Path, environment: dict[str, str] | None = None
) -> Iterator[re.Match[str]]:
    """A server while it runs, once it has said that it listens."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
    try:
        deadline = time.monotonic() + 60
        while not (found := re.search(says, log.read_text("utf-8", "replace"))):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
            time.sleep(0.02)
        yield found
    finally:
        process.terminate()
        process.wait(30)


def program(name: str) -> str:
    """A program of the environment that the tests run in."""
    return str(Path(sys.executable).with_name(name))


def node_server(name: str) -> list[str]:
    """How to start a server that npm installs; the test is skipped where that was not done."""
    path = NODE_MODULES / ".bin" / name
    node = shutil.which("node")
    if not node or not path.exists():
        pytest.skip(f"{name} is not installed: run `npm ci --prefix tests/servers --ignore-scripts`")
    return [node, str(path)]


def css(colour: str) -> tuple[str, str]:
    """A style sheet with its fingerprint in its name, and what is in it."""
    text = f"body {{ color: {colour} }}\n"
    return f"style.{hashlib.sha256(text.encode()).hexdigest()}.css", text


def pages(words: str = "old", colour: str = "black", number: int = 3) -> dict[str, str]:
    """The files of a small site, each page with a style sheet that it needs."""
    name, text = css(colour)

    def page(title: str, body: str) -> str:
        return f'<!doctype html><title>{title}</title><link rel="stylesheet" href="/{name}"><p>{body}</p>\n'

    found = {name: text, "index.html": page("Home", words), "feed.xml": f"<rss>{words}</rss>\n", "picture.png": "PNG"}
    found |= {f"posts/{at}/index.html": page(f"Post {at}", f"{words} {at}") for at in range(number)}
    return found


def release_of(files: dict[str, str], output: Path, made: datetime = MADE) -> Release:
    """A release of these files, as a build leaves it in the folder `output`."""
    work = output.parent / ".presscheck"
    staged = work / f"staged-{output.name}"
    for path, text in files.items():
        target = staged / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    releases = Releases(work, output, number=9)
    releases.put(staged, BASE, made)
    found = releases.current()
    assert found
    return found


class Blog:
    """A site on this machine that is published to one place again and again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.place = Place(url=url)
        self.said: list[str] = []
        self.age = 0
        """How many minutes after MADE its newest release was made."""
        self.files: dict[str, str] = {}

    def build(self, files: dict[str, str]) -> Release:
        """A newer release."""
        self.age += 1
        self.files = files
        return release_of(files, self.folder / "public", MADE + timedelta(minutes=self.age))

    def publish(self, release: Release, **changes: Any) -> Outcome:
        """Bring it there."""
        order = Order(
            release=release,
            place=self.place,
            root=self.folder,
            now=datetime.now(UTC),
            lock_timeout=0.3,
            tell=Teller(say=self.said.append, each=self.said.append),
        )
        return publish_to(replace(order, **changes))

    def with_place(self, **changes: Any) -> None:
        """Change its settings."""
        self.place = replace(self.place, **changes)


class Bucket:
    """An S3 bucket, seen by a reader who goes past the proxy."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="S3RVER",
            aws_secret_access_key="S3RVER",  # noqa: S106 - what the server on this machine wants
        )
        self.client.create_bucket(Bucket=name)

    def keys(self) -> set[str]:
        """Every object."""
        return {each["Key"] for each in self.client.list_objects_v2(Bucket=self.name).get("Contents", ())}

    def site(self) -> dict[str, str]:
        """What readers get, by path."""
        return {key: self.text(key) for key in sorted(self.keys()) if not key.startswith(".presscheck/")}

    def text(self, key: str) -> str:
        """What is in one."""
        found = self.client.get_object(Bucket=self.name, Key=key)
        data = found["Body"].read()
        return (gzip.decompress(data) if found.get("ContentEncoding") == "gzip" else data).decode()

    def head(self, key: str) -> dict[str, Any]:
        """Its headers."""
        return dict(self.client.head_object(Bucket=self.name, Key=key))


def ensure_readable(site: dict[str, str], *releases: dict[str, str]) -> None:
    """Every page is that of one of the releases, whole, and has the files that it needs."""
    for path, text in site.items():
        if not path.endswith(".html"):
            continue
        assert text in [files.get(path) for files in releases], f"{path} is of no release: {text!r}"
        for needed in re.findall(r'href="/([^"]+)"', text):
            assert needed in site, f"{path} needs {needed}, which is not there"
            assert site[needed] in [files.get(needed) for files in releases]


def make_azure_container(port: int, name: str) -> None:
    """A new container in Azurite."""
    date = email.utils.formatdate(usegmt=True)
    version = "2021-08-06"
    headers = f"x-ms-date:{date}\nx-ms-version:{version}"
    signed = "PUT" + "\n" * 12 + f"{headers}\n/devstoreaccount1/devstoreaccount1/{name}\nrestype:container"
    signature = base64.b64encode(
        hmac.new(base64.b64decode(AZURE_KEY), signed.encode(), hashlib.sha256).digest()
    ).decode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/devstoreaccount1/{name}?restype=container",
        method="PUT",
        headers={
            "x-ms-date": date,
            "x-ms-version": version,
            "Authorization": f"SharedKey devstoreaccount1:{signature}",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - this machine
        assert answer.status == 201


class GoogleHandler(Handler):
    """Before gcp-storage-emulator, which speaks Google's JSON and only a little of Google's XML; Hugo speaks the former.

    Our client speaks the latter, so that is put into the former's words.
    """

    def forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        parts = urlsplit(self.path)
        if parts.path.startswith(("/storage/", "/upload/", "/download/", "/b/", "/batch")):
            return super().forward(body)
        bucket, _, name = unquote(parts.path).lstrip("/").partition("/")
        if not name:
            return self._list(bucket)
        if self.command == "PUT":
            return self._put(bucket, name, body)
        found = self._meta(bucket, name)
        if found is None:
            return 404, [], b"<Error><Code>NoSuchKey</Code></Error>"
        if self.command == "DELETE":
            self._ask("DELETE", _object(bucket, name))
            return 204, [], b""
        return 200, _headers(found), self._ask("GET", f"{_object(bucket, name)}?alt=media")[1]

    def _list(self, bucket: str) -> tuple[int, list[tuple[str, str]], bytes]:
        found = json.loads(self._ask("GET", f"/storage/v1/b/{bucket}/o")[1]).get("items", [])
        listed = "".join(
            f"<Contents><Key>{each['name']}</Key><LastModified>{each['updated']}</LastModified>"
            f"<ETag>&quot;{each['generation']}&quot;</ETag><Size>{each['size']}</Size></Contents>"
            for each in found
        )
        text = f"<ListBucketResult><Name>{bucket}</Name><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
        return 200, [("Content-Type", "application/xml")], text.encode()

    def _put(self, bucket: str, name: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        wanted = self.headers.get("x-goog-if-generation-match")
        there = self._meta(bucket, name)
        if wanted is not None and wanted != (there or {}).get("generation", "0"):
            return 412, [], b"<Error><Code>PreconditionFailed</Code></Error>"
        self._ask("POST", f"/upload/storage/v1/b/{bucket}/o?uploadType=media&name={quote(name, safe='')}", body)
        return 200, _headers(self._meta(bucket, name) or {})[:2], b""

    def _meta(self, bucket: str, name: str) -> dict[str, Any] | None:
        status, data = self._ask("GET", _object(bucket, name))
        found: dict[str, Any] | None = json.loads(data) if status == 200 else None
        return found

    def _ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.proxy.upstream}{path}",
            data=body,
            method=method,
            headers={"Content-Type": "application/octet-stream"} if body is not None else {},  # it reads JSON as orders
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - this machine
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


def _object(bucket: str, name: str) -> str:
    return f"/storage/v1/b/{bucket}/o/{quote(name, safe='')}"


def _headers(found: dict[str, Any]) -> list[tuple[str, str]]:
    changed = datetime.fromisoformat(found["updated"])
    return [
        ("ETag", f'"{found["generation"]}"'),
        ("x-goog-generation", found["generation"]),
        ("Last-Modified", email.utils.format_datetime(changed.astimezone(UTC), usegmt=True)),
        ("Content-Type", found.get("contentType", "")),
    ]


class Online(NamedTuple):
    """A blog, where it goes, and what lies in between."""

    blog: Blog
    bucket: Bucket
    proxy: Proxy


AWS = {
    "AWS_ACCESS_KEY_ID": "S3RVER",
    "AWS_SECRET_ACCESS_KEY": "S3RVER",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "1",  # what Hugo's client tries again, it tries with long pauses
}


def s3_url(name: str, port: int) -> str:
    """The address of a bucket."""
    return f"s3://{name}?endpoint=http://127.0.0.1:{port}&use_path_style=true&hostname_immutable=true&region=us-east-1"
