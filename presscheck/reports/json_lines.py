"""For programs that read as it comes: one JSON object a line, each as in the report `json`."""

from __future__ import annotations

from collections.abc import Sequence

from presscheck.diagnostics import Diagnostic
from presscheck.reports import SourceAt
from presscheck.reports.json import as_values
from presscheck.text import json_text


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    return "".join(json_text(as_values(each, source_at)) for each in diagnostics)
