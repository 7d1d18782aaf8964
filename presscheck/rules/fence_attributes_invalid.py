"""What stands in braces behind a code fence is something that Hugo can read.

`{hl_lines=[2,"4-6"] linenos=inline}` behind the language marks lines and numbers them. Hugo stops at braces that it cannot
read, such as `{2}` or `{hl_lines=4-6}`, and then publishes nothing at all. Others it reads and does not understand: a line
that the block does not have, `[4-6]` without quotes (only line 4 is marked), `"1,3"` with a comma in the quotes, a
misspelt `hl_line`, braces that are never closed or are missing. It says nothing about those, and readers look for marks
that are not there.

Write `hl_lines=[2,"4-6"]`: single lines as numbers, ranges in quotes, counted from the block's first line whatever
`linenostart` says; `linenos` is `true`, `false`, `inline` or `table`; other values go into double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.attributes import Attributes, attributes_at, items_of, kind_of
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import CodeBlock
from presscheck.page import Page
from presscheck.rules._fences import opening
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ITEM = re.compile(
    r"[ \t,]*(?:[.#][\w:.-]+"
    r"|(?P<name>[A-Za-z_:][\w:.-]*)[ \t]*=[ \t]*"
    r"(?P<value>\"(?:\\.|[^\"\\{}])*\"|\[[^\]{}\r\n]*\]|-?\d+(?:\.\d+)?(?![\w.-])|[A-Za-z_][\w:.-]*))"
)
_UNQUOTED = re.compile(r"[ \t,]*[A-Za-z_:][\w:.-]*[ \t]*=[ \t]*(?P<value>'[^'\"{}\r\n]*'|[^\s\"\[\]{},=]+)")
_BARE_LINES = re.compile(r"\{[ \t]*\d+(?:-\d+)?(?:[ \t]*,[ \t]*\d+(?:-\d+)?)*[ \t]*\}")
_ELEMENT = re.compile(r"\"[^\"]*\"|[^\s,\"\[\]]+")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_WITHOUT_BRACES = re.compile(r"(?:hl_lines|linenos|linenostart)[ \t]*=[^\r\n]*")
_NEARLY = {
    **dict.fromkeys(("hl_line", "hl-lines", "hl-line", "hllines", "hlines", "highlight_lines", "lines"), "hl_lines"),
    **dict.fromkeys(("lineno", "linenumbers", "line_numbers", "line-numbers", "linenums", "line_nos"), "linenos"),
    **dict.fromkeys(("linestart", "lineno_start", "linenostart_", "line_start"), "linenostart"),
}
_SINGLE = frozenset(["number", "boolean"])
_LINENOS = frozenset(["true", "false", "inline", "table"])
_STOPS = "Hugo stops there, and nothing of the site is published"


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every fence what stands behind its language."""
    for block in page.markdown.code_blocks:
        if "{" not in block.info and "=" not in block.info:
            continue
        line = opening(page, block)
        if not line:
            continue
        begin = page.source.text.find("{", line.rest_span.start, line.end)
        if begin < 0:
            found = _WITHOUT_BRACES.search(page.source.text, line.rest_span.start, line.end)
            if found:
                span = Span(*found.span())
                written = found[0].rstrip()
                yield Finding(
                    message=f"`{written}` does not stand in braces",
                    span=Span(span.start, span.start + len(written)),
                    consequence="Hugo does not look at it: no line is marked or numbered",
                    help=f"write `{{{written}}}`",
                    fix=Fix(
                        f"write `{{{written}}}`",
                        Applicability.SAFE,
                        (Edit(Span(span.start, span.start + len(written)), f"{{{written}}}"),),
                    ),
                )
        else:
            yield from _braces(page, block, begin, line.end)


def _braces(page: Page, block: CodeBlock, begin: int, end: int) -> Iterator[Finding]:
    text = page.source.text
    at = begin + 1
    items = []
    while item := _ITEM.match(text, at, end):
        items.append(item)
        at = item.end()
    at += len(text[at:end]) - len(text[at:end].lstrip(" \t,"))
    lines = _lines(page, block, end)
    closing = text.find("}", at, end)
    if closing < 0:
        yield Finding(
            message="this brace is never closed",
            span=Span(begin, begin + 1),
            consequence="Hugo does not look at what it opens: no line is marked or numbered",
            help="write `}` at the end of the line",
        )
        return
    attributes = attributes_at(text, begin, end)
    if at != closing and (not attributes or "{" in text[begin + 1 : attributes.span.end]):
        yield _unreadable(text, Span(begin, closing + 1), at, lines)
        return
    yield from _of_no_text(text, items, attributes)
    for item in items:
        if item["name"]:
            yield from _item(item, lines)


def _of_no_text(text: str, items: list[re.Match[str]], attributes: Attributes | None) -> Iterator[Finding]:
    """What Hugo stops at although the braces are in order: a class that is no text, and `null`."""
    found = [(item["name"], Span(*item.span("value"))) for item in items if item["name"]]
    for name, span in items_of(text, attributes) if attributes else found:
        value = text[span.start : span.end]
        kind = kind_of(value) if text[span.start - 1] not in "#." else "text"
        if kind == "nothing" or (name == "class" and kind != "text" and not attributes):
            yield Finding(
                message=f"`{name}` is `{value}`, not a text",
                span=span,
                consequence=_STOPS,
                help=f'write `{name}="{value}"`' if kind in _SINGLE else f'write `{name}="…"`, or leave it out',
                fix=Fix("put it in quotes", Applicability.SAFE, (Edit(span, f'"{value}"'),))
                if kind in _SINGLE
                else None,
            )


def _unreadable(text: str, braces: Span, at: int, lines: int) -> Finding:
    written = text[braces.start : braces.end]
    edit = None
    if _BARE_LINES.fullmatch(written):
        parts = [part.strip() for part in written[1:-1].split(",")]
        if _are_lines(parts, lines):
            edit = Edit(braces, "{hl_lines=[" + ",".join(f'"{part}"' if "-" in part else part for part in parts) + "]}")
    else:
        unquoted = _UNQUOTED.match(text, at, braces.end)
        if unquoted:
            edit = Edit(Span(*unquoted.span("value")), '"' + unquoted["value"].strip("'") + '"')
    wrong = text[at : braces.end - 1].split()
    return Finding(
        message=f"Hugo cannot read `{written if len(written) < 50 else written[:49] + '…'}`",
        span=edit.span if edit else Span(at, at + len(wrong[0])) if wrong else braces,
        consequence=_STOPS,
        help=f"write `{edit.text}`"
        if edit
        else "leave braces out of the value"
        if "{" in written[1:]
        else 'write `name="value"`, with double quotes around the value',
        fix=Fix(f"write `{edit.text}`", Applicability.UNSAFE, (edit,)) if edit else None,
    )


def _lines(page: Page, block: CodeBlock, begin: int) -> int:
    """How many lines of code the block has."""
    lines = page.source.text[begin : block.span.end].rstrip("\r\n").splitlines()
    return len(lines) - 1 - block.is_closed


def _item(item: re.Match[str], lines: int) -> Iterator[Finding]:
    name, value = item["name"].lower(), item["value"]
    where = Span(*item.span("value"))
    meant = _NEARLY.get(name)
    if meant:
        span = Span(*item.span("name"))
        yield Finding(
            message=f"`{item['name']}` means nothing to Hugo",
            span=span,
            label=f"did you mean `{meant}`?",
            consequence="no line is marked or numbered",
            help=f"write `{meant}`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, meant),)),
        )
    elif name == "linenos" and value.strip('"').lower() not in _LINENOS:
        stops = value[0].isdigit()
        yield Finding(
            message=f"`{value}` is not a way to number lines",
            span=where,
            label="`true`, `false`, `inline` or `table`",
            consequence=_STOPS if stops else "Hugo takes it for `true`, and readers get numbers in a table",
            help="write `inline`, or leave it out",
        )
    elif name == "linenostart" and not value.strip('"').isdigit():
        yield Finding(
            message=f"`{value}` is not a number to begin with",
            span=where,
            consequence=_STOPS,
            help="write a whole number",
        )
    elif name == "hl_lines":
        yield from _marked(value, where, lines)


def _are_lines(ranges: list[str], lines: int) -> bool:
    """Whether all of them are lines of the block, or ranges of such."""
    for each in ranges:
        numbers = _RANGE.fullmatch(each)
        if not numbers or len(each) > 15:
            return False
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not 0 < first <= last <= lines:
            return False
    return True


def _marked(value: str, where: Span, lines: int) -> Iterator[Finding]:
    is_list = value.startswith("[")
    elements = _ELEMENT.finditer(value) if is_list else re.finditer(r"[^\s\"]+", value)
    for element in elements:
        span = Span(*element.span()).shifted(where.start)
        written = element[0]
        numbers = _RANGE.fullmatch(written.strip('"'))
        edit = None
        label = f"it has {lines} lines" if lines != 1 else "it has one line"
        advice = "count from the first line of the block, whatever `linenostart` says"
        if is_list and numbers and numbers[2] and not written.startswith('"') and _are_lines([written], lines):
            message, edit = f"`{written}` without quotes is only line {numbers[1]} to Hugo", Edit(span, f'"{written}"')
        elif not numbers:
            message = f"`{written}` is not a line"
            if not is_list and "," in written and _are_lines(written.strip(",").split(","), lines):
                edit = Edit(span, " ".join(filter(None, written.split(","))))
        elif numbers[2] and int(numbers[2][:9]) < int(numbers[1][:9]):
            message, label, advice = (
                f"the range `{written}` ends before it begins",
                "",
                "write the smaller number first",
            )
        elif int(numbers[1][:9]) == 0 or int((numbers[2] or numbers[1])[:9]) > lines:
            message = f"there is no line {'0' if int(numbers[1][:9]) == 0 else numbers[2] or numbers[1]} in this block"
        else:
            continue
        yield Finding(
            message=message,
            span=span,
            label="" if edit else label,
            consequence="readers see other lines marked than were meant, or none",
            help=f"write `{edit.text}`" if edit else advice,
            fix=Fix(f"write `{edit.text}`", Applicability.SAFE, (edit,)) if edit else None,
        )
