"""What a run remembers for the next: one file, replaced whole, thrown away when in doubt.

A file begins with a digest of the rest, so that a crash while writing, a full disk or two runs at once leave a file that
is either right or ignored. What is remembered belongs to a key, made of everything that it depends on besides the
posts: the versions of presscheck, Python and Hugo, the rules' code, the settings.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import tempfile
from pathlib import Path
from typing import Any

from presscheck.diagnostics import Applicability, Diagnostic, Edit, Finding, Fix, Move, Note, Rewrite, Severity
from presscheck.text import Position, Span

_DIGEST = 16


def digest(*parts: bytes | memoryview) -> bytes:
    """A short digest of `parts`, each told apart from the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.digest()[:_DIGEST]


def load(path: Path, key: bytes) -> Any:
    """What was stored in `path` under `key`; None when there is nothing, or nothing that can be trusted."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    if data[:_DIGEST] != digest(data[_DIGEST:]):
        return None
    try:
        stored_key, value = marshal.loads(data[_DIGEST:])  # noqa: S302 - it holds values, never code
    except (EOFError, ValueError, TypeError):
        return None
    return value if stored_key == key else None


def store(path: Path, key: bytes, value: Any) -> None:
    """Remember `value` in `path` under `key`; a folder that cannot be written to remembers nothing."""
    body = marshal.dumps((key, value))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest(body))
                file.write(body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


# Findings and diagnostics as `marshal` takes them


def packed_finding(finding: Finding) -> tuple[Any, ...]:
    """A finding as plain values."""
    return (
        finding.message,
        _span(finding.span),
        finding.path,
        finding.label,
        finding.consequence,
        finding.help,
        _notes(finding.notes),
        _fix(finding.fix),
    )


def finding_of(packed: tuple[Any, ...]) -> Finding:
    """The finding that was packed."""
    message, span, path, label, consequence, help_, notes, fix = packed
    return Finding(
        message=message,
        span=Span(*span),
        path=path,
        label=label,
        consequence=consequence,
        help=help_,
        notes=_unpacked_notes(notes),
        fix=_unpacked_fix(fix),
    )


def packed_diagnostic(each: Diagnostic) -> tuple[Any, ...]:
    """A diagnostic as plain values."""
    return (
        each.rule,
        each.severity.value,
        each.path,
        _span(each.span),
        (each.start.line, each.start.column),
        (each.end.line, each.end.column),
        each.message,
        each.label,
        each.consequence,
        each.help,
        _notes(each.notes),
        _fix(each.fix),
    )


def diagnostic_of(packed: tuple[Any, ...]) -> Diagnostic:
    """The diagnostic that was packed."""
    rule, severity, path, span, start, end, message, label, consequence, help_, notes, fix = packed
    return Diagnostic(
        rule=rule,
        severity=Severity(severity),
        path=path,
        span=Span(*span),
        start=Position(*start),
        end=Position(*end),
        message=message,
        label=label,
        consequence=consequence,
        help=help_,
        notes=_unpacked_notes(notes),
        fix=_unpacked_fix(fix),
    )


def _span(span: Span) -> tuple[int, int]:
    return (span.start, span.end)


def _notes(notes: tuple[Note, ...]) -> tuple[Any, ...]:
    return tuple((note.message, note.path, _span(note.span) if note.span else None) for note in notes)


def _unpacked_notes(notes: tuple[Any, ...]) -> tuple[Note, ...]:
    return tuple(Note(message, path, Span(*span) if span else None) for message, path, span in notes)


def _fix(fix: Fix | None) -> tuple[Any, ...] | None:
    if fix is None:
        return None
    edits = tuple((_span(edit.span), edit.text) for edit in fix.edits)
    moves = tuple((move.path, move.to) for move in fix.moves)
    return (fix.title, fix.applicability.value, edits, moves, tuple((each.path, each.how) for each in fix.rewrites))


def _unpacked_fix(fix: tuple[Any, ...] | None) -> Fix | None:
    if fix is None:
        return None
    title, applicability, edits, moves, rewrites = fix
    return Fix(
        title,
        Applicability(applicability),
        tuple(Edit(Span(*span), text) for span, text in edits),
        tuple(Move(*move) for move in moves),
        tuple(Rewrite(*each) for each in rewrites),
    )
