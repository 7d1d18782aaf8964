"""Nothing stands before the front matter.

Hugo looks for `+++` at the very start. After a comment, a heading or a stray character it finds none and prints the
whole front matter as text of the page: no title, no date, and a page with `draft = true` goes online.

Move what stands there below the closing `+++`. Blank lines and a byte order mark do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether text stands before the opening fence."""
    before = page.front_matter.before
    if not before:
        return
    text = page.source.slice(before)
    entry = page.front_matter.get("draft")
    draft = ", although it is a draft" if entry and entry.data is True else ""
    end = page.front_matter.span.end
    moved = (
        f"\n{text.strip()}\n"
        if page.source.text[end:].startswith("\n") or not page.source.text[end:].strip()
        else f"\n{text.strip()}\n\n"
    )
    yield Finding(
        message="text before the front matter",
        span=Span(before.start, before.start + len(text.rstrip())),
        label="Hugo expects `+++` here",
        consequence=f"Hugo prints the front matter as text and publishes the page without title and date{draft}",
        help="move it below the closing `+++`",
        fix=Fix(
            "move it below the front matter", Applicability.UNSAFE, (Edit(before, ""), Edit(Span(end, end), moved))
        ),
    )
