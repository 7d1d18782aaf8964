"""The layout that a page asks for is there.

Hugo makes a page whose `layout` names no template with the usual one, and says nothing: the page is there, but without the
columns, the form or the picture that the layout was written for. So it is with a layout that was renamed, with one that is
meant for another theme, and with a name that is more than a name: `layout = "wide.html"` finds nothing, and neither does
`"posts/wide"`.

Write the name of a template below the layouts folder, without folder and ending, or remove the line. Capitals do not
matter. Templates of a theme count like those of the site. The rule is silent where not all of them can be found, and about
`type`, which is as often a name for templates to compare as it is a folder.
"""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING

_USUAL = frozenset(
    ("all", "baseof", "default", "home", "index", "list", "page", "section", "single", "taxonomy", "term", "terms")
)
"""The names of templates that Hugo takes unasked."""
_PARTS = frozenset(("partials", "_partials", "shortcodes", "_shortcodes", "_markup", "_internal"))
"""The folders of what templates are made of."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of a page's `layout` whether a template has that name."""
    config = page.config
    entry = page.front_matter.document.top.get("layout")
    if not entry or not config.templates_are_known or not isinstance(entry.data, str):
        return
    name = entry.data
    if not name or name.lower() in _USUAL:
        return
    folder = config.layout_dir.strip("/") + "/"
    layouts = {
        posixpath.basename(path).partition(".")[0].lower(): posixpath.basename(path).partition(".")[0]
        for path in config.templates.names
        if _PARTS.isdisjoint(path.removeprefix(folder).split("/"))
    }
    if name.lower() in layouts:
        return
    bare = posixpath.basename(name).partition(".")[0].lower()
    close = [bare] if bare in layouts else difflib.get_close_matches(name.lower(), sorted(layouts), 1, 0.7)
    meant = layouts[close[0]] if close and close[0] not in _USUAL else ""
    quote = page.source.slice(entry.value.span)[:1]
    quote = quote if quote in {"'", '"'} else ""
    yield Finding(
        message=f"no template is called `{name}`",
        span=entry.value.span,
        label=f"did you mean `{meant}`?" if meant else "no file of this name is in the layouts folder",
        consequence="Hugo makes the page with the usual template, as if this line were not there",
        help=f"write `{meant}`" if meant else "write the name of a template, or remove the line",
        fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(entry.value.span, f"{quote}{meant}{quote}"),))
        if meant
        else None,
    )
