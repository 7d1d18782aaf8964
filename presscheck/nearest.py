"""Which of many words a wrong one was probably meant to be.

For words that a site has as many of as pages: its addresses, its files, its titles. Python's own `difflib` takes a tenth of
a second to compare one address with ten thousand, which an old site with a thousand broken links cannot wait for.
"""

from __future__ import annotations

from collections.abc import Sequence


def nearest(word: str, known: Sequence[str], alike: float, most: int = 1) -> list[str]:
    """At most `most` of `known` that share at least `alike` (0 to 1) of their letters with `word`, the most similar first."""
    # Imported late: the 30 ms are paid only by who made a mistake.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    return [
        found for found, *_ in process.extract(word, known, scorer=fuzz.ratio, score_cutoff=alike * 100, limit=most)
    ]


def all_alike(word: str, known: Sequence[str], alike: float) -> list[int]:
    """The places in `known`, in order, of all that share at least `alike` (0 to 1) of their letters with `word`."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - as above

    return sorted(
        at for *_, at in process.extract(word, known, scorer=fuzz.ratio, score_cutoff=alike * 100, limit=None)
    )
