"""The forms in which diagnostics are reported: one module each, text in, text out."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Sequence

from presscheck.diagnostics import Applicability, Diagnostic
from presscheck.text import Source

FORMATS = (
    "full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html",
)  # fmt: skip
"""The names that `--output-format` takes; each is a module here, `-` as `_`."""

_SILENT = frozenset({"full", "concise", "json-lines", "github"})
"""The forms that say nothing when nothing was found."""

SourceAt = Callable[[str], Source | None]
"""Gives the source at a path, to show its lines; None when it cannot be shown."""


def report(name: str, diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool = False) -> str:
    """`diagnostics` in the form called `name`, one of FORMATS; ends with a line break unless it is empty."""
    if not diagnostics and name in _SILENT:
        return ""  # without importing what it takes to draw
    module = importlib.import_module(f"presscheck.reports.{name.replace('-', '_')}")
    text: str = module.render(diagnostics, source_at, colour=colour)
    return text


def statistics(diagnostics: Sequence[Diagnostic]) -> str:
    """How often each rule found something, the most frequent first, and how many of these can be mended."""
    counts = Counter(each.rule for each in diagnostics)
    fixable = Counter(each.rule for each in diagnostics if each.fix and each.fix.applicability is Applicability.SAFE)
    width = max(map(len, counts), default=0)
    return "".join(
        f"{count:7}  {rule.ljust(width)}" + (f"  {fixable[rule]} by `presscheck fix`" if fixable[rule] else "") + "\n"
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
