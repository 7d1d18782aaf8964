"""The configuration does not publish what posts keep back.

A post with `draft = true`, with a date to come, or with an `expiryDate` that is over is not published, and authors rely on
it. `buildDrafts = true` in the configuration, often left from a day of trying things, publishes every draft; `buildFuture`
every post before its day, `buildExpired` every post that was to disappear. They come with their lists, feeds and sitemap,
and search engines keep them.

Remove the setting. To look at drafts, call `hugo server --buildDrafts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Visibility
from presscheck.rules._config import written
from presscheck.site import Site

SEVERITY = Severity.ERROR

_PUBLISHED = {
    "builddrafts": (Visibility.DRAFT, "every draft"),
    "buildfuture": (Visibility.FUTURE, "every post before its day"),
    "buildexpired": (Visibility.EXPIRED, "every post that was to disappear"),
}
_MOST_SHOWN = 3


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of each of the three settings whether it is true."""
    found = written(site)
    if not found:
        return
    source, document = found
    for key, (visibility, what) in _PUBLISHED.items():
        entry = document.get(key)
        if not entry or entry.data is not True:
            continue
        pages = [page for page in site.pages if page.own_visibility(site.clock) is visibility]
        notes = [Note("this one is published", page.file) for page in pages[:_MOST_SHOWN]]
        if len(pages) > _MOST_SHOWN:
            notes.append(Note(f"and {len(pages) - _MOST_SHOWN} more"))
        yield Finding(
            message=f"`{entry.name} = true` publishes {what}",
            path=source.path,
            span=entry.value.span,
            consequence=f"readers and search engines get {what}",
            help=f"remove it; to look at them, call `hugo server --{_OPTIONS[key]}`",
            notes=tuple(notes),
            fix=Fix("write `false`", Applicability.UNSAFE, (Edit(entry.value.span, "false"),)),
        )


_OPTIONS = {"builddrafts": "buildDrafts", "buildfuture": "buildFuture", "buildexpired": "buildExpired"}
