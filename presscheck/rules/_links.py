"""What the rules about links that are not links have in common."""

from __future__ import annotations

import re

from presscheck.page import Page

_LEADS_SOMEWHERE = re.compile(
    r"(?:https?://|mailto:|\.{0,2}/|#[^\W\d])|.{1,300}\.(?:html?|md|pdf|png|jpe?g|gif|svg|webp|zip|txt|csv)(?:[#?]\S*)?$",
    re.IGNORECASE,
)


def leads_somewhere(words: str) -> bool:
    """Whether `words` look like the address of a link: a scheme, a path, a fragment, or a file with a known ending."""
    return bool(_LEADS_SOMEWHERE.match(words))


def has_loose_bracket(page: Page) -> bool:
    """Whether a `[` below the front matter is of no plain link, picture, footnote or alert: code, text, or a mistake.

    It is found once for all rules that ask.
    """
    return page.once(_has_loose_bracket)


def _has_loose_bracket(page: Page) -> bool:
    """Every link, footnote and alert has one `[` at least, so that equal numbers explain them all.

    Counting one character is far quicker than to search the text for two.
    """
    markdown = page.markdown
    explained = len(markdown.footnotes) + len(markdown.footnote_references) + len(markdown.links)
    explained -= sum([link.is_autolink for link in markdown.links])
    text = page.source.text
    for quote in markdown.quotes:
        explained += text.startswith("> [!", quote.start) and not text.startswith("> [![", quote.start)
    return text.count("[", page.front_matter.span.end) != explained


def opening_bracket(prose: str, closing: int) -> int:
    """Where the `[` stands that belongs to the `]` at `closing`; -1 when there is none, or more brackets between."""
    at = prose.rfind("[", max(closing - 500, 0), closing)
    between = prose[at + 1 : closing]
    if at < 0 or "]" in between or "\n\n" in between or prose[at - 1 : at] == "\\":
        return -1
    return at
