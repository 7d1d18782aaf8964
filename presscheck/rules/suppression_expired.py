"""A suppression that was to end has not ended yet.

With `until=2027-01-31` an author promised to look again. The day has passed, and what the comment kept from being reported
is reported again; the comment itself does nothing any more.

Mend what it was about and remove the comment, or give it a later day. A day that does not exist counts as passed.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.suppressions import VERBS, Suppression, Use

SEVERITY = Severity.WARNING


def check_suppression(suppression: Suppression, use: Use) -> Iterator[Finding]:
    """Ask of every suppression whether its last day has passed."""
    if not suppression.until or suppression.verb not in VERBS - {"on"}:
        return
    last = suppression.last_day
    if last and last >= use.today:
        return
    yield Finding(
        message=f"this suppression ended on {last.isoformat()}" if last else f"`{suppression.until}` is no day",
        span=suppression.span,
        label="" if last else "expected a day such as `until=2027-01-31`",
        consequence="what it was about is reported again",
        help="mend what it was about and remove it, or give it a later day",
        fix=Fix("remove the comment", Applicability.UNSAFE, (Edit(suppression.span, ""),)),
    )
