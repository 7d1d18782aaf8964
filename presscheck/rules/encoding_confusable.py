"""Every word of a title, a tag or an address is written in one alphabet.

The Cyrillic `Р` and the Latin `P` look alike, and on a keyboard with two layouts the wrong one is typed in a moment. To
Hugo, and to search, they are different letters: a tag `GРT` with a Cyrillic letter gets a page of its own beside `GPT`, a
slug with one cannot be typed by a reader who only sees it, and the link is shown full of percent signs.

Type the letter again in the right layout; `presscheck fix --unsafe-fixes` writes the Latin one. A word that is Cyrillic or
Greek as a whole, or has a letter with no Latin look-alike, is not asked, and neither are parts of a word that a hyphen
joins, as in `IT-отдел`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХаеѕіјорсух", "ABESIJKMHOPCTXaesijopcyx", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_LATIN = {**_CYRILLIC, **_GREEK}
_TO_LATIN = str.maketrans(_LATIN)
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_ALIKE = re.compile("[" + "".join(_LATIN) + "]")
_KEYS = ("title", "linktitle", "slug", "url", "aliases")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every word of the keys that name something, and of the file's name."""
    if not page.path.isascii():
        yield from _file(page)
    if page.source.text.isascii():
        return
    for key in (*_KEYS, *page.config.taxonomies):
        entry = page.front_matter.get(key)
        if not entry:
            continue
        noun = page.config.taxonomies.get(key, "alias" if key == "aliases" else key)
        for value in entry.value.elements or (entry.value,):
            if isinstance(value.data, str) and not value.data.isascii():
                yield from _value(page, noun, value.span)


def _value(page: Page, noun: str, within: Span) -> Iterator[Finding]:
    for word in _mixed(page.source.slice(within)):
        span = Span(*word.span()).shifted(within.start)
        latin = word[0].translate(_TO_LATIN)
        yield Finding(
            message=f"`{word[0]}` in the {noun} has {_kind(word[0])} among Latin ones",
            span=span,
            label=_strangers(word[0]),
            consequence=_CONSEQUENCES.get(noun, f"the {noun} has a page of its own, beside the one of `{latin}`"),
            help=f"write `{latin}` with Latin letters only",
            fix=Fix("write Latin letters", Applicability.UNSAFE, (Edit(span, latin),)),
        )


_CONSEQUENCES = {
    "title": "whoever searches for the word as it is typed does not find the page",
    "linktitle": "whoever searches for the word as it is typed does not find the page",
    "slug": "a reader who types the address as it looks finds no page",
    "url": "a reader who types the address as it looks finds no page",
    "alias": "a reader who types the address as it looks finds no page",
}


def _file(page: Page) -> Iterator[Finding]:
    name = posixpath.basename(page.path)
    for word in _mixed(page.path):
        start = page.front_matter.span.start
        yield Finding(
            message=f"`{word[0]}` in the file's name has {_kind(word[0])} among Latin ones",
            span=Span(start, start),
            label=_strangers(word[0]) + f" in `{name if word[0] in name else page.path}`",
            consequence="a reader who types the address as it looks finds no page",
            help="rename the file with Latin letters only",
        )


def _mixed(text: str) -> Iterator[re.Match[str]]:
    """The words whose letters are ASCII but for some that look like it."""
    for word in _WORD.finditer(text):
        if not word[0].isascii() and _LOOK_ALIKE.search(word[0]):
            latin = word[0].translate(_TO_LATIN)
            own = sum(char.isascii() for char in word[0])
            if latin.isascii() and own:
                yield word


def _strangers(word: str) -> str:
    found = dict.fromkeys(_LOOK_ALIKE.findall(word))
    names = [f"`{char}` is {'Cyrillic' if char in _CYRILLIC else 'Greek'} (U+{ord(char):04X})" for char in found]
    return ", ".join(names)


def _kind(word: str) -> str:
    found = _LOOK_ALIKE.findall(word)
    alphabet = "Cyrillic" if found[0] in _CYRILLIC else "Greek"
    return f"{alphabet} letters" if len(found) > 1 else f"a {alphabet} letter"
