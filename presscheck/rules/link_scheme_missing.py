"""Every link to another site begins with `https://`, and every link to a mailbox with `mailto:`.

`[the manual](www.example.com/manual)` is a path to Hugo and to browsers: it leads to `/posts/tea/www.example.com/manual` below the
post itself, where nothing is. So does `[write to us](me@example.com)`. Readers get "404 not found"; Hugo copies the address as it
stands and says nothing, and bare in the text, without brackets, the same words do become a good link.

Write `https://www.example.com/manual`, or `mailto:me@example.com`; the fix does. An address without `www.` is recognised by an ending
such as `.com`, and its fix waits for somebody to look. A file that is called so, such as `www.pdf`, is not meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Severity
from presscheck.page import Page
from presscheck.rules._destinations import WWW, rewritten, scheme_for, unusual

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "link-broken",
    "image-missing",
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether it begins like the name of a host, or is a mailbox."""
    for link in unusual(page):
        destination = link.destination
        scheme = "" if link.is_autolink else scheme_for(destination)
        if not scheme:
            continue
        meant = scheme + destination
        is_sure = scheme == "mailto:" or WWW.match(destination)
        yield Finding(
            message=f"`{destination}` has no `{scheme}` before it",
            span=link.destination_span,
            label="Hugo takes it for a path on this site",
            consequence=f"readers get {'a broken frame' if link.is_image else '404'}: "
            f"it leads to {(page.address or '/').rpartition('/')[0]}/{destination}",
            help=f"write `{meant}`",
            fix=rewritten(page, link, meant, Applicability.SAFE if is_sure else Applicability.UNSAFE),
        )
