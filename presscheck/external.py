"""Asks other sites whether what posts link to is there: once, politely, and nothing that is not public.

A post may come from a stranger, and the machine that checks it may stand inside a network. So every name is resolved here, and
connections go to the very addresses that were found to be public, after each redirect too. No cookies, names or passwords are sent,
and of what comes back only the head is read. Answers are remembered, see `cache`; what is doubtful is not.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from presscheck import __version__, cache
from presscheck.check import ActiveRule
from presscheck.page import Page
from presscheck.rules.link_external_dead import Answer, Options, Verdict, addresses

_AT_ONCE = 8
"""How many hosts are asked at the same time; each is asked one thing at a time."""
_PAUSE = 0.5
"""Seconds between two requests to one host."""
_MOST_HOPS = 10
_MOST_TIMEOUTS = 2
"""After so many in a row, a host is left alone."""
_CONTROLS = 3
"""How many addresses that were there before are asked when nobody answers."""
_DAY = 86_400
_FAILED_FOR = 20 * 3600
"""Seconds that a failure is remembered: less than a day, so that what runs every night asks again."""
_HEADERS = {"User-Agent": f"presscheck/{__version__} (checks links)", "Accept": "*/*", "Connection": "close"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_GONE = {404: "404 not found", 410: "410 gone"}
_NOT_NOW = frozenset({408, 425, 429})
_NO_NAME = frozenset({getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)})
_CERTIFICATES = {
    10: "has run out",
    18: "is vouched for by nobody",
    62: "is for another host",
    64: "is for another host",
}
"""What OpenSSL's numbers mean; others may be the fault of this machine, which can lack certificates that browsers have."""
_EXAMPLES = ("example", "test", "invalid", "example.com", "example.net", "example.org")
"""Domains that were set aside for examples."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16")))
_KEPT = "%/:=&?~#+!$,;'@()*[]|"
"""What stays as it is in the path and the query of an address; the rest is percent-encoded, as browsers do."""

Tell = Callable[[int, int], None]
"""Told how many addresses were asked, of how many."""


class Asked(NamedTuple):
    """What was learnt."""

    answers: Mapping[str, Answer]
    """For each address; none for those that nothing was learnt about."""
    unsure: frozenset[str]
    """The addresses that nothing certain is known of."""
    fresh: int
    """How many were asked now; the others are remembered."""
    is_cut_off: bool
    """Whether sites were asked and none at all answered, so that nothing was learnt from that."""


def ask(
    pages: Iterable[Page],
    rule: ActiveRule,
    memory: Path | None,
    tell: Tell = lambda _done, _total: None,
) -> Asked:
    """Ask for every address that `pages` link to or show and `rule` wants to know about.

    Answers are remembered in the file `memory`, if there is one.
    """
    (options,) = rule.arguments
    wanted = {
        address: None for page in pages if not rule.is_silent(page.file) for _, address in addresses(page, options)
    }
    key = cache.digest(f"external 1 {__version__} {options.private}".encode())
    known = _recalled(memory, key, options) if memory else {}
    unknown = [address for address in wanted if address not in known]
    asking = _Asking(options)
    fresh: dict[str, Answer] = {}
    try:
        for address, answer in asking.all(unknown):
            fresh[address] = answer
            tell(len(fresh), len(unknown))
        if asking.is_tried and not asking.is_heard:  # is it they, or is it we?
            there = [address for address, (_, answer) in known.items() if answer.verdict is Verdict.THERE]
            list(asking.all(there[:_CONTROLS]))
    finally:
        asking.stop.set()
        if not asking.is_heard:
            fresh = {}
        now = time.time()
        known |= {address: (now, answer) for address, answer in fresh.items()}
        if memory and fresh:
            _remember(memory, key, known)
    answers = {address: known[address][1] for address in wanted if address in known}
    unsure = frozenset(each for each in wanted if each not in answers or not answers[each].is_certain)
    return Asked(answers, unsure, len(unknown), asking.is_tried and not asking.is_heard)


# What is remembered


_Memory = dict[str, tuple[float, Answer]]
"""For each address when it was asked, in seconds since 1970, and the answer."""


def _recalled(path: Path, key: bytes, options: Options) -> _Memory:
    now = time.time()
    found = {}
    for address, (asked, verdict, *rest) in (cache.load(path, key) or {}).items():
        answer = Answer(Verdict(verdict), *rest)
        is_good = answer.verdict in {Verdict.THERE, Verdict.MOVED}
        if 0 <= now - asked < (options.days * _DAY if is_good else min(options.days * _DAY, _FAILED_FOR)):
            found[address] = (asked, answer)
    return found


def _remember(path: Path, key: bytes, known: _Memory) -> None:
    lasting = {
        address: (asked, answer.verdict.value, answer.at, answer.why)
        for address, (asked, answer) in known.items()
        if answer.verdict is not Verdict.UNDECIDED
    }
    cache.store(path, key, lasting)


# Who is asked when


class _LeftAloneError(OSError):
    """A host that is not asked again in this run, or must not be asked at all."""


class _Host:
    """What is known of a host in this run."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = float("-inf")
        """When it was asked last, by the monotonic clock."""
        self.timeouts = 0
        """How many there were in a row."""
        self.failures: dict[tuple[str, int], Exception] = {}
        """Why it is not asked again, by scheme and port."""


class _Asking:
    """One run: several hosts at once, each one thing at a time."""

    def __init__(self, options: Options) -> None:
        self.limit = max(options.timeout, 1)
        self.allows_private = options.private
        self.stop = threading.Event()
        self.is_tried = self.is_heard = False
        """Whether any site was asked, and whether any has answered."""
        self._hosts: dict[str, _Host] = {}

    def all(self, asked: Iterable[str]) -> Iterable[tuple[str, Answer]]:
        """The answers to all addresses, as they come in."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in asked:
            by_host[_host_of(address)].append(address)
        jobs: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        answers: queue.SimpleQueue[tuple[str, Answer]] = queue.SimpleQueue()
        for group in sorted(by_host.values(), key=len, reverse=True):  # the longest first, because it takes longest
            jobs.put(group)
        # A pool would wait for its threads when somebody presses Ctrl+C.
        threads = [
            threading.Thread(target=self._work, args=(jobs, answers), daemon=True)
            for _ in range(min(_AT_ONCE, len(by_host)))
        ]
        for thread in threads:
            thread.start()
        for _ in range(sum(map(len, by_host.values()))):
            yield answers.get()
        for thread in threads:
            thread.join()

    def _work(self, jobs: queue.SimpleQueue[list[str]], answers: queue.SimpleQueue[tuple[str, Answer]]) -> None:
        with contextlib.suppress(queue.Empty):
            while not self.stop.is_set():
                for address in jobs.get_nowait():
                    answer = Answer(Verdict.UNDECIDED)
                    with contextlib.suppress(Exception):  # whatever a stranger's server makes go wrong
                        answer = self.ask(address)
                    answers.put((address, answer))

    def ask(self, address: str) -> Answer:
        """What is at `address`, after all redirects."""
        at = settled = address
        is_for_good = True
        for _ in range(_MOST_HOPS):
            led_to = at if at != address else ""
            try:
                status, location = self._look(_split(at))
            except (OSError, http.client.HTTPException, ValueError) as error:
                return _answer_of_error(error, led_to)
            if status not in _REDIRECTS or not location:
                return self._answer(address, settled, led_to, status)
            at = urljoin(at, location)
            is_for_good = is_for_good and status in _FOR_GOOD
            settled = at if is_for_good else settled
        return Answer(Verdict.UNDECIDED)

    def _answer(self, address: str, settled: str, led_to: str, status: int) -> Answer:
        if 200 <= status < 300:
            before, now = _split(address), _split(settled)
            is_same = now.geturl() == before.geturl() or (before.scheme, now.scheme) == ("https", "http")
            return Answer(Verdict.THERE) if is_same else Answer(Verdict.MOVED, _quoted(settled))
        if status in _GONE:
            return Answer(Verdict.GONE, _quoted(led_to), _GONE[status])
        return Answer(Verdict.UNDECIDED if status >= 500 or status in _NOT_NOW else Verdict.CLOSED)

    def _look(self, url: SplitResult) -> tuple[int, str]:
        """The number of the answer, and where it sends us on to; raises the OSError or HTTPException that came instead."""
        with contextlib.suppress(ConnectionResetError, http.client.BadStatusLine):  # so some take to HEAD
            status, location = self._request("HEAD", url)
            if status < 400 or status in _NOT_NOW:
                return status, location
        return self._request("GET", url)

    def _request(self, method: str, url: SplitResult) -> tuple[int, str]:
        host = self._hosts.setdefault(url.hostname or "", _Host())
        origin = (url.scheme, _port(url))
        with host.lock:
            if origin in host.failures:
                raise host.failures[origin]
            if self.stop.wait(max(host.last + _PAUSE - time.monotonic(), 0)):
                raise _LeftAloneError
            try:
                status, location = _request(method, url, self.limit, allows_private=self.allows_private)
            except _LeftAloneError as error:
                host.failures[origin] = error
                raise
            except (socket.gaierror, ConnectionRefusedError, ssl.SSLCertVerificationError) as error:
                self.is_tried = True
                host.failures[origin] = error
                raise
            except TimeoutError as error:
                self.is_tried = True
                host.timeouts += 1
                if host.timeouts == _MOST_TIMEOUTS:
                    host.failures[origin] = error
                raise
            finally:
                host.last = time.monotonic()
            host.timeouts = 0
            self.is_tried = self.is_heard = True
            if status == http.HTTPStatus.TOO_MANY_REQUESTS:
                host.failures[origin] = _LeftAloneError()
            return status, location


def _answer_of_error(error: Exception, led_to: str) -> Answer:
    verdict, why = Verdict.UNDECIDED, ""
    if isinstance(error, socket.gaierror):
        verdict = Verdict.NO_HOST if error.errno in _NO_NAME else Verdict.UNDECIDED
    elif isinstance(error, ConnectionRefusedError):
        verdict = Verdict.REFUSED
    elif isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _CERTIFICATES:
        verdict, why = Verdict.BAD_CERTIFICATE, _CERTIFICATES[error.verify_code]
    return Answer(verdict) if verdict is Verdict.UNDECIDED else Answer(verdict, _quoted(led_to), why)


# One request


def _split(address: str) -> SplitResult:
    """`address` as it is asked for: lower case, no fragment, nothing but ASCII; raises ValueError for what must not be."""
    url = urlsplit(urldefrag(address).url.strip())
    host = (url.hostname or "").rstrip(".").encode("idna").decode()
    if url.scheme not in {"http", "https"} or not host or url.username is not None or url.password is not None:
        message = f"{address} is not asked"
        raise ValueError(message)
    if any(host == each or host.endswith("." + each) for each in _EXAMPLES):
        raise _LeftAloneError
    port = "" if url.port is None or url.port == _PORTS[url.scheme] else f":{url.port}"
    if _port(url) not in _PORTS.values() and _port(url) < 1024:  # the places of mail and other services
        raise _LeftAloneError
    place = f"[{host}]{port}" if ":" in host else host + port
    return SplitResult(url.scheme, place, quote(url.path, _KEPT) or "/", quote(url.query, _KEPT), "")


_PORTS = {"http": 80, "https": 443}


def _port(url: SplitResult) -> int:
    return url.port or _PORTS[url.scheme]


def _host_of(address: str) -> str:
    with contextlib.suppress(ValueError, OSError):
        return _split(address).hostname or ""
    return ""


def _quoted(address: str) -> str:
    """`address` with nothing in it that a terminal or a post would take for something else."""
    return quote(address, _KEPT)


def _request(method: str, url: SplitResult, limit: float, *, allows_private: bool) -> tuple[int, str]:
    """The number of the answer, and where it sends us on to."""
    host, port = url.hostname or "", _port(url)
    connection = (
        _Encrypted(host, port, timeout=limit, context=_context())
        if url.scheme == "https"
        else _Plain(host, port, timeout=limit)
    )
    connection.allows_private = allows_private
    clock = threading.Timer(limit, connection.cut)  # a time limit of a socket begins anew with each byte
    clock.daemon = True
    clock.start()
    try:
        connection.request(method, url.path + (f"?{url.query}" if url.query else ""), headers=_HEADERS)
        answer = connection.getresponse()
        connection.refuse_late()  # what was cut off may look whole
        location = answer.getheader("Location") or ""
        return answer.status, location.encode("latin-1", "replace").decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        if connection.is_cut:
            raise TimeoutError from None
        raise
    finally:
        clock.cancel()
        connection.close()


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Plain(http.client.HTTPConnection):
    """A connection to a public address, unless others are allowed."""

    allows_private = False
    is_cut = False

    def connect(self) -> None:
        found = [str(each[4][0]) for each in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)]
        if not self.allows_private and not all(map(is_public, found)):
            raise _LeftAloneError
        error: OSError = _LeftAloneError()
        for address in dict.fromkeys(found):
            self.refuse_late()
            try:
                self.sock = socket.create_connection((address, self.port), self.timeout)
            except OSError as failure:
                error = failure
            else:
                self.refuse_late()
                return
        raise error

    def refuse_late(self) -> None:
        """Give up a connection that came after the time was over."""
        if self.is_cut:
            raise TimeoutError

    def cut(self) -> None:
        """End it from another thread."""
        self.is_cut = True
        sock = self.sock
        if sock:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Encrypted(http.client.HTTPSConnection, _Plain):
    """The same, encrypted: the certificate has to be for the name, whatever address that was resolved to."""

    def connect(self) -> None:
        super().connect()
        self.refuse_late()


def is_public(address: str) -> bool:
    """Whether `address`, an IP address, is one that the whole world reaches, and not one of this machine or its network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)))
        if any(found in network for network in _TUNNELS):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved
