"""A page has something to say.

A page of a few words disappoints the reader who followed a link to it, and search engines rank a site lower that has many
such pages. Hugo publishes a sentence as readily as an essay.

Write more, or join the page with another one. How short a page may be is the site's choice, so the rule is off unless it is
asked for; this is what it takes for right otherwise:

```toml
[params.presscheck.rules.page-thin]
severity = "info"
words = 100
```

Lists, drafts, and pages with a picture, code, HTML or a shortcode in them are silent: not only words say something. Of
Chinese and Japanese, two signs count as a word. A page without any text is the matter of `page-empty`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._words import SIGN
from presscheck.text import Span

SEVERITY = Severity.INFO
IS_ON = False

_WORD = re.compile(r"\w+")
_LONG = 12
"""A text of so many characters for each word that is wanted is long enough without counting."""


@dataclass(frozen=True)
class Options:
    """What may be set."""

    words: int = 100
    """How many words a page has at least."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Count the words of every short page."""
    start = page.front_matter.span.end
    text = page.source.text
    if len(text) - start > _LONG * options.words or page.kind != "page" or page.is_draft:
        return
    markdown = page.markdown
    if page.shortcodes or markdown.code or markdown.html or any(link.is_image for link in markdown.links):
        return
    prose = page.prose[start:]
    signs = len(SIGN.findall(prose))
    words = len(_WORD.findall(SIGN.sub(" ", prose))) + signs // 2
    if words >= options.words:
        return
    body = text[start:].strip()
    if not body:
        return
    at = text.find(body, start)
    line = page.source.line_span(at)
    yield Finding(
        message=f"the page has {words} word{'s' * (words != 1)}, fewer than {options.words}",
        span=Span(at, at + len(text[at : line.end].rstrip())),
        consequence="readers who follow a link to it find little more than the title",
        help="write more, or join it with another page",
    )
