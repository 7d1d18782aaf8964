"""Every link to another site is encrypted.

Whoever sits between a reader and an `http://` page can read and change what it says; browsers call it "not secure", and pictures
that a page on `https://` fetches so are fetched over `https://` or not at all. Most sites answer at `https://` by now.

Write `https://`, and open the link once: whether the other site answers there cannot be seen from here, so the fix waits for
somebody to look. The rule is off unless the settings turn it on, because an old post has many such links and most are forwarded:

```toml
[params.presscheck.rules.link-insecure]
severity = "info"
```

Addresses of the author's own machine or network are left to `link-to-localhost`, misspelled ones to `link-scheme-misspelled`, those of this site to `link-non-canonical`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Severity
from presscheck.page import Page
from presscheck.rules._destinations import corrected, place_of, rewritten, unusual

SEVERITY = Severity.INFO
IS_ON = False


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of each of its links and images whether it begins with `http://`."""
    own = "http://" + page.config.base_url.partition("://")[2].rstrip("/")
    for link in unusual(page):
        destination = link.destination
        if not destination.startswith("http://") or place_of(destination) or corrected(destination)[0]:
            continue
        if own != "http://" and (destination + "/").startswith(own + "/"):
            continue
        meant = "https" + destination[len("http") :]
        yield Finding(
            message=f"`{destination}` is not encrypted",
            span=link.destination_span,
            label="`http`, not `https`",
            consequence="others on the way can read and change "
            + ("the picture, and browsers may leave it out" if link.is_image else "what readers see there"),
            help=f"write `{meant}` if the site answers there",
            fix=rewritten(page, link, meant, Applicability.UNSAFE),
        )
