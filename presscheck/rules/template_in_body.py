"""No post holds what only a template understands.

`{{ .Title }}`, `{{ if … }}` and `{{ site.Params.author }}` work in the files below `layouts`. In a post Hugo does not run
them: readers see the braces and what is in them. So do they see a `{{ page.title }}` that came with the post from Jekyll.
Hugo says nothing.

Write the text itself. What has to be computed belongs into a shortcode, which is a small template with a name, and the post
calls it: `{{< name >}}`. To show such a line, put it between backticks: code is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_ACTION = re.compile(
    r"\{\{-?[ \t]*(?:[.$][A-Za-z]"
    r"|/\*"
    r"|(?:if|else|end|with|range|define|block|template|partial|partialCached|printf|now|i18n|T|hugo|content|markdownify"
    r"|safeHTML|absURL|relURL|dateFormat|index|replace|site|page|include)\b)"
    r"[^{}\r\n]{0,300}\}\}"
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every pair of double braces in a page's prose whether it is meant for a template."""
    if "{" not in page.source.text or "{{" not in page.source.text:
        return
    for found in _ACTION.finditer(page.prose):
        written = found[0]
        yield Finding(
            message=f"`{written if len(written) < 50 else written[:49] + '…'}` does nothing in a post",
            span=Span(*found.span()),
            label="Hugo runs this in templates only",
            consequence="readers see the braces and what is in them",
            help="write the text itself, or put this into a shortcode and call that",
        )
