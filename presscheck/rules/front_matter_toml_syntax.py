"""The front matter is TOML from its first line to its last.

Hugo stops the whole site at the first mistake in the first file, counts the column in bytes, and after you have mended
that one names the next. Presscheck names them all: typographic quotes, `True` for `true`, text without quotes, a comma
that is missing, a backslash that means nothing, `key: value` where TOML writes `key = value`.

Front matter in YAML or JSON is read as well, and its first mistake reported here.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Page

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Repeat what stood in the way of reading."""
    for problem in page.front_matter.document.problems:
        if problem.kind == "syntax":
            yield Finding(
                message=problem.message,
                span=problem.span,
                label=problem.label,
                consequence="Hugo cannot read the front matter and stops the build of the whole site",
                help=problem.help,
                fix=problem.fix,
            )
