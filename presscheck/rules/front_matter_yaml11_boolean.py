"""A switch in YAML is `true` or `false`.

Older YAML took `yes`, `no`, `on` and `off` for true and false, and much software still does. Hugo reads the newer YAML, in
which they are plain words, and a word is never false. A template asks `if .Params.toc`: with `toc: no` the answer is yes,
and the page gets the table of contents that its author had switched off; `comments: off` leaves the comments on. Hugo's own
keys fail the other way round: `isCJKLanguage: yes` and `render: no` below `build` do nothing, and `disable: yes` below
`sitemap` stops the build.

Write `true` or `false`. Asked are Hugo's own switches, and keys of templates whose name says that they are switches (`toc`,
`comments`, `showDate`, `hideMeta`, …). Whether `draft` is true is a rule of its own, and `lang: no` is Norwegian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.page import Page

SEVERITY = Severity.ERROR

_WORDS = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON", "y", "Y"), "true"),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF", "n", "N"), "false"),
}
_OF_HUGO = {
    ("iscjklanguage",): "Hugo counts the words as if they were English",
    ("headless",): "Hugo publishes the page",
    ("build", "render"): "Hugo does not know this choice and renders the page",
    ("build", "list"): "Hugo does not know this choice and lists the page",
    ("build", "publishresources"): "Hugo stops the build of the whole site",
    ("sitemap", "disable"): "Hugo stops the build of the whole site",
    ("cascade", "draft"): "Hugo does not take the pages below for drafts",
}
_SWITCH = re.compile(
    r"(?:show|hide|enable|disable|use|is|has|no|with|allow|include|exclude)[_A-Z-].*"
    r"|(?:(?:show|hide|enable|disable)(?:toc|comments|date|math|meta|share|search|author|readingtime|related|nav|menu).*)"
    r"|toc|tableofcontents|comments?|math|mathjax|katex|mermaid|diagrams?|featured|pinned|sticky|hidden|private|searchable"
    r"|noindex|share|sharing|socialshare|sidebar|breadcrumbs?|pagination|highlight|autonumbering|license|archived|unlisted",
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every switch whether its value is such a word."""
    if page.front_matter.notation != "yaml":
        return
    for entry in page.front_matter.document.entries:
        if isinstance(entry.data, str) and entry.data in _WORDS and page.source.slice(entry.value.span) == entry.data:
            consequence = _consequence(entry)
            if consequence:
                word = _WORDS[entry.data]
                yield Finding(
                    message=f"`{entry.name}: {entry.data}` is a text, not `{word}`",
                    span=entry.value.span,
                    label="a plain word to Hugo",
                    consequence=consequence,
                    help=f"write `{entry.name}: {word}`",
                    fix=Fix(f"write `{word}`", Applicability.SAFE, (Edit(entry.value.span, word),)),
                )


def _consequence(entry: Entry) -> str:
    """What the word leads to; empty for a key that is no switch."""
    path = tuple(part.lower() for part in entry.path)
    if path in _OF_HUGO:
        return _OF_HUGO[path]
    if len(path) > 1 and path[:-1] not in {("params",), ("cascade", "params"), ("cascade",)}:
        return ""
    name = entry.name
    if not (_SWITCH.fullmatch(name) or _SWITCH.fullmatch(name.lower())):
        return ""
    if _WORDS[entry.data] == "false":
        return f"to a template a text is never false: it takes `{name}` for switched on"
    return f"a template that compares `{name}` with true takes it for switched off"
