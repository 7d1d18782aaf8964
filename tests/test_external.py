"""Other sites are asked as told: against a real server on this machine, and never beyond it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from presscheck import external
from presscheck.check import ActiveRule, rule_named
from presscheck.cli import main
from presscheck.config import Config
from presscheck.diagnostics import Severity
from presscheck.page import Page
from presscheck.rules.link_external_dead import Answer, Options, Verdict, addresses
from presscheck.text import Source
from tests.test_cli import run

Make = Callable[..., Path]

NOW = ("--clock", "2026-11-22T12:00:00Z")
SITE = 'baseURL = "https://site.example/"\ntitle = "A site"\ntimeZone = "UTC"\n'
PRIVATE = (
    SITE
    + """
[params.presscheck]
select = ["suppression-*"]

[params.presscheck.rules.link-external-dead]
private = true
"""
)
POST = '+++\ntitle = "A post"\ndate = 2026-03-02T09:00:00Z\n+++\n\n{}\n'
HERE = "127.0.0.1"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HERE, 0), _Pages)
        self.seen: list[tuple[str, str, float]] = []
        """Every request: its method, its path, and when it came."""
        self.now: dict[str, str] = {}
        """What is at a path now, instead of what its name says."""
        self.end = threading.Event()
        """Set when the test is over."""

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.server_port}"


class _Pages(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.server.seen.append((self.command, self.path, time.monotonic()))
        assert str(self.headers["User-Agent"]).startswith("presscheck/")
        name, _, rest = self.server.now.get(self.path, self.path).strip("/").partition("/")
        if name == "slow":
            self.server.end.wait(20)
        elif name == "drip":
            for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000:
                if self.server.end.wait(0.05):
                    return
                self.wfile.write(bytes([byte]))
        elif name == "garbage":
            self.wfile.write(b"\x00\xff nonsense\r\n\r\n")
        elif name == "no-head" and self.command == "HEAD":
            self.say(int(rest))
        elif name == "drops-head" and self.command == "HEAD":
            self.close_connection = True
        elif name == "loop":
            self.say(302, Location="/loop")
        elif name.isdigit() and rest:
            self.say(int(name), Location=rest if "://" in rest else f"/{rest}")
        else:
            self.say(int(name) if name.isdigit() else 200, Retry_After="1")

    def say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # they hung up
            super().handle()


@contextlib.contextmanager
def serving(server: _Server) -> Iterator[_Server]:
    with server:
        threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
        yield server
        server.end.set()
        server.shutdown()


@pytest.fixture
def server() -> Iterator[_Server]:
    with serving(_Server()) as found:
        yield found


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_PAUSE", 0)


def page_of(text: str, values: dict[str, Any] | None = None) -> Page:
    return Page.of("a.md", Source("content/a.md", POST.format(text)), Config.of(values or {}))


def ask(*asked: str, memory: Path | None = None, **options: Any) -> external.Asked:
    rule = ActiveRule(rule_named("link-external-dead"), Severity.WARNING, (Options(**{"private": True, **options}),))
    return external.ask([page_of(" ".join(f"<{each}>" for each in asked))], rule, memory)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        return int(free.getsockname()[1])


def names(monkeypatch: pytest.MonkeyPatch, found: dict[str, str]) -> None:
    """Let the names in `found` lead to these addresses, and no other name to any."""
    real = socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **keywords: Any) -> Any:
        if host.replace(".", "").isdigit() or ":" in host or host in found:
            return real(found.get(host, host), *arguments, **keywords)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ok", Answer(Verdict.THERE)),
        ("404", Answer(Verdict.GONE, "", "404 not found")),
        ("410", Answer(Verdict.GONE, "", "410 gone")),
        ("401", Answer(Verdict.CLOSED)),
        ("403", Answer(Verdict.CLOSED)),
        ("429", Answer(Verdict.UNDECIDED)),
        ("500", Answer(Verdict.UNDECIDED)),
        ("503", Answer(Verdict.UNDECIDED)),
        ("no-head/405", Answer(Verdict.THERE)),
        ("no-head/403", Answer(Verdict.THERE)),
        ("no-head/404", Answer(Verdict.THERE)),
        ("drops-head", Answer(Verdict.THERE)),
        ("302/ok", Answer(Verdict.THERE)),
        ("302/404", Answer(Verdict.GONE, "{}/404", "404 not found")),
        ("301/ok", Answer(Verdict.MOVED, "{}/ok")),
        ("308/301/ok", Answer(Verdict.MOVED, "{}/ok")),
        ("301/302/ok", Answer(Verdict.MOVED, "{}/302/ok")),
        ("302/301/ok", Answer(Verdict.THERE)),
        ("301/403", Answer(Verdict.CLOSED)),
        ("301/500", Answer(Verdict.UNDECIDED)),
        ("301/mailto://somebody", Answer(Verdict.UNDECIDED)),
        ("301/file:///etc/passwd", Answer(Verdict.UNDECIDED)),
        ("loop", Answer(Verdict.UNDECIDED)),
        ("garbage", Answer(Verdict.UNDECIDED)),
    ],
)
def test_an_answer_is_understood(server: _Server, path: str, expected: Answer) -> None:
    address = f"{server.address}/{path}"
    found = ask(address, f"{server.address}/ok").answers[address]
    assert found == expected._replace(at=expected.at.format(server.address))


def test_what_hangs_or_drips_is_given_up_and_undecided(server: _Server) -> None:
    began = time.monotonic()
    asked = ask(f"{server.address}/slow", f"{server.address}/ok", f"{server.address}/drip", timeout=1)
    assert [answer.verdict for answer in asked.answers.values()] == [
        Verdict.UNDECIDED,
        Verdict.THERE,
        Verdict.UNDECIDED,
    ]
    assert time.monotonic() - began < 10


def test_a_host_that_hangs_twice_is_left_alone(server: _Server) -> None:
    asked = ask(*(f"{server.address}/slow/{number}" for number in range(9)), timeout=1)
    assert (asked.answers, asked.is_cut_off, len(server.seen)) == ({}, True, 2)


def test_a_host_that_wants_patience_is_left_alone(server: _Server) -> None:
    ask(f"{server.address}/429", f"{server.address}/ok")
    assert len(server.seen) == 1


def test_a_host_is_asked_one_thing_at_a_time(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_PAUSE", 0.1)
    ask(*(f"{server.address}/{number}x" for number in range(4)))
    times = [moment for _, _, moment in server.seen]
    assert len(times) == 4
    assert all(later - earlier > 0.09 for earlier, later in pairwise(times))


def test_an_address_is_asked_once_and_without_its_fragment(server: _Server) -> None:
    asked = ask(f"{server.address}/ok", f"{server.address}/ok#a", f"{server.address}/ok#b")
    assert list(asked.answers) == [f"{server.address}/ok"]
    assert [(method, path) for method, path, _ in server.seen] == [("HEAD", "/ok")]


def test_a_closed_port_and_an_unknown_name_are_failures(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, {})
    closed, unknown = f"http://{HERE}:{closed_port()}/x", "https://nowhere.harbour-news.net/x"
    found = ask(closed, unknown, f"{server.address}/302/{unknown}", f"{server.address}/ok").answers
    assert found[closed].verdict is Verdict.REFUSED
    assert found[unknown] == Answer(Verdict.NO_HOST)
    assert found[f"{server.address}/302/{unknown}"] == Answer(Verdict.NO_HOST, unknown)


def test_where_nothing_answers_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, {})
    asked = ask("https://one.harbour-news.net/", f"http://{HERE}:{closed_port()}/", memory=tmp_path / "external")
    assert (asked.answers, asked.is_cut_off) == ({}, True)
    assert not (tmp_path / "external").exists()


def test_a_failure_is_believed_where_others_still_answer(server: _Server, tmp_path: Path) -> None:
    memory, closed = tmp_path / "external", f"http://{HERE}:{closed_port()}/"
    ask(f"{server.address}/ok", memory=memory)
    assert ask(closed, memory=memory).answers[closed].verdict is Verdict.REFUSED
    assert [path for _, path, _ in server.seen] == ["/ok", "/ok"]


def test_a_certificate_that_browsers_refuse_is_a_failure(server: _Server, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=here",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = _Server()
    secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
    with serving(secure):
        address = f"https://{HERE}:{secure.server_port}/x"
        found = ask(address, f"{server.address}/ok").answers[address]
        assert found == Answer(Verdict.BAD_CERTIFICATE, "", "is vouched for by nobody")
        assert secure.seen == []


# What is never asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::7f00:1",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not external.is_public(address)


def test_what_is_public() -> None:
    for address in ("1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101"):
        assert external.is_public(address)


def test_a_private_address_is_not_asked(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, {"inner.harbour-news.net": HERE})
    port = server.server_port
    asked = ask(
        f"{server.address}/x",
        f"http://inner.harbour-news.net:{port}/x",
        f"http://2130706433:{port}/x",
        f"http://[::ffff:7f00:1]:{port}/x",
        private=False,
    )
    assert asked.answers == {}
    assert not asked.is_cut_off, "it is not the network's fault"
    assert server.seen == []


def test_a_redirect_does_not_lead_inside(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for a public address here, 127.0.0.2 for a private one."""
    names(monkeypatch, {"outer.harbour-news.net": HERE, "inner.harbour-news.net": "127.0.0.2"})
    monkeypatch.setattr(external, "is_public", lambda address: address == HERE)
    connect, connected = socket.create_connection, []

    def watched(place: tuple[str, int], *arguments: Any) -> socket.socket:
        connected.append(place[0])
        return connect(place, *arguments)

    monkeypatch.setattr(socket, "create_connection", watched)
    outer, port = f"http://outer.harbour-news.net:{server.server_port}", server.server_port
    asked = [
        f"{outer}/302/http://inner.harbour-news.net:{port}/x",
        f"{outer}/301/http://127.0.0.2:{port}/x",
        f"{outer}/404",
    ]
    found = ask(*asked, private=False).answers
    assert [found[address].verdict for address in asked] == [Verdict.UNDECIDED, Verdict.UNDECIDED, Verdict.GONE]
    assert set(connected) == {HERE}


@pytest.mark.parametrize(
    "address",
    [
        "https://me:secret@harbour-news.net/",
        "https://harbour-news.net:25/",
        "https://example.com/x",
        "https://shop.example/x",
        "https://[::1/",
        "https://harbour-news.net:port/",
        f"https://{'x' * 70}.net/",
    ],
)
def test_what_cannot_or_must_not_be_asked_is_not(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> None:
        pytest.fail("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    asked = ask(address)
    assert {answer.verdict for answer in asked.answers.values()} <= {Verdict.UNDECIDED}


def test_which_links_of_a_post_are_asked() -> None:
    post = page_of(
        "[a](https://a.net/x#y) ![b](//b.net/b.png) <https://c.net> [r] `https://code.net/` <b>https://d.net/</b>\n"
        "https://e.net/e_f, (https://f.net/g_(h)) https://g.net/*x* https://h.net/{{< v >}} [https://i.net/](https://j.net/)\n"
        "[own](https://www.site.net/a) [local](http://localhost:1313/) [typo](https://https://k.net/) [m](mailto:a@l.net)\n"
        '[call]({{< ref "x" >}}) [skipped](https://skip.net/x)\n\n[r]: HTTPS://R.net/\n[unused]: https://s.net/\n',
        {"baseURL": "https://www.site.net/"},
    )
    found = [address for _, address in addresses(post, Options(skip=("https://skip.net/*",)))]
    assert found == [
        "https://a.net/x", "https://b.net/b.png", "https://c.net", "HTTPS://R.net/", "https://j.net/", "https://d.net/",
        "https://e.net/e_f", "https://f.net/g_(h)",
    ]  # fmt: skip
    plain = page_of("https://a.net/", {"markup": {"goldmark": {"extensions": {"linkify": False}}}})
    assert list(addresses(plain, Options())) == []


# What is remembered


def test_an_answer_is_remembered_for_its_time(server: _Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "work" / "external"
    asked = [f"{server.address}/{path}" for path in ("ok", "301/ok", "404", "403", "500")]
    began = time.time()

    def fresh_after(seconds: float) -> int:
        monkeypatch.setattr(time, "time", lambda: began + seconds)
        return ask(*asked, memory=memory).fresh

    assert fresh_after(0) == 5
    assert fresh_after(1) == 1, "what is out of order now is not remembered"
    assert fresh_after(21 * 3600) == 3, "what failed is asked again the next day"
    assert fresh_after(6.9 * 86_400) == 3
    assert fresh_after(7.1 * 86_400) == 3, "and what is there, after a week"
    assert ask(*asked, memory=memory, days=0).fresh == 5


def test_a_memory_that_cannot_be_trusted_is_thrown_away(server: _Server, tmp_path: Path) -> None:
    memory = tmp_path / "external"
    address = f"{server.address}/ok"
    assert [ask(address, memory=memory).fresh for _ in range(2)] == [1, 0]
    data = memory.read_bytes()
    for spoilt in (data[:-1], data[:20] + bytes([data[20] ^ 1]) + data[21:], b"", b"rubbish"):
        memory.write_bytes(spoilt)
        assert ask(address, memory=memory).fresh == 1
    assert ask(address, memory=memory).fresh == 0


# As people call it


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command in a folder; gives its exit status and what it said on both streams."""

    def called(*arguments: str, cwd: Path) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        status = main([*arguments, *NOW])
        return status, *capsys.readouterr()

    return called


def test_check_asks_other_sites_when_told_to(site_of: Make, server: _Server, call: Call) -> None:
    text = f"[a]({server.address}/404) [b]({server.address}/301/ok#c) [d]({server.address}/ok)"
    folder = site_of({"content/posts/a.md": POST.format(text), "config.toml": PRIVATE})
    concise = ("check", "--output-format", "concise")
    assert "external" not in call(*concise, cwd=folder)[1]
    assert server.seen == []
    done = run(*concise, "--external", *NOW, cwd=folder)
    assert done.returncode == 0, "a warning does not block"
    warning = "warning[link-external-dead]"
    assert done.stdout.splitlines() == [
        f"content/posts/a.md:6:5: {warning} `{server.address}/404` is gone",
        f"content/posts/a.md:6:{len(server.address) + 15}: {warning} `{server.address}/301/ok#c` has moved for good",
    ]
    assert done.stderr == "asked other sites about 3 of 3 addresses; 0 cannot be judged\n"
    count = len(server.seen)
    status, out, error = call(*concise, "--external", cwd=folder)
    assert (status, out) == (0, done.stdout)
    assert "about 0 of 3 addresses" in error
    assert len(server.seen) == count
    assert call(*concise, "--external", "--fail-on", "warning", cwd=folder)[0] == 1
    status, out, error = call(*concise, "--external", "--ignore", "link-external-*", cwd=folder)
    assert "external" not in out
    assert "no other site was asked" in error
    assert call(*concise, "--external", "--select", "link-empty", cwd=folder)[1] == done.stdout


def test_a_private_address_is_refused_without_the_option(site_of: Make, server: _Server, call: Call) -> None:
    folder = site_of({"content/posts/a.md": POST.format(f"[a]({server.address}/404)")})
    assert "link-external-dead" not in call("check", "--external", cwd=folder)[1]
    assert server.seen == []


def test_only_the_posts_in_question_are_asked_about(site_of: Make, server: _Server, call: Call) -> None:
    folder = site_of(
        {
            "content/posts/a.md": POST.format(f"[a]({server.address}/404)"),
            "content/posts/b.md": POST.format(f"[b]({server.address}/410)"),
            "config.toml": PRIVATE,
        }
    )
    assert "/410` is gone" in call("check", "--external", "content/posts/b.md", cwd=folder)[1]
    assert {path for _, path, _ in server.seen} == {"/410"}
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    for arguments in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "a")):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    (folder / "content/posts/c.md").write_text(POST.format(f"[c]({server.address}/404/x) [d]({server.address}/404)"))
    _, found, _ = call("check", "--external", "--changed-since", "HEAD", "--output-format", "concise", cwd=folder)
    dead = [line.partition(":")[0] for line in found.splitlines() if "link-external-dead" in line]
    assert dead == ["content/posts/c.md"] * 2


def test_a_suppression_and_a_path_keep_it_quiet(site_of: Make, server: _Server, call: Call) -> None:
    text = f"[a]({server.address}/404) <!-- presscheck: ignore-line[link-external-dead] it comes back in May -->"
    silent = '[[params.presscheck.paths]]\nmatch = ["content/old/*"]\nignore = ["link-external-dead"]\n'
    folder = site_of(
        {
            "content/posts/a.md": POST.format(text),
            "content/posts/fine.md": POST.format(text.replace("/404", "/ok")),
            "content/old/b.md": POST.format(f"[a]({server.address}/410)"),
            "config.toml": PRIVATE + silent,
        }
    )
    found = call("check", "--external", cwd=folder)[1]
    assert "link-external-dead" not in found
    assert "suppression-unused" not in found, "an answer that may be another one tomorrow proves nothing"
    assert {path for _, path, _ in server.seen} == {"/404", "/ok"}


def test_a_baseline_holds_what_was_dead_before(site_of: Make, server: _Server, call: Call) -> None:
    folder = site_of({"content/posts/a.md": POST.format(f"[a]({server.address}/404)"), "config.toml": PRIVATE})
    assert "holds 1 finding; 1 added" in call("baseline", "--external", cwd=folder)[2]
    assert "link-external-dead" not in call("check", "--external", cwd=folder)[1]
    assert "gone" not in call("check", cwd=folder)[2], "who did not look does not know"
    assert "holds 1 finding; 0 added, 0 taken out" in call("baseline", cwd=folder)[2]
    (folder / ".presscheck/external").unlink()
    server.now["/404"] = "503"
    assert "gone" not in call("check", "--external", cwd=folder)[2], "nor does who got no answer that says anything"
    assert "holds 1 finding; 0 added, 0 taken out" in call("baseline", "--external", cwd=folder)[2]
    (folder / "content/posts/a.md").write_text(POST.format(f"[a]({server.address}/ok)"))
    assert "gone from the baseline's: 1 finding" in call("check", "--external", cwd=folder)[2]
    assert "holds 0 findings; 0 added, 1 taken out" in call("baseline", "--external", cwd=folder)[2]


def test_fix_writes_the_new_address_and_add_ignore_the_reason(site_of: Make, server: _Server, call: Call) -> None:
    text = f"[a]({server.address}/404) [b]({server.address}/301/ok#c)"
    folder = site_of({"content/posts/a.md": POST.format(text), "config.toml": PRIVATE})
    post = folder / "content/posts/a.md"
    rule = ("fix", "--rule", "link-external-dead", "--unsafe-fixes")
    call(*rule, cwd=folder)
    assert post.read_text() == POST.format(text), "nobody was asked"
    assert "mended 1 finding in 1 file; 1 left" in call(*rule, "--external", cwd=folder)[2]
    assert post.read_text() == POST.format(text.replace("/301/ok#c", "/ok#c"))
    assert "ignored 1 finding; 0 left" in call(*rule, "--external", "--add-ignore", "it is known", cwd=folder)[2]
    assert "[link-external-dead] it is known" in post.read_text()
    assert "link-external-dead" not in call("check", "--external", cwd=folder)[1]


def test_a_post_by_itself_can_be_asked_about_too(tmp_path: Path, call: Call) -> None:
    (tmp_path / "alone.md").write_text(POST.format("[a](http://127.0.0.1:9/x)"))
    assert "asked other sites about 0 of 0 addresses" in call("check", "--external", "alone.md", cwd=tmp_path)[2]
    assert not (tmp_path / ".presscheck").exists()
