"""A `ref` that leads nowhere stops the build.

`{{< ref "…" >}}` in a post is the link that Hugo checks: when the page is not there, Hugo names the post, the line and the
column, and the build fails. With `refLinksErrorLevel = "WARNING"` it says the same in passing and publishes the post with
an empty address, so that the link leads to the page that it is on; with `refLinksNotFoundURL` it leads to wherever that
says.

Remove the setting, and mend the links that Hugo then names. Every other value than `"WARNING"` means `"ERROR"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._config import renamed, written
from presscheck.site import Site

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask whether the setting turns errors into warnings."""
    found = written(site)
    entry = found[1].get("reflinkserrorlevel") if found else None
    if found and entry and isinstance(entry.data, str) and entry.data.upper() == "WARNING":
        span = entry.value.span
        is_plain = span.end - span.start <= len(entry.data) + 2
        yield Finding(
            message=f'`{entry.name} = "{entry.data}"` lets links to missing pages through',
            path=found[0].path,
            span=span,
            consequence="a `ref` to a page that is not there becomes a link to nothing, and the site goes online",
            help="remove it, and mend the links that Hugo then names",
            fix=Fix('write `"ERROR"`', Applicability.SAFE, (Edit(span, renamed(found[0], span, "ERROR")),))
            if is_plain
            else None,
        )
