"""Every link to a part of a page leads to a part that is there.

The address after `#` is the id that Hugo makes of a heading. After a heading is reworded, or counted differently because
another one has the same words, the link still opens the page, but at its top: the reader has to search. Hugo says nothing.

Correct the fragment. Hugo makes an id of the heading's words in lower case, with `-` for a space and without punctuation;
the second heading of the same words gets `-1`. Ids that stand in a template count too. Links to lists, and to pages whose
shortcodes may make ids of their own, are not asked.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.links import Links
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each fragment of its internal links whether a heading has it."""
    reported = set()
    for link, found in site.once(Links).doubtful(page):
        fragment = found.fragment.partition(":~:")[0]
        target = found.page
        place = link.destination_span
        if not found.is_found or not target or place in reported:
            continue
        reported.add(place)
        close = difflib.get_close_matches(fragment, sorted(site.once(Links).fragments(target) or ()), 1, 0.6)
        meant = close[0] if close else ""
        span = _place(page, link.destination_span)
        here = "this page" if target is page else target.address
        yield Finding(
            message=f"`#{fragment}` is not on {here}",
            path=page.file,
            span=span,
            label=f"did you mean `#{meant}`?" if meant else "no heading makes this id",
            consequence="nothing happens when readers follow it"
            if target is page
            else "the page opens at its top, not at the part that is meant",
            help=f"write `#{meant}`"
            if meant
            else f"link to one of the headings {'here' if target is page else 'there'}",
            fix=Fix(f"write `#{meant}`", Applicability.UNSAFE, (Edit(span, f"#{meant}"),)) if meant else None,
        )


def _place(page: Page, destination: Span) -> Span:
    """The fragment as written, `#` included."""
    at = page.source.text.find("#", destination.start, destination.end)
    return Span(at, destination.end) if at >= 0 else destination
