"""The word behind a code fence is a language, not a path or a sentence.

Hugo takes the first word behind the fence for a language, and when it knows none of that name it compares the word with the
file names of every language it knows. That takes longer with every character: a word of a thousand characters costs a
second for each block, one of sixteen thousand about twenty. The page gets it as `class="language-…"`, where no
stylesheet expects it.

Write the language alone, at most 32 characters, and put what else readers should know into the sentence above, or into
`{title="…"}` if the templates show that.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._fences import LANGUAGES, LONGEST_LANGUAGE, opening
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every fence how long the name of its language is."""
    for block in page.markdown.code_blocks:
        if len(block.info) <= LONGEST_LANGUAGE:
            continue
        line = opening(page, block)
        if not line or len(line.language) <= LONGEST_LANGUAGE:
            continue
        start = line.language_span.start
        language = line.language.partition(":")[0].lower()
        span = Span(start + len(language), line.language_span.end)
        yield Finding(
            message=f"a language of {len(line.language)} characters",
            span=line.language_span,
            label=f"at most {LONGEST_LANGUAGE}",
            consequence="the page carries it as a class, and Hugo takes longer to look for it with every character",
            help="write the language alone",
            fix=Fix(f"write `{language}`", Applicability.UNSAFE, (Edit(span, ""),)) if language in LANGUAGES else None,
        )
