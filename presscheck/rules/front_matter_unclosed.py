"""The front matter ends with the fence that it began with.

Without the closing `+++` (or `---`, or `}`) Hugo reads the whole text as keys and stops, naming a place far below the
mistake.

Add the fence behind the last key.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_FENCES = {"toml": "+++", "yaml": "---", "json": "}"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether the closing fence is there."""
    front_matter = page.front_matter
    if front_matter.is_closed:
        return
    fence = _FENCES[front_matter.notation]
    start = front_matter.span.start
    end = front_matter.span.end
    text = page.source.text
    missing = fence + "\n" if text[:end].endswith("\n") or end == start else "\n" + fence + "\n"
    there = page.source.line_span(min(end, max(len(text) - 1, 0)))
    notes = (
        (Note("here the text seems to begin", span=Span(there.start, max(there.start, there.end - 1))),)
        if end < len(text)
        else ()
    )
    yield Finding(
        message="the front matter is never closed",
        span=Span(start, start + (1 if fence == "}" else 3)),
        label=f"no closing `{fence}` below",
        consequence="Hugo reads the text as keys and stops the build",
        help=f"add `{fence}` on a line of its own behind the last key",
        notes=notes,
        fix=Fix(f"add `{fence}`", Applicability.PLACEHOLDER, (Edit(Span(end, end), missing),)),
    )
