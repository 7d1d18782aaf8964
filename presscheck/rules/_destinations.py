"""What the rules about the destinations of links and images have in common: which destinations are usual, and what is wrong with others."""

from __future__ import annotations

import difflib
import ipaddress
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.markdown import Link
from presscheck.page import PAGE_SUFFIXES, Page
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.site import Site

_USUAL = re.compile(
    r"(?:https://(?!http)(?:[\w-]+\.)+(?!local|internal|lan\b|arpa\b)[a-z]{2,}(?:[/?#]|$)|/(?!/)|\.{1,2}/|#)[^\\]*$"
).match
"""Matches what leads to a named host, encrypted, or below the site, and has no backslash: nearly every destination."""

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
PLAIN = ("https://", "http://", "/", "#", ".", "mailto:")
"""How nearly all destinations begin, in which nothing about the scheme is odd."""
_MAILBOX = re.compile(r"[^\s/:@?#]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:\?\S*)?", re.IGNORECASE)
WWW = re.compile(r"www\d?\.[a-z0-9-]+\.[a-z0-9.-]+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+){0,5}\.(?:(?:com|net|edu|gov)(?:[/?#]|$)|(?:org|io|dev|app|at|de|ch|uk|eu)/)",
    re.IGNORECASE,
)
_FILE = re.compile(r"[^/?#]*\.(?:pdf|html?|png|jpe?g|gif|svg|webp|zip|txt|csv|md)(?:[?#]|$)", re.IGNORECASE)
_DOUBLED = re.compile(r"(?:https?(?::/{0,2}|//))+(?P<last>https?)(?::/{1,2}|//)(?=[^/])", re.IGNORECASE)
_BROKEN = re.compile(r"(?P<name>https?)(?::/?(?=[^/:])|//+(?=[^/])|:{2,}/*(?=[^/])|[;.,]//+(?=[^/]))", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>[a-z]{2,8})://(?=[^/])", re.IGNORECASE)
_MAIL = re.compile(r"(?P<name>[a-z]{3,8}):(?:/{0,2})(?=[^\s/:@?#]+@[^\s/:@]+$)", re.IGNORECASE)
_KNOWN_SCHEMES = frozenset(
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
_KNOWN_MAIL = frozenset(
    {"mailto", "sip", "sips", "xmpp", "acct", "jabber", "im", "matrix", "facetime", "skype", "msnim"}
)
DRIVE = re.compile(r"[a-zA-Z]:[\\/]")
_REFERENCE_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]+:)?//|mailto:|tel:", re.IGNORECASE)
_REFERENCES = frozenset({"ref", "relref"})

AnyLink = TypeVar("AnyLink", Link, Target)


def distinct(links: Iterable[AnyLink]) -> Iterator[AnyLink]:
    """The links whose destination is written out; of those that share a definition, the first."""
    seen = set()
    for link in links:
        if not link.is_made_by_shortcode and link.destination_span not in seen:
            seen.add(link.destination_span)
            yield link


def unusual(page: Page) -> tuple[Link, ...]:
    """Those of its links and images that are worth a second look; found once for all rules that give it."""
    return page.once(_unusual)


def _unusual(page: Page) -> tuple[Link, ...]:
    odd = [link for link in page.markdown.links if not _USUAL(link.destination)]
    return tuple(distinct(odd)) if odd else ()


def targets(page: Page, site: Site) -> tuple[Target, ...]:
    """The links and images of a page."""
    return site.once(Links).of(page)


def rewritten(
    page: Page, link: Link | Target, destination: str, applicability: Applicability = Applicability.SAFE
) -> Fix | None:
    """The fix that makes `link` lead to `destination`; None where escapes or entities make it hard to say how."""
    span = link.destination_span
    if page.source.text[span.start : span.end] != link.destination:
        return None
    return Fix(f"write `{destination}`", applicability, (Edit(span, destination),))


def split(destination: str) -> tuple[str, str]:
    """The path of `destination`, and its query and fragment."""
    path = destination.partition("#")[0].partition("?")[0]
    return path, destination[len(path) :]


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


def scheme_for(destination: str) -> str:
    """What is missing before `destination`: `https://`, `mailto:`, or nothing."""
    if destination.startswith(PLAIN) or "." not in destination:
        return ""
    if _MAILBOX.fullmatch(destination):
        return "mailto:"
    is_host = (WWW.match(destination) or _BARE_HOST.match(destination)) and not _FILE.match(destination)
    return "https://" if is_host else ""


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
    if named and named["name"].lower() not in _KNOWN_SCHEMES:
        close = _nearest(named["name"].lower(), ("https", "http"))
        return (named[0], close + "://") if close else ("", "")
    return "", ""


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    """That of the known schemes that looks like `name`; empty for none."""
    close = difflib.get_close_matches(name, known, 1, 0.7)
    return close[0] if close else ""


def is_windows_path(destination: str) -> bool:
    """Whether `destination` is written as Windows writes a path."""
    return ("\\" in destination and not destination.lower().startswith(("data:", "javascript:"))) or bool(
        DRIVE.match(destination)
    )


def beside(site: Site, page: Page, link: Target) -> str:
    """The file, below the content folder, that lies where the destination of `link` says if one starts from the post's file."""
    path = unquote(split(link.destination)[0])
    if page.is_leaf_bundle or page.kind != "page" or not path or path.startswith("/"):
        return ""
    place = posixpath.normpath(f"{page.directory}/{path}").lstrip("/")
    is_below = place.startswith(page.directory + "/") or not page.directory
    return place if is_below and place in site.files else ""


def same_but_for_case(site: Site, address: str) -> str:
    """The only address of a file that differs from `address` in the case of letters; empty for none."""
    same = site.once(_addresses_in_lower_case).get(address.lower(), [])
    return same[0] if len(same) == 1 and len(same[0]) == len(address) else ""


def _addresses_in_lower_case(site: Site) -> dict[str, list[str]]:
    """The addresses of files by their form in lower case."""
    found: dict[str, list[str]] = {}
    for each in site.file_addresses:
        found.setdefault(each.lower(), []).append(each)
    return found


def source_of(site: Site, page: Page, link: Target) -> str:
    """The file, relative to the root, that a link which leads nowhere names by its path on disk; empty for none."""
    if link.is_made_by_shortcode or link.is_autolink:
        return ""
    path = unquote(split(link.destination)[0])
    if not path or ":" in path.partition("/")[0] or (link.is_image and beside(site, page, link)):
        return ""
    on_disk = posixpath.normpath(f"{posixpath.dirname(page.file)}/{path}")
    below = posixpath.normpath(path.lstrip("/"))
    is_page = path.endswith(PAGE_SUFFIXES)
    for place in (below, on_disk) if path.startswith("/") else (on_disk, below):
        if place in site.by_file if is_page else published_address(site, place) or _is_asset(site, place):
            return place
    found = site.once(Links).lookup(page, path) if is_page else None
    return found.file if found else ""


def published_address(site: Site, place: str) -> str:
    """The address that the file at `place`, relative to the root, is published at; empty when it is not."""
    for folder in site.config.static_dirs:
        if place.startswith(folder + "/") and place[len(folder) + 1 :] in site.static:
            return place[len(folder) :]
    content = site.config.content_dir
    return site.address_of_file(place[len(content) + 1 :]) if place.startswith(content + "/") else ""


def _is_asset(site: Site, place: str) -> bool:
    folder = site.config.asset_dir
    return place.startswith(folder + "/") and place[len(folder) + 1 :] in site.assets


def misused(page: Page, site: Site) -> Iterator[tuple[Shortcode, Parameter | None]]:
    """The calls that name no path, with what they name."""
    own = site.config.base_url or "\0"
    for call in page.shortcodes:
        if call.name not in _REFERENCES or call.is_closing or call.name in site.templates.shortcodes:
            continue
        argument = call.parameter("path", 0)
        value = argument.value.strip() if argument else ""
        if not value or (_REFERENCE_ELSEWHERE.match(value) and not (value + "/").startswith(own)):
            yield call, argument
