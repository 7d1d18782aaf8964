"""Every picture of the site's own is there.

Hugo copies the address of a picture into the page as it stands. When no file is there, because of a typo, `Chart.PNG` for
`chart.png`, or a picture that lies beside a post which is no bundle, readers get a broken frame, and Hugo says nothing.
On macOS and Windows, where case does not matter, the author sees it work.

Put the picture into the post's own folder (beside `index.md`) and write its name, or into `static/` and write its
address from there. Pictures on other sites are not asked.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.nearest import all_alike, nearest
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.ERROR

_NAME_ALIKE = 0.7
_ADDRESS_ALIKE = 0.8


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its images whether its file is among what the site publishes."""
    for link, found in site.once(Links).doubtful(page):
        if not link.is_image or found.is_found or not link.destination.strip():
            continue
        beside = (
            not page.is_leaf_bundle
            and posixpath.normpath(f"{page.directory}/{unquote(link.destination)}") in site.files
        )
        meant = "" if beside else _nearest(site, page, link, found.address)
        yield Finding(
            message=f"there is no picture at `{link.destination}`",
            path=page.file,
            span=link.destination_span,
            label=_label(page, beside=beside, meant=meant, address=found.address),
            consequence="readers see a broken frame with the alternative text",
            help=_help(page, beside=beside, meant=meant),
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(link.destination_span, meant),)) if meant else None,
        )


def _label(page: Page, *, beside: bool, meant: str, address: str) -> str:
    if beside:
        return f"it lies beside the post, but the post's address is {page.address}"
    return f"did you mean `{meant}`?" if meant else f"nothing is at {address}"


def _help(page: Page, *, beside: bool, meant: str) -> str:
    if beside:
        return f"make the post a bundle: move it to `{posixpath.splitext(page.file)[0]}/index.md`, and the picture beside it"
    return f"write `{meant}`" if meant else "put the file there, or correct the address"


def _nearest(site: Site, page: Page, link: Target, address: str) -> str:
    """The nearest file that is there, written as the author wrote: relative to the page, or from the root."""
    known = site.once(_known)
    same_name = known.by_name.get(_name(address), [])
    by_case = [each for each in same_name if each.lower() == address.lower()]
    close = by_case[0] if by_case else same_name[0] if len(same_name) == 1 else _alike(address, known)
    if not close:
        return ""
    base = page.address or "/"
    if not link.destination.startswith("/") and close.startswith(base):
        return close[len(base) :]
    return site.once(Links).written(close, is_image=True)


class _Known(NamedTuple):
    """The files that a picture may have been meant to be."""

    addresses: list[str]
    """In order."""
    stems: list[str]
    """Their names without folder and ending, in the same order."""
    by_name: dict[str, list[str]]
    """The addresses by the name in lower case."""


def _known(site: Site) -> _Known:
    addresses = sorted(site.file_addresses)
    by_name: dict[str, list[str]] = defaultdict(list)
    for each in addresses:
        by_name[_name(each)].append(each)
    return _Known(addresses, list(map(_stem, addresses)), by_name)


def _alike(address: str, known: _Known) -> str:
    """The address that looks most like `address`, if its file's name does too."""
    alike = [known.addresses[at] for at in all_alike(_stem(address), known.stems, _NAME_ALIKE)]
    return nearest(address, alike, _ADDRESS_ALIKE)


def _name(address: str) -> str:
    return posixpath.basename(address).lower()


def _stem(address: str) -> str:
    return posixpath.splitext(posixpath.basename(address))[0]
