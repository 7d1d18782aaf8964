"""No lines are left over from a merge.

When two people change the same lines, git writes both versions into the file, between `<<<<<<<`, `=======` and `>>>>>>>`.
Saved like that, the post shows both. The middle line makes a heading of the text above it, the last one a quotation seven
deep. Hugo says nothing, except in front matter, which it cannot read any more.

Keep one version, or join the two, and delete the three lines.

A post that explains such conflicts shows them in a code block: the rule is silent when the whole conflict lies in one block
without a language or in `diff`, `text`, `console` or the like. A lone `=======` below a line of text is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_MARKER = re.compile(r"^(?P<marker><{7}|>{7}|={7}|\|{7})(?P<rest>[ \t][^\r\n]*)?\r?$", re.MULTILINE)
_SHOWS_CONFLICTS = frozenset(
    {"", "bash", "console", "diff", "git", "patch", "plain", "plaintext", "sh", "shell", "text", "txt", "udiff"}
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every line whether git wrote it."""
    text = page.source.text
    # `>>>>>>>` outside code is a quotation seven deep.
    if page.markdown.depth < 7 and ("<" not in page.source.behind("<") or "<<<<<<<" not in text):
        return
    quoted = [
        block.span
        for block in page.markdown.code_blocks
        if not block.is_fenced or (block.info.split(maxsplit=1) or [""])[0].lower() in _SHOWS_CONFLICTS
    ]
    conflict: list[re.Match[str]] = []
    for line in _MARKER.finditer(text):
        marker = line["marker"][0]
        if marker == "<":
            if conflict:
                yield from _reported(page, conflict, quoted)
            conflict = [line] if line["rest"] else []
        elif marker == ">":
            # `>>>>>>>` alone may be a deep quotation.
            if conflict or (line["rest"] and not text[: line.start()].endswith("\n>")):
                yield from _reported(page, [*conflict, line], quoted)
            conflict = []
        elif conflict:
            conflict.append(line)
    if conflict:
        yield from _reported(page, conflict, quoted)


def _reported(page: Page, conflict: list[re.Match[str]], quoted: list[Span]) -> Iterator[Finding]:
    first, last = conflict[0], conflict[-1]
    if any(span.start <= first.start() and last.start() < span.end for span in quoted):
        return
    closes = first["marker"][0] == ">"
    if closes and len(first["rest"].split()) > 2:  # words: a quotation, not the name of a branch
        return
    notes = [Note(_NAMES[line["marker"][0]], span=Span(line.start(), line.end("marker"))) for line in conflict[1:]]
    written = first[0].rstrip()
    yield Finding(
        message=f"`{written if len(written) < 50 else written[:49] + '…'}` is left over from a merge",
        span=Span(first.start(), first.start() + len(written)),
        label="the conflict ends here" if closes else "the conflict begins here",
        consequence="Hugo cannot read the front matter, and stops"
        if first.start() < page.front_matter.span.end
        else "readers see it"
        if len(conflict) == 1
        else "readers see both versions, and git's marks as headings and quotations",
        help="delete this line" if len(conflict) == 1 else "keep one version, and delete git's lines",
        notes=tuple(notes),
    )


_NAMES = {"=": "the other version begins here", ">": "the conflict ends here", "|": "what both were made from"}
