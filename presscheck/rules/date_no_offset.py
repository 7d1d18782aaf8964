"""A date with a time says where the clock hangs.

`2026-03-01T09:00:00` is nine o'clock in the site's `timeZone`, and in UTC where none is set. Without it, the post of an
author in Vienna appears an hour late, that of one in Sydney not before the evening; until then it is "in the future", and
Hugo leaves it out without a word.

Write the offset: `2026-03-01T09:00:00+01:00`. `presscheck fix` adds the one that Hugo assumes today, which changes
nothing but says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from presscheck.dates import as_instant, has_offset
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_CONSEQUENCES = {
    **dict.fromkeys(
        ("expirydate", "unpublishdate"), "the post disappears earlier or later than its author thinks, by hours"
    ),
    **dict.fromkeys(("lastmod", "modified"), "the last change seems earlier or later than its author thinks, by hours"),
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every date that has a time whether it has an offset."""
    for key, entry in page.date_entries:
        if has_offset(entry.data):
            continue
        moment = as_instant(entry.data, page.config.time_zone)
        if not moment:
            continue
        offset = _offset(moment)
        span = entry.value.span
        written = page.source.slice(span)
        at = span.end - 1 if written.endswith(("'", '"')) else span.end
        zone = page.config.get("timezone", default="") or "UTC, because `timeZone` is not set"
        yield Finding(
            message=f"`{entry.name}` does not say in which time zone",
            span=span,
            label=f"read as {moment.isoformat(sep=' ', timespec='minutes')} ({zone})",
            consequence=_CONSEQUENCES.get(key, "the post appears earlier or later than its author thinks, by hours"),
            help=f"write `{written[: at - span.start]}{offset}{written[at - span.start :]}` if that is meant",
            fix=Fix(f"add `{offset}`", Applicability.SAFE, (Edit(Span(at, at), offset),)),
        )


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    return "Z" if not offset else moment.isoformat()[-6:]
