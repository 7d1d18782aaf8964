"""The name that a link refers to is defined on the page.

In `[the guide][setup]` the address stands elsewhere, on a line of its own: `[setup]: /posts/setup/`. Where no such line
is on the page, or where it spells the name otherwise, Hugo makes no link: it prints the brackets, and says nothing.

Add the line, or correct the name; capitals do not matter. Or write the address behind the words:
`[the guide](/posts/setup/)`.

Words in one pair of brackets may be plain text, so only two pairs without a gap are asked, and not `[0][1]`, `x[a][b]` or
`[a-z][0-9]`, which come from programs. A page with `{{% … %}}` is not asked at all, as such a shortcode may bring the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._links import has_loose_bracket, opening_bracket
from presscheck.text import Span

SEVERITY = Severity.ERROR

_SECOND = re.compile(r"\]\[(?P<label>[^\[\]\n]{0,200})\](?![(\[:])")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,200})\]:", re.MULTILINE)
_MOST_SUGGESTED, _MOST_KNOWN = 20, 200
"""For how many links a name is suggested, and among how many: comparing takes time."""
_NAME = re.compile(r"(?!\w-\w)\w[^|\\*+?^$]*")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every two pairs of brackets that are no link whether they were to be one."""
    text = page.source.text
    if not has_loose_bracket(page) or "[" not in page.source.behind("]") or "{{%" in text:
        return
    prose = page.prose
    starts = {link.span.start for link in page.markdown.links}
    defined: dict[str, str] | None = None
    suggested = 0
    for found in _SECOND.finditer(prose):
        start = opening_bracket(prose, found.start())
        words = prose[start + 1 : found.start()].strip()
        label = found["label"].strip() or words
        if start < 0 or not _is_meant(prose, start, words, label):
            continue
        is_image = prose[start - 1 : start] == "!"
        if start - is_image in starts:
            continue
        if defined is None:
            defined = {each["label"].casefold(): each["label"] for each in _DEFINITION.finditer(prose)}
        suggested += 1
        known = list(defined)[:_MOST_KNOWN] if suggested <= _MOST_SUGGESTED else []
        close = difflib.get_close_matches(label.casefold(), known, 1, 0.6)
        meant = defined[close[0]] if close and close[0] != label.casefold() else ""
        is_short = not found["label"].strip()
        place = Span(*found.span("label")) if not is_short else Span(start + 1, found.start())
        yield Finding(
            message=f"`[{label}]` is not defined on this page",
            span=place,
            label=f"did you mean `{meant}`?" if meant else "",
            consequence=f"readers see the brackets instead of a {'picture' if is_image else 'link'}",
            help=f"write `{meant}`" if meant else f"add a line `[{label}]: ` with the address",
            fix=_correction(found, meant)
            if meant
            else Fix("add the definition", Applicability.PLACEHOLDER, (_addition(page, label),)),
        )


def _is_meant(prose: str, start: int, words: str, label: str) -> bool:
    before = prose[start - 1 : start]
    if before.isalnum() or before in {"]", ")", "_", "\\"}:
        return False
    return bool(_NAME.match(label)) and not re.match(r"\W|\w-\w|\d+$", words) and any(map(str.isalpha, words))


def _correction(found: re.Match[str], meant: str) -> Fix:
    return Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(Span(*found.span("label")), meant),))


def _addition(page: Page, label: str) -> Edit:
    text = page.source.text
    end = len(text)
    return Edit(Span(end, end), f"{'' if text.endswith(chr(10)) else chr(10)}\n[{label}]: …\n")
