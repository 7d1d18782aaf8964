"""Raw HTML in a post is left out, so that a post cannot run scripts.

With `unsafe = true` below `[markup.goldmark.renderer]` Hugo passes the HTML in a post through as it is. Authors can then write
`<kbd>` and `<details>`, and whoever writes a post, or has one merged, can also write `<script>`: it runs in the
browser of every reader, with the rights of the site. An element that is not closed takes the rest of the page into it, and
an HTML comment that was meant for the next author is published too.

This is a remark, not a fault: where every author may do everything, it is a fair choice. Otherwise set it to `false`, and
offer what authors need as shortcodes.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._config import written
from presscheck.site import Site

SEVERITY = Severity.INFO


def check_site(site: Site) -> Iterator[Finding]:
    """Ask whether raw HTML is let through."""
    found = written(site)
    entry = found[1].at("markup", "goldmark", "renderer", "unsafe") if found else None
    if found and entry and entry.data is True:
        yield Finding(
            message=f"`{entry.name} = true` lets every post publish any HTML",
            path=found[0].path,
            span=entry.value.span,
            label="scripts and comments too",
            consequence="a `<script>` in a post runs in the browser of every reader",
            help="set it to `false` and make shortcodes for what authors need, unless every author is trusted with that",
        )
