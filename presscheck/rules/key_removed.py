"""No key is one that Hugo has given up.

Hugo 0.168 stops at `_build`, which is `build` now, and does not name the line; `cascade._target` still works, with a warning
at every build, and is `target` now. A `markup` that names a converter of former days, `blackfriday` or `mmark`, or one that
never was, stops the build as well: no page of the site is made.

Write the new name; where `markup` says nothing that the file's ending does not say, remove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "key-unknown",
    "key-type",
)

_OLD = re.compile(r"(?<![\w-])_(build|target)(?![\w-])", re.IGNORECASE)
_FORMER = frozenset(("blackfriday", "mmark"))
_CONVERTERS = frozenset(
    ("goldmark", "md", "markdown", "mdown", "asciidoc", "asciidocext", "asciidoctor", "adoc", "ad", "org", "orgmode",
     "emacs-org-mode", "rst", "pandoc", "pdc", "html", "htm")
)  # fmt: skip


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key whether Hugo 0.168 still takes it."""
    text = page.source.text
    front_matter = page.front_matter
    if text.find("_", front_matter.content.start, front_matter.content.end) >= 0:
        yield from _renamed(page)
    entry = front_matter.document.top.get("markup")
    if not entry or not isinstance(entry.data, str) or not entry.data:
        return
    name = entry.data.lower()
    if name in _CONVERTERS or "/" in name or page.config.get("mediatypes"):
        return
    quote = page.source.slice(entry.value.span)[:1]
    quote = quote if quote in {"'", '"'} else ""
    edit = Edit(entry.value.span, f"{quote}goldmark{quote}")
    yield Finding(
        message=f"`{entry.data}` is {'no longer' if name in _FORMER else 'not'} a format that Hugo reads",
        span=entry.value.span,
        label="Markdown is `goldmark`",
        consequence="Hugo stops the build: no page of the site is made",
        help=f"write `{quote}goldmark{quote}`, or remove `{entry.name}`",
        fix=Fix("write `goldmark`", Applicability.UNSAFE, (edit,)) if name in _FORMER else None,
    )


def _renamed(page: Page) -> Iterator[Finding]:
    entries = page.front_matter.document.entries
    paths = {part.lower() for entry in entries for part in entry.path}
    paths |= {"_build", "_target"} if any(isinstance(entry.data, (dict, list)) for entry in entries) else set()
    if paths.isdisjoint(("_build", "_target")):
        return
    has_cascade = any(entry.path[0].lower() == "cascade" for entry in entries)
    texts = [
        value.span for entry in entries for value in (entry.value, *entry.value.elements) if isinstance(value.data, str)
    ]
    content = page.front_matter.content
    for found in _OLD.finditer(page.source.text, content.start, content.end):
        new = found[1].lower()
        before = page.source.text[page.source.line_span(found.start()).start : found.start()]
        if "#" in before or any(span.start <= found.start() < span.end for span in texts):
            continue
        if new == "target" and not has_cascade:
            continue
        span = Span(*found.span())
        yield Finding(
            message=f"`{found[0]}` is called `{new}` now",
            span=span,
            label="the old name",
            consequence="Hugo stops the build and does not say in which line"
            if new == "build"
            else "Hugo warns at every build, and will stop understanding it",
            help=f"write `{new}`",
            fix=None if new in paths else Fix(f"write `{new}`", Applicability.SAFE, (Edit(span, new),)),
        )
