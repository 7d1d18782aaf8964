"""Every key holds the kind of value that it is for.

Hugo does not complain about a list where a text belongs: `title = ["x"]` makes an empty heading, `weight = "ten"` is 0,
`tags = {…}` is no tags. A date that cannot be read (`date = "yesterday"`) stops the build without naming the line.

Write the kind of value that the message names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.site import Page

SEVERITY = Severity.ERROR

_TEXT = "a text in quotes"
_LIST = "a list of texts"
_NUMBER = "a whole number"
_DATE = "a date"
_TABLE = "a table"
_WANTED = {
    **dict.fromkeys(("title", "description", "summary", "slug", "url", "layout", "type", "linktitle", "markup", "translationkey"), _TEXT),
    **dict.fromkeys(("aliases", "keywords", "outputs", "images"), _LIST),
    **dict.fromkeys(("date", "publishdate", "expirydate", "lastmod", "pubdate", "published", "unpublishdate", "modified"), _DATE),
    **dict.fromkeys(("params", "build", "sitemap"), _TABLE),
    "weight": _NUMBER,
    "headless": "`true` or `false`",
}  # fmt: skip
_CONSEQUENCES = {
    "title": "the page has an empty heading",
    "weight": "Hugo takes it for 0",
    "tags": "the page has no tags",
}
_NAMES = {
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
    type(None): "nothing",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key that Hugo knows whether its value is of the right kind."""
    for key, entry in page.front_matter.document.top.items():
        wanted = _LIST if key in page.config.taxonomies else _WANTED.get(key)
        if not wanted or _fits(key, entry.data, wanted, page):
            continue
        unreadable = wanted == _DATE and isinstance(entry.data, str)
        yield Finding(
            message=f"`{entry.name}` is not {wanted}"
            if not unreadable
            else f"`{entry.data}` is not a date that Hugo can read",
            span=entry.value.span,
            label=f"{_NAMES.get(type(entry.data), 'a date')}; `{entry.name}` takes {wanted}" if not unreadable else "",
            consequence="Hugo stops the build and does not say in which line"
            if unreadable
            else _CONSEQUENCES.get(key, "Hugo ignores it or reads something else"),
            help=f"write {wanted}" if not unreadable else "write it as 2026-01-31T09:00:00+01:00",
            fix=_fix(page, entry, wanted),
        )


def _fits(key: str, data: Any, wanted: str, page: Page) -> bool:
    if wanted == _TEXT:
        return isinstance(data, str)
    if wanted == _LIST:
        # A single text counts as a list of one; what the list holds is asked for taxonomies only.
        return isinstance(data, str) or (
            isinstance(data, list)
            and (key not in page.config.taxonomies or all(isinstance(each, str) for each in data))
        )
    if wanted == _NUMBER:
        return isinstance(data, int) and not isinstance(data, bool)
    if wanted == _DATE:
        if isinstance(data, str):
            return not data or as_instant(data, UTC) is not None
        return isinstance(data, (datetime, date, int)) and not isinstance(data, (bool, time))
    if wanted == _TABLE:
        return isinstance(data, dict)
    return isinstance(data, bool)


def _fix(page: Page, entry: Entry, wanted: str) -> Fix | None:
    data = entry.data
    elements = entry.value.elements
    if wanted == _NUMBER and isinstance(data, str) and data.strip().lstrip("-").isdecimal():
        return Fix("remove the quotes", Applicability.UNSAFE, (Edit(entry.value.span, data.strip()),))
    if wanted == _TEXT and len(elements) == 1 and isinstance(elements[0].data, str):
        return Fix(
            "remove the brackets", Applicability.UNSAFE, (Edit(entry.value.span, page.source.slice(elements[0].span)),)
        )
    if wanted == _TEXT and isinstance(data, (int, float)) and not isinstance(data, bool):
        return Fix(
            "put it in quotes",
            Applicability.UNSAFE,
            (Edit(entry.value.span, f'"{page.source.slice(entry.value.span)}"'),),
        )
    return None
