"""A link says where it leads.

"Click here" and "read more" say nothing by themselves. Who listens to a page goes from link to link and hears the words of the links
only, five times "here"; who skims sees nothing but the underlined words; and search engines judge the other page by the words that
lead to it. Hugo writes whatever the author did.

Link the words that name the thing: not `the manual is [here](…)`, but `see [the manual](…)`. The words that are meant can be set; these
are all that are asked instead of the usual ones:

```toml
[params.presscheck.rules.link-vague-text]
words = ["here", "click here", "hier"]
```

Without that they are some twenty in English and in German. Case and punctuation make no difference, and a link that has more words than
these is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING

_AROUND = " \t.,:;!?…→»›>*_\"'“”„()"


@dataclass(frozen=True)
class Options:
    """What may be set."""

    words: tuple[str, ...] = (
        "here",
        "click here",
        "click",
        "over here",
        "see here",
        "right here",
        "read here",
        "go here",
        "this",
        "this link",
        "this page",
        "link",
        "the link",
        "more",
        "read more",
        "see more",
        "learn more",
        "more info",
        "hier",
        "hier klicken",
        "klick hier",
        "klicken sie hier",
        "dieser link",
        "diesem link",
        "mehr",
        "mehr lesen",
        "weiterlesen",
    )
    """The words that are no words for a link, in lower case."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of each of its links whether it says something of its own."""
    asked, longest = _asked(options.words)
    for link in page.markdown.links:
        text = link.text
        if len(text) > longest or link.is_image or link.is_autolink:
            continue
        words = text.lower().strip(_AROUND)
        if words in asked or ("  " in words and " ".join(words.split()) in asked):
            yield Finding(
                message=f"the words `{' '.join(link.text.split())}` do not say where the link leads",
                span=link.span,
                label="heard alone, this could lead anywhere",
                consequence="who listens to the links of the page, or skims it, does not learn what is there",
                help="link the words that name what is there",
            )


@lru_cache(maxsize=4)
def _asked(words: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """The words, and how long a text may be to hold one of them and some punctuation."""
    return frozenset(map(str.lower, words)), max(map(len, words), default=0) + 6
