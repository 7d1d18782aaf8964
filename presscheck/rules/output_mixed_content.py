"""A page that comes over `https://` takes nothing over `http://`.

Browsers do not run a script, apply a stylesheet or show a frame that a page with a padlock asks for over plain `http://`:
the page is without it. A picture, film or sound they ask for over `https://` instead, and where the other host has no such
address, it is missing. Hugo writes the address as the author did, and on the author's own machine, where the site
itself runs over `http://`, everything is there.

Write `https://`, or better, put the file into the site. Links to follow may be plain `http://`: they are not asked.

It is silent on a site whose `baseURL` does not begin with `https://`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication, RenderedPage
from presscheck.text import Span

SEVERITY = Severity.WARNING

_UPGRADED = {
    "img": "picture",
    "source": "picture, film or sound",
    "video": "film",
    "audio": "sound",
    "input": "picture",
}
_BLOCKED = {"script": "script", "link": "stylesheet", "iframe": "frame", "embed": "embedded file", "track": "subtitles"}
_LINK = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_FETCHING = re.compile(
    r"\brel\s*=\s*[\"']?[^\"'>]*\b(?:stylesheet|icon|preload|modulepreload|manifest)\b", re.IGNORECASE
)


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of everything that a page loads whether it is asked for over `http://`; the same from a template is told once."""
    if not publication.site.config.base_url.startswith("https://"):
        return
    from_templates: dict[tuple[str, str], list[RenderedPage]] = defaultdict(list)
    for page in publication.pages:
        for tag, _, value in page.facts.references:
            if value[:7].lower() != "http://" or (tag not in _UPGRADED and tag not in _BLOCKED):
                continue
            if tag == "link" and not _is_fetched(page, value):
                continue
            source = publication.source_of(page)
            link = next((each for each in source.markdown.links if each.destination == value), None) if source else None
            if source and link:
                yield _finding(
                    source.file, link.destination_span, tag, value, (Note("the page that has it", page.name),)
                )
            else:
                from_templates[tag, value].append(page)
    for (tag, value), pages in from_templates.items():
        more = len(pages) - 1
        notes = (Note(f"and on {more} more page{'s' * (more > 1)}"),) if more else ()
        yield _finding(pages[0].name, pages[0].find(value), tag, value, notes)


def _is_fetched(page: RenderedPage, value: str) -> bool:
    """Whether a `<link>` of the page makes browsers load the address, unlike one that only names it."""
    return any(value in link and _FETCHING.search(link) for link in _LINK.findall(page.load().text))


def _finding(path: str, span: Span, tag: str, value: str, notes: tuple[Note, ...]) -> Finding:
    what = _BLOCKED.get(tag) or _UPGRADED[tag]
    return Finding(
        message=f"`{value}` is asked for without encryption",
        path=path,
        span=span,
        label=what,
        consequence="browsers refuse to load it into a page that comes over https"
        if tag in _BLOCKED
        else "browsers ask for it over https instead, and show nothing if its host has no such address",
        help=f"write `https{value[4:]}` if that works, or put the file into the site",
        notes=notes,
    )
