"""Every footnote that the text refers to is defined.

`[^1]` becomes a small number that leads to the footnote only if a line `[^1]: …` is on the page, with the label spelt the
same, capitals included. Without it Hugo prints `[^1]` as it stands, says nothing, and readers see a mark that leads nowhere.

Add the line, or correct the label.

A page with `{{% … %}}` is not asked, as such a shortcode may bring the line. `[^a-z]`, which is a regular expression, is
not asked either; write such things as code.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket
from presscheck.text import Span

SEVERITY = Severity.ERROR

_REFERENCE = re.compile(r"\[\^(?P<label>[\w.-]{1,100})\](?![\[+*?{(])")
_MOST_SUGGESTED, _MOST_KNOWN = 20, 200
"""For how many references a label is suggested, and among how many: comparing takes time."""
_RANGE = re.compile(r"\w-\w")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of everything written like a reference whether a footnote has that very label."""
    if not page.config.dialect.footnotes:
        return  # `markdown-feature-off` says so
    markdown = page.markdown
    labels = {note.label for note in markdown.footnotes}
    references = markdown.footnote_references
    text = page.source.text
    if labels.issuperset([each.label for each in references]) and (
        not has_loose_bracket(page) or text.count("[^") == len(markdown.footnotes) + len(references)
    ):
        return
    if "{{%" in text:
        return
    prose = page.prose
    known = sorted(labels)[:_MOST_KNOWN]
    suggested = 0
    for found in _REFERENCE.finditer(prose):
        label = found["label"]
        if label in labels or not _is_meant(prose, found, has_notes=bool(labels)):
            continue
        span = Span(*found.span())
        close = _close(label, known) if (suggested := suggested + 1) <= _MOST_SUGGESTED else ""
        yield Finding(
            message=f"the footnote `{label}` is not defined",
            span=span,
            label=f"did you mean `{close}`?" if close else "",
            consequence=f"readers see `[^{label}]` and find no footnote",
            help=f"write `[^{close}]`" if close else f"add a line `[^{label}]: ` with the footnote's text",
            fix=Fix(f"write `[^{close}]`", Applicability.UNSAFE, (Edit(span, f"[^{close}]"),))
            if close
            else Fix("add the footnote", Applicability.PLACEHOLDER, (_addition(page, label),)),
        )


def _is_meant(prose: str, found: re.Match[str], *, has_notes: bool) -> bool:
    before = prose[found.start() - 1 : found.start()]
    if before in {"\\", "]", "["} or _RANGE.search(found["label"]):
        return False
    _, line_break, indent = prose[max(found.start() - 9, 0) : found.start()].rpartition("\n")
    if prose[found.end() : found.end() + 1] == ":" and line_break and not indent.strip():
        return False
    return has_notes or found["label"].isdigit() or not before.isspace()


def _close(label: str, known: list[str]) -> str:
    """The one label that is meant: a number is nobody's misspelling."""
    if label.isdigit():
        return ""
    same = [each for each in known if each.casefold() == label.casefold()]
    return (same or difflib.get_close_matches(label, known, 1, 0.7) or [""])[0]


def _addition(page: Page, label: str) -> Edit:
    text = page.source.text
    end = len(text)
    return Edit(Span(end, end), f"{'' if text.endswith(chr(10)) else chr(10)}\n[^{label}]: …\n")
