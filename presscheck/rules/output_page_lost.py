"""Every post that should be on the site is on the site, under its own title.

A post can be lost in ways that no message tells: another page, an alias or a list was written to the same file, a file
inside a bundle is no page, the output format is missing, a template is not there. Presscheck looks, after Hugo is done, for
the page of every post that is neither draft nor hidden, and for its title on it.

Follow the note: it names what is there instead.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication, RenderedPage
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every published page whether its file is there, is no redirect, and says its title."""
    for page in publication.site.published:
        if page.address is None or not page.address.endswith("/"):
            continue
        rendered = publication.by_address.get(page.address)
        if rendered and not rendered.redirect and (page.kind != "page" or _says_title(rendered, page.title)):
            continue
        yield Finding(
            message=f"the post is not on the site: nothing is at {page.address}"
            if not rendered
            else f"the post is not on the site: {page.address} is something else",
            path=page.source.path,
            span=_place(page),
            label="this post",
            consequence="readers do not get it, although it is neither a draft nor hidden",
            help="look for a page, an alias or a setting that takes its place",
            notes=(Note(_found(rendered), rendered.name),) if rendered else (),
        )


def _says_title(rendered: RenderedPage, title: str) -> bool:
    wanted = _letters(title)
    return not wanted or any(wanted in _letters(text) for text in (rendered.title, *rendered.headings))


def _letters(text: str) -> str:
    """Letters and digits only: templates may change quotes, dashes and case."""
    return "".join(char for char in html.unescape(text).casefold() if char.isalnum())


def _found(rendered: RenderedPage) -> str:
    if rendered.redirect:
        return f"a redirect to {rendered.redirect} is there"
    return f"a page titled `{rendered.title}` is there" if rendered.title else "a page without a title is there"


def _place(page: Page) -> Span:
    entry = page.front_matter.get("title")
    line = page.source.line_span(0)
    return entry.value.span if entry else Span(0, max(0, line.end - 1))
