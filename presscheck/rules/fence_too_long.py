"""A coloured code block is no longer than 16 KiB.

To colour code, Hugo wraps every word of it into a tag: a block becomes five to ten times as long, on the page and in the
feed. Some languages are slow besides. 16 KiB of `s{`, over and over, in a block of `perl` keep Hugo busy for twenty seconds,
a `make` block of that kind for minutes, and no time limit of Hugo's stops it. And nobody reads four hundred lines in a post.

Show the lines that matter and link to the file, or write `text` for the language, which is not coloured.

The rule is silent about blocks without a language, where the configuration switches colours off, and on a site that has a
template of its own for code blocks, which may draw the line elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._fences import has_hook, is_known, opening

SEVERITY = Severity.WARNING
PROTECTS = True

_LONGEST = 16_384
_NOT_COLOURED = frozenset(["text", "plain", "plaintext", "no-highlight", "txt"])


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every block how long it is."""
    config = page.config
    for block in page.markdown.code_blocks:
        if block.span.end - block.span.start <= _LONGEST:
            continue
        line = opening(page, block)
        if not line or not is_known(line.language) or line.language.lower() in _NOT_COLOURED:
            continue
        if has_hook(config) or has_hook(config, line.language) or not page.config.is_whole:
            continue
        if page.config.get("markup", "highlight", "codefences", default=True) is False:
            continue
        size = len(page.source.slice(block.span).encode("utf-8", "surrogateescape")) / 1024
        yield Finding(
            message=f"a code block of {size:.0f} KiB",
            span=line.language_span,
            label=f"coloured as `{line.language}`",
            consequence="readers load five to ten times as much for it, and Hugo may need very long to colour it",
            help="show the lines that matter and link to the rest, or write `text`",
        )
