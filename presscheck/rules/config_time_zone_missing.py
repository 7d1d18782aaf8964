"""A site whose dates lack offsets says in which time zone they are.

`date = 2026-03-01T09:00:00` means nine o'clock somewhere. Without `timeZone` in the configuration Hugo takes it for
Greenwich: the post of an author in Vienna goes online an hour or two late, and one written in New York at nine in the evening
carries the next day on every page that shows the date in local time.

Set the zone by its name in the tz database. Writing the offset into each date is as good; then nothing is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.dates import as_instant, has_offset
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.rules._config import written
from presscheck.site import Site
from presscheck.text import Source, Span

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Finding]:
    """Ask whether some date needs the zone that is not set."""
    found = written(site)
    if not found or site.config.get("timezone"):
        return
    source, document = found
    dates = [
        (page, entry)
        for page in site.pages
        if not all(has_offset(data) for _, data in page.dates)
        for _, entry in page.date_entries
        if not has_offset(entry.data) and as_instant(entry.data, site.config.time_zone)
    ]
    if not dates:
        return
    page, first = dates[0]
    entry = document.get("timezone")
    count = len(dates)
    yield Finding(
        message="`timeZone` is not set",
        path=source.path,
        span=entry.value.span if entry else Span(0, 0),
        consequence=f"Hugo takes {count} date{'s' * (count > 1)} without an offset for UTC, and publishes by that clock",
        help='add the zone of the authors, as in `timeZone = "Europe/Vienna"`',
        notes=(Note("this date needs it", page.file, first.value.span),),
        fix=None if entry else _fix(source),
    )


def _fix(source: Source) -> Fix | None:
    if source.path.endswith(".json"):
        return None
    line = 'timeZone = "…"\n' if source.path.endswith(".toml") else 'timeZone: "…"\n'
    return Fix(f"add `{line.strip()}`", Applicability.PLACEHOLDER, (Edit(Span(0, 0), line),))
