"""For build servers: JUnit's XML, a test case for each file with findings, a failure for each finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from presscheck.diagnostics import Diagnostic, Severity
from presscheck.reports import SourceAt
from presscheck.reports.full import render as in_full

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:  # noqa: ARG001 - every report takes the same
    """The whole report. Only errors are failures; a warning or an info is output of its case."""
    failures = sum(each.severity is Severity.ERROR for each in diagnostics)
    cases = []
    for path, group in groupby(diagnostics, key=lambda each: each.path):
        found = list(group)
        cases.append(f'    <testcase classname="presscheck" name={_attribute(path)}>')
        for each in found:
            if each.severity is Severity.ERROR:
                text = escape(_clean(in_full([each], source_at, colour=False)))
                cases.append(
                    f"      <failure type={_attribute(each.rule)} message={_attribute(each.message)}>{text}</failure>"
                )
        milder = [each for each in found if each.severity is not Severity.ERROR]
        if milder:
            cases.append(f"      <system-out>{escape(_clean(in_full(milder, source_at, colour=False)))}</system-out>")
        cases.append("    </testcase>")
    tests = len({each.path for each in diagnostics})
    head = f'  <testsuite name="presscheck" tests="{tests}" failures="{failures}" errors="0">'
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<testsuites>", head, *cases, "  </testsuite>", "</testsuites>"]
    return "\n".join(lines) + "\n"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
