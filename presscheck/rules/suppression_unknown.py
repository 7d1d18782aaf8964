"""A suppression names a rule that exists.

`<!-- presscheck: ignore[link-brokn] … -->` keeps nothing from being reported: no rule has this name. The same holds for a
word other than `ignore`, `ignore-line`, `ignore-file`, `off` and `on`, and for a comment that names no rule at all, which
would hide everything and is not honoured.

Write the name as the report shows it, in brackets: `error[link-broken]`. `presscheck rules` lists all names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import STYLE, Applicability, Edit, Finding, Fix, Severity
from presscheck.suppressions import VERBS, Suppression, Use

SEVERITY = Severity.ERROR


def check_suppression(suppression: Suppression, use: Use) -> Iterator[Finding]:
    """Ask of every suppression whether its rules exist."""
    if suppression.verb not in VERBS:
        yield Finding(
            message=f"`presscheck: {suppression.verb}` means nothing",
            span=suppression.span,
            label="expected `ignore`, `ignore-line`, `ignore-file`, `off` or `on`",
            consequence="nothing is kept from being reported",
            help="write `presscheck: ignore[rule] reason`",
        )
    elif not suppression.rules and suppression.verb != "on":
        yield Finding(
            message="this suppression names no rule",
            span=suppression.span,
            label="a comment for all rules at once is not honoured",
            consequence="nothing is kept from being reported",
            help="name the rule in brackets: `presscheck: ignore[rule] reason`",
        )
    for name, span in suppression.rules:
        if name not in use.known and not name.startswith(STYLE):
            close = difflib.get_close_matches(name, sorted(use.known), 1)
            yield Finding(
                message=f"there is no rule `{name}`",
                span=span,
                label=f"did you mean `{close[0]}`?" if close else "",
                consequence="nothing is kept from being reported",
                help=f"write `{close[0]}`" if close else "`presscheck rules` lists the names",
                fix=Fix(f"write `{close[0]}`", Applicability.UNSAFE, (Edit(span, close[0]),)) if close else None,
            )
