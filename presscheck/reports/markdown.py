"""For a comment on a pull request: a summary, and a table of what was found, errors first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presscheck.diagnostics import Diagnostic, Severity
from presscheck.reports import SourceAt
from presscheck.reports.full import totals
from presscheck.reports.terminal import visible

_LONGEST = 60_000
"""Characters; GitHub takes 65,536 in a comment."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@])")
_CODE = re.compile(r"(`[^`]+`)")
_SIGNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report; what does not fit into a comment is counted."""
    if not diagnostics:
        return "**presscheck** found nothing.\n"
    ordered = sorted(diagnostics, key=lambda each: list(Severity).index(each.severity))
    text = f"**presscheck**: {_escaped(totals(diagnostics).partition(';')[0].strip())}\n\n"
    text += "| | where | what | what to do |\n|---|---|---|---|\n"
    for at, each in enumerate(ordered):
        row = _row(each)
        if len(text) + len(row) > _LONGEST:
            return text + f"\n… and {len(ordered) - at} more.\n"
        text += row
    return text


def _row(each: Diagnostic) -> str:
    what = f"{_escaped(each.message)}" + (f" ({_escaped(each.consequence)})" if each.consequence else "")
    place = f"{each.path}:{each.start.line}:{each.start.column}"
    return f"| {_SIGNS[each.severity]} | {_escaped(place)} | {what} — {_escaped(each.rule)} | {_escaped(each.help)} |\n"


def _escaped(text: str) -> str:
    """`text` as text: what stands in backquotes as code; else no markup, no mention of a person, no reference to an issue."""
    parts = _CODE.split(" ".join(visible(text).split()))
    return "".join(part.replace("|", "\\|") if at % 2 else _SPECIAL.sub(r"\\\1", part) for at, part in enumerate(parts))
