"""A date in TOML stands without quotes.

Hugo reads `date = "2026-01-31T09:00:00Z"` all the same, so nothing is broken today. But a text is checked by nobody until
Hugo tries to read it: `"2026-13-01"` stops the build without naming the line, where the bare date is refused by every
TOML reader and editor at once.

Remove the quotes: `presscheck fix --rule date-as-string`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.INFO

_TOML_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date in TOML whether it is a text that could be a date."""
    if page.front_matter.notation != "toml":
        return
    for _, entry in page.date_entries:
        if not isinstance(entry.data, str) or not _TOML_DATE.fullmatch(entry.data):
            continue
        if not as_instant(entry.data, UTC):
            continue  # no such day; without quotes nobody could read the file
        span = entry.value.span
        yield Finding(
            message=f"`{entry.name}` is a text, not a date",
            span=span,
            label="TOML has dates of its own",
            help=f"write `{entry.data}` without quotes",
            fix=Fix("remove the quotes", Applicability.SAFE, (Edit(span, entry.data),)),
        )
