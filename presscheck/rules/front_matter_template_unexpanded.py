"""Front matter holds values, not the code of a template.

An archetype, the pattern of a new file, says `title = '{{ replace .File.ContentBaseName "-" " " | title }}'`, and `hugo new`
puts the title there. Who copies the archetype by hand, or leaves a blank of Obsidian or Cookiecutter unfilled, keeps the
code. Hugo does not run it: readers see `{{ … }}` as the title of the page, in lists and in the feed, and a slug of it becomes
a strange address. A date of it stops the build.

Write the value. Asked are values that are nothing but `{{ … }}` or `<% … %>`, and those that hold a piece of an archetype
(`replace`, `.File.ContentBaseName`, …); a title that speaks about `{{ .Title }}` is left alone. Where the code keeps the
front matter from being read, `front-matter-toml-syntax` speaks instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Entry, Value
from presscheck.page import Page

SEVERITY = Severity.ERROR

_CODE = re.compile(
    r"\s*(?:\{\{(?![<%])[^{}]*\}\}|<%[^%]*%>)\s*"
    r"|.*\{\{-?\s*(?:replace(?:RE)?\s|humanize\s|title\s|now\s|\.File\.|\.TranslationBaseName\b).*",
    re.DOTALL,
)
_NOUNS = {"title": "the title", "description": "the description", "linktitle": "the title"}
_DATES = {"date", "publishdate", "expirydate", "lastmod"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every text of the front matter whether it is the code of a template."""
    text = page.source.text
    end = page.front_matter.content.end
    if text.find("{{", 0, end) < 0 and text.find("<%", 0, end) < 0:
        return
    for entry in page.front_matter.document.entries:
        for value in entry.value.elements or (entry.value,):
            if (
                isinstance(value.data, str)
                and ("{{" in value.data or "<%" in value.data)
                and _CODE.fullmatch(value.data)
            ):
                yield _finding(entry, value)


def _finding(entry: Entry, value: Value) -> Finding:
    key = entry.path[0].lower() if len(entry.path) == 1 else ""
    written = value.data.strip()
    shown = written if len(written) < 60 and "\n" not in written else written.partition("\n")[0][:59] + "…"
    return Finding(
        message=f"`{shown}` was never filled in",
        span=value.span,
        label="code of a template, which runs in archetypes only",
        consequence="Hugo cannot read the date and stops the build of the whole site"
        if key in _DATES
        else "the address of the page is made of the code"
        if key == "slug"
        else f"readers see the code as {_NOUNS[key]}"
        if key in _NOUNS
        else "Hugo takes the code for a text and prints it wherever the value is shown",
        help=f"write the value of `{entry.name}`",
    )
