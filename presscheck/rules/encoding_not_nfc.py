"""Titles, tags, addresses and file names are written with composed letters.

`é` can be stored as one character, or as an `e` followed by an accent that is drawn over it; names copied from a macOS
file or a PDF have the second form. Both look alike and are different to Hugo: two tags `café` get two pages, each with
half of the posts, and `/café/` as a reader types it does not lead to a page whose slug or file name has the other form.

Write the composed form (NFC), the one that keyboards make. `presscheck fix` does it for titles and tags. A slug, an
address or a file name is changed by `--unsafe-fixes` only, because the page moves when it changes: add the old address to
`aliases` if readers know it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Move, Severity
from presscheck.keyed import Value
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_TEXTS = {
    "title": "searching for the title as it is typed does not find it",
    "linktitle": "searching for the title as it is typed does not find it",
}
_ADDRESSES = ("slug", "url", "aliases")
_COMPATIBLE = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Ideographs that NFC would replace by others; people's names are written with them on purpose."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the keys that name something, and of the file's name."""
    if not page.path.isascii():
        yield from _file(page)
    if page.source.text.isascii():
        return
    for key, consequence in _TEXTS.items():
        yield from _decomposed(page, key, key, consequence)
    for taxonomy, noun in page.config.taxonomies.items():
        consequence = f"two {taxonomy} that look alike have a page each, with a part of the posts"
        yield from _decomposed(page, taxonomy, noun, consequence)
    for key in _ADDRESSES:
        consequence = "the address as a reader types it leads to no page"
        yield from _decomposed(page, key, "alias" if key == "aliases" else key, consequence)


def _decomposed(page: Page, key: str, noun: str, consequence: str) -> Iterator[Finding]:
    entry = page.front_matter.get(key)
    if not entry:
        return
    for value in entry.value.elements or (entry.value,):
        if not _is_decomposed(value):
            continue
        written = page.source.slice(value.span)
        fixed = _composed(written)
        applicability = Applicability.UNSAFE if key in _ADDRESSES else Applicability.SAFE
        edits = (Edit(value.span, fixed),)
        yield Finding(
            message=f"the {noun} `{value.data}` has its accents apart from their letters",
            span=value.span,
            label=_difference(str(value.data)),
            consequence=consequence,
            help="write the letters with their accents as one character (NFC)",
            fix=Fix("compose the letters", applicability, edits) if fixed != written else None,
        )


def _file(page: Page) -> Iterator[Finding]:
    to = _composed(page.file)
    if len(to) == len(page.file):
        return
    name = posixpath.basename(page.path)
    if _composed(name) == name:
        name = posixpath.dirname(page.path)
    start = page.front_matter.span.start
    yield Finding(
        message=f"the name `{name}` has its accents apart from their letters",
        span=Span(start, start),
        label=f"{_difference(name)} in the file's name",
        consequence="the address as a reader types it leads to no page",
        help="rename the file: its letters with their accents as one character (NFC)",
        fix=Fix("rename the file", Applicability.UNSAFE, moves=(Move(page.file, to),)),
    )


def _is_decomposed(value: Value) -> bool:
    # NFC takes a few letters of Indian scripts apart; what it does not make shorter was not decomposed.
    return isinstance(value.data, str) and not value.data.isascii() and len(_composed(value.data)) < len(value.data)


def _composed(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    kept = _COMPATIBLE.findall(text)
    parts = [unicodedata.normalize("NFC", part) for part in _COMPATIBLE.split(text)]
    return "".join(part + char for part, char in zip(parts, [*kept, ""], strict=True))


def _difference(text: str) -> str:
    """The first letter that is in pieces, and what it should be."""
    composed = _composed(text)
    at = next((at for at, char in enumerate(composed) if text[at : at + 1] != char), 0)
    char = composed[at : at + 1]
    pieces = unicodedata.normalize("NFD", char)
    return (
        f"`{char}` is {' '.join(f'U+{ord(piece):04X}' for piece in pieces)} instead of U+{ord(char):04X}"
        if char
        else ""
    )
