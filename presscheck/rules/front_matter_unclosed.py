"""The front matter ends with the fence that it began with.

Hugo looks for the closing `+++` (or `---`, or `}`) down to the end of the file. When there is none it stops the build of
the whole site and points at the beginning of the file, not at the place where the fence belongs. Three dashes do not
close what three pluses opened, and a fence with a space before it is none.

Write the fence on a line of its own below the last key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page
from presscheck.rules._front_matter_notation import CLOSING
from presscheck.text import Span

SEVERITY = Severity.ERROR

_NEXT_LINE = re.compile(r"\s*^(?P<line>[^\r\n]*\S)", re.MULTILINE)
_NEARLY = re.compile(r"[ \t]*(?:\++|-{2,}|[\u2013\u2014]-?|\.{3}|={3,}|`{3}|\*{3}|_{3})")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether the closing fence is there."""
    front_matter = page.front_matter
    if front_matter.is_closed:
        return
    fence = CLOSING[front_matter.notation]
    start = front_matter.span.start
    end = front_matter.span.end
    text = page.source.text
    missing = fence + "\n" if text[:end].endswith("\n") else "\n" + fence + "\n"
    fix = Fix(f"add `{fence}`", Applicability.PLACEHOLDER, (Edit(Span(end, end), missing),))
    help_ = f"add `{fence}` on a line of its own below the last key"
    notes: tuple[Note, ...] = ()
    following = _NEXT_LINE.match(text, end)
    if following:
        there = Span(*following.span("line"))
        if fence != "}" and _NEARLY.fullmatch(following["line"]):
            notes = (Note(f"this line is not `{fence}` and closes nothing", span=there),)
            help_ = f"write `{fence}` there, without anything before it"
            fix = Fix(f"replace the line by `{fence}`", Applicability.UNSAFE, (Edit(there, fence),))
        else:
            notes = (Note("the text seems to begin here", span=there),)
    yield Finding(
        message="the front matter is never closed",
        span=Span(start, start + len(fence)),
        label=f"no closing `{fence}` below",
        consequence="Hugo cannot tell the keys from the text and stops the build of the whole site",
        help=help_,
        notes=notes,
        fix=fix,
    )
