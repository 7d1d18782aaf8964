"""The line that ends a post's summary is spelt as Hugo knows it, and stands outside code.

Lists and feeds show the beginning of a post. Its author ends it with `<!--more-->`, in small letters and without spaces;
Hugo takes `<!-- more -->`, `<!--MORE-->` and `<!---more--->` for remarks, drops them without a word and takes as many
paragraphs as make seventy words. A short post is then shown whole in every list.

The first `<!--more-->` counts wherever it stands, in code too: Hugo cuts the text in two there, before it looks for code.
A code span falls apart into a lone backtick before and after, a code block loses the line.

Write `<!--more-->`. A post that shows it as code needs a `<!--more-->` of its own further up: only the first one counts.
For the same reason, a wrong spelling is not asked about in a post that has the right one, and neither is one in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span, span_at

SEVERITY = Severity.ERROR

_DIVIDER = "<!--more-->"
_MISSPELLED = re.compile(r"<![-–—]{1,4}[ \t\r\n]{0,9}(?:read[ \t-]?)?more[ \t\r\n]{0,9}[-–—]{1,4}>", re.IGNORECASE)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the first divider whether it is one, and of whatever looks like one in a post without."""
    text = page.source.text
    if "!" not in page.source.behind("<"):
        return
    at = text.find(_DIVIDER, page.front_matter.span.end)
    if at >= 0:
        if span_at(page.markdown.html, at):
            return
        if span_at(page.markdown.code, at):
            yield Finding(
                message=f"Hugo ends the summary at this `{_DIVIDER}`, although it is code",
                span=Span(at, at + len(_DIVIDER)),
                label="not on the page",
                consequence="readers do not see it in the code, and lists show the post up to here",
                help=f"write `{_DIVIDER}` on a line of its own further up, where the summary is to end",
            )
        return
    for found in _MISSPELLED.finditer(text, page.front_matter.span.end):
        span = Span(*found.span())
        if span_at(page.markdown.code, span.start):
            continue
        yield Finding(
            message=f"`{' '.join(found[0].split())}` does not end the summary",
            span=span,
            label=f"Hugo knows only `{_DIVIDER}`",
            consequence="lists and feeds show more of the post than its author meant",
            help=f"write `{_DIVIDER}`",
            fix=Fix(f"write `{_DIVIDER}`", Applicability.SAFE, (Edit(span, _DIVIDER),)),
        )
        return
