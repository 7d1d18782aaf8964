"""Every key of the front matter is set once.

TOML and YAML forbid setting a key twice or beginning a table twice, and Hugo stops the whole site when that happens.
Which of the two values the author means only the author knows.

Keep one of the two; put the keys of two tables with one name under one heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for keys that are set again."""
    for problem in page.front_matter.document.problems:
        if problem.kind == "duplicate":
            is_table = page.source.slice(problem.span).startswith("[")
            yield Finding(
                message=problem.message.replace("is set twice", "begins twice") if is_table else problem.message,
                span=problem.span,
                label=problem.label,
                consequence="Hugo cannot read the front matter and stops the build of the whole site",
                help="put the keys of both under the first" if is_table else problem.help,
                notes=(Note("first set here", span=problem.first),) if problem.first else (),
            )
