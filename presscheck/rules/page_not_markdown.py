"""A post is written in Markdown.

Hugo also makes pages of files that end in `.html`, `.org`, `.adoc`, `.rst` or `.pandoc`, and of Markdown files whose front matter says `markup =
"html"`. HTML reaches readers as it is, scripts and all, whatever the settings say about raw HTML in Markdown; for AsciiDoc,
reStructuredText and Pandoc it starts another program, which reads what the post tells it to. Unless the site's `[security]` table lets them in,
Hugo stops the build: then one such file beside a post keeps the whole site from being published.

Write the post in Markdown, and take `markup` out of its front matter. To show the source of such a file, put it into a block of code; to
let readers fetch one, put it into `static/`.

Where `security.allowContent` names the kind, and `security.exec.allow` the program that it takes, the rule is silent, and
`config-security-open` says what that means.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from presscheck.config import Config
from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._config import permits
from presscheck.rules._pictures import finding
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True


class _Notation(NamedTuple):
    name: str
    media_type: str
    programs: tuple[str, ...] = ()


_HTML, _ORG = _Notation("HTML", "text/html"), _Notation("Org", "text/org")
_ASCIIDOC = _Notation("AsciiDoc", "text/asciidoc", ("asciidoctor",))
_RST = _Notation("reStructuredText", "text/rst", ("rst2html", "rst2html.py"))
_PANDOC = _Notation("Pandoc's Markdown", "text/pandoc", ("pandoc",))
_NOTATIONS = {
    **dict.fromkeys(("html", "htm"), _HTML),
    "org": _ORG,
    **dict.fromkeys(("adoc", "asciidoc", "ad", "asciidocext"), _ASCIIDOC),
    "rst": _RST,
    **dict.fromkeys(("pandoc", "pdc"), _PANDOC),
}
"""By what a file's name ends in, or what `markup` says."""
_EXEC_BY_DEFAULT = ("^(dart-)?sass$", "^go$", "^git$", "^node$", "^postcss$")
_CONTENT_BY_DEFAULT = ("! ^text/html$", "! ^text/org$")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of its front matter whether it is to be read as something else, and of a section whether the pages below are."""
    for entry in page.front_matter.document.entries:
        path = [part.lower() for part in entry.path]
        if path == ["markup"] or (path[0] == "cascade" and path[-1] == "markup"):
            values: list[Any] = [entry.data]
        elif path[0] == "cascade":
            values = list(_markups(entry.data))
        else:
            continue
        for value in values:
            notation = _NOTATIONS.get(str(value).lower())
            if notation and not _is_permitted(page.config, notation):
                yield Finding(
                    message=f"`markup` has Hugo read {'pages' if path[0] == 'cascade' else 'this page'} as {notation.name}",
                    span=entry.value.span,
                    consequence=_consequence(notation),
                    help="take it out, and write Markdown",
                )


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every file below the content folder what its name ends in."""
    content = f"{site.config.content_dir}/"
    for path in site.sizes:
        ending = posixpath.splitext(path)[1][1:].lower()
        notation = _NOTATIONS.get(ending)
        if notation and path.startswith(content) and not _is_permitted(site.config, notation):
            yield finding(
                path,
                f"`{posixpath.basename(path)}` is {notation.name}, not Markdown",
                consequence=_consequence(notation),
                help="write it in Markdown, or move it to `static/` if readers are to fetch it",
            )


def _markups(value: Any) -> Iterator[Any]:
    """What `markup` says in the tables of a `cascade` that is written on one line, or is a list of them."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield from (said for key, said in each.items() if key.lower() == "markup")


def _consequence(notation: _Notation) -> str:
    return (
        "Hugo stops, and nothing is published"
        if not notation.programs
        else f"Hugo wants the program `{notation.programs[0]}`, which this site does not let it start"
    )


def _is_permitted(config: Config, notation: _Notation) -> bool:
    """Whether the site's settings let Hugo make pages of it."""
    if not permits(config, ("security", "allowcontent"), _CONTENT_BY_DEFAULT, notation.media_type):
        return False
    allowed = ("security", "exec", "allow")
    return not notation.programs or any(permits(config, allowed, _EXEC_BY_DEFAULT, each) for each in notation.programs)
