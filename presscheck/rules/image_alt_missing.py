"""Every picture says in words what it shows.

A picture without alternative text does not exist for readers who listen to the page, for search engines, and for everyone
while it does not load. Hugo writes `alt=""`, which tells a screen reader that the picture is mere decoration; of
`{{< figure src="latency.svg" >}}` without `alt` or `caption` it makes a picture without any `alt`, and a screen reader
may read out the file's name.

Write what the picture says, in a phrase: `![Latency doubles beyond 32 users](latency.svg)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Source, Span

SEVERITY = Severity.ERROR

_CONSEQUENCE = "readers who listen to the page, and search engines, do not learn what it shows"


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every image whether its text holds a letter or a digit."""
    for link in page.pictures:
        if not _says_something(link.text):
            yield _image(page.source, link.span, link.text)
    yield from _figures(page)


def _figures(page: Page) -> Iterator[Finding]:
    """Ask the same of every call of Hugo's own `figure`."""
    if "figure" in page.config.templates.shortcodes:
        return
    for call in page.shortcodes:
        if call.name != "figure" or call.is_closing:
            continue
        alt, caption = call.parameter("alt"), call.parameter("caption")
        if not any(each and _says_something(each.value) for each in (alt, caption)):
            yield _figure(page.source, call.span, alt.span if alt else None)


def _image(source: Source, span: Span, text: str) -> Finding:
    opening = source.text.startswith("![", span.start)
    closing = source.text.find("]", span.start, span.end)
    place = Span(span.start + 2, closing) if opening and closing >= 0 else span
    return Finding(
        message="this picture has no alternative text",
        path=source.path,
        span=span,
        label="no word between `[` and `]`" if text else "nothing between `[` and `]`",
        consequence=_CONSEQUENCE,
        help="say in a phrase what it shows, between `[` and `]`",
        fix=Fix("describe it", Applicability.PLACEHOLDER, (Edit(place, "…"),)),
    )


def _figure(source: Source, span: Span, alt: Span | None) -> Finding:
    at = span.end - len(">}}")
    at -= source.text[at - 1] == "/"
    edit = Edit(alt, "…") if alt else Edit(Span(at, at), 'alt="…" ')
    return Finding(
        message="this picture has no alternative text",
        path=source.path,
        span=span,
        label="no word in `alt`" if alt else "neither `alt` nor `caption`",
        consequence=_CONSEQUENCE,
        help='say in a phrase what it shows, in `alt="…"`',
        fix=Fix("describe it", Applicability.PLACEHOLDER, (edit,)),
    )


def _says_something(text: str) -> bool:
    return any(char.isalnum() for char in text)
