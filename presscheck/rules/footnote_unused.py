"""The text refers to every footnote, and every footnote has a label of its own.

Hugo prints a footnote only where a `[^label]` in the text leads to it. The words of a footnote that nothing refers to are
gone from the page, and so are those of a second footnote with the same label; Hugo says nothing. The lines that follow
a footnote's line without a blank line between belong to the footnote and are lost with it.

Put `[^label]` where the remark belongs, give the second footnote another label, or delete what nobody needs.

A page with `{{% … %}}` is not asked, as such a shortcode may bring the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.markdown import Footnote
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every footnote whether a reference leads to it."""
    markdown = page.markdown
    notes = markdown.footnotes
    if not notes:
        return
    labels = {note.label for note in notes}
    wanted = {reference.label for reference in markdown.footnote_references}
    if (len(labels) == len(notes) and labels <= wanted) or "{{%" in page.source.text:
        return
    first: dict[str, Footnote] = {}
    for note in sorted(notes, key=_start):
        earlier = first.setdefault(note.label, note)
        span = Span(note.span.start, note.span.start + len(note.label) + len("[^]:"))
        if earlier is not note:
            yield Finding(
                message=f"there is another footnote `{note.label}` above",
                span=span,
                label="Hugo prints only the first",
                consequence=f"readers never see {_words(page, note)}",
                help="give it another label, and refer to that",
                notes=(
                    Note(
                        "this one is printed",
                        span=earlier.span._replace(end=earlier.span.start + span.end - span.start),
                    ),
                ),
            )
        elif note.label not in wanted:
            yield Finding(
                message=f"nothing refers to the footnote `{note.label}`",
                span=span,
                label="",
                consequence=f"readers never see {_words(page, note)}",
                help=f"put `[^{note.label}]` where the remark belongs, or delete the footnote",
            )


def _start(note: Footnote) -> int:
    return note.span.start


def _words(page: Page, note: Footnote) -> str:
    """The beginning of what is lost."""
    written = page.source.slice(note.span).partition(":")[2].split()
    return f"`{' '.join(written[:5])}{' …' if len(written) > 5 else ''}`" if written else "it"
