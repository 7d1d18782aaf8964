"""A redirect arrives at a page.

When a page that only redirects leads to itself, or to another that leads back, a browser goes round and round until the
reader gives up: it shows a blank page, flickers, or goes back and forth in the history so that "back" does not work either.
A search engine drops all the addresses of the circle. Hugo builds it with success. It happens where a site makes
redirects of its own, with a layout or with HTML files in `static/`.

Let the redirect lead to the page that readers want, and remove the others.

A chain of redirects that ends at a page is not reported, nor is a redirect to another site.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication, RenderedPage
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_output(publication: Publication) -> Iterator[Finding]:
    """Follow every redirect until it arrives or comes back; each circle is told once."""
    done: set[str] = set()
    for page in publication.pages:
        if page.facts.redirect is None or page.path in done:
            continue
        way: dict[str, RenderedPage] = {}
        here: RenderedPage | None = page
        while here is not None and here.path not in way and here.path not in done:
            way[here.path] = here
            here = _next(publication, here)
        done.update(way)
        if here is not None and here.path in way:
            paths = list(way)
            yield _finding(publication, [way[path] for path in paths[paths.index(here.path) :]])


def _next(publication: Publication, page: RenderedPage) -> RenderedPage | None:
    """Where the redirect of `page` leads, if that is a page of the site."""
    target = publication.target(page, page.facts.redirect) if page.facts.redirect is not None else None
    return publication.page_at(target[0]) if target and target[0] else None


def _finding(publication: Publication, circle: list[RenderedPage]) -> Finding:
    first, *others = circle
    value = first.facts.redirect or ""
    leads = f"round to {circle[-1].address} and back" if others else "back to itself"
    whose = "one of them" if others else "it"
    place = first.find(value)
    sources = dict.fromkeys(source.file for source in map(publication.source_of, circle) if source)
    return Finding(
        message=f"the redirect at {first.address} leads {leads}",
        path=first.name,
        span=place if place.end else Span(0, 0),
        label="" if not others else f"{others[0].address} redirects as well",
        consequence="a browser that comes here goes round for ever and shows nothing",
        help="let it lead to the page that readers want",
        notes=(
            *(Note(f"this one leads to `{page.facts.redirect}`", page.name) for page in others),
            *(Note(f"{whose} is made from this file", file) for file in sources),
        ),
    )
