"""No word stands twice in a row by mistake.

"Open the the door": most often the first stands at the end of a line and the second at the beginning of the next, where
nobody sees it in the file. Hugo joins the lines, and every reader sees it on the page.

Remove one of the two; `presscheck fix --unsafe-fixes --rule doubled-word` does it.

The rule is off unless a site turns it on, because a word may stand twice on purpose:

```toml
[params.presscheck.rules.doubled-word]
severity = "info"
```

It reads English only: it is silent when the site's language, or the code in the file's name (`intro.de.md`), is another. What
English doubles ("had had", "that that", "log in in March") is left alone, and so are names, code, and words that a line of a
table or the end of a heading parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.INFO
IS_ON = False

_ANY = re.compile(r"\b([A-Za-z]++)\s++>?\s*+\1\b", re.IGNORECASE)
_DOUBLED = re.compile(
    r"(?<![\w'’./@-])(?P<first>[A-Za-z]++)(?P<gap>[ \t]++|[ \t]?\r?\n[ \t]{0,8}(?:>[ \t]?){0,8})"
    r"(?P<second>(?i:(?P=first)))(?![\w'’/@-]|\.\w)"
)
_ON_PURPOSE = frozenset(
    {
        "had",
        "that",
        "her",
        "his",
        "in",
        "on",
        "is",
        "do",
        "so",
        "no",
        "very",
        "really",
        "many",
        "much",
        "far",
        "more",
        "again",
        "there",
        "now",
        "then",
        "who",
        "what",
        "you",
        "it",
        "up",
        "out",
        "ha",
        "hah",
        "la",
        "bla",
        "blah",
        "bye",
        "knock",
        "tut",
        "hear",
        "well",
        "win",
        "long",
        "ping",
        "yada",
        "chop",
        "hush",
        "aye",
        "cha",
        "tsk",
        "yes",
        "yeah",
    }
)
_MOST = 100
"""How many places of a page are reported at a time."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every two words of the text that stand side by side whether they are one and the same."""
    text = page.source.text
    if not _ANY.search(text, page.front_matter.span.end) or not _is_english(page):
        return
    for pair in islice(_DOUBLED.finditer(page.prose, page.front_matter.span.end), _MOST):
        word = pair["second"]
        if not word.islower() or not (word == "a" or pair["first"][1:].islower()) or word in _ON_PURPOSE:
            continue
        gap = Span(*pair.span("gap"))
        # What the prose leaves blank, such as code, stands between the two.
        if page.source.slice(gap) != pair["gap"] or _is_heading(page, pair):
            continue
        second = Span(*pair.span("second"))
        is_parted = "\n" in pair["gap"]
        yield Finding(
            message=f"`{word}` stands twice",
            span=second,
            label="the line above ends in the same word" if is_parted else "",
            consequence=f"readers see `{pair['first']} {word}`",
            help="remove one of the two",
            fix=Fix("remove the second", Applicability.UNSAFE, (_removed(page, gap, second),)),
        )


def _removed(page: Page, gap: Span, second: Span) -> Edit:
    """Takes away the second word with the space on one side of it."""
    if "\n" not in page.source.slice(gap):
        return Edit(Span(gap.start, second.end), "")
    end = second.end + page.source.text.startswith(" ", second.end)
    return Edit(Span(second.start, end), "")


def _is_heading(page: Page, pair: re.Match[str]) -> bool:
    if "\n" not in pair["gap"]:
        return False
    line = page.source.line_span(pair.start())
    return page.source.text[line.start : line.end].lstrip(" >").startswith(("#", "|"))


def _is_english(page: Page) -> bool:
    """Whether the code in the file's name, else the site's language, is English; Hugo's default is."""
    parts = page.path.rpartition("/")[2].split(".")
    if len(parts) > 2 and re.fullmatch(r"[a-z]{2}(?:-[a-z]{2,4})?", parts[-2].lower()):
        return parts[-2].lower().startswith("en")
    keys = (
        ["defaultcontentlanguage"]
        if page.config.get("languages")
        else ["locale", "languagecode", "defaultcontentlanguage"]
    )
    languages = (page.config.get(key) for key in keys)
    return str(next(filter(None, languages), "en")).lower().startswith("en")
