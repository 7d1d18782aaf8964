"""No page shows what only a template or a parser should see.

`ZgotmplZ` where Go's templates refused a value, `<nil>` where a template printed nothing, `hahahugoshortcode` where a
shortcode was not put back, `0001-01-01` where a page has no date, `<!-- raw HTML omitted -->` where Hugo left out what the
author wrote: Hugo builds such pages with success, and readers see them.

Mend the post or the template that the message names. Code, where such words may stand on purpose, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import RESIDUES, Publication
from presscheck.text import Span

SEVERITY = Severity.ERROR

_OMITTED = "<!-- raw HTML omitted -->"


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every rendered page whether such a word stands outside code."""
    for page in publication.pages:
        source = publication.source_of(page)
        omitted = iter(source.markdown.html if source else ())
        for residue in page.residues:
            written = next(omitted, None) if residue.text == _OMITTED else None
            if source and written:
                yield Finding(
                    message=f"Hugo leaves out the raw HTML `{_short(source.source.slice(written))}`",
                    path=source.source.path,
                    span=written,
                    label="not on the page",
                    consequence="readers do not get what stands here",
                    help="write it in Markdown, or put code between backticks",
                    notes=(Note("the page that lacks it", page.name),),
                )
                continue
            yield Finding(
                message=f"`{residue.text}` is on the page",
                path=page.name,
                span=Span(residue.offset, residue.offset + len(residue.text)),
                label=RESIDUES[residue.text],
                consequence="readers see it",
                help="mend the template, or the post, that made it",
                notes=(Note("the page is made from this file", source.source.path),) if source else (),
            )


def _short(html: str) -> str:
    line = html.strip().partition("\n")[0]
    return line if len(line) < 40 else line[:39] + "…"
