"""For reviewdog: its diagnostic format. Columns count bytes of UTF-8, as it wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presscheck.diagnostics import Applicability, Diagnostic, Severity
from presscheck.reports import SourceAt
from presscheck.text import Position, Source, json_text

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    entries = [_entry(each, source_at(each.path)) for each in diagnostics]
    return json_text({"source": {"name": "presscheck"}, "diagnostics": entries}, 2)


def _entry(each: Diagnostic, source: Source | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": f"{each.message}\n{each.consequence}" if each.consequence else each.message,
        "location": {"path": each.path, "range": _range(each.start, each.end, source)},
        "severity": _SEVERITIES[each.severity],
        "code": {"value": each.rule},
    }
    if each.fix and source and each.fix.edits and each.fix.applicability is not Applicability.PLACEHOLDER:
        found["suggestions"] = [
            {
                "range": _range(source.position(edit.span.start), source.position(edit.span.end), source),
                "text": edit.text.encode("utf-8", "replace").decode(),
            }
            for edit in each.fix.edits
        ]
    return found


def _range(start: Position, end: Position, source: Source | None) -> dict[str, Any]:
    return {"start": _place(start, source), "end": _place(end, source)}


def _place(position: Position, source: Source | None) -> dict[str, int]:
    line = source.line(position.line) if source and position.line <= len(source.line_starts) else ""
    before = line[: position.column - 1].encode("utf-8", "surrogateescape")
    return {"line": position.line, "column": len(before) + 1 if line else position.column}
