"""What is meant for authors only does not reach readers.

On a site that keeps raw HTML, comments are kept as well: `<!-- is this figure right? -->` is in the page that everybody
gets, in the feed, and in search engines' copies. Browsers do not show it, but one look at the page's source does. Hugo says
nothing. (On a site that drops raw HTML, comments are dropped, and this rule is silent.)

Delete the remark, or write it as `[//]: # (is this figure right?)` on a line of its own with a blank line above, which
reaches no page on any site. `<!--more-->` and comments that speak to presscheck are not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_COMMENT = re.compile(r"<!--(?P<remark>.*?)-->", re.DOTALL)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every comment of a page whether its readers get it."""
    text = page.source.text
    if not page.config.keeps_html:
        return
    for html in page.markdown.html:
        if text.find("-->", html.start, html.end) < 0:
            continue
        for comment in _COMMENT.finditer(text, html.start, html.end):
            remark = comment["remark"].strip()
            if remark and remark.lower() != "more" and not remark.startswith("presscheck:"):
                first = " ".join(remark.split())
                yield Finding(
                    message=f"readers get the remark `{first if len(first) < 40 else first[:39] + '…'}`",
                    span=Span(*comment.span()),
                    label="in the source of the page",
                    consequence="whoever looks at the page's source can read it",
                    help="delete it, or write `[//]: # (…)` below a blank line",
                )
