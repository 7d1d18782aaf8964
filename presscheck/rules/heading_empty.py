"""Every heading says something.

A line of nothing but `#` is a heading without words. Hugo prints it, and says nothing: an empty line in large type, and,
for readers who listen to the page and go from heading to heading, a heading called nothing. A comment in it, or an anchor
such as `<a name="setup"></a>`, makes no words.

Write the words, or delete the line. An anchor needs no heading of its own: `## Setup {#setup}`.

A heading that is a picture is no business of this rule; the picture needs alternative text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING

_SILENT = re.compile(r"<!--.*?-->|</?(?:a|span)\b[^<>]*>|\{[^{}]*\}\s*$", re.DOTALL)
_LONGEST = 1_000
"""A longer line has words, if only an address."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every heading without text whether something else is in it."""
    for heading in page.markdown.headings:
        if heading.text or heading.span.end - heading.span.start > _LONGEST:
            continue
        written = page.source.slice(heading.span)
        if "!" in written.replace("<!", "") or html.unescape(_SILENT.sub("", written)).strip("# \t\r\n\xa0"):
            continue
        yield Finding(
            message="this heading has no words",
            span=heading.span,
            label="",
            consequence="readers see a gap, and those who listen to the page hear of a heading without a name",
            help="write what the part below is about, or delete the line",
            fix=Fix("delete it", Applicability.UNSAFE, (Edit(heading.span, ""),)),
        )
