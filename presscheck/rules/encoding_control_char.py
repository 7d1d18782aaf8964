"""No control characters in the text.

A backspace, an escape or a NUL is invisible in most editors. XML forbids most of them: one in a title makes the whole RSS
feed unreadable for every subscriber, whichever post it is in. Hugo's own feed drops those of the text, a feed template
of the site may not, and the page keeps them. In TOML front matter they stop the build, unless they are written as an
escape such as `"\\u0008"`, which Hugo turns into the character. A NUL becomes U+FFFD, the black diamond.

Remove it. Where `\\b` or `\\f` was to be a backslash and a letter, as in `"C:\\bin"`, double the backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Value
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_RAW = re.compile(
    r"[\u00c2-\u00f4][\x80-\U0010ffff]+"  # this may be mojibake, which has a rule of its own
    r"|(?P<control>\x00+|[\x01-\x08\x0b\x0c\x0e-\x1f]+|\x7f+|[\x80-\x9f])"
)
_ESCAPED = re.compile(
    r"\\(?:(?P<code>(?:u00|U000000|x)(?:0[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F]))|(?P<letter>[0abefv])|.)",
    re.DOTALL,
)
_LETTERS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask for control characters as they are, and for escapes that make some."""
    text = page.source.text
    if page.source.has_control and text.count("\0") * 4 > len(text):
        first = text.index("\0")
        yield Finding(
            message=f"{text.count(chr(0))} NUL characters: this is UTF-16 or UTF-32 without a byte order mark, or no text",
            span=Span(first, first + 1),
            label="the first",
            consequence="Hugo cannot read the file as it was meant, or stops the build",
            help="save the file as UTF-8",
        )
        return
    for place in _RAW.finditer(text) if page.source.has_control else ():
        if place["control"]:
            yield _raw(page, Span(*place.span()), place[0])
    if text.find("\\", page.front_matter.content.start, page.front_matter.content.end) < 0:
        return
    for entry in page.front_matter.document.entries:
        for value in _texts(entry.value):
            if _CONTROL.search(value.data) and page.source.slice(value.span)[:1] == '"':
                yield from _escaped(page, value.span)


def _texts(value: Value) -> Iterator[Value]:
    if isinstance(value.data, str):
        yield value
    for element in value.elements:
        yield from _texts(element)


def _raw(page: Page, span: Span, text: str) -> Finding:
    front_matter = page.front_matter
    inside = front_matter.content.start <= span.start < front_matter.content.end
    stops = inside and (front_matter.notation == "toml" and text[0] < "\x80")
    stops |= inside and (front_matter.notation == "json" and text[0] < " ")
    is_letter = text[0] >= "\x80" and (
        inside or span.start >= front_matter.span.end
    )  # in a fence it would be in the way
    meant = text.encode("latin-1").decode("cp1252", errors="ignore") if is_letter else ""
    names = " ".join(f"U+{ord(char):04X}" for char in text[:4]) + (" …" if len(text) > 4 else "")
    return Finding(
        message=f"control character {names}",
        span=span,
        label=f"`{meant}` in Windows-1252" if meant else "most editors do not show it",
        consequence="Hugo cannot read the front matter and stops the build of the whole site"
        if stops
        else _consequence(text, inside=inside),
        help=f"write `{meant}`" if meant else "remove it",
        fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, meant),))
        if meant
        else Fix("remove it", Applicability.SAFE, (Edit(span, ""),)),
    )


def _escaped(page: Page, within: Span) -> Iterator[Finding]:
    for place in _ESCAPED.finditer(page.source.text, within.start, within.end):
        letter, code = place["letter"], place["code"]
        if not letter and not code:
            continue
        span = Span(*place.span())
        char = _LETTERS[letter] if letter else chr(int(code.lstrip("uUx"), 16))
        yield Finding(
            message=f"`{place[0]}` stands for the control character U+{ord(char):04X}",
            span=span,
            label="Hugo puts the character here",
            consequence=_consequence(char, inside=True),
            help=f"write `\\{place[0]}` for a backslash and `{letter}`, else remove it" if letter else "remove it",
            fix=Fix("double the backslash", Applicability.UNSAFE, (Edit(Span(span.start, span.start), "\\"),))
            if letter
            else Fix("remove it", Applicability.SAFE, (Edit(span, ""),)),
        )


def _consequence(text: str, *, inside: bool) -> str:
    if "\0" in text:
        return "readers see U+FFFD, a black diamond with a question mark, in its place"
    if text[0] >= "\x7f":
        return "it goes into the page and the feed; readers see a box or nothing"
    if inside:
        return "a feed that shows this is not well-formed XML: feed readers refuse all of it"
    return "it goes into the page, and makes a feed that does not filter the text unreadable"
