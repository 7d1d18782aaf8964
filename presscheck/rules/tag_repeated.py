"""A page names each of its tags once.

Hugo makes one page of a tag that stands twice in a post, and lists the post there once. But a template that prints the tags
as the post names them prints the same link twice, and a reader wonders where the difference is.

Remove the second one. Two spellings that differ in case only are reported by `tag-case-variant`; once they are one, so is
what is left of them here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presscheck.diagnostics import Applicability, Finding, Fix, Note, Severity
from presscheck.keyed import Value
from presscheck.page import Page
from presscheck.rules._terms import removed, term_entries

SEVERITY = Severity.WARNING

_MOST_REPORTED = 100


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the terms of each taxonomy whether they are all different."""
    for taxonomy, entry in term_entries(page):
        elements = entry.value.elements
        if len(elements) < 2:
            continue
        names = [value.data for value in elements if isinstance(value.data, str)]
        if len(set(names)) == len(names):
            continue
        seen: dict[Any, Value] = {}
        repeated = 0
        for value in elements:
            if not isinstance(value.data, str) or not value.data.strip():
                continue
            first = seen.setdefault(value.data, value)
            if first is not value and repeated < _MOST_REPORTED:
                repeated += 1
                yield Finding(
                    message=f"the {page.config.taxonomies[taxonomy]} `{value.data}` is there twice",
                    span=value.span,
                    label="the second time",
                    consequence="a template that prints them as the post names them shows readers the same link twice",
                    help="remove it",
                    notes=(Note("the first is here", span=first.span),),
                    fix=Fix("remove it", Applicability.SAFE, (removed(page, entry, value),)),
                )
