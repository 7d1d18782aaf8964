"""A date has the name that Hugo's manual gives it.

Hugo still reads four old names: `pubdate` and `published` for `publishDate`, `unpublishdate` for `expiryDate`, `modified`
for `lastmod`. The manual does not name them, and they lose: with `expiryDate` beside `unpublishdate`, or `publishDate`
beside `pubdate`, Hugo ignores the old one without a word, so a page that is to appear next year, or to disappear
tomorrow, may not. `published` misleads as well: a date there does not say that the page is online, it hides the page until
that day.

Write the new name. A key that the site's settings name below `[frontmatter]` is the site's own choice, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING

_NAMES = {
    "pubdate": "publishDate",
    "published": "publishDate",
    "unpublishdate": "expiryDate",
    "modified": "lastmod",
}
_FIRST = {"publishDate": ("publishdate", "pubdate", "published")}
"""Where several old names mean the same, the order in which Hugo asks."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date whether its name is an old one."""
    top = page.front_matter.document.top
    if _NAMES.keys().isdisjoint(top):
        return
    chosen = str(page.config.get("frontmatter", default="")).lower()
    for key, name in _NAMES.items():
        entry = top.get(key)
        if not entry or not isinstance(entry.data, (date, str, int)) or isinstance(entry.data, bool) or key in chosen:
            continue
        order = _FIRST.get(name, (name.lower(), key))
        winner = next((top[each] for each in order[: order.index(key)] if each in top), None)
        written = page.source.slice(entry.key_span)
        quote = written[:1] if written[:1] in {"'", '"'} else ""
        yield Finding(
            message=f"`{entry.name}` is an old name of `{name}`",
            span=entry.key_span,
            label=f"`{winner.name}` is set as well, and wins" if winner else "",
            consequence="Hugo ignores this date" if winner else "",
            help="remove one of the two" if winner else f"write `{name}`",
            notes=(Note(f"`{winner.name}` is here", span=winner.key_span),) if winner else (),
            fix=None
            if winner or name.lower() in page.keys.names
            else Fix(f"write `{name}`", Applicability.SAFE, (Edit(entry.key_span, f"{quote}{name}{quote}"),)),
        )
