"""Hugo builds the site without a warning.

A warning of Hugo's is printed once in the middle of a build, exits with success and is gone: two pages with one
address, raw HTML that was left out, a key that the next version will refuse. Each is something that a reader or the
next upgrade suffers from.

Mend what the message names.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.publication import Publication
from presscheck.rules._engine import repeated

SEVERITY = Severity.WARNING


def check_output(publication: Publication) -> Iterator[Finding]:
    """Repeat Hugo's warnings."""
    yield from repeated(publication, "WARN", "Hugo warns", "the site is built as if nothing had happened")
