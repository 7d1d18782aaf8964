"""A suppression keeps something from being reported.

When the mistake is mended and the comment stays, it hides the next mistake of the same kind, which nobody has looked at. A
comment at the wrong place hides nothing, and its author believes that it does.

Remove the comment, or the name of the rule that finds nothing there. A rule that looks at the rendered pages only, or that
is off, is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.suppressions import VERBS, Suppression, Use

SEVERITY = Severity.WARNING


def check_suppression(suppression: Suppression, use: Use) -> Iterator[Finding]:
    """Ask of every suppression whether it is of use."""
    for name, span in use.unused if _is_in_force(suppression, use) else ():
        yield Finding(
            message=f"`{name}` finds nothing here",
            span=span,
            label="nothing is kept from being reported",
            consequence="the next mistake of this kind at this place would go unnoticed",
            help="remove the comment" if len(suppression.rules) == 1 else f"remove `{name}` from the list",
            fix=Fix("remove the comment", Applicability.SAFE, (Edit(suppression.span, ""),))
            if len(suppression.rules) == 1
            else None,
        )


def _is_in_force(suppression: Suppression, use: Use) -> bool:
    is_over = suppression.until and (not suppression.last_day or suppression.last_day < use.today)
    return bool(suppression.reason) and suppression.verb in VERBS - {"on"} and not is_over
