r"""An address has no sign that means something else in an address.

In an address `?` begins a query and `#` a fragment, `%` and two digits stand for another sign, and browsers take `\` for `/`.
Hugo makes of `url = "/archive?year=2026"` a folder of that name, but a browser asks the host for `/archive`: the page is not
found. It is the same for an alias: `/?p=12` never redirects, because the host is only ever asked for `/`. With a `%` or a `:`
that fits nothing, Hugo ends with a page of internals instead of a message; an address of another site stops it too.

Write letters, digits, `-`, `.` and `/`. Blanks in an alias are left alone, for that is how an old address may have been; in a
`slug`, Hugo makes hyphens of them. Redirects of old addresses with a query belong into the settings of the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Value
from presscheck.page import Page
from presscheck.rules._addresses import written_addresses

SEVERITY = Severity.ERROR

_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_TOKENS = (
    "year|month|monthname|day|weekday|weekdayname|yearday|sections?|title|slug|filename|slugorfilename"
    "|contentbasename|slugorcontentbasename"
)
_BAD = {
    "slug": re.compile(r"[#\\]|%[0-9A-Fa-f]{2}"),
    "url": re.compile(rf"[?#\\%\s]|:(?=[A-Za-z])(?!(?:{_TOKENS})(?!\w))"),
    "aliases": re.compile(r"[?#\\]|%[0-9A-Fa-f]{2}"),
}
_MEANS = {
    "?": "begins a query",
    "#": "begins a fragment",
    "%": "stands for another sign",
    "\\": "means `/` to a browser",
    ":": "begins a placeholder",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of `slug`, `url` and every alias whether such a sign stands in it."""
    for key, _, value in written_addresses(page):
        text = value.data
        what = {"slug": "slug", "url": "`url`", "aliases": "alias"}[key]
        if key != "slug" and _SCHEME.match(text):
            yield Finding(
                message=f"the {what} `{text}` is an address with a host",
                span=value.span,
                label="only the path may stand here",
                consequence="Hugo stops the build",
                help="write the path alone, beginning with `/`",
            )
            continue
        if not text.isprintable():
            continue
        found = _BAD[key].search(text)
        if found:
            sign = found[0][0]
            yield Finding(
                message=f"the {what} `{text}` contains {'a blank' if sign.isspace() else f'`{sign}`'}",
                span=value.span,
                label=_MEANS.get(sign, "an address has none"),
                consequence=_consequence(key, sign, text),
                help="write letters, digits, `-`, `.` and `/`",
                fix=_fix(page, key, value),
            )


def _consequence(key: str, sign: str, text: str) -> str:
    if key == "aliases":
        return "no browser ever asks for it as it is written, and the old address leads nowhere"
    if sign.isspace():
        return "links to the page break where somebody writes them by hand"
    if sign == ":" or (sign == "%" and not re.search("%[0-9A-Fa-f]{2}", text)):
        return "Hugo ends with a page of internals, and without a site"
    if sign in {"#", "\\"}:
        return f"a link that somebody writes with `{sign}` leads to another address"
    return "readers who follow a link to the page do not find it"


def _fix(page: Page, key: str, value: Value) -> Fix | None:
    """For a blank a hyphen, for a percent-escape in an alias its sign, where nothing else is wrong."""
    text = value.data
    better = re.sub(r"\s+", "-", text.strip()) if key == "url" else unquote(text) if key == "aliases" else text
    written = page.source.slice(value.span)
    if (
        better == text
        or _BAD[key].search(better)
        or not better.isprintable()
        or text not in written
        or "\ufffd" in better
    ):
        return None
    if not {'"', "'", "\\"}.isdisjoint(better):
        return None
    quoted = written.replace(text, better) if written[:1] in {'"', "'"} else f'"{better}"'
    return Fix(f"write `{better}`", Applicability.UNSAFE, (Edit(value.span, quoted),))
