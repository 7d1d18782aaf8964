"""What the rules about the destinations of links have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from presscheck.diagnostics import Applicability, Edit, Fix
from presscheck.facts import Target
from presscheck.markdown import Link
from presscheck.site import Page, Site

_USUAL = re.compile(
    r"(?:https://(?!http)(?:[\w-]+\.)+(?!local|internal|lan\b|arpa\b)[a-z]{2,}(?:[/?#]|$)|/(?!/)|\.{1,2}/|#)[^\\]*$"
).match
"""Matches what leads to a named host, encrypted, or below the site, and has no backslash: nearly every destination."""

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
    known: dict[str, Any] = page.__dict__
    if "_unusual" not in known:
        odd = [link for link in page.markdown.links if not _USUAL(link.destination)]
        known["_unusual"] = tuple(distinct(odd)) if odd else ()
    found: tuple[Link, ...] = known["_unusual"]
    return found


def targets(page: Page, site: Site) -> tuple[Target, ...]:
    """The links and images of the page that was asked last: several rules ask in turn."""
    known: dict[str, Any] = site.__dict__
    last = known.get("_last_targets")
    if last is None or last[0] is not page:
        last = known["_last_targets"] = (page, page.links)
    found: tuple[Target, ...] = last[1]
    return found


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
