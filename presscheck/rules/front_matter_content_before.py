"""Nothing stands before the front matter.

Hugo looks for `+++` (or `---`) at the very start. After a comment, a heading or a stray character it finds none and
prints the whole front matter as text of the page: no title, no date, and a page with `draft = true` goes online.

Move what stands there below the closing fence, or remove it. Blank lines and a byte order mark do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether text stands before the opening fence."""
    before = page.front_matter.before
    if not before:
        return
    front_matter = page.front_matter
    text = page.source.slice(before)
    fence = page.source.text[before.end : before.end + 3]
    entry = front_matter.get("draft")
    draft = ", although it is a draft" if entry and entry.data is True else ""
    if "\n" in text:
        end = front_matter.span.end
        separator = (
            "" if page.source.text[end:].startswith(("\n", "\r\n")) or not page.source.text[end:].strip() else "\n"
        )
        moved = Edit(Span(end, end), f"\n{text.strip()}\n{separator}")
        help_ = f"move it below the closing `{fence}`"
        fix = Fix(help_, Applicability.UNSAFE, (Edit(before, ""), moved))
    else:
        help_ = f"begin the file with `{fence}`"
        fix = Fix("remove it", Applicability.UNSAFE, (Edit(before, ""),))
    yield Finding(
        message="text before the front matter",
        span=Span(before.start, before.start + len(text.rstrip())),
        label=f"Hugo expects `{fence}` here",
        consequence=f"Hugo prints the front matter as text and publishes the page without title and date{draft}",
        help=help_,
        fix=fix,
    )
