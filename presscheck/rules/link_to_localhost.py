"""Every link leads to a place that readers can reach.

`http://localhost:1313/posts/tea/` is the author's own machine; so is `127.0.0.1`, and `192.168.0.7` or `wiki.internal` is a
machine in the author's own network. The link works while the post is being written, because there it leads to the preview or to the
office, and nowhere else. Hugo copies it as it stands and says nothing. Each reader is taken to their own machine, or told that there is
no such server, and learns the name of one that was not theirs to know.

Write the public address; for a post of this site that is `/posts/tea/`. An address that readers are to type on their own machine, as
in instructions, is code: put it between backquotes. Code is not asked, nor is an address that stands bare in the text.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.markdown import Link
from presscheck.rules._destinations import unusual
from presscheck.site import Page

SEVERITY = Severity.WARNING

_HOST = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:]+)")
_LOCAL_NAMES = ("localhost", ".localhost", ".localdomain", ".local", ".internal", ".lan", ".home.arpa")
_PRIVATE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/32",
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::/128",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether the host is one that only the author sees."""
    for link in unusual(page):
        if "//" in link.destination:
            host, what = place_of(link.destination) or ("", "")
            if what:
                yield _finding(link, host, what)


def place_of(destination: str) -> tuple[str, str] | None:
    """The host of `destination`, and where that is, if it is one that only the author sees."""
    host = _HOST.match(destination)
    what = _what_it_is(host[1].lower().rstrip(".")) if host else ""
    return (host[1], what) if host and what else None


def _what_it_is(host: str) -> str:
    if host.endswith(_LOCAL_NAMES):
        is_own = host.endswith(("localhost", "localdomain"))
        return "the reader's own machine" if is_own else "a name that only a private network knows"
    if not host[:1].isdigit() and not host.startswith("["):
        return ""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return ""
    if not any(address in network for network in _PRIVATE):
        return ""
    return (
        "the reader's own machine"
        if address.is_loopback or address.is_unspecified
        else "an address in a private network"
    )


def _finding(link: Link, host: str, what: str) -> Finding:
    noun = "picture" if link.is_image else "link"
    where = "on the author's own machine" if "machine" in what else "in a private network"
    seen = "readers see a broken frame" if link.is_image else "readers who follow it get no answer, or somebody else's"
    return Finding(
        message=f"this {noun} leads to `{host}`, {where}",
        span=link.destination_span,
        label=f"for readers this is {what}" if "machine" in what else what,
        consequence=seen,
        help="write the public address"
        + ("" if link.is_image else ", or put the address between backquotes if it is an example"),
    )
