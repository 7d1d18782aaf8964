"""Every HTML tag of a post that needs an end has one.

On a site that keeps raw HTML, a tag of a post goes into the page as it is. A `<div>` without its end takes in what the
template wrote below the post: comments, footer, navigation. A `</div>` too many ends a box that the template opened, and
the page falls out of its layout. `<i class="icon"/>` is not closed either: in HTML only the tag's name decides. Hugo says
nothing.

Write the missing end, or delete the one too many.

Ends that HTML lets one leave out (`</li>`, `</p>`, `</td>` and the like) are not asked for. On a site that drops raw HTML,
the rule is silent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<closing>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_MAY_STAY_OPEN = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rp", "rt"]
)
_NEVER_CLOSED_BY_SLASH = frozenset(["a", "b", "div", "em", "i", "iframe", "section", "span", "strong", "video"])


class _Open(NamedTuple):
    name: str
    span: Span
    has_slash: bool


def check_page(page: Page) -> Iterator[Finding]:
    """Match the tags of a page's raw HTML."""
    if not page.markdown.html or not page.config.keeps_html:
        return
    stack: list[_Open] = []
    opened: Counter[str] = Counter()
    for tag in _tags(page):
        name = tag["name"].lower()
        has_slash = tag["rest"].endswith("/")
        span = Span(*tag.span())
        if name in _VOID:
            continue
        if not tag["closing"]:
            if not has_slash or name in _NEVER_CLOSED_BY_SLASH:
                stack.append(_Open(name, span, has_slash))
                opened[name] += 1
        elif opened[name]:
            while stack:
                last = stack.pop()
                opened[last.name] -= 1
                if last.name == name:
                    break
                yield from _unclosed(last, span)
        else:
            yield Finding(
                message=f"`{tag[0]}` ends nothing",
                span=span,
                label=f"no `<{name}>` is open here",
                consequence="readers get an empty paragraph more"
                if name == "p"
                else "it ends whatever the template opened around the post, and the page may fall out of its layout",
                help="delete it, or write the tag that it ends",
            )
    for left in stack:
        yield from _unclosed(left, None)


def _tags(page: Page) -> Iterator[re.Match[str]]:
    for span in page.markdown.html:
        for found in _TOKEN.finditer(page.source.text, span.start, span.end):
            if found["name"]:
                yield found


def _unclosed(tag: _Open, before: Span | None) -> Iterator[Finding]:
    if tag.name in _MAY_STAY_OPEN:
        return
    yield Finding(
        message=f"this `<{tag.name}>` is never closed",
        span=tag.span,
        label="the `/` closes nothing in HTML" if tag.has_slash else "",
        consequence="it takes in what comes after it, up to the end of the tag around it"
        if before
        else "it takes in the rest of the post, and what the template has below",
        help=f"write `</{tag.name}>` where it is to end",
        notes=(Note("the tag around it ends here", span=before),) if before else (),
    )
