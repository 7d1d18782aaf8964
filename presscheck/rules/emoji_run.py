"""Emoji stand alone.

A screen reader says the name of every emoji: "party popper, party popper, party popper". In a row they keep those who
listen from the text, and where an emoji is part of a heading or of a link, it is read out in every list of headings and of
links. Hugo prints them as they stand.

Keep one, at the end of the sentence, or none. How many is a matter of taste, so the rule is off unless it is asked for; it
then reports rows of more than `most`:

```toml
[params.presscheck.rules.emoji-run]
severity = "info"
most = 2
```

An emoji that is put together from several signs, such as a family or a flag, counts as one. Code is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.INFO
IS_ON = False


@dataclass(frozen=True)
class Options:
    """What may be set."""

    most: int = 2
    """How many emoji may stand in a row."""


_SIGN = "[\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
_ONE = re.compile(f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|{_SIGN}(?:\u200d{_SIGN}){{0,5}})")
_ROW = re.compile(f"{_ONE.pattern}(?:[ \t]?{_ONE.pattern})+")


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every row of emoji in the text how long it is."""
    if page.source.text.isascii() or not _ROW.search(page.source.text):
        return
    for row in _ROW.finditer(page.prose):
        count = len(_ONE.findall(row[0]))
        if count > options.most:
            yield Finding(
                message=f"{count} emoji stand in a row",
                span=Span(*row.span()),
                consequence="readers who listen to the page hear the name of each",
                help="keep one, or none",
            )
