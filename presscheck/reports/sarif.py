"""For code scanning services: SARIF 2.1.0, as OASIS defines it. Columns count characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presscheck import __version__
from presscheck.check import all_rules
from presscheck.diagnostics import Applicability, Diagnostic, Severity
from presscheck.identity import fingerprints
from presscheck.reports import SourceAt
from presscheck.reports.notation import uri_of
from presscheck.text import Position, Source, Span, json_text

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "presscheck/v1"


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    named = sorted({each.rule for each in diagnostics})
    prints = fingerprints(diagnostics, source_at)
    run = {
        "tool": {"driver": {"name": "presscheck", "version": __version__, "rules": _rules(named)}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "ROOT": {"description": {"text": "The root of the site; of several, where they were checked."}}
        },
        "results": [
            _result(each, named.index(each.rule), print_, source_at)
            for each, print_ in zip(diagnostics, prints, strict=True)
        ],
    }
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(whole, 2)


def _rules(names: Sequence[str]) -> list[dict[str, Any]]:
    known = {rule.name: rule for rule in all_rules()}
    return [
        {
            "id": name,
            "shortDescription": {"text": known[name].summary + "."},
            "fullDescription": {"text": known[name].manual.partition("\n\n")[2].replace("\n", " ")},
            "help": {"text": known[name].manual, "markdown": known[name].manual},
            "defaultConfiguration": {"level": _LEVELS[known[name].severity], "enabled": known[name].is_on},
        }
        for name in names
        if name in known
    ]


def _result(each: Diagnostic, index: int, fingerprint: str, source_at: SourceAt) -> dict[str, Any]:
    parts = (each.message, each.label, each.consequence, each.help)
    found: dict[str, Any] = {
        "ruleId": each.rule,
        "ruleIndex": index,
        "level": _LEVELS[each.severity],
        "message": {"text": _sentences(parts)},
        "locations": [_location(each.path, each.start, each.end)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    related = []
    for note in each.notes:
        source = source_at(note.path or each.path)
        if source and note.span:
            place = _location(source.path, source.position(note.span.start), source.position(note.span.end))
            related.append({**place, "message": {"text": _sentences((note.message,))}})
    if related:
        found["relatedLocations"] = related
    source = source_at(each.path)
    if each.fix and each.fix.edits and source and each.fix.applicability is not Applicability.PLACEHOLDER:
        replacements = [_replacement(source, edit.span, edit.text) for edit in each.fix.edits]
        change = {"artifactLocation": _artifact(each.path), "replacements": replacements}
        found["fixes"] = [{"description": {"text": each.fix.title}, "artifactChanges": [change]}]
    return found


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def _artifact(path: str) -> dict[str, str]:
    return {"uri": f"file://{uri_of(path)}"} if path.startswith("/") else {"uri": uri_of(path), "uriBaseId": "ROOT"}


def _location(path: str, start: Position, end: Position) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(start, end)}}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _replacement(source: Source, span: Span, text: str) -> dict[str, Any]:
    region = _region(source.position(span.start), source.position(span.end))
    return {"deletedRegion": region, "insertedContent": {"text": text.encode("utf-8", "replace").decode()}}
