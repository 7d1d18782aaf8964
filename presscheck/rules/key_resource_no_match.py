"""What `[[resources]]` describes is one of the page's files.

`resources` gives names and titles to the files in a page's folder, by their names or by a pattern. When no file matches,
because it was renamed, lies elsewhere, or because the pattern begins with `/` or `./`, Hugo applies the description to
nothing and says nothing: the picture has no title, and a template that asks for it by its name finds none. A page that
has no folder of its own (`lake.md` instead of `lake/index.md`) has no files at all.

Write the name as it is in the folder, folders inside it included: `images/lake.jpg`. Capitals do not matter; `*` stands for
any letters but `/`, `**` for all letters.
"""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from presscheck import globs
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of every description of files whether there is one that it describes."""
    if not site.is_whole or "resources" not in page.keys.names:
        return
    sources = tuple(_sources(page))
    owns_files = page.stem in {"index", "_index"}
    files = _files(page, site) if sources and owns_files else ()
    for pattern, span in sources:
        if not pattern or _matches(pattern, files):
            continue
        close = difflib.get_close_matches(pattern.removeprefix("./").removeprefix("/"), files, 1, 0.7)
        meant = close[0] if close else ""
        quote = page.source.slice(span)[:1]
        quote = quote if quote in {"'", '"'} else ""
        yield Finding(
            message=f"the page has no file `{pattern}`" if owns_files else "the page has no files of its own",
            span=span,
            label=f"did you mean `{meant}`?" if meant else "nothing is described by this",
            consequence="Hugo applies name and title to nothing; a template that asks for the file finds none",
            help=_help(page, meant, owns_files=owns_files),
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, f"{quote}{meant}{quote}"),))
            if meant
            else None,
        )


def _sources(page: Page) -> Iterator[tuple[str, Span]]:
    """Every `src` below `resources`, with its place."""
    for entry in page.front_matter.document.entries:
        if entry.path[0] != "resources":
            continue
        if entry.name.lower() == "src" and isinstance(entry.data, str):
            yield entry.data, entry.value.span
        for element in entry.value.elements:
            found = element.data.get("src") if isinstance(element.data, dict) else None
            if isinstance(found, str) and found:
                at = page.source.text.find(found, element.span.start, element.span.end)
                yield found, Span(at, at + len(found)) if at >= 0 else element.span


def _help(page: Page, meant: str, *, owns_files: bool) -> str:
    if meant:
        return f"write `{meant}`"
    if owns_files:
        return "write the name of a file in the folder of the page, or put the file there"
    return f"move the page to `{posixpath.splitext(page.path)[0]}/index.md`, with its files beside it"


def _files(page: Page, site: Site) -> tuple[str, ...]:
    """The files in the folder of the page and below, relative to it."""
    start = len(page.directory) + 1 if page.directory else 0
    return tuple([path[start:] for path in site.below(page.directory) if path != page.path])


def _matches(pattern: str, files: tuple[str, ...]) -> bool:
    expression = globs.expression(pattern)
    return expression is None or any(expression.fullmatch(file.lower()) for file in files)
