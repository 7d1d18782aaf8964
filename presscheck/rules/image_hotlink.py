"""Every picture comes from the site itself.

A picture that is fetched from another site shows what that site likes to send, today and in a year: another picture, or none. Each
reader's machine has to ask there, so that the other site learns who reads what; and some refuse to answer when they are not asked from
their own pages. Hugo copies the address as it stands and does not look.

Put a copy into the post's folder, or into `static/`, if you may, and write its name. Counters and badges, which are meant to
change, can be allowed by the name of their host:

```toml
[params.presscheck.rules.image-hotlink]
hosts = ["img.shields.io"]
```

A host stands for its subdomains too. Addresses of this site are not asked, those of the author's own network are for `link-to-localhost`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._destinations import distinct, place_of

SEVERITY = Severity.INFO

_WHOLE = ("https://", "http://", "//")


@dataclass(frozen=True)
class Options:
    """What may be set."""

    hosts: tuple[str, ...] = ()
    """The hosts that pictures may be fetched from, in lower case."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every image whether its address has a host, and which."""
    pictures = [link for link in page.pictures if link.destination.startswith(_WHOLE)]
    for link in distinct(pictures) if pictures else ():
        host = _host(link.destination)
        is_own = host == _host(page.config.base_url)
        if (
            not host
            or is_own
            or place_of(link.destination)
            or any(host == each or host.endswith("." + each) for each in options.hosts)
        ):
            continue
        yield Finding(
            message=f"this picture comes from `{host}`",
            span=link.destination_span,
            label="another site",
            consequence="that site sees who reads this page, and can change the picture or take it away",
            help="keep a copy beside the post if you may, and write its name",
        )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
