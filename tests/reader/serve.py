"""Two built sites and a server for each, below a sub-path, as a host that publishes a project's pages has them."""

from __future__ import annotations

import contextlib
import functools
import http.server
import random
import shutil
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

from presscheck import pipeline, read
from tests.conftest import CLOCK, HERE, ROOT, lay_our_templates, render

SUB_PATH = "/blog"
GALLERY = HERE / "sites" / "gallery"
"""Content with everything that Markdown can make, all of it too wide, in German; the rest is this repository's own."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below SUB_PATH and nothing beside it: `index.html` for a folder, 404.html for nothing."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{SUB_PATH}/"):
            return str(Path(self.directory) / "outside")
        return super().translate_path(path.removeprefix(SUB_PATH))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve `folder` for the time of a block, which gets the address without the last slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    server.shutdown()
    server.server_close()
    thread.join()


def build_blog(output: Path) -> None:
    """This repository's site, by the pipeline; its pages name no host where the tests go, so any port will do."""
    root = read.find_root(ROOT)
    assert root
    order = pipeline.Order(root=root, output=output, clock=CLOCK, base_url=f"https://reader.example{SUB_PATH}/")
    outcome = pipeline.build(order)
    assert outcome.is_published, outcome.diagnostics


def build_gallery(output: Path) -> None:
    """The gallery with this repository's templates and configuration, rendered by Hugo."""
    site = output.parent / f"{output.name}-source"
    lay_our_templates(site)
    shutil.copytree(GALLERY, site, dirs_exist_ok=True)
    config = (ROOT / "config.toml").read_text("utf-8")
    for before, after in {
        'locale = "en"': 'locale = "de"',
        'defaultContentLanguage = "en"': 'defaultContentLanguage = "de"',
        "presscheck.example": f"reader.example{SUB_PATH}",
    }.items():
        assert before in config
        config = config.replace(before, after, 1)
    (site / "config.toml").write_text(config, "utf-8")
    post = site / "content/posts/alles"
    (post / "breit.png").write_bytes(png(1400, 400))
    (post / "klein.png").write_bytes(png(300, 200))
    run = render(site, output)
    assert not run.status, run.output
    assert not run.messages


def png(width: int, height: int) -> bytes:
    """A picture like a photograph: smooth, with some grain."""
    grain = random.Random(1)  # noqa: S311 - a picture, not a secret
    rows = bytearray()
    for y in range(height):
        rows += b"\0"
        noise = grain.randbytes(width)
        for x in range(width):
            bright = (x * 160 // width + y * 60 // height) + noise[x] // 16
            rows += bytes((bright, 200 - bright // 2, 255 - bright))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
