"""No key is set a second time in other letters.

To TOML and YAML `title` and `Title` are two keys. To Hugo they are one, because it reads keys without regard to case: it
keeps one of the values and drops the other, without a word. Which one does not depend on their order: a key with a capital
letter goes before one without, wherever it stands, so that of `draft = true` and `Draft = false` the second counts and the
draft goes online. Of two keys with capital letters either may win, and another one in the next build.

Keep one of the two, in lower case as Hugo's manual writes it. Keys below `[params]` are asked as well. A key that is set
twice in the same letters stops the build, and `front-matter-key-duplicate` reports it.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.keyed import Entry
from presscheck.page import Page

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the keys at the top and below `params` whether one has a twin."""
    entries = page.front_matter.document.entries
    if len(entries) == len(page.front_matter.document.top):
        return  # all at the top, and all different
    names = {entry.path[-1] for entry in entries}
    if len(names) == len(set(map(str.lower, names))):
        return
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        path = tuple(map(str.lower, entry.path))
        if len(path) > 1 and (len(path) > 2 or path[0] != "params"):
            continue
        other = first.setdefault(path, entry)
        if other.name == entry.name:
            continue
        yield Finding(
            message=f"`{other.name}` and `{entry.name}` are one key to Hugo",
            span=entry.key_span,
            label="set again here",
            consequence=_consequence(page, other, entry),
            help="keep one of the two",
            notes=(Note("first set here", span=other.key_span),),
        )


def _consequence(page: Page, *entries: Entry) -> str:
    winners = [entry for entry in entries if not entry.name.islower()]
    winner = winners[0]
    if len(winners) > 1:
        return f"Hugo keeps `{winners[0].name}` or `{winners[1].name}`, by chance, and drops the other without a word"
    if winner.name.lower() == "draft" and winner.data is False:
        return f"Hugo keeps `{winner.name}` and publishes the page"
    value = page.source.slice(winner.value.span)
    what = f"`{value}`" if len(value) < 40 and "\n" not in value else f"what `{winner.name}` says"
    return f"Hugo keeps {what} and drops the other without a word"
