"""Every line of the ledger can be read.

The ledger (`urls.jsonl` in the site's root) says of every address that was ever published what became of it, one JSON object
a line. A line that cannot be read is an address that nobody watches over: its page can be lost without a word.

Put the line right, or take it out when its address is named by another one. After a merge that could not be done by itself,
keep the lines of both sides: their order does not matter much, and a line that is there twice does no harm. With
`urls.jsonl merge=union` in `.gitattributes` git does that by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Site

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every line whether it says what it has to."""
    source = site.ledger_source
    if not source:
        return
    for problem in site.ledger.problems:
        yield Finding(
            message=problem.message,
            path=source.path,
            span=problem.span,
            consequence="nobody watches over the address that this line is about",
            help=problem.help,
        )
