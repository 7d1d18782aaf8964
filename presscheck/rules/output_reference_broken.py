"""Every address in a rendered page leads to something that was published.

The source tells where a post's links lead; only the rendered page tells where the template's do: menus, stylesheets,
pictures, "next" and "previous", feeds, and links made by shortcodes and render hooks. Each that leads nowhere is a 404, a
page without its style, or a missing picture.

Where the address comes from a post, the message points into the post; else mend the template.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.links import Links
from presscheck.page import Page
from presscheck.publication import Publication, RenderedPage
from presscheck.text import Span

SEVERITY = Severity.ERROR

_KINDS = {"a": "link", "img": "picture", "source": "picture", "link": "stylesheet, feed or icon"}


class Reference(NamedTuple):
    """Something that a rendered page points at."""

    tag: str
    """The element's name."""
    attribute: str
    """`href`, `src`, `srcset` or `poster`."""
    value: str
    """As the attribute says it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an address."""

    what: str
    """The reason, as the end of the message."""
    consequence: str
    """What readers suffer when it is a link."""
    help: str = "correct the address where it is written, in the post or in the template"
    """What to do."""


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every reference whether its file, and its fragment, exist; the same one from a template is told once."""
    from_templates: dict[tuple[str, Problem], list[tuple[RenderedPage, Reference]]] = defaultdict(list)
    good: set[tuple[str, str, str]] = set()
    for page in publication.pages:
        for written in page.facts.references:
            value = written[2]
            if written in good or (value[:1] == "#" and value[1:] in page.ids):
                continue
            reference = Reference(*written)
            problem = _problem(publication, page, reference)
            if not problem:
                if reference.value.startswith("/") or ":" in reference.value:
                    good.add(written)  # it means the same on every page
                continue
            source = publication.source_of(page)
            place = _place(publication, page, source, reference) if source else None
            if source and place:
                yield _finding(source.file, place, reference, problem, (Note("the page that has it", page.name),))
            else:
                from_templates[reference.value, problem].append((page, reference))
    for (_, problem), places in from_templates.items():
        page, reference = places[0]
        others = (Note(f"and on {len(places) - 1} more page{'s' * (len(places) > 2)}"),) if len(places) > 1 else ()
        yield _finding(page.name, _in_html(page, reference), reference, problem, others)


def _problem(publication: Publication, page: RenderedPage, reference: Reference) -> Problem | None:
    value = reference.value.strip()
    if not value:
        return Problem("there is no address", "the link leads to the page that it is on")
    target = publication.target(page, value)
    if target is None:
        return None
    address, fragment = target
    if not address:
        return Problem(
            f"{fragment} lies outside {publication.site.config.base_path}",
            "readers leave the site, or get 404",
            f"write `{publication.site.config.base_path.rstrip('/')}{fragment}`, or the whole address with `https://` for another site",
        )
    if not publication.has(address):
        return Problem(f"nothing was published at {address}", "readers get 404")
    there = publication.page_at(address)
    part = fragment.partition(":~:")[0]
    if part and reference.tag == "a" and there and part not in there.ids and part.lower() != "top":
        if address == page.address:
            return Problem(f"the page has no part `#{part}`", "nothing happens when readers follow it")
        return Problem(f"{address} has no part `#{part}`", "the page opens at its top, not at the part that is meant")
    return None


def _place(publication: Publication, page: RenderedPage, source: Page, reference: Reference) -> Span | None:
    """Where the post writes the address, as it is or in the form that a hook made of it."""
    links = source.markdown.links
    exact = next((link for link in links if link.destination == reference.value), None)
    if exact:
        return exact.destination_span
    target = publication.target(page, reference.value)
    for link in links:
        found = publication.site.once(Links).resolve(source, link)
        if target and target[0] and (found.address.rstrip("/"), found.fragment) == (target[0].rstrip("/"), target[1]):
            return link.destination_span
    return None


def _in_html(page: RenderedPage, reference: Reference) -> Span:
    """Where the HTML says the address, if it is between quotes, as templates write it."""
    for value in (reference.value, html.escape(reference.value, quote=False)):
        found = page.find(f'{reference.attribute}="{value}"')
        if found.end:
            start = found.start + len(reference.attribute) + 1
            return Span(start + 1, found.end - 1) if value else Span(start, found.end)
    return page.find(reference.value)


def _finding(path: str, span: Span, reference: Reference, problem: Problem, notes: tuple[Note, ...]) -> Finding:
    what = _KINDS.get(reference.tag, reference.tag)
    is_lacking = reference.tag != "a"
    return Finding(
        message=f"`{reference.value}` leads nowhere: {problem.what}"
        if reference.value
        else f"a {what} without an address",
        path=path,
        span=span,
        label=f"a {what}" if reference.value else "",
        consequence="the page lacks it" if is_lacking else problem.consequence,
        help=problem.help,
        notes=notes,
    )
