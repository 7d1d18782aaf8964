"""For GitHub Actions: workflow commands that become annotations of the changed files.

GitHub shows ten of each severity for a step; the rest is counted in the last one.
"""

from __future__ import annotations

from collections.abc import Sequence

from presscheck.diagnostics import Diagnostic, Severity
from presscheck.reports import SourceAt
from presscheck.reports.terminal import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = 10


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report."""
    lines = []
    for severity, command in _COMMANDS.items():
        group = [each for each in diagnostics if each.severity is severity]
        shown = group if len(group) <= _MOST else group[: _MOST - 1]
        lines += [_annotation(command, each) for each in shown]
        if len(group) > len(shown):
            lines.append(
                f"::{command} title=presscheck::{len(group) - len(shown)} more; the log of `presscheck check` has all"
            )
    return "".join(line + "\n" for line in lines)


def _annotation(command: str, each: Diagnostic) -> str:
    properties = {
        "file": each.path,
        "line": str(each.start.line),
        "endLine": str(each.end.line),
        "col": str(each.start.column),
        "endColumn": str(each.end.column),
        "title": f"presscheck {each.rule}",
    }
    if each.start.line != each.end.line:  # GitHub wants columns only within one line
        del properties["col"], properties["endColumn"]
    said = [each.message, each.consequence and f"consequence: {each.consequence}", each.help and f"help: {each.help}"]
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {shown}::{_data(chr(10).join(filter(None, said)))}"


def _data(text: str) -> str:
    return "%0A".join(visible(line).replace("%", "%25") for line in text.splitlines())


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
