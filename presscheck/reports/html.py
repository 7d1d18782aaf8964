"""For people, as one file: everything the full report says, with the manual of each rule that found something."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from presscheck import __version__
from presscheck.check import all_rules
from presscheck.diagnostics import Diagnostic
from presscheck.reports import SourceAt
from presscheck.reports.full import totals
from presscheck.reports.terminal import visible

_CODE = re.compile(r"`([^`\n]+)`")
_AROUND = 1
"""How many lines are shown above and below a finding."""
_WIDEST = 400


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole page: no script, no request, and a policy that forbids both."""
    environment = Environment(
        loader=PackageLoader("presscheck"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["words"] = _words
    style = environment.get_template("report.css.jinja").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    markdown = MarkdownIt("commonmark", {"html": False})
    manuals = {rule.name: markdown.render(rule.manual) for rule in all_rules()}
    named = sorted({each.rule for each in diagnostics})
    text = environment.get_template("report.html.jinja").render(
        version=__version__,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        total=totals(diagnostics).strip() if diagnostics else "Nothing was found.",
        files=_files(diagnostics, source_at),
        manuals=[(name, manuals.get(name, "")) for name in named],
    )
    return "\n".join(visible(line) for line in text.split("\n"))


def _words(text: str) -> Markup:
    """`text` with what stands in backquotes as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just now


def _files(diagnostics: Sequence[Diagnostic], source_at: SourceAt) -> list[dict[str, Any]]:
    files: dict[str, list[dict[str, Any]]] = {}
    for each in diagnostics:
        files.setdefault(each.path, []).append({"it": each, "lines": _lines(each, source_at)})
    return [{"path": path, "findings": findings} for path, findings in files.items()]


def _lines(each: Diagnostic, source_at: SourceAt) -> list[dict[str, Any]]:
    """The lines around the finding, its own in three parts."""
    source = source_at(each.path)
    if not source or not source.text:
        return []
    first, last = max(each.start.line - _AROUND, 1), min(each.start.line + _AROUND, len(source.line_starts))
    lines = []
    for number in range(first, last + 1):
        line = source.line(number)[:_WIDEST]
        start = each.start.column - 1 if number == each.start.line else len(line)
        end = each.end.column - 1 if number == each.end.line else len(line)
        end = max(end, start) if number == each.start.line else start
        lines.append({"number": number, "before": line[:start], "at": line[start:end], "after": line[end:]})
    return lines
