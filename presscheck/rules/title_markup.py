"""Titles and descriptions are plain text.

The title of a post stands in the browser's tab, in lists, in the feed, in search results and on cards that others share; the
description in most of these too. Hugo puts both there as they are written: readers see `**` and `<b>`, and `&amp;` as five
characters. Hugo says nothing.

Write the words alone, and the character itself: `&`, `–`. Backticks are not asked about, nor is what stands between them; a
title that names a tag may do so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_KEYS = ("title", "linktitle", "description")
_SIGNS = re.compile(r"[*<&\[]")
_MARKUP = re.compile(
    r"(?P<code>`[^`]*`)"
    r"|(?<![\w*\\])(?P<strong>\*\*)(?P<strong_text>[^\s*](?:[^*\r\n]*[^\s*])?)\*\*(?![\w*])"
    r"|(?P<tag><(?P<name>b|strong|i|em|u|small|sup|sub|span|code|mark|a|font)\b[^<>\r\n]*>)(?P<tag_text>[^<>\r\n]*)</(?P=name)>"
    r"|(?P<break><br ?/?>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<link>(?<!\\)!?\[(?P<link_text>[^\[\]\r\n]*)\]\([^()\r\n]*\))"
)
_NEEDS_CARE = frozenset("\"'\\`\r\n")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of a page's title and description whether they hold markup."""
    top = page.front_matter.document.top
    for key in _KEYS:
        entry = top.get(key)
        if not entry or not isinstance(entry.data, str) or not _SIGNS.search(entry.data):
            continue
        if page.front_matter.is_read_by_hugo:
            yield from _of(page, entry)


def _of(page: Page, entry: Entry) -> Iterator[Finding]:
    where = entry.value.span
    text = page.source.text
    is_quoted = text[where.start] in "\"'"
    for found in _MARKUP.finditer(text, where.start, where.end):
        if found["code"]:
            continue
        plain = found["strong_text"] or found["tag_text"] or found["link_text"] or ""
        if found["break"]:
            plain = "" if " " in text[found.start() - 1] + text[found.end()] else " "
        elif found["entity"]:
            plain = html.unescape(found["entity"])
            if plain == found["entity"]:
                continue
        span = Span(*found.span())
        written = found[0]
        is_safe = is_quoted and not _NEEDS_CARE.intersection(plain if found["entity"] else "") and plain.isprintable()
        shown = written if len(written) < 50 else written[:49] + "…"
        yield Finding(
            message=f"`{shown}` is plain text in `{entry.name}`",
            span=span,
            label="shown as it stands",
            consequence="readers see the signs in the browser's tab, in lists and in the feed",
            help=f"write `{plain}`" if plain.strip() else "leave it out",
            fix=Fix(f"write `{plain}`" if plain.strip() else "leave it out", Applicability.SAFE, (Edit(span, plain),))
            if is_safe
            else None,
        )
