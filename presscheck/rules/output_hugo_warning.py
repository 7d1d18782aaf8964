"""Hugo builds the site without a warning.

A warning of Hugo's is printed once in the middle of a build, exits with success and is gone: two pages with one
address, raw HTML that was left out, a key that the next version will refuse. Each is something that a reader or the
next upgrade suffers from.

Mend what the message names.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication

SEVERITY = Severity.WARNING


def check_output(publication: Publication) -> Iterator[Finding]:
    """Repeat Hugo's warnings."""
    for message in publication.messages:
        if message.severity == "WARN":
            path, span = publication.place_of(message)
            is_elsewhere = message.line and not span.end
            yield Finding(
                message=f"Hugo warns: {message.text.rstrip('.')}",
                path=path,
                span=span,
                consequence="the site is built as if nothing had happened",
                help="mend what the message names",
                notes=(Note(f"in line {message.line}, column {message.column}"),) if is_elsewhere else (),
            )
