r"""The address of a link or a picture is one that a machine can take apart.

In an address, `%` and two digits or letters from A to F stand for another sign, so `/files/100%.pdf` is none: `%.p` stands for nothing.
Hugo's own shortcodes `figure`, `ref` and `relref` take the address apart, and so do the templates for links and pictures that Hugo
brings along, and those of many themes. At one that they cannot read the build stops with a page of internals, and nothing of the
site is published. The same comes of a port that is no number, of a blank in the name of a host, of a colon in the first
part of a path, `notes: 2026.pdf`, which would end the name of a scheme, and of a character that nobody sees.

Write `%25` for a percent sign, `%20` for a blank, and `./` before a name with a colon; better still, give the file a name of letters,
digits, `-` and `.`. What follows a `?` is not looked at.

The rule is silent about links and pictures where no template takes them apart; `{{< figure >}}`, `ref` and `relref` are always asked,
unless the site has one of its own that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.go_urls import Fault, Trouble, fault_in
from presscheck.markdown import BARE_ADDRESS
from presscheck.page import Page
from presscheck.rules._destinations import distinct
from presscheck.rules._shortcodes import STOPS, outside_code, template_of
from presscheck.text import Span

SEVERITY = Severity.ERROR
SUPERSEDES = ("link-broken", "image-missing", "link-scheme-misspelled")

_FINE = re.compile(r"(?:https?://[\w.-]+(?=[/?#]|$)|/(?!/)|\.{1,2}/|#)[^%\x00-\x1f\x7f]*$").match
"""Matches what can be read by the look of it: nearly every address."""
_MAYBE_BARE = re.compile(r"[/.]\S*%(?![0-9A-Fa-f]{2})|[/@]\S*:(?!\d)", re.ASCII)
_EMBEDDED = {"figure": ("src", None), "qr": ("targetDir", None), "ref": ("path", 0), "relref": ("path", 0)}
"""Which parameter the shortcodes that Hugo brings along take apart, and the place where it may come without its name."""
_PARSED = re.compile(r"(?<!try )(?<!try \()\burls\.Parse\s+\(\s*\.Get\s+(?:[\"`](\w+)[\"`]|(\d+))\s*\)")
"""The same in a template of the site."""
_MESSAGES = {
    Trouble.CONTROL: ("the address `{address}` holds a character that cannot be seen", "leave it out"),
    Trouble.SCHEME: (
        "the address `{address}` begins with a colon",
        "write what should stand before it, such as `https`",
    ),
    Trouble.COLON: (
        "the address `{address}` has a colon in its first part, and what stands before it is no scheme",
        "begin it with `./` if it is a file's",
    ),
    Trouble.ESCAPE: ("{wrong} in the address `{address}` stands for no sign", "write `%25` for a percent sign"),
    Trouble.USER: ("{wrong} may not stand before the `@` of an address", "leave it out"),
    Trouble.HOST: ("{wrong} may not stand in the name of a host", "correct the name of the host"),
    Trouble.PORT: ("{wrong} behind the name of a host is no port", "write a number, or leave it out"),
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every address that is taken apart whether it can be."""
    yield from _links(page)
    yield from _calls(page)


def _links(page: Page) -> Iterator[Finding]:
    parsed = page.config.templates.parsed
    if not parsed or not page.config.templates_are_known:
        return
    text = page.source.text
    odd = [link for link in page.markdown.links if not _FINE(link.destination)]
    for link in distinct(odd):
        span = link.destination_span
        written = text[span.start : span.end]
        is_mail = link.is_autolink and ":" not in link.destination
        if is_mail or ("&" in written and written != link.destination):  # Hugo's templates get some entities as written
            continue
        if ("image" if link.is_image else "link") in parsed:
            yield from _wrong(page, link.destination, span)
    if "link" in parsed and page.config.dialect.linkify and _MAYBE_BARE.search(text):
        linked = [link.span for link in page.markdown.links]
        for found in BARE_ADDRESS.finditer(page.prose):
            span = Span(*found.span())
            if "/" in found[0] and not any(span.overlaps(each) for each in linked):
                yield from _wrong(page, found[0], span, before="" if "://" in found[0] else "//")


def _calls(page: Page) -> Iterator[Finding]:
    if not page.shortcodes or not page.config.templates_are_known:
        return
    for call in outside_code(page):
        if call.is_closing or not call.is_readable:
            continue
        for key, place in _parsed_by(page.config, call.name):
            argument = call.parameter(key, place)
            if argument and not _FINE(argument.value):
                yield from _wrong(page, argument.value, argument.span, before="/" if key == "targetDir" else "")


def _parsed_by(config: Config, name: str) -> Iterator[tuple[str, int | None]]:
    """Those of the parameters of a shortcode, by name and place, that its template has taken apart."""
    template = template_of(config, name)
    if template is not None:
        yield from ((key, int(place) if place else None) for key, place in _PARSED.findall(template))
    elif name.lower() in _EMBEDDED:
        yield _EMBEDDED[name.lower()]


def _wrong(page: Page, address: str, span: Span, before: str = "") -> Iterator[Finding]:
    fault = fault_in(before + address)
    if fault:
        yield _finding(page, address, span, fault._replace(span=fault.span.shifted(-len(before))))


def _finding(page: Page, address: str, span: Span, fault: Fault) -> Finding:
    as_written = page.source.text[span.start : span.end] == address
    message, advice = _MESSAGES[fault.trouble]
    wrong = address[fault.span.start : fault.span.end]
    shown = address if len(address) < 60 else address[:59] + "…"
    where = fault.span.shifted(span.start) if as_written else span
    is_percent = as_written and fault.trouble is Trouble.ESCAPE
    return Finding(
        message=message.format(address=shown, wrong="a blank" if wrong == " " else f"`{wrong}`"),
        span=where,
        consequence=STOPS,
        help=advice,
        fix=Fix(advice, Applicability.UNSAFE, (Edit(Span(where.start, where.start + 1), "%25"),))
        if is_percent
        else None,
    )
