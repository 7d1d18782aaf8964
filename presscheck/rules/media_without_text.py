"""Every film, sound and embedded page has a name.

A screen reader announces `<iframe>`, `<video>` and `<audio>` by their name. Without one, those who listen to the page hear
"frame" or "video", or the address of the file letter by letter, and cannot know whether to go in.

Say in a `title` or an `aria-label` what it shows: `<video src="queue.mp4" controls title="The queue grows">`. Captions and
a transcript help those who cannot hear.

Only raw HTML in posts is asked, and only where the site lets it through (`markup.goldmark.renderer.unsafe`); otherwise
Hugo drops it. What is hidden from screen readers (`aria-hidden="true"`) is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_TAG = re.compile(r"<(iframe|video|audio)\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'){0,3000})>", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|\s)(?:title|aria-label|aria-labelledby)\s*=\s*(?:\"\s*[^\s\"]|'\s*[^\s']|[^\s\"'>])|\saria-hidden\s*=\s*[\"']?true",
    re.IGNORECASE,
)
_WHAT = {"iframe": "embedded page", "video": "film", "audio": "sound"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every such tag in raw HTML whether it has a name."""
    if not page.config.keeps_html or not page.markdown.html:
        return
    text = page.source.text
    for block in page.markdown.html:
        if text.startswith("<!--", block.start):
            continue
        for tag in _TAG.finditer(text, block.start, block.end):
            if not _NAMED.search(tag[2]):
                yield _finding(tag)


def _finding(tag: re.Match[str]) -> Finding:
    what = _WHAT[tag[1].lower()]
    at = tag.end(1)
    return Finding(
        message=f"this {what} has no name",
        span=Span(*tag.span()),
        label="neither `title` nor `aria-label`",
        consequence="readers who listen to the page do not learn what it is",
        help='say in a phrase what it shows, in `title="…"`',
        fix=Fix("name it", Applicability.PLACEHOLDER, (Edit(Span(at, at), ' title="…"'),)),
    )
