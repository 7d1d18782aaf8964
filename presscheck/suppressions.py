"""Comments by which an author keeps a finding from being reported, with the reason why.

In front matter and in the configuration:

    # presscheck: ignore[rule] reason          on a line of its own: for the next line; behind a value: for that line
    # presscheck: ignore-file[rule] reason     for the whole file

In the text, as an HTML comment or as a link definition that nothing refers to:

    <!-- presscheck: ignore[rule] reason -->        on a line of its own: for the next block; else for that line
    <!-- presscheck: ignore-line[rule] reason -->   for that line
    <!-- presscheck: ignore-file[rule] reason -->   for the whole file
    <!-- presscheck: off[rule] reason --> … <!-- presscheck: on[rule] -->
    [//]: # (presscheck: ignore[rule] reason)       between blank lines: for the next block

Several rules are separated by commas. `until=2027-01-31` in front of the reason ends the suppression with that day.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from presscheck.diagnostics import Edit
from presscheck.front_matter import FrontMatter
from presscheck.markdown import Markdown
from presscheck.shortcodes import Shortcode
from presscheck.text import Span, span_at

MARK = "presscheck:"
"""What every suppression holds; a text without it has none."""

_BODY = r"presscheck:[ \t]*+(?P<verb>(?:\w|-(?!->))*+)[ \t]*+(?:\[(?P<rules>(?:[^\]\r\n-]|-(?!->))*+)\])?+[ \t]*+"
_KEYED = re.compile(rf"(?:^|(?<=[ \t]))#[ \t]*+{_BODY}(?P<rest>[^\r\n]*+)", re.MULTILINE)
_COMMENT = re.compile(rf"<!--[ \t]*+{_BODY}(?P<rest>(?:[^\r\n-]|-(?!->))*+)(?P<end>-->)?+")
"""Goes on to the end of the line when the comment does not end in it, so that nothing is read twice."""
_DEFINITION = re.compile(
    rf"^\[//\]:[ \t]*+#[ \t]*+\([ \t]*+{_BODY}(?P<rest>[^\r\n]*)\)[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE
)
_UNTIL = re.compile(r"until=(?P<day>\S+)[ \t]*")
_BLANK_LINE = re.compile(r"\n(?=[ \t]*+\r?(?:\n|\Z))")
_BLANKS = re.compile(r"\s*")
_BLANK_LINES = re.compile(r"(?:[ \t]*+\r?\n)*+")
_BLOCK = re.compile(r"^[ \t]*+\r?\n(?=[^\s:{]|\{\{)", re.MULTILINE)
"""A blank line, and behind it one that goes on with nothing above: not indented, no definition, no attributes."""
_DEFINITION_LIST = re.compile(r"(?:(?![ \t]*+\r?\n)[^\n]*+\n)+?(?:[ \t]*+\r?\n)*+ {0,3}+:[ \t]")
"""A term with its definition; several in a row are one list."""
_NOTHING_BEHIND = re.compile(r"[^\S\n]*+(?:\n|\Z)")
_NAME = re.compile(r"[^\s,]+")


class Suppression(NamedTuple):
    """One comment."""

    verb: str
    """`ignore`, `ignore-line`, `ignore-file`, `off`, `on`, or what else the author wrote."""
    rules: tuple[tuple[str, Span], ...]
    """The names of the rules with their places."""
    reason: str
    """Why; empty when the author does not say."""
    until: str
    """The last day, as written; empty for ever."""
    span: Span
    """The comment."""
    scope: Span
    """Findings that begin in here are not reported."""

    @property
    def last_day(self) -> date | None:
        """The last day; None when there is none, or none that exists."""
        try:
            return date.fromisoformat(self.until)
        except ValueError:
            return None

    def covers(self, rule: str, span: Span) -> bool:
        """Whether a finding of `rule` at `span` is meant."""
        return self.scope.start <= span.start <= self.scope.end and any(name == rule for name, _ in self.rules)


class Use(NamedTuple):
    """What a rule about suppressions gets besides the suppression."""

    unused: tuple[tuple[str, Span], ...]
    """The rules it names that found nothing where it stands."""
    known: frozenset[str]
    """The names of all rules."""
    today: date
    """The day to judge it by, in UTC."""
    protected: frozenset[str] = frozenset()
    """The rules that it may not silence."""


VERBS = frozenset({"ignore", "ignore-line", "ignore-file", "off", "on"})
"""What may stand behind the mark."""


def find_suppressions(text: str, front_matter: FrontMatter, markdown: Markdown) -> tuple[Suppression, ...]:
    """The suppressions of a page, in order."""
    if MARK not in text:
        return ()
    found = [*_keyed(text, front_matter), *_in_text(text, front_matter.span.end, markdown)]
    return tuple(sorted(_paired(found, text), key=lambda each: each.span))


def find_in_configuration(text: str) -> tuple[Suppression, ...]:
    """The suppressions of a configuration file in TOML or YAML, in order."""
    return tuple(_of(match, text, scope) for match, scope in _scoped(_KEYED.finditer(text), text))


def _keyed(text: str, front_matter: FrontMatter) -> Iterator[Suppression]:
    content = front_matter.content
    entries = front_matter.document.entries
    found = (
        match
        for match in _KEYED.finditer(text, content.start, content.end)
        if not any(entry.value.span.start <= match.start() < entry.value.span.end for entry in entries)
    )
    for match, scope in _scoped(found, text):
        # A value of several lines belongs to its key.
        ends = [entry.value.span.end for entry in entries if scope.start <= entry.key_span.start < scope.end]
        yield _of(match, text, Span(scope.start, max([scope.end, *ends])))


def _scoped(found: Iterable[re.Match[str]], text: str) -> Iterator[tuple[re.Match[str], Span]]:
    """Each comment with its line when it is behind something, else with the next line that says something."""
    below = Span(0, 0)
    for match in found:
        line = text.rfind("\n", 0, match.start()) + 1
        if text[line : match.start()].strip():
            yield match, Span(line, match.end())
            continue
        if below.start < match.end():
            below = _saying(text, match.end())
        yield match, below if below.start < len(text) else Span(match.end(), match.end())


def _saying(text: str, at: int) -> Span:
    """The next line below `at` that says something; the end of the text when there is none."""
    while at < len(text):
        after = text.find("\n", at + 1)
        after = len(text) if after < 0 else after
        said = text[at:after].strip()
        if said and not said.startswith("#"):
            return Span(at + 1, after)
        at = after
    return Span(at, at)


def _in_text(text: str, start: int, markdown: Markdown) -> Iterator[Suppression]:
    comments = (match for match in _COMMENT.finditer(text, start) if match["end"])
    found = [
        match for match in (*comments, *_DEFINITION.finditer(text, start)) if not span_at(markdown.code, match.start())
    ]
    if not found:
        return
    blocks, gaps = _blocks(markdown), _gaps(text, start)
    for match in found:
        line = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        is_alone = not text[line : match.start()].rstrip(" \t>") and _NOTHING_BEHIND.match(text, match.end())
        if match["verb"] == "ignore-line" or not is_alone:
            yield _of(match, text, Span(line, end))
            continue
        yield _of(match, text, _scope_below(text, end, blocks, gaps))


def _blocks(markdown: Markdown) -> dict[int, Span]:
    """The blocks that may hold blank lines and yet are one, by where they begin."""
    return {span.start: span for span in (*markdown.tables, *(block.span for block in markdown.code_blocks))}


def _gaps(text: str, start: int) -> list[int]:
    """Where a blank line follows."""
    return [match.start() for match in _BLANK_LINE.finditer(text, start)]


def _scope_below(text: str, end: int, blocks: Mapping[int, Span], gaps: Sequence[int]) -> Span:
    """The next block behind `end`: a whole one of `blocks`, else what there is before the next of `gaps`."""
    blanks = _BLANKS.match(text, end)
    begin = blanks.end() if blanks else end
    gap = bisect_left(gaps, begin)
    return blocks.get(begin) or Span(begin, gaps[gap] if gap < len(gaps) else len(text))


def _of(match: re.Match[str], text: str, scope: Span) -> Suppression:
    rest = match["rest"].rstrip(" \t")
    until = _UNTIL.match(rest)
    names = tuple(
        (name[0], Span(match.start("rules") + name.start(), match.start("rules") + name.end()))
        for name in _NAME.finditer(match["rules"] or "")
    )
    if match["verb"] == "ignore-file":
        scope = Span(0, len(text))
    reason = rest[until.end() :] if until else rest
    return Suppression(match["verb"], names, reason, until["day"] if until else "", Span(*match.span()), scope)


def _paired(found: Iterable[Suppression], text: str) -> Iterator[Suppression]:
    """The same, each `off` with the scope that ends at the next `on` for one of its rules; the last comes first."""
    whole = len(text)
    ends: dict[str, int] = {}
    for each in sorted(found, key=lambda each: each.span, reverse=True):
        names = [name for name, _ in each.rules]
        if each.verb == "off":
            yield each._replace(scope=Span(each.span.end, min([whole, *(ends.get(name, whole) for name in names)])))
            continue
        yield each
        if each.verb == "on" and names:
            ends.update(dict.fromkeys(names, each.span.start))
        elif each.verb == "on":
            whole = each.span.start
            ends.clear()


def insertions(
    text: str,
    front_matter: FrontMatter,
    markdown: Markdown,
    shortcodes: tuple[Shortcode, ...],
    found: Iterable[tuple[str, int]],
    *,
    reason: str,
) -> list[Edit]:
    """What to write into `text` so that each of `found`, a rule and where it found something, is suppressed because of `reason`.

    The page that is rendered stays the same: a comment stands above a block that nothing is wrapped around, below a blank
    line. What such a block holds behind a blank line of its own is suppressed by a range.
    """
    new_line = "\r\n" if "\r\n" in text else "\n"
    edges = _edges(text, front_matter.span.end, markdown, shortcodes)
    blocks, gaps = _blocks(markdown), _gaps(text, front_matter.span.end)
    comments: dict[tuple[int, str, str, str], dict[str, None]] = {}
    above: dict[int, dict[str, None]] = {}
    ranges = set()
    for rule, at in found:
        if at < front_matter.span.end:
            comments.setdefault(_in_front_matter(text, front_matter, edges[0], at), {})[rule] = None
            continue
        edge = edges[bisect_right(edges, at) - 1] if at >= edges[0] else edges[0]
        above.setdefault(edge, {})[rule] = None
        scope = _scope_below(text, edge, blocks, gaps)
        if not scope.start <= at <= scope.end:
            ranges.add(edge)
    lines: dict[int, list[str]] = {}
    for edge, rules in sorted(above.items()):
        names = ", ".join(rules)
        verb = "off" if edge in ranges else "ignore"
        lines.setdefault(edge, []).append(f"<!-- presscheck: {verb}[{names}] {reason} -->")
        end = next(iter(edges[bisect_right(edges, edge) :]), None)
        if edge in ranges and end is not None:
            lines.setdefault(end, []).append(f"<!-- presscheck: on[{names}] -->")
    for (at, before, verb, behind), rules in comments.items():
        lines.setdefault(at, []).insert(0, f"{before}{verb}[{', '.join(rules)}] {reason}{behind}")
    made = []
    for at, each in sorted(lines.items()):
        first = new_line if at and text[at - 1] != "\n" else ""
        made.append(Edit(Span(at, at), first + "".join(line + new_line for line in each)))
    return made


def _in_front_matter(text: str, front_matter: FrontMatter, body: int, at: int) -> tuple[int, str, str, str]:
    """Where a suppression of a finding at `at` is to be written, and what it is to be; `body` is where text may begin."""
    if front_matter.notation == "json":
        return body, "<!-- presscheck: ", "ignore-file", " -->"
    content = front_matter.content
    if not content.start <= at < content.end:
        return content.start, "# presscheck: ", "ignore-file", ""
    line = text.rfind("\n", 0, at) + 1
    for entry in front_matter.document.entries:
        if entry.key_span.start <= at < entry.value.span.end:
            line = text.rfind("\n", 0, entry.key_span.start) + 1
            break
    return max(line, content.start), "# presscheck: ", "ignore", ""


def _edges(text: str, start: int, markdown: Markdown, shortcodes: tuple[Shortcode, ...]) -> list[int]:
    """The beginnings of the blocks above which a comment changes nothing, the first block's among them, in order."""
    blank = _BLANK_LINES.match(text, start)
    first = blank.end() if blank else start
    whole = [
        *markdown.lists,
        *markdown.quotes,
        *markdown.tables,
        *markdown.html,
        *markdown.verbatim,
        *(block.span for block in markdown.code_blocks),
        *(footnote.span for footnote in markdown.footnotes),
        *(call.span for call in shortcodes),
        *_paired_calls(shortcodes),
    ]
    whole.sort()
    found = [first]
    end = number = 0
    for match in _BLOCK.finditer(text, first):
        at = match.end()
        while number < len(whole) and whole[number].start < at:
            end = max(end, whole[number].end)
            number += 1
        if end <= at and not _DEFINITION_LIST.match(text, at):
            found.append(at)
    return found


def _paired_calls(shortcodes: tuple[Shortcode, ...]) -> Iterator[Span]:
    """From each opening half of a shortcode to the end of its closing half."""
    waiting: dict[str, list[int]] = {}
    for call in shortcodes:
        name = call.name.lower()
        if not call.is_closing:
            waiting.setdefault(name, []).append(call.span.start)
        elif waiting.get(name):
            yield Span(waiting[name].pop(), call.span.end)
