"""The keys of the front matter stand in one order on every page.

Hugo does not care. People do: whoever opens fifty posts in a week finds the date and `draft` where they always are, sees at
once that a description is missing, and reviews a change instead of a reshuffle. A `draft = true` that stands last, below
twenty tags, is the one that nobody notices.

Put the keys in the order of the list; those that it does not name come after it, as you like. Comments move with the key below them.
What stands below the first `[table]` is left alone. The order is the site's choice, so the rule is off unless it is asked for; this
is what it takes for right otherwise:

```toml
[params.presscheck.rules.front-matter-key-order]
severity = "info"
order = [
  "title", "description", "date", "publishDate", "lastmod", "expiryDate", "draft",
  "author", "tags", "series", "slug", "url", "aliases",
]
```

There is no fix where a comment stands by itself between two keys, because only you know what it belongs to, or where an entry
does not have its lines for itself. Front matter in JSON is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.keyed import Entry
from presscheck.page import Page
from presscheck.text import Span
from presscheck.toml_reader import TABLE_HEADER

SEVERITY = Severity.INFO
IS_ON = False

_LINE = re.compile(r"[^\n]*\n")
_COMMENT = re.compile(r"[ \t]*#")
_COMMENT_OF_YAML = re.compile("#")
"""A comment further right belongs to the value above it."""


class _Gap(NamedTuple):
    """What stands between two entries."""

    end: int
    """Where the lines of the entry above end."""
    above: int
    """Where the comments begin that stand right above the entry below."""
    is_loose: bool
    """Whether a comment stands between them that belongs to neither."""


@dataclass(frozen=True)
class Options:
    """What may be set."""

    order: tuple[str, ...] = (
        "title",
        "description",
        "date",
        "publishDate",
        "lastmod",
        "expiryDate",
        "draft",
        "author",
        "tags",
        "series",
        "slug",
        "url",
        "aliases",
    )
    """The keys in the order in which they are to stand."""


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every key whether one stands above it that belongs below."""
    front_matter = page.front_matter
    if front_matter.notation == "json" or not front_matter.is_read_by_hugo:
        return
    places = {name.lower(): number for number, name in enumerate(options.order)}
    entries = _entries(page)
    ranks = [places.get(entry.path[0].lower(), len(places)) for entry in entries]
    misplaced = next((after for before, after in pairwise(range(len(ranks))) if ranks[after] < ranks[before]), None)
    if misplaced is None:
        return
    entry = entries[misplaced]
    first = next(other for other, rank in zip(entries, ranks, strict=True) if rank > ranks[misplaced])
    yield Finding(
        message=f"`{entry.path[0]}` stands below `{first.path[0]}`",
        span=entry.key_span,
        label=f"it belongs above `{first.path[0]}`",
        consequence="who looks for it does not find it where other pages have it",
        help="put the keys in the order of the site",
        notes=(Note(f"`{first.path[0]}` is here", span=first.key_span),),
        fix=_fix(page, entries, ranks),
    )


def _entries(page: Page) -> list[Entry]:
    """The entries of the top, without those inside a table of braces, down to the first `[table]` line."""
    found: list[Entry] = []
    end = page.front_matter.content.start
    for entry in page.front_matter.document.entries:
        if entry.key_span.start < end:
            continue
        if page.front_matter.notation == "toml" and TABLE_HEADER.search(page.source.text, end, entry.key_span.start):
            break
        found.append(entry)
        end = max(end, entry.value.span.end)
    return found


def _fix(page: Page, entries: Sequence[Entry], ranks: Sequence[int]) -> Fix | None:
    """The edits that put the entries in order, unless they would change what the front matter says."""
    blocks = _blocks(page, entries)
    if not blocks:
        return None
    text = page.source.text
    ordered = [block for _, block in sorted(zip(ranks, blocks, strict=True), key=lambda pair: pair[0])]
    edits = [Edit(old, page.source.slice(new)) for old, new in zip(blocks, ordered, strict=True) if old != new]
    whole = mended = text[: page.front_matter.span.end]
    for edit in reversed(edits):
        mended = mended[: edit.span.start] + edit.text + mended[edit.span.end :]
    if page.values_after(mended) != page.values_after(whole):
        return None
    return Fix("put the keys in order", Applicability.SAFE, tuple(edits))


def _blocks(page: Page, entries: Sequence[Entry]) -> list[Span]:
    """The lines of each entry, with the comments above it; empty when they cannot be told apart."""
    content, text = page.front_matter.content, page.source.text
    is_toml = page.front_matter.notation == "toml"
    starts = [text.rfind("\n", 0, entry.key_span.start) + 1 for entry in entries]
    before = [text[start : entry.key_span.start] for start, entry in zip(starts, entries, strict=True)]
    if any(each.strip() if is_toml else each for each in before):
        return []
    table = TABLE_HEADER.search(text, entries[-1].value.span.end, content.end) if is_toml else None
    bounds = [content.start, *starts, table.start() if table else content.end]
    gaps = [_gap(text, Span(*each), is_toml=is_toml) for each in pairwise(bounds)]
    if any(gap.is_loose for gap in gaps[1:-1]):
        return []
    return [Span(upper.above, lower.end) for upper, lower in pairwise(gaps)]


def _gap(text: str, span: Span, *, is_toml: bool) -> _Gap:
    """What follows the entry that begins at `span`, down to the next key, where `span` ends."""
    comment = _COMMENT if is_toml else _COMMENT_OF_YAML
    lines = [Span(*line.span()) for line in _LINE.finditer(text, *span)]
    above = len(lines)
    while above and comment.match(text, *lines[above - 1]):
        above -= 1
    end = above
    while end and (not text[slice(*lines[end - 1])].strip() or comment.match(text, *lines[end - 1])):
        end -= 1
    is_loose = any(comment.match(text, *line) for line in lines[end:above])
    offsets = [span.start, *(line.end for line in lines)]
    return _Gap(offsets[end], offsets[above], is_loose)
