"""Every rendered page has a title, a language, and each id once.

A page without `<title>` is called by its address in tabs, bookmarks and search results. Without `<html lang="…">` a screen
reader reads it with the voice of whatever language its owner has set, and browsers offer to translate it from the wrong
one. When two elements have the same `id`, a link to it always leads to the first: often a heading of a post and a part of
the template have the same name, `search` or `comments`, and the entry in the table of contents opens the wrong place. Hugo
checks none of it.

Mend the template; for an id that a heading and the template share, give the heading another one: `## Search {#how-to-search}`.

Pages that only redirect, and HTML files that lie ready in `static/`, are not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication, RenderedPage
from presscheck.text import Span

SEVERITY = Severity.WARNING

_NO_TITLE = "the page has no `<title>`"
_NO_LANGUAGE = "the page does not say its language"


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every page for these three; what many pages have in common is told once."""
    faulty: dict[str, list[RenderedPage]] = defaultdict(list)
    repeated: dict[str, list[RenderedPage]] = defaultdict(list)
    for page in publication.pages:
        if page.facts.redirect is not None or page.path in publication.site.static:
            continue
        if not page.facts.title:
            faulty[_NO_TITLE].append(page)
        if not page.facts.language:
            faulty[_NO_LANGUAGE].append(page)
        for each in page.facts.repeated_ids:
            repeated[each].append(page)
    for message, pages in faulty.items():
        is_title = message == _NO_TITLE
        yield Finding(
            message=message,
            path=pages[0].name,
            span=pages[0].find("<head" if is_title else "<html"),
            consequence="tabs, bookmarks and search results show its address instead"
            if is_title
            else "screen readers pronounce it in whatever language they are set to",
            help="have the template write `<title>{{ .Title }}</title>`, and the page set a title"
            if is_title
            else 'have the template write `<html lang="{{ site.Language.Locale }}">`',
            notes=_notes(publication, pages),
        )
    for name, pages in repeated.items():
        yield Finding(
            message=f"more than one element of the page has the id `{name}`",
            path=pages[0].name,
            span=_second(pages[0], name),
            consequence=f"a link to `#{name}` always opens the first of them",
            help="give one of them another id; a heading of a post takes one like this: `## Title {#another}`",
            notes=_notes(publication, pages),
        )


def _notes(publication: Publication, pages: list[RenderedPage]) -> tuple[Note, ...]:
    source = publication.source_of(pages[0])
    made = (Note("the page is made from this file", source.file),) if source else ()
    more = len(pages) - 1
    return (*made, Note(f"and {more} more page{'s' * (more > 1)}")) if more else made


def _second(page: RenderedPage, name: str) -> Span:
    """The second place of the id in the HTML, when it is written between quotes or bare."""
    text = page.load().text
    found = []
    for written in (f'id="{name}"', f"id='{name}'", f"id={name}"):
        at = text.find(written)
        while at >= 0:
            if text[at - 1].isspace():
                found.append(Span(at, at + len(written)))
            at = text.find(written, at + 1)
    found.sort()
    return found[1] if len(found) > 1 else Span(0, 0)
