"""Words about terminals: colour, and text that is safe and measurable there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from wcwidth import wcswidth

_TAB = "    "


@dataclass(frozen=True, slots=True)
class Palette:
    """Wraps text in colour, or leaves it alone."""

    on: bool
    """Whether to colour."""

    def paint(self, text: str, *codes: int) -> str:
        """`text` with the given SGR codes."""
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if self.on and text else text


def visible(text: str) -> str:
    """`text` with tabs as four spaces, and what cannot be seen or would command the terminal as `<U+200B>`."""
    if text.isascii() and text.isprintable():
        return text
    parts = []
    for at, char in enumerate(text):
        if char == "\t":
            parts.append(_TAB)
        elif char.isprintable() or char == "\u00a0" or (char == "\u200d" and _joins(text, at)):
            parts.append(char)
        elif "\udc80" <= char <= "\udcff":
            parts.append(f"<{ord(char) - 0xDC00:02X}>")
        else:
            parts.append(f"<U+{ord(char):04X}>")
    return "".join(parts)


def _joins(text: str, at: int) -> bool:
    """Whether the zero-width joiner at `at` holds an emoji together."""
    return 0 < at < len(text) - 1 and unicodedata.category(text[at + 1]) == "So"


def width(text: str) -> int:
    """How many columns a terminal gives to `text`, which must be visible."""
    return len(text) if text.isascii() else max(wcswidth(text), 0)
