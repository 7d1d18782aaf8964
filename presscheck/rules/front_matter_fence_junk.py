"""Nothing stands behind the closing fence on its line.

The closing `+++` (or `---`, or `}`) ends the front matter at its last character. What follows on the line is the beginning
of the page: of `+++ end` readers see the word "end", of `----` or `++++` the dot of an empty list, of `--- # end` a heading.
Spaces and tabs do no harm. Behind the opening fence, words stop the build, and `front-matter-toml-syntax` reports them.

End the line after the third character, and begin the text on a line of its own. `presscheck fix` removes signs that are left
over; what may be meant as text, or as a comment, is for `--unsafe-fixes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._front_matter_notation import CLOSING
from presscheck.text import Span

SEVERITY = Severity.WARNING

_REST = re.compile(r"[ \t]*(?P<junk>[^\r\n]*[^ \t\r\n])")
_SIGNS = re.compile(r"[-+},;\s\u200b\ufeff]+")
_COMMENT = re.compile(
    r"(?://|#)?[ \t]*(?:end\b.*|(?:end[ \t]+of[ \t]+)?front[ \t-]?matter|toml|yaml|json)", re.IGNORECASE
)
_LENGTHS = {"toml": 3, "yaml": 3, "json": 0, "none": 0}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask what stands behind the closing fence on its line."""
    front_matter = page.front_matter
    at = front_matter.content.end + _LENGTHS[front_matter.notation]
    text = page.source.text
    if text.startswith("\n", at) or front_matter.notation == "none" or not front_matter.is_closed:
        return
    if text[front_matter.span.start + 3 : front_matter.span.start + 4] in {
        "+",
        "-",
    }:
        return
    rest = _REST.match(text, at)
    if not rest:
        return
    junk = Span(*rest.span("junk"))
    fence = CLOSING[front_matter.notation]
    written = rest["junk"] if len(rest["junk"]) < 40 else rest["junk"][:39] + "…"
    fix, help_ = _fix(rest["junk"], Span(at, junk.end), junk)
    yield Finding(
        message=f"`{written}` stands behind the closing `{fence}`",
        span=junk,
        label="to Hugo, the text of the page begins here",
        consequence=f"readers see {_shown(rest['junk'])} at the top of the page",
        help=help_,
        fix=fix,
    )


def _fix(junk: str, whole: Span, inside: Span) -> tuple[Fix, str]:
    if _SIGNS.fullmatch(junk):
        return Fix("remove it", Applicability.SAFE, (Edit(whole, ""),)), "remove it"
    if _COMMENT.fullmatch(junk):
        return Fix("remove it", Applicability.UNSAFE, (Edit(whole, ""),)), "remove it"
    title = "put it on a line of its own"
    return Fix(title, Applicability.UNSAFE, (Edit(Span(whole.start, inside.start), "\n\n"),)), title


def _shown(junk: str) -> str:
    if junk.startswith("# "):
        return "it as a heading"
    if junk.strip("-+ \t"):
        return "it" if junk.strip("\u200b\ufeff\u00a0 \t") else "an empty paragraph"
    return "an empty list, a dash or a rule"
