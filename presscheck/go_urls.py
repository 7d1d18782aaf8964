"""Tells what keeps an address from being read by Go's `net/url`, with which Hugo 0.168 and its templates take addresses apart.

`urls.Parse` in a template and Hugo's own `ref` end the build when they are given such an address. How it is read was learnt by
asking Hugo. A query may hold anything, and so may what follows a scheme without a `/`, such as `mailto:`.
"""

from __future__ import annotations

import ipaddress
import re
from enum import StrEnum
from typing import NamedTuple

from presscheck.text import Span

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)
_NO_HOST = re.compile(r"%(?!25|[89A-Fa-f][0-9A-Fa-f]).{0,2}|(?!%)[\x00-\x7f](?<![\w!$&'()*+,;=:\[\]<>\"~.-])", re.ASCII)
"""What may not stand in the name of a host: of percent-escapes, those of plain letters and signs, too."""
_ZONE = re.compile(
    r"(?:[\w!$&'()*+,;=:\[\]<>\"~.-]|[^\x00-\x7f]"
    r"|%(?:2[0-24-9A-Ea-e]|3[0-9A-Ea-e]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[BDFbdf]|7[Ee]))+",
    re.ASCII,
)
"""What may follow the `%25` of a numeric address, to say by which way it is reached."""
_NO_USER = re.compile(r"[^\w.~:!$&'()*+,;=%@-]", re.ASCII)
_NO_PORT = re.compile(r":(?!\d*\Z)", re.ASCII)


class Trouble(StrEnum):
    """Why an address cannot be read."""

    CONTROL = "control"
    """A character that nobody sees, such as a tab."""
    SCHEME = "scheme"
    """It begins with a colon."""
    COLON = "colon"
    """A colon in its first part, and what stands before that is no scheme."""
    ESCAPE = "escape"
    """A `%` without two hexadecimal digits behind it."""
    USER = "user"
    """A sign before the `@` that may not stand there."""
    HOST = "host"
    """A sign that may not stand in the name of a host, or a numeric address that is none."""
    PORT = "port"
    """What follows the host's colon is no number."""


class Fault(NamedTuple):
    """What is wrong with an address."""

    trouble: Trouble
    """What kind it is."""
    span: Span
    """Where in the address."""


def fault_in(address: str) -> Fault | None:
    """What keeps `address` from being read; None when it can be."""
    rest, sharp, _ = address.partition("#")
    control = _CONTROL.search(rest)
    if control:
        return Fault(Trouble.CONTROL, Span(*control.span()))
    if rest.startswith(":"):
        return Fault(Trouble.SCHEME, Span(0, 1))
    scheme = _SCHEME.match(rest)
    at = scheme.end() if scheme else 0
    end = (rest + "?").index("?", at)
    found = None
    if scheme and not rest.startswith("/", at):
        pass  # nothing behind `mailto:` and the like is looked at
    elif not rest.startswith("/", at) and ":" in rest[:end].partition("/")[0]:
        colon = rest.index(":")
        found = Fault(Trouble.COLON, Span(colon, colon + 1))
    else:
        if rest.startswith("//", at) and (scheme or not rest.startswith("///")):
            begin, at = at + 2, (rest[:end] + "/").index("/", at + 2)
            found = _in_authority(rest, begin, at, is_web=rest[: begin - 2].lower() in {"http:", "https:"})
        found = found or _first(Trouble.ESCAPE, _NO_ESCAPE, rest, at, end)
    return found or _first(Trouble.ESCAPE, _NO_ESCAPE, address, len(rest + sharp), len(address))


def _in_authority(text: str, start: int, end: int, *, is_web: bool) -> Fault | None:
    """What is wrong with a name and password, a host and a port; other hosts than those of the web may hold colons."""
    host = text.rfind("@", start, end) + 1
    if host:
        wrong = _first(Trouble.USER, _NO_USER, text, start, host - 1)
        wrong = wrong or _first(Trouble.ESCAPE, _NO_ESCAPE, text, start, host - 1)
        if wrong:
            return wrong
    host = host or start
    opening = text.rfind("[", host, end)
    if opening >= 0:
        return _in_numeric(text, host, end) if opening == host else Fault(Trouble.HOST, Span(opening, opening + 1))
    colon = text.find(":", host, end) if is_web else text.rfind(":", host, end)
    if colon >= 0 and _NO_PORT.match(text[colon:end]):
        return Fault(Trouble.PORT, Span(colon, end))
    return _first(Trouble.HOST, _NO_HOST, text, host, end)


def _in_numeric(text: str, opening: int, end: int) -> Fault | None:
    """What is wrong with a numeric address in square brackets, and the port behind it."""
    closing = text.rfind("]", opening, end)
    number, percent, zone = text[opening + 1 : closing].partition("%25")
    try:
        is_one = closing > 0 and ipaddress.ip_address(number).version == 6
    except ValueError:
        is_one = False
    if not is_one or (percent and not _ZONE.fullmatch(zone)):
        return Fault(Trouble.HOST, Span(opening, closing + 1 if closing > 0 else end))
    port = text[closing + 1 : end]
    return Fault(Trouble.PORT, Span(closing + 1, end)) if port and not re.fullmatch(":[0-9]*", port) else None


def _first(trouble: Trouble, wrong: re.Pattern[str], text: str, start: int, end: int) -> Fault | None:
    found = wrong.search(text, start, end)
    return Fault(trouble, Span(*found.span())) if found else None
