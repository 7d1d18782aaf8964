"""The forms in which diagnostics are reported: one module each, text in, text out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

from presscheck.diagnostics import Diagnostic
from presscheck.text import Source

FORMATS = ("full", "concise", "json")
"""The names that `--output-format` takes; each is a module here."""

SourceAt = Callable[[str], Source | None]
"""Gives the source at a path, to show its lines; None when it cannot be shown."""


def report(name: str, diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool = False) -> str:
    """`diagnostics` in the form called `name`, one of FORMATS; ends with a line break unless it is empty."""
    module = importlib.import_module(f"presscheck.reports.{name}")
    text: str = module.render(diagnostics, source_at, colour=colour)
    return text
