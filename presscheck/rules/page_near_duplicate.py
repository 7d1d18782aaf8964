"""A page's text is its own.

When two pages say nearly the same, a post was copied to begin the next one, or moved and left behind. Hugo publishes both.
Search engines show one of two addresses for one text, often the one that you do not mean; links and readers' remarks are
shared out between them; and a correction reaches one and not the other.

Keep one of them, and give it the address of the other in `aliases`, so that Hugo leads readers on; or write what is
different. The rule takes time on a large site, and some texts are alike on purpose, so it is off unless the settings turn
it on:

```toml
[params.presscheck.rules.page-near-duplicate]
severity = "info"
similarity = 0.8
words = 100
```

Two texts are as similar as the share of their runs of three words that both have; 1.0 stands for the same words in the same
order. Of Chinese and Japanese every sign counts as a word. Markup and code count, front matter does not. Each page is
compared with the earlier ones, by path, and the first that is found is named. Published pages with fewer than `words` words
are silent, so are lists, and pages with a key `canonical…`, which themes tell search engines. Where `similarity` is below
0.8, a few pairs may be missed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._words import SIGN
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False

_BETWEEN = bytes(code if chr(code).isalnum() or code > 127 else 32 for code in range(256))
"""Turns what is between words into blanks, in ASCII."""
_PLACES = 64
"""How many of a text's runs are remembered to find texts that may be similar."""
_BAND = 4
"""How many of them two texts have to share in a row to be compared: few unlike ones do, and hardly any similar one does not."""
_SAMPLED = 4
"""Of how many runs, by their first words, one is looked at to find texts that may be similar."""
_STARTS = [(place - _PLACES // 2) * (1 << 64) // _PLACES for place in range(_PLACES)]


@dataclass(frozen=True)
class Options:
    """What may be set."""

    similarity: float = 0.8
    """From which share of common runs of words on two texts are nearly the same; 1.0 for all."""
    words: int = 100
    """How many words a page has at least to be compared."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every long page whether an earlier one says nearly the same."""
    if not site.config.addresses_are_known:
        return
    seen: dict[int, Page] = {}
    for page in site.published:
        numbers = _numbers(page, site) if _counts(page) else []
        if len(numbers) < max(options.words, 3):
            continue
        compared = {page.path}
        for other in [seen.setdefault(band, page) for band in _bands(numbers)]:
            if other.path in compared or other.language != page.language:
                continue
            compared.add(other.path)
            similarity = _similarity(_runs(numbers), _runs(_numbers(other, site)))
            if similarity >= options.similarity:
                yield _finding(page, other, similarity)
                break


def _counts(page: Page) -> bool:
    return page.kind == "page" and not any(key.startswith("canonical") for key in page.front_matter.document.top)


def _numbers(page: Page, site: Site) -> list[int]:
    """A number for every word of the page's text, the same for the same word."""
    text = site.text_of(page)[page.front_matter.span.end :].lower()
    apart = text if text.isascii() else SIGN.sub(r" \g<0> ", text)
    return [*map(crc32, apart.encode("utf-8", "surrogatepass").translate(_BETWEEN).split())]


def _runs(numbers: list[int]) -> set[int]:
    """A number for every run of three words; of numbers, unlike texts, Python makes the same hash each time."""
    return set(map(hash, zip(numbers, numbers[1:], numbers[2:], strict=False)))


def _bands(numbers: list[int]) -> Iterator[int]:
    """What two similar texts have in common, most likely: see "MinHash" and "locality-sensitive hashing".

    On the circle of all numbers stand as many marks as _PLACES, and behind each mark comes a first run. Of two texts it is
    the same as often as they are similar; several in a row are so hardly ever by chance. A quarter of the runs will do.
    """
    runs = zip(numbers, numbers[1:], numbers[2:], strict=False)
    ordered = sorted({hash(run) for run in runs if run[0] % _SAMPLED == 0}) or [0]
    firsts = [ordered[bisect_left(ordered, start) % len(ordered)] for start in _STARTS]
    for at in range(0, _PLACES, _BAND):
        yield hash((at, *firsts[at : at + _BAND]))


def _similarity(runs: set[int], others: set[int]) -> float:
    common = len(runs & others)
    return common / (len(runs) + len(others) - common)


def _finding(page: Page, other: Page, similarity: float) -> Finding:
    how = "is the same as" if similarity == 1 else f"is nearly the same ({int(similarity * 100)} %) as"
    return Finding(
        message=f"the text {how} that of `{other.name}`",
        path=page.file,
        span=page.title_span,
        consequence=f"search engines show {page.address} or {other.address}, perhaps not the one that you mean",
        help="keep one of them, with the address of the other in `aliases`, or write what is different",
        notes=(Note("the other page", other.file, other.title_span),),
    )
