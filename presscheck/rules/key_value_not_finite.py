"""Every number is one that can be counted with.

TOML and YAML have numbers that are none: `nan`, and `inf` for one without end. With `weight = nan` or `inf` Hugo puts the
page before all others, whatever its author meant: `inf` for last makes it first. A template that writes such a number as
JSON, for a search index or for search engines, stops the build. Hugo says nothing about either until then.

Write a number, or remove the key. A text that only looks like one, `"inf"`, is a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Value
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = ("key-type",)


_IN_YAML = frozenset((".nan", ".inf", "-.inf"))


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every number whether it is finite."""
    start, end = page.front_matter.content
    written = page.source.text[start:end].lower()
    if "nan" not in written and "inf" not in written:
        return
    for entry in page.front_matter.document.entries:
        for value in entry.value.elements or (entry.value,):
            if not _is_special(page, value):
                continue
            word = page.source.slice(value.span)
            meaning = "no number" if "nan" in word.lower() else "a number without end"
            verb = "is" if value is entry.value else "holds"
            is_weight = len(entry.path) == 1 and entry.name.lower() == "weight"
            yield Finding(
                message=f"`{'.'.join(entry.path)}` {verb} `{word}`, which is {meaning}",
                span=value.span,
                label="a special value, not a text",
                consequence="Hugo puts the page before all others"
                if is_weight
                else "a template that writes it as JSON stops the build",
                help="write a whole number, or remove the key" if is_weight else "write a number, or remove the key",
            )


def _is_special(page: Page, value: Value) -> bool:
    if isinstance(value.data, float):
        return not isfinite(value.data)
    if not isinstance(value.data, str) or page.front_matter.notation != "yaml":
        return False
    return value.data.lower() in _IN_YAML and page.source.slice(value.span) == value.data
