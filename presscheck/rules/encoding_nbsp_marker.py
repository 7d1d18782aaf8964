"""The mark of a heading or a list item is followed by a plain space.

A no-break space looks like a space and is none to Markdown. Typed by accident (Option and space on a Mac, a wide space in
a Japanese input method, text pasted from a word processor) behind `#`, `-` or `1.`, it makes Hugo show the mark as text:
readers see `## Results` inside a paragraph instead of a heading, the table of contents lacks it, and the items of a list
run into one line.

Write a plain space behind the mark. A number is asked only when the next line goes on counting, because `1. March` at the
beginning of a sentence may have its no-break space on purpose; code is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_SPACES = {
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\u2007": "a figure space",
    "\u3000": "a wide (ideographic) space",
}
_ANY = "[" + "".join(_SPACES) + "]"
_MARKED = re.compile(
    rf"^(?P<before>[ \t>]{{0,40}})(?:(?P<heading>#{{1,6}})|(?P<bullet>[-*+])|(?P<number>\d{{1,9}})[.)])(?P<gap>{_ANY})"
    rf"(?=[^\r\n]*\w)",
    re.MULTILINE,
)
_MOST = 1_000
"""How many lines of a page are reported at a time."""
_COUNTED = re.compile(rf"[ \t>]{{0,40}}(\d{{1,9}})[.)](?:[ \t]|{_ANY})")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every line that begins with a mark what stands behind it."""
    text = page.source.text
    if text.isascii() or not any(space in text for space in _SPACES):
        return
    counted = -1
    for line in islice(_MARKED.finditer(page.prose), _MOST):
        if line["number"]:
            number = int(line["number"])
            following = _COUNTED.match(page.prose, page.source.line_span(line.start("gap")).end)
            is_list = counted == number or bool(following and int(following[1]) == number + 1)
            counted = number + 1 if is_list else -1
            if not is_list:
                continue
        gap = Span(*line.span("gap"))
        mark = text[line.end("before") : gap.start]
        yield Finding(
            message=f"`{mark}` is followed by {_SPACES[text[gap.start]]} (U+{ord(text[gap.start]):04X})",
            span=gap,
            label="it looks like a space",
            consequence=f"readers see `{mark}` in a paragraph, and no {'heading' if line['heading'] else 'list'}",
            help=f"write a plain space behind `{mark}`",
            fix=Fix("write a plain space", Applicability.SAFE, (Edit(gap, " "),)),
        )
