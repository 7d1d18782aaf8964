r"""A post says in Markdown what it says; raw HTML does not reach its page.

Unless the configuration sets `markup.goldmark.renderer.unsafe`, Hugo leaves every tag of a post out. Text between two tags
in a line stays, but what a block of HTML holds, from its first tag to the next blank line, is gone. A type such as
`Vec<String>` outside code is a tag too: readers see `Vec`. Hugo warns once for the file, without a line.

Put code and placeholders between backticks, and write the rest in Markdown: `**…**` for `<b>`, `[…](…)` for `<a>`, a
backslash at the end of the line for `<br>`. What Markdown lacks belongs into a shortcode. A `<` that means itself is
written `\<`.

Comments are meant to be left out. The rule is silent on a site that keeps raw HTML, between a shortcode and its end, which
may take HTML as it is, and where a cascade or pages of a theme may have a say in the matter; there `output-residue` tells after
rendering.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.dialect import Dialect
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_OPENING = re.compile(r"[A-Za-z_][\w:.]{0,80}<")
_NOT_IN_TYPES = frozenset('\n`=/;"(){}')
_SIMPLE = re.compile(r"</?[\w.:-]+\s?/?>")
_NAMES = """a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br button canvas caption
    center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
    legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option output
    p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong
    style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
    """
_ELEMENTS = frozenset(_NAMES.split())
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "samp": "`", "del": "~~", "s": "~~"}
_INSTEAD = {
    **{name: f"write `{mark}…{mark}`" for name, mark in _MARKS.items() if mark != "`"},
    **dict.fromkeys(("code", "tt", "samp", "pre"), "put the code between backticks"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write a heading: `## …`"),
    **dict.fromkeys(("ul", "ol", "li"), "write a list: lines that begin with `- `"),
    **dict.fromkeys(("table", "tr", "td", "th"), "write a table: cells between `|`"),
    **dict.fromkeys(("div", "span", "p", "center", "font", "u", "small", "big"), "leave the tag out"),
    "a": "write `[text](address)`",
    "blockquote": "begin the lines with `> `",
    "br": "end the line with a backslash instead",
    "details": "write `{{< details >}} … {{< /details >}}`",
    "figure": 'write `{{< figure src="…" alt="…" >}}`',
    "kbd": "put it between backticks",
    "hr": "write `---` on a line of its own",
    "img": "write `![what it shows](file)`",
}


class _Tag(NamedTuple):
    name: str
    """In lower case; empty for what is no element, such as `<?php … ?>`."""
    span: Span
    """Without the line break."""
    is_closing: bool
    is_block: bool


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every piece of raw HTML what becomes of it."""
    if not page.markdown.html or page.config.keeps_html or not page.config.is_whole:
        return
    text = page.source.text
    if all(text.startswith("<!--", span.start) for span in page.markdown.html):
        return
    inside = sorted(_insides(page))
    ends = list(accumulate((span.end for span in inside), max, initial=0))
    tags = [tag for tag in _tags(page) if tag.span.end > ends[bisect_right(inside, (tag.span.start + 1,))]]
    pairs: dict[Span, Span] = {}
    paired = set()
    opened: dict[str, list[Span]] = defaultdict(list)
    for tag in tags:
        if tag.is_block:
            opened.clear()
        elif not tag.is_closing:
            opened[tag.name].append(tag.span)
        elif opened[tag.name]:
            pairs[opened[tag.name].pop()] = tag.span
            paired.add(tag.span)
    odd = _oddly_ticked(text)
    for tag in tags:
        if tag.span not in paired:
            yield _finding(page, tag, pairs.get(tag.span), odd)


def _tags(page: Page) -> Iterator[_Tag]:
    text = page.source.text
    for span in page.markdown.html:
        written = text[span.start : span.end]
        start = span.start + len(written) - len(written.lstrip())
        found = Span(start, span.start + len(written.rstrip()))
        if text.startswith("<!--", start) or found.start >= found.end:
            continue
        tag = _TAG.match(text, start)
        is_block = "\n" in written and (written.endswith("\n") or found.end < span.end)
        if tag:
            yield _Tag(tag["name"].lower(), found, bool(tag["closing"]), is_block)
        else:
            yield _Tag("", found, False, is_block)


def _without_markdown(dialect: Dialect) -> frozenset[str]:
    """The elements that Markdown makes only with an extension which is off."""
    struck = () if dialect.strikethrough else ("del", "s")
    return frozenset((*struck, *(() if dialect.tables else ("table", "tr", "td", "th"))))


def _insides(page: Page) -> list[Span]:
    """Where shortcodes hold text."""
    if not any(call.is_closing for call in page.shortcodes):
        return []
    opened: dict[str, list[int]] = defaultdict(list)
    found = []
    for call in page.shortcodes:
        if not call.is_closing:
            opened[call.name].append(call.span.end)
        elif opened[call.name]:
            found.append(Span(opened[call.name].pop(), call.span.start))
    return found


def _oddly_ticked(text: str) -> frozenset[int]:
    """Where the lines begin with an odd number of backticks: one of them closes nothing in its line."""
    found = set()
    at = 0
    for line in text.split("\n"):
        if line.count("`") % 2:
            found.add(at)
        at += len(line) + 1
    return frozenset(found)


def _finding(page: Page, tag: _Tag, end: Span | None, odd: frozenset[int]) -> Finding:
    text = page.source.text
    written = page.source.slice(tag.span)
    first = written.partition("\n")[0].rstrip()
    lines = written.count("\n") + 1
    is_element = tag.name in _ELEMENTS
    instead = {} if tag.name in _without_markdown(page.config.dialect) else _INSTEAD
    generic = None if tag.is_block or tag.is_closing else _generic(text, tag.span)
    if generic:
        meant = page.source.slice(generic)
        consequence = f"readers do not see `{written}` in `{meant}`"
        help_ = f"write it as code: `` `{meant}` ``"
    elif tag.is_block and (is_element or lines > 1):
        consequence = f"readers do not get these {lines} lines" if lines > 1 else "readers do not get this line"
        help_ = instead.get(tag.name, "write it in Markdown")
    elif is_element and not tag.is_closing:
        consequence = "the text between the tags looks like any other" if end else "readers do not get it"
        consequence = "the line does not break here" if tag.name == "br" else consequence
        help_ = instead.get(tag.name, "write it in Markdown, or leave it out")
    elif is_element:
        consequence, help_ = "", "leave it out"
    else:
        consequence = "readers do not get it"
        help_ = "put it between backticks if it is to be seen, or into a shortcode"
    return Finding(
        message=f"Hugo leaves out the raw HTML `{first if len(first) < 40 else first[:39] + '…'}`",
        span=tag.span if not tag.is_block else Span(tag.span.start, tag.span.start + len(first)),
        label=f"gone, with the {lines - 1} {'lines' if lines > 2 else 'line'} below"
        if lines > 1
        else "not on the page",
        consequence=consequence,
        help=help_,
        notes=(Note("its end is left out as well", span=end),) if end else (),
        fix=_fix(text, tag, end, generic, odd, is_element=is_element) if instead else None,
    )


def _fix(
    text: str, tag: _Tag, end: Span | None, generic: Span | None, odd: frozenset[int], *, is_element: bool
) -> Fix | None:
    mark = _MARKS.get(tag.name) if is_element and not generic else None
    if mark:
        between = text[tag.span.end : end.start] if end else ""
        if not end or not between or between != between.strip() or mark[0] in between or "\n" in between:
            return None
        edits = (Edit(tag.span, mark), Edit(end, mark))
        return Fix(f"write `{mark}{between}{mark}`", Applicability.UNSAFE, edits)
    if is_element and not generic:
        return None
    if not generic and not _SIMPLE.fullmatch(text, tag.span.start, tag.span.end):
        return None
    whole = generic or Span(tag.span.start, end.end if end else tag.span.end)
    around = text[max(whole.start - 1, 0) : whole.end + 1]
    if (
        "`" in around
        or text.rfind("\n", 0, whole.start) + 1 in odd
        or "\n" in text[whole.start : whole.end]
        or (tag.is_block and text[whole.start] != "<")
    ):
        return None
    edits = (Edit(Span(whole.start, whole.start), "`"), Edit(Span(whole.end, whole.end), "`"))
    return Fix("put it between backticks", Applicability.UNSAFE, edits)


def _generic(text: str, tag: Span) -> Span | None:
    """The type with parameters, such as `Map<String, Vec<u8>>`, that the tag is a part of."""
    name = text[tag.start : tag.end].strip("</>").lower()
    if not (text[tag.start - 1].isalnum() or text[tag.start - 1] in "_:") or (name in _ELEMENTS and len(name) > 1):
        return None
    begin = max(text.rfind("\n", 0, tag.start) + 1, tag.start - 120)
    for opening in _OPENING.finditer(text, begin, tag.start + 1):
        depth = 0
        for at in range(opening.end() - 1, min(tag.end + 120, len(text))):
            depth += (text[at] == "<") - (text[at] == ">")
            if text[at] in _NOT_IN_TYPES:
                break
            if depth == 0:
                if at >= tag.end - 1:
                    return Span(opening.start(), at + 1)
                break
    return None
