"""What of Hugo's settings decides how Markdown is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from presscheck.casts import truth


@dataclass(frozen=True)
class Dialect:
    """The settings below `markup` that change what a text means, and Hugo's own for what is not set."""

    heading_attributes: bool = True
    """Whether `# Title {#id}` sets the id: `goldmark.parser.attribute.title`."""
    block_attributes: bool = False
    """Whether `{#id}` on a line of its own belongs to the block above: `goldmark.parser.attribute.block`."""
    typographer: bool = True
    """Whether `--` becomes a dash: `goldmark.extensions.typographer`."""
    linkify: bool = True
    """Whether an address by itself becomes a link: `goldmark.extensions.linkify`."""
    footnotes: bool = True
    """Whether `[^1]` is a footnote: `goldmark.extensions.footnote`."""
    tables: bool = True
    """Whether rows with bars above and below dashes are a table: `goldmark.extensions.table`."""
    strikethrough: bool = True
    """Whether `~~words~~` are struck out: `goldmark.extensions.strikethrough`."""
    task_lists: bool = True
    """Whether `- [ ]` is a box to tick: `goldmark.extensions.taskList`."""
    definition_lists: bool = True
    """Whether `: words` below a line define what that says: `goldmark.extensions.definitionList`."""
    formulas: tuple[tuple[str, str], ...] = ()
    """With what formulas, which are passed on as they are, begin and end: `goldmark.extensions.passthrough.delimiters`."""
    highlight: Mapping[str, Any] = field(default_factory=dict)
    """How code is shown: the table `highlight`."""

    @classmethod
    def of(cls, markup: Mapping[str, Any]) -> Dialect:
        """What the table `markup` says, its keys in lower case; `attribute` and `typographer` may be a plain true or false."""
        goldmark = markup.get("goldmark", {})
        extensions = goldmark.get("extensions", {})
        attribute = _table(goldmark.get("parser", {}).get("attribute"), "title")
        typographer = extensions.get("typographer")
        return cls(
            heading_attributes=_is_on(attribute.get("title"), default=True),
            block_attributes=_is_on(attribute.get("block"), default=False),
            typographer=typographer is not False and not _is_on(_table(typographer, "").get("disable"), default=False),
            linkify=_is_on(extensions.get("linkify"), default=True),
            footnotes=_is_on(_table(extensions.get("footnote"), "enable").get("enable"), default=True),
            tables=_is_on(extensions.get("table"), default=True),
            strikethrough=_is_on(extensions.get("strikethrough"), default=True),
            task_lists=_is_on(extensions.get("tasklist"), default=True),
            definition_lists=_is_on(extensions.get("definitionlist"), default=True),
            formulas=_formulas(_table(extensions.get("passthrough"), "")),
            highlight=_table(markup.get("highlight"), ""),
        )


def _is_on(value: Any, *, default: bool) -> bool:
    """Whether a setting is true, in whatever form Hugo takes; `default` when it is not set."""
    told = False if value == "" else truth(value)
    return default if value is None or told is None else told


def _table(value: Any, key: str) -> Mapping[str, Any]:
    """The table `value`; for what is none, one that says `key` is that."""
    if isinstance(value, Mapping):
        return value
    return {key: value} if isinstance(value, bool) else {}


def _formulas(passthrough: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The pairs of signs around formulas, in a line and by themselves; longer ones first, as they go before shorter ones."""
    delimiters = _table(passthrough.get("delimiters"), "")
    if not passthrough.get("enable") or not delimiters:
        return ()
    listed = [pair for kind in ("inline", "block") for pair in delimiters.get(kind) or ()]
    pairs = {tuple(map(str, pair)) for pair in listed if isinstance(pair, list) and len(pair) == 2 and all(pair)}
    return tuple(sorted(((start, end) for start, end in pairs), key=lambda pair: (-len(pair[0]), pair)))
