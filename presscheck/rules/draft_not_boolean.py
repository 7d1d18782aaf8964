"""`draft` is `true` or `false`, without quotes.

Hugo hides a page only when `draft` is true, and it reads little as true: the boolean, a number other than 0, and
six spellings of text (`"true"`, `"True"`, `"TRUE"`, `"t"`, `"T"`, `"1"`). Everything else, `"yes"`, `"on"`, a date,
an empty list, is false to Hugo, without a word: the page that its author meant to hide goes online, into the lists,
the feeds and the archive of every search engine. In YAML too: `draft: yes` is a text to Hugo, and so are `on` and `y`.

Write `draft = true` while the page is a draft, and `draft = false`, or nothing, when it is ready. Even where Hugo
happens to read a text as true, write the boolean: the next reader of the file should not need this page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = ("front-matter-toml-syntax",)  # which wants `no` in quotes

_MEANT_FALSE = {"false", "no", "off", "n", "f", "0", "", "none", "null"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every `draft` whether it is a boolean."""
    entry = page.front_matter.get("draft")
    if not entry or isinstance(entry.data, bool):
        return
    meant = _meant(entry.data)
    word = "true" if meant else "false"
    line = {"toml": f"draft = {word}", "json": f'"draft": {word}'}.get(page.front_matter.notation, f"draft: {word}")
    blank = "" if page.source.slice(entry.value.span) else " "
    published = meant and not page.is_draft and page.front_matter.is_read_by_hugo
    yield Finding(
        message="this draft will be published" if published else "`draft` is neither true nor false",
        span=entry.value.span,
        label=f"{_kind(entry.data)}; Hugo hides a page for `true`",
        consequence=f"Hugo publishes {page.address or 'the page'} and lists it in every feed" if published else "",
        help=f"write `{line}`",
        fix=Fix(f"write `{word}`", Applicability.SAFE, (Edit(entry.value.span, blank + word),)),
    )


def _meant(data: Any) -> bool:
    if isinstance(data, str):
        return data.strip().lower() not in _MEANT_FALSE
    return data not in (0, None)


def _kind(data: Any) -> str:
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table", type(None): "nothing"}
    return names.get(type(data), "a date")
