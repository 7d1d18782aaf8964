"""Every key holds the kind of value that it is for.

Hugo says nothing about a list where a text belongs: `title = ["x"]` makes an empty heading, `weight = "ten"` is 0, with
`tags = [["rag"], "llm"]` the page has no tags at all, and `title: 1.10` in YAML is the number 1.1. Elsewhere it stops: a
date that cannot be read (`date = "yesterday"`) ends the build, and Hugo does not name the line.

Write the kind of value that the message names. A number or a day is fine as a text where Hugo shows it as it is written,
as in `title: 1984`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from presscheck.dates import as_instant
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Value
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = ("front-matter-toml-syntax",)  # which wants `ten` in quotes

_TEXT = "a text"
_LIST = "a list of texts"
_NUMBER = "a whole number"
_DATE = "a date"
_TABLE = "a table"
_TABLES = "a table, or a list of tables"
_BOOLEAN = "`true` or `false`"
WANTED = {
    **dict.fromkeys(
        ("title", "description", "summary", "slug", "url", "layout", "type", "linktitle", "markup", "translationkey"),
        _TEXT,
    ),
    **dict.fromkeys(("aliases", "keywords", "outputs", "images"), _LIST),
    **dict.fromkeys(
        ("date", "publishdate", "expirydate", "lastmod", "pubdate", "published", "unpublishdate", "modified"), _DATE
    ),
    **dict.fromkeys(("params", "build", "sitemap", "sites"), _TABLE),
    "cascade": _TABLES,
    "weight": _NUMBER,
    "headless": _BOOLEAN,
}
_HELP = {
    _TEXT: "write a text in quotes",
    _LIST: 'write a list of texts, such as `["one", "two"]`',
    _DATE: "write a date such as `2026-01-31T09:00:00+01:00`",
    _TABLE: "write a table, or remove it",
    _TABLES: "write a table, or remove it",
}
_KINDS = {
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
    time: "a time of day",
}
_IN_QUOTES = re.compile(r"0|-?[1-9][0-9]{0,17}")
"""A whole number that means the same without them, and that 64 bits hold."""
_STOPPING = frozenset(("params", "build", "outputs", "sites", "cascade"))
_NAMES = frozenset(("markup", "outputs"))
"""Keys that hold names of what Hugo knows; no number is one, as well as it may be shown."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key that Hugo knows whether its value is of the right kind; one without a value is not set."""
    mistakes = [each.span for each in page.front_matter.document.problems] if page.keys.has_mistakes else []
    for key, entry in page.front_matter.document.top.items():
        wanted = _LIST if key in page.config.taxonomies else WANTED.get(key)
        if not wanted or entry.data is None:
            continue
        if wanted != _LIST and key not in _NAMES and _fits(page, entry.value, wanted):
            continue
        for value in _misfits(page, key, entry.value, wanted):
            is_mistaken = any(each.overlaps(value.span) for each in mistakes)
            if is_mistaken and not isinstance(value.data, str):
                continue  # a number that nobody can hold
            kind = _KINDS.get(type(value.data), "a date")
            if wanted == _NUMBER and isinstance(value.data, float):
                kind = "a fraction"
            is_inside = value is not entry.value
            unreadable = wanted == _DATE and isinstance(value.data, str)
            yield Finding(
                message=f"`{value.data}` is not a date that Hugo can read"
                if unreadable
                else f"`{entry.name}` {'holds ' + kind if is_inside else 'is ' + kind}, not {_TEXT if is_inside else wanted}",
                span=value.span,
                label="" if unreadable else f"`{entry.name}` takes {wanted}",
                consequence="Hugo cannot read the front matter and stops the build of the whole site"
                if is_mistaken
                else _consequence(page, key, value, wanted, is_inside=is_inside),
                help=_HELP[_TEXT] if is_inside else _HELP.get(wanted, f"write {wanted}"),
                fix=_fix(page, value, _TEXT if is_inside else wanted),
            )


def _misfits(page: Page, key: str, value: Value, wanted: str) -> Iterator[Value]:
    """The value when it is not of the kind that is wanted, or what in a list of terms is not a text."""
    if key in _NAMES:
        for each in value.elements if isinstance(value.data, list) and wanted == _LIST else (value,):
            if not isinstance(each.data, str):
                yield each
    elif _fits(page, value, wanted):
        if key in page.config.taxonomies:
            yield from (each for each in value.elements if each.data is not None and not _fits(page, each, _TEXT))
    else:
        yield value


def _fits(page: Page, value: Value, wanted: str) -> bool:
    data = value.data
    if wanted == _TEXT:
        return isinstance(data, str) or _is_shown_as_written(page, value)
    if wanted == _LIST:
        # A single text counts as a list of one; what the list holds is asked for taxonomies only.
        return isinstance(data, (str, list)) or _is_shown_as_written(page, value)
    if wanted == _NUMBER:
        return isinstance(data, int) and not isinstance(data, bool)
    if wanted == _DATE:
        if isinstance(data, str):
            return not data or as_instant(data, UTC) is not None
        return isinstance(data, (datetime, date, int)) and not isinstance(data, bool)
    if wanted == _TABLE:
        return isinstance(data, dict)
    if wanted == _TABLES:
        return isinstance(data, (dict, list))
    return isinstance(data, bool)


def _is_shown_as_written(page: Page, value: Value) -> bool:
    """Whether Hugo, asked for a text, shows the number or the day as its author wrote it."""
    data = value.data
    if isinstance(data, (datetime, date)):
        return page.front_matter.notation == "yaml" or not isinstance(data, datetime)
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        return _shown(data) == page.source.slice(value.span)
    return False


def _shown(data: Any) -> str:
    """What Hugo makes of a number or a boolean where a text belongs."""
    if isinstance(data, float):
        return f"{data:f}".rstrip("0").rstrip(".") if data.is_integer() else repr(data)
    return str(data).lower()


def _consequence(page: Page, key: str, value: Value, wanted: str, *, is_inside: bool) -> str:
    data = value.data
    if wanted == _DATE or key in _STOPPING or (key == "markup" and not isinstance(data, (list, dict))):
        return "Hugo stops the build and does not say in which line"
    if wanted == _NUMBER:
        return _taken_for(data)
    if wanted == _BOOLEAN:
        return ""
    if isinstance(data, (bool, int, float)) and wanted != _TABLE:
        return f"Hugo takes it for the text `{_shown(data)}`"
    if key in page.config.taxonomies and isinstance(data, (list, dict)):
        return f"Hugo ignores all of it: the page has no {key}" if is_inside else f"the page has no {key}"
    if isinstance(data, (list, dict)):
        return {"title": "the page has an empty heading"}.get(key, "Hugo ignores it")
    return "Hugo ignores it" if wanted == _TABLE else "Hugo makes a text of it in its own way"


def _taken_for(data: Any) -> str:
    """What Hugo makes of `data` where a whole number belongs; empty when it is as meant, or hard to tell."""
    if isinstance(data, str) and any(char.isdigit() for char in data):
        return ""
    if isinstance(data, float) and not math.isfinite(data):
        return "Hugo cannot make a whole number of it"
    number = int(data) if isinstance(data, (bool, float)) else 0
    return f"Hugo takes it for {number}"


def _fix(page: Page, value: Value, wanted: str) -> Fix | None:
    data = value.data
    elements = value.elements
    if wanted == _NUMBER and isinstance(data, str) and _IN_QUOTES.fullmatch(data):
        return Fix("remove the quotes", Applicability.SAFE, (Edit(value.span, data),))
    if wanted == _TEXT and len(elements) == 1 and isinstance(elements[0].data, str):
        return Fix(
            "remove the brackets", Applicability.UNSAFE, (Edit(value.span, page.source.slice(elements[0].span)),)
        )
    if wanted == _TEXT and isinstance(data, (int, float)) and not isinstance(data, bool):
        return Fix("put it in quotes", Applicability.UNSAFE, (Edit(value.span, f'"{page.source.slice(value.span)}"'),))
    return None
