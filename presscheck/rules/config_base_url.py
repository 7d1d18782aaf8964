"""The configuration says at which address readers find the site.

Feeds, sitemap, redirects and the links that templates make with `.Permalink` contain whole addresses, and Hugo takes their
beginning from `baseURL`. Where it is missing, Hugo writes `https://example.org/`, which belongs to somebody else; without
`https://` a browser takes `www.mysite.net/blog/` for a folder of the page that it is on, so that every such link ends in 404;
with `localhost` every reader is sent to his own machine. Hugo says nothing of it.

Write the address of the home page, scheme and all: `baseURL = "https://www.mysite.net/blog/"`.

It is silent about a name that ends in `.example` or `.test`, which nobody can own and one writes on purpose, and about an
address that `--base-url` gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.rules._config import renamed, written
from presscheck.site import Site
from presscheck.text import Source, Span

SEVERITY = Severity.ERROR

_SOMEBODY_ELSES = re.compile(
    r"(?:^|\.)example\.(?:org|com|net)$|^(?:www\.)?(?:your-?(?:site|domain)|my-?(?:site|domain)|replace-this-.*)\.(?:com|org)$"
)
_OWN_MACHINE = re.compile(r"^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1)$")
_HOST = re.compile(r"/{0,2}(?=[\w-]+(?:\.[\w-]+)+(?:[:/]|$))", re.ASCII)
_ADVICE = 'write the address of the home page, as in `baseURL = "https://www.mysite.net/"`'


class _Fault(NamedTuple):
    what: str
    consequence: str


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of `baseURL` whether a reader's browser could open it."""
    found = written(site)
    if not found:
        return
    source, document = found
    entry = document.get("baseurl")
    value = site.config.get("baseurl", default="")
    if value and (not entry or entry.data != value):
        return  # said on the command line, or by a theme
    fault = _fault(value if isinstance(value, str) else "")
    if fault:
        yield Finding(
            message=fault.what,
            path=source.path,
            span=entry.value.span if entry else Span(0, 0),
            consequence=fault.consequence,
            help=_ADVICE,
            fix=_fix(source, entry) if entry else None,
        )


def _fault(value: str) -> _Fault | None:
    """What is wrong with the address; None when nothing is."""
    if not value:
        return _Fault("`baseURL` is not set", "feeds, sitemap and redirects lead to https://example.org/")
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return _Fault(f"`{value}` is not an address", "feeds, sitemap and redirects lead nowhere")
    if parts.scheme not in {"http", "https"} or not host:
        return _Fault(f"`{value}` is not a whole address", "feeds, sitemap and redirects lead nowhere")
    if _SOMEBODY_ELSES.search(host):
        return _Fault(
            f"`{value}` is a stand-in for the address of the site", f"feeds, sitemap and redirects lead to {host}"
        )
    if _OWN_MACHINE.search(host):
        return _Fault(
            f"`{value}` is the author's own machine", "feeds, sitemap and redirects lead readers to their own machines"
        )
    return None


def _fix(source: Source, entry: Entry) -> Fix | None:
    """Put `https://` before what already is a host."""
    value = entry.data
    rest = _HOST.match(value) if isinstance(value, str) else None
    if not rest or entry.value.span.end - entry.value.span.start - len(value) not in {0, 2}:
        return None
    whole = f"https://{value[rest.end() :]}"
    return Fix(
        f"write `{whole}`", Applicability.UNSAFE, (Edit(entry.value.span, renamed(source, entry.value.span, whole)),)
    )
