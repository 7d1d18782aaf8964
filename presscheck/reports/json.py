"""For programs: one object whose `diagnostics` hold everything, lines and columns from one, columns in characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from presscheck import __version__
from presscheck.diagnostics import Diagnostic, Fix, Note
from presscheck.reports import SourceAt
from presscheck.text import Position, Source, Span, json_text


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report. Bytes that are not UTF-8 appear as U+FFFD."""
    whole = {
        "version": 1,
        "tool": {"name": "presscheck", "version": __version__},
        "diagnostics": [as_values(each, source_at) for each in diagnostics],
    }
    return json_text(whole, 2)


def as_values(each: Diagnostic, source_at: SourceAt) -> dict[str, Any]:
    """A diagnostic as JSON has it."""
    source = source_at(each.path)
    return {
        "rule": each.rule,
        "severity": each.severity.value,
        "path": each.path,
        "start": _position(each.start),
        "end": _position(each.end),
        "message": each.message,
        "label": each.label,
        "consequence": each.consequence,
        "help": each.help,
        "notes": [_note(note, each.path, source_at) for note in each.notes],
        "fix": _fix(each.fix, source) if each.fix else None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _note(note: Note, path: str, source_at: SourceAt) -> dict[str, Any]:
    source = source_at(note.path or path)
    place = _range(note.span, source) if note.span is not None and source is not None else {"start": None, "end": None}
    return {"message": note.message, "path": note.path or (path if note.span is not None else None), **place}


def _fix(fix: Fix, source: Source | None) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**_range(edit.span, source), "text": edit.text} for edit in fix.edits] if source else [],
        "moves": [{"path": move.path, "to": move.to} for move in fix.moves],
        "rewrites": [{"path": each.path, "how": each.how} for each in fix.rewrites],
    }


def _range(span: Span, source: Source | None) -> dict[str, Any]:
    if source is None:
        return {"start": None, "end": None}
    at: Callable[[int], Position] = source.position
    return {"start": _position(at(span.start)), "end": _position(at(span.end))}
