"""The values of a shortcode call stand in straight double quotes.

Hugo knows `"` and the backtick there, nothing else. A word processor makes `“` of it: `{{< ref “about.md” >}}` stops the
build. With a name, `{{< figure src=“a.png” >}}`, Hugo says nothing, takes the quotation marks for a part of the value, and
the picture is sought at an address that has them in it. Single quotes, `src='a.png'`, do the same.

Write `"` on both sides. A curly quotation mark or an apostrophe inside a value is fine. Calls inside code are the matter
of `shortcode-in-code`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._shortcodes import code_shown
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_CALL = re.compile(r"\{\{[<%](?!/\*)[^{}\r\n]{0,2000}?[>%]\}\}")
_VALUE = re.compile(
    r"""(?P<good>"[^"“”]*"(?=[\s/>%])|`[^`]*`)"""
    r"""|(?P<gap>[\s=])(?P<left>[“”„‟«»‘’‚‛'"])(?P<value>[^“”„‟«»"{}]*?)(?P<right>[“”„‟«»‘’‛'"])(?=[\s/>%])"""
)
_ODD = frozenset("“”„‟«»‘’‚‛'")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every value in a call what stands around it."""
    text = page.source.text
    if "{" not in text or ("{{<" not in text and "{{%" not in text):
        return
    code: tuple[Span, ...] | None = None
    for call in _CALL.finditer(text, page.front_matter.span.end):
        if not _ODD & set(call[0]):
            continue
        code = code_shown(page) if code is None else code
        at = bisect_right(code, (call.start(), len(text))) - 1
        if at >= 0 and call.start() < code[at].end:
            continue
        yield from _in_call(call)


def _in_call(call: re.Match[str]) -> Iterator[Finding]:
    for match in _VALUE.finditer(call[0]):
        if match["good"] or (match["left"] == '"' and match["right"] == '"'):
            continue
        span = Span(match.start("left"), match.end("right")).shifted(call.start())
        is_named = match["gap"] == "="
        yield Finding(
            message=f"the quotation marks around `{match['value']}` are not straight double ones",
            span=span,
            label=f"these are `{match['left']}` and `{match['right']}`",
            consequence="Hugo takes them for a part of the value"
            if is_named and " " not in match["value"] and match["left"] != '"'
            else "Hugo stops here, and nothing of the site is published",
            help=f'write `"{match["value"]}"`',
            fix=Fix(f'write `"{match["value"]}"`', Applicability.SAFE, (Edit(span, f'"{match["value"]}"'),)),
        )
