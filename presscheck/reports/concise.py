"""One line a diagnostic, for people who know the rules and for editors: `path:line:column: severity[rule] message`."""

from __future__ import annotations

from collections.abc import Sequence

from presscheck.diagnostics import Diagnostic
from presscheck.reports import SourceAt
from presscheck.reports.terminal import visible


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    lines = []
    for each in diagnostics:
        fixable = " [*]" if each.fix and each.fix.applicability.value == "safe" else ""
        place = f"{each.path}:{each.start.line}:{each.start.column}"
        lines.append(visible(f"{place}: {each.severity.value}[{each.rule}]{fixable} {each.message}") + "\n")
    return "".join(lines)
