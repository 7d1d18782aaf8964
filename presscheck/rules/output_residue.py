"""No page shows what only a template or a parser should see.

`ZgotmplZ` where Go's templates refused a value, `<nil>` where a template printed nothing, `hahahugoshortcode` where a
shortcode was not put back, `0001-01-01` where a page has no date, `<!-- raw HTML omitted -->` where Hugo left out what the
author wrote: Hugo builds such pages with success, and readers see them.

Mend the post or the template that the message names. Code, where such words may stand on purpose, is not asked, and
neither is a word that the post's author wrote.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.publication import RESIDUES, Publication
from presscheck.text import Span

SEVERITY = Severity.ERROR

_OMITTED = "<!-- raw HTML omitted -->"


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every rendered page whether such a word stands outside code."""
    for page in publication.pages:
        source = publication.source_of(page)
        omitted = iter(_left_out(source) if source else ())
        for word, offset in page.facts.residues:
            written = next(omitted, None) if word == _OMITTED else None
            if not written and _is_meant(publication, source, word):
                continue
            if source and written:
                yield Finding(
                    message=f"Hugo leaves out the raw HTML `{_short(source.source.slice(written))}`",
                    path=source.file,
                    span=written,
                    label="not on the page",
                    consequence="readers do not get what stands here",
                    help="write it in Markdown, or put code between backticks",
                    notes=(Note("the page that lacks it", page.name),),
                )
                continue
            yield Finding(
                message=f"`{word}` is on the page",
                path=page.name,
                span=Span(offset, offset + len(word)),
                label=RESIDUES[word],
                consequence="readers do not get what stood there" if word == _OMITTED else "readers see it",
                help="mend the template, or the post, that made it",
                notes=(Note("the page is made from this file", source.file),) if source else (),
            )


def _left_out(source: Page) -> Iterator[Span]:
    """The raw HTML that Hugo marks when it leaves it out: all but comments."""
    for span in source.markdown.html:
        written = source.source.slice(span).rstrip()
        if not written.lstrip().startswith("<!--"):
            yield Span(span.start, span.start + len(written))


def _is_meant(publication: Publication, source: Page | None, word: str) -> bool:
    """Whether the author wrote the word, as in a post about Go: in the page's own file, for a list in any of the posts."""
    wanted = html.unescape(word)
    return any(wanted in _without_code(page) for page in ((source,) if source else publication.site.published))


def _without_code(page: Page) -> str:
    parts, at = [], 0
    for span in sorted(page.markdown.code):
        parts.append(page.source.text[at : span.start])
        at = max(at, span.end)
    return html.unescape("".join([*parts, page.source.text[at:]]))


def _short(written: str) -> str:
    line = written.strip().partition("\n")[0]
    return line if len(line) < 40 else line[:39] + "…"
