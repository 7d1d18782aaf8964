"""Every link begins with a scheme that browsers know.

A slip in the first letters, `htps://`, `http//`, `https:/`, or a second `https://` pasted before the first, and the link leads nowhere:
browsers ask which program opens `htps`, look for a server called `https`, or take the whole for a path on this site. Hugo copies
the address as it stands and says nothing.

Correct the beginning, as the fix does. Schemes that browsers hand to other programs (`tel:`, `ssh://`, `git://`, `matrix:`) are not asked,
nor is `hxxps://`, which is written on purpose so that nobody follows it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from presscheck.diagnostics import Finding, Severity
from presscheck.markdown import Link
from presscheck.rules._destinations import rewritten, unusual
from presscheck.site import Page

SEVERITY = Severity.ERROR

_DOUBLED = re.compile(r"(?:https?(?::/{0,2}|//))+(?P<last>https?)(?::/{1,2}|//)(?=[^/])", re.IGNORECASE)
_BROKEN = re.compile(r"(?P<name>https?)(?::/?(?=[^/:])|//+(?=[^/])|:{2,}/*(?=[^/])|[;.,]//+(?=[^/]))", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>[a-z]{2,8})://(?=[^/])", re.IGNORECASE)
_MAIL = re.compile(r"(?P<name>[a-z]{3,8}):(?:/{0,2})(?=[^\s/:@?#]+@[^\s/:@]+$)", re.IGNORECASE)
_KNOWN = frozenset(
    {
        "http",
        "https",
        "ftp",
        "ftps",
        "sftp",
        "tftp",
        "ssh",
        "shttp",
        "git",
        "svn",
        "file",
        "ws",
        "wss",
        "irc",
        "news",
        "nntp",
    }
)
_HARMLESS = ("https://", "http://", "/", "#", ".", "mailto:")
_SUSPECT = ("https://http", "http://http", "mailto:/")
_KNOWN_MAIL = frozenset(
    {"mailto", "sip", "sips", "xmpp", "acct", "jabber", "im", "matrix", "facetime", "skype", "msnim"}
)


def corrected(destination: str) -> tuple[str, str]:
    """The beginning of `destination` that is wrong, and the right one; two empty texts when nothing is wrong."""
    doubled = _DOUBLED.match(destination)
    if doubled:
        return doubled[0], doubled["last"].lower() + "://"
    broken = _BROKEN.match(destination)
    if broken:
        return broken[0], broken["name"].lower() + "://"
    mail = _MAIL.match(destination)
    if mail and mail[0].lower() != "mailto:":
        name = mail["name"].lower()
        is_close = name not in _KNOWN_MAIL and _nearest(name, ("mailto",))
        return (mail[0], "mailto:") if is_close or name == "mailto" else ("", "")
    named = _NAMED.match(destination)
    if named and named["name"].lower() not in _KNOWN:
        close = _nearest(named["name"].lower(), ("https", "http"))
        return (named[0], close + "://") if close else ("", "")
    return "", ""


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    """That of the known schemes that looks like `name`; empty for none."""
    close = difflib.get_close_matches(name, known, 1, 0.7)
    return close[0] if close else ""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether it begins almost like `https://`, `http://` or `mailto:`."""
    for link in unusual(page):
        destination = link.destination
        if destination.startswith(_HARMLESS) and not destination.startswith(_SUSPECT):
            continue
        wrong, right = corrected(destination)
        if wrong:
            yield _finding(page, link, wrong, right)


def _finding(page: Page, link: Link, wrong: str, right: str) -> Finding:
    meant = right + link.destination[len(wrong) :]
    is_shown = link.is_autolink and right == "mailto:"
    return Finding(
        message=f"`{wrong}` is not how an address begins",
        span=link.destination_span,
        label=f"did you mean `{right}`?",
        consequence="readers see a broken frame"
        if link.is_image
        else "browsers find nothing there, or refuse to open it",
        help=f"write `{meant}`",
        fix=None if is_shown else rewritten(page, link, meant),
    )
