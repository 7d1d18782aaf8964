"""A proxy before an object store that writes down what goes through it, and goes wrong where it is told to."""

from __future__ import annotations

import http.client
import http.server
import re
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_CONTENTS = re.compile(rb"<Contents>.*?</Contents>", re.DOTALL)


@dataclass
class Fault:
    """What goes wrong, and when."""

    pattern: str
    """Matches "PUT /bucket/path", the path unquoted."""
    status: int = 0
    """Answer with this status and forward nothing."""
    stall: float = 0
    """Wait so many seconds, then forward."""
    is_reset: bool = False
    """Read a little, then reset the connection."""
    is_cut: bool = False
    """Leave every second object out of a list."""
    call: Callable[[], None] | None = None
    """Called before anything else."""
    times: int = 1_000_000
    """After so many, all is well again."""


@dataclass
class Proxy:
    """The proxy while it runs."""

    port: int
    upstream: int
    faults: list[Fault] = field(default_factory=list)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    """Method, path and status of every request."""
    is_down: bool = False
    """Whether it resets every connection, as if the machine that talks to it had died."""

    def sent(self) -> set[str]:
        """The paths below the bucket that were put successfully, without what is only bookkeeping."""
        paths = {
            path.partition("?")[0].split("/", 2)[2]
            for method, path, status in self.log
            if method == "PUT" and status < 300 and path.count("/") > 1
        }
        return {path for path in paths if not path.startswith(".presscheck/")}

    def removed(self) -> int:
        """How many requests removed something else than bookkeeping."""
        return sum(method == "POST" and path.endswith("?delete") for method, path, _ in self.log)

    def fail(self, pattern: str, **how: object) -> Fault:
        """Add a fault."""
        fault = Fault(pattern, **how)  # type: ignore[arg-type]
        self.faults.append(fault)
        return fault

    def die(self) -> None:
        """Let nothing through any more."""
        self.is_down = True

    def heal(self) -> None:
        """Forget all faults and what went through."""
        self.faults.clear()
        self.log.clear()
        self.is_down = False


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy

    def handle_error(self, *arguments: Any) -> None:
        """A connection that was reset is no news; what the proxy itself does wrong is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*arguments)


class Handler(http.server.BaseHTTPRequestHandler):
    """Forwards a request, or not."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def _do(self) -> None:
        proxy = self.server.proxy
        path = unquote(self.path)
        if "?" in self.path:
            path = f"{unquote(urlsplit(self.path).path)}?{urlsplit(self.path).query}"
        fault = self._fault(f"{self.command} {path}")
        if fault and fault.call:
            fault.call()
        if proxy.is_down or (fault and fault.is_reset):
            self._reset()
            return
        body = self._body()
        if fault and fault.stall:
            time.sleep(fault.stall)
            if self._is_alone():
                self.close_connection = True
                return
        if self.server.proxy.is_down:
            self._reset()  # it went down meanwhile
            return
        if fault and fault.status:
            status, headers, data = fault.status, [("Content-Type", "application/xml")], _error(fault.status)
        else:
            status, headers, data = self.forward(body)
        if fault and fault.is_cut:
            data = _cut(data)
        proxy.log.append((self.command, path, status))
        self.answer(status, headers, data)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = _do  # noqa: N815 - the names are http.server's

    def forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the real server."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.proxy.upstream, timeout=60)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in _HOP and name.lower() != "expect":
                connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), data

    def answer(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        """Answer the client."""
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP:
                self.send_header(name, value)
        length = next((value for name, value in headers if name.lower() == "content-length"), "0")
        if status != 204:
            self.send_header("Content-Length", length if self.command == "HEAD" else str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _fault(self, what: str) -> Fault | None:
        for fault in self.server.proxy.faults:
            if fault.times > 0 and re.search(fault.pattern, what):
                fault.times -= 1
                return fault
        return None

    def _is_alone(self) -> bool:
        """Whether the client has gone."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def _reset(self) -> None:
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 10))
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def proxy_before(upstream: int, handler: type[Handler] = Handler) -> Iterator[Proxy]:
    """A proxy before the server at the port `upstream` for the time of a block."""
    server = _Server(("127.0.0.1", 0), handler)
    server.proxy = Proxy(server.server_port, upstream)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _error(status: int) -> bytes:
    code = {403: "AccessDenied", 503: "SlowDown"}.get(status, "InternalError")
    return f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>on purpose</Message></Error>'.encode()


def _cut(data: bytes) -> bytes:
    found = _CONTENTS.findall(data)
    for each in found[::2]:
        data = data.replace(each, b"")
    return data
