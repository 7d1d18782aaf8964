"""Which of many words a wrong one was probably meant to be.

For words that a site has as many of as pages: its addresses, its files, its titles. Python's own `difflib` takes a tenth of
a second to compare one address with ten thousand, which an old site with a thousand broken links cannot wait for.
"""

from __future__ import annotations

from collections.abc import Sequence


def nearest(word: str, known: Sequence[str], alike: float) -> str:
    """The one of `known` that shares most letters with `word`, `alike` of them (0 to 1) at least.

    Empty when there is none, and when two are equally near: to guess one would be wrong half of the time.
    """
    found = _near(word, known, alike, 2)
    is_clear = found and (len(found) == 1 or found[0][1] > found[1][1])
    return found[0][0] if is_clear else ""


def two_nearest(word: str, known: Sequence[str], alike: float) -> list[str]:
    """The same, the most similar first, and the next one if there is one."""
    return [name for name, *_ in _near(word, known, alike, 2)]


def all_alike(word: str, known: Sequence[str], alike: float) -> list[int]:
    """The places in `known`, in order, of all that share at least `alike` (0 to 1) of their letters with `word`."""
    return sorted(at for *_, at in _near(word, known, alike, None))


def _near(word: str, known: Sequence[str], alike: float, most: int | None) -> list[tuple[str, float, int]]:
    """The most similar of `known`, how similar they are (to 100), and their places."""
    # Imported late: only who made a mistake pays the 30 ms.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    return process.extract(word, known, scorer=fuzz.ratio, score_cutoff=alike * 100, limit=most)
