"""What the rules that repeat Hugo's messages have in common."""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note
from presscheck.publication import Publication


def repeated(publication: Publication, severity: str, said: str, consequence: str) -> Iterator[Finding]:
    """A finding for each of Hugo's messages of that severity, `ERROR` or `WARN`."""
    for message in publication.messages:
        if message.severity == severity:
            path, span = publication.place_of(message)
            is_elsewhere = message.line and not span.end
            yield Finding(
                message=f"{said}: {message.text.rstrip('.')}",
                path=path,
                span=span,
                consequence=consequence,
                help="mend what the message names",
                notes=(Note(f"in line {message.line}, column {message.column}"),) if is_elsewhere else (),
            )
