"""For GitLab: its code quality report."""

from __future__ import annotations

from collections.abc import Sequence

from presscheck.diagnostics import Diagnostic, Severity
from presscheck.identity import fingerprints
from presscheck.reports import SourceAt
from presscheck.text import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    entries = [
        {
            "description": f"{each.message}; {each.help}" if each.help else each.message,
            "check_name": each.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[each.severity],
            "location": {"path": each.path, "lines": {"begin": each.start.line, "end": each.end.line}},
        }
        for each, fingerprint in zip(diagnostics, fingerprints(diagnostics, source_at), strict=True)
    ]
    return json_text(entries, 2)
