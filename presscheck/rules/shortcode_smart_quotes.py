"""The values of a shortcode call stand in straight double quotes.

Hugo knows `"` and the backtick there, nothing else. A word processor makes `“` of it: `{{< ref “about.md” >}}` stops the
build. With a name, `{{< figure src=“a.png” >}}`, Hugo says nothing, takes the quotation marks for a part of the value, and
the picture is sought at an address that has them in it. Single quotes, `src='a.png'`, do the same.

Write `"` on both sides. A curly quotation mark or an apostrophe inside a value is fine. Calls inside code are the matter
of `shortcode-in-code`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import oddly_quoted, outside_code
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every value in a call what stands around it."""
    for call in outside_code(page):
        for match in oddly_quoted(page.source.text, call):
            yield _finding(match)


def _finding(match: re.Match[str]) -> Finding:
    span = Span(match.start("left"), match.end("right"))
    is_named = match.string[max(0, match.start("left") - 40) : match.start("left")].rstrip().endswith("=")
    return Finding(
        message=f"the quotation marks around `{match['value']}` are not straight double ones",
        span=span,
        label=f"these are `{match['left']}` and `{match['right']}`",
        consequence="Hugo takes them for a part of the value"
        if is_named and " " not in match["value"] and match["left"] != '"'
        else "Hugo stops here, and nothing of the site is published",
        help=f'write `"{match["value"]}"`',
        fix=Fix(f'write `"{match["value"]}"`', Applicability.SAFE, (Edit(span, f'"{match["value"]}"'),)),
    )
