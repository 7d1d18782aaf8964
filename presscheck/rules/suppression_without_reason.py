"""A suppression says why.

Whoever comes across `ignore[link-broken]` a year later has to know whether it may go. Without a reason nobody dares to remove
it, and everybody copies it, so presscheck does not honour such a comment: what it would hide is reported all the same.

Write the reason behind the bracket: `<!-- presscheck: ignore[link-broken] the partner's page opens in May -->`. `until=2027-05-31`
in front of the reason lets it end by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.suppressions import VERBS, Suppression, Use
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_suppression(suppression: Suppression, _use: Use) -> Iterator[Finding]:
    """Ask of every suppression whether it has a reason."""
    if suppression.rules and not suppression.reason and suppression.verb in VERBS - {"on"}:
        at = suppression.rules[-1][1].end + 1
        yield Finding(
            message="this suppression does not say why",
            span=suppression.span,
            label="nothing stands behind the bracket",
            consequence="it is not honoured",
            help="write the reason behind the bracket",
            fix=Fix("say why", Applicability.PLACEHOLDER, (Edit(Span(at, at), " …"),)),
        )
