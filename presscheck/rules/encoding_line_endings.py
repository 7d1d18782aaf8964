"""Every line of a file ends in the same way.

A file may end its lines with LF, as on Linux and macOS, or with CR LF, as on Windows. A lone CR, as very old Macs wrote it
and as some editors and exports still do, ends no line for Hugo: headings, lists and paragraphs that it should part become
one paragraph, `##` included; in TOML front matter it stops the build.

Where LF and CR LF stand in one file, Hugo makes the same page of both. But an editor or git will sooner or later turn all
of them into one kind, and a change of one word is then shown as a change of the whole file.

Save the file with one kind of line ending. `presscheck fix` turns a lone CR, and the rarer of two kinds, into the kind
that most lines have. A file that has CR LF throughout is as good as any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_CHANGES = "the next editor may change all of them, and a change of one word is shown as one of the whole file"
_FIRST = re.compile(r"(?<!\r)(?:\r{2,}|\r(?!\n))")
_NOISE = re.compile(r"(?<!\r)\r\r++\n")
_RETURNS_BEFORE_LINE_FEED = re.compile(r"(?<!\r)\r++\n")
_UNIX = re.compile(r"(?<!\r)\n")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask whether there are two kinds of line ending, or one that is none; one finding a file."""
    text = page.source.text
    if "\r" not in text:
        return
    windows = text.count("\r\n")
    unix = text.count("\n") - windows
    ending = "\r\n" if windows > unix else "\n"
    if text.count("\r") > windows:
        yield _lone(page, ending)
    elif windows and unix:
        yield _mixed(page, ending, min(windows, unix))


def _lone(page: Page, ending: str) -> Finding:
    text = page.source.text
    found = _FIRST.search(text)
    first = Span(*found.span()) if found else Span(0, 1)
    front_matter = page.front_matter
    stops = front_matter.notation == "toml" and first.start < front_matter.span.end
    # Of several CR before an LF, the last belongs to it and the others are noise; elsewhere each CR ends a line.
    last = text.rindex("\r") + 1
    whole = Span(first.start, last + text.startswith("\n", last))
    parts = _RETURNS_BEFORE_LINE_FEED.split(text[whole.start : whole.end])
    seen = sum(part.count("\r") for part in parts)
    is_seen = seen > 0
    count = seen + len(_NOISE.findall(text))
    mended = "\r\n".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\n", ending)
    return Finding(
        message=f"{count} line{'s' * (count > 1)} of this file {'end' if count > 1 else 'ends'} in {'a lone CR' if is_seen else 'CR CR LF'}",
        span=Span(first.start, first.start + 1),
        label="the first" if count > 1 else "no end of a line to Hugo" if is_seen else "one CR too many",
        consequence="Hugo cannot read the front matter and stops the build of the whole site"
        if stops
        else "Hugo takes the lines for one: headings and lists become a part of the paragraph before them"
        if is_seen
        else _CHANGES,
        help=f"save the file with {_name(ending)} at the end of its lines",
        fix=Fix(f"write {_name(ending)}", Applicability.SAFE, (Edit(whole, mended),)),
    )


def _mixed(page: Page, ending: str, count: int) -> Finding:
    text = page.source.text
    if ending == "\n":
        other, at, last = "\r\n", text.index("\r\n"), text.rindex("\r\n") + 2
    else:
        other, at = "\n", next(place.start() for place in _UNIX.finditer(text))
        last = text.rindex("\n") + 1
    first = Span(at, at + len(other))
    mended = text[at:last].replace("\r\n", "\n").replace("\n", ending)
    return Finding(
        message=f"{count} line{'s' * (count > 1)} of this file {'end' if count > 1 else 'ends'} in {_name(other)}, "
        f"the others in {_name(ending)}",
        span=first,
        label="the first" if count > 1 else "",
        consequence=_CHANGES,
        help=f"save the file with {_name(ending)} at the end of every line",
        fix=Fix(f"write {_name(ending)}", Applicability.SAFE, (Edit(Span(at, last), mended),)),
    )


def _name(ending: str) -> str:
    return "CR LF" if ending == "\r\n" else "LF"
