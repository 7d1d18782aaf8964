"""Every link leads to a place that readers can reach.

`http://localhost:1313/posts/tea/` is the author's own machine; so is `127.0.0.1`, and `192.168.0.7` or `wiki.internal` is a
machine in the author's own network. The link works while the post is being written, because there it leads to the preview or to the
office, and nowhere else. Hugo copies it as it stands and says nothing. Each reader is taken to their own machine, or told that there is
no such server, and learns the name of one that was not theirs to know.

Write the public address; for a post of this site that is `/posts/tea/`. An address that readers are to type on their own machine, as
in instructions, is code: put it between backquotes. Code is not asked, nor is an address that stands bare in the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.rules._destinations import place_of, unusual

SEVERITY = Severity.WARNING


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether the host is one that only the author sees."""
    for link in unusual(page):
        if "//" in link.destination:
            host, what = place_of(link.destination) or ("", "")
            if what:
                yield _finding(link, host, what)


def _finding(link: Link, host: str, what: str) -> Finding:
    noun = "picture" if link.is_image else "link"
    where = "on the author's own machine" if "machine" in what else "in a private network"
    seen = "readers see a broken frame" if link.is_image else "readers who follow it get no answer, or somebody else's"
    return Finding(
        message=f"this {noun} leads to `{host}`, {where}",
        span=link.destination_span,
        label=f"for readers this is {what}" if "machine" in what else what,
        consequence=seen,
        help="write the public address"
        + ("" if link.is_image else ", or put the address between backquotes if it is an example"),
    )
