"""What stands in braces behind a code fence is something that Hugo can read.

`{hl_lines=[2,"4-6"] linenos=inline}` behind the language marks lines and numbers them. Hugo stops at braces that it cannot
read, such as `{2}` or `{hl_lines=4-6}`, and then publishes nothing at all. Others it reads and does not understand: a line
that the block does not have, `[4-6]` without quotes (only line 4 is marked), `"1,3"` with a comma in the quotes, a
misspelt `hl_line`, braces that are never closed or are missing. Of braces inside others it reads the inner ones and nothing else:
`{title={a=1}}` sets `a`. It says nothing about all those, and readers look for marks that are not there.

Write `hl_lines=[2,"4-6"]`: single lines as numbers, ranges in quotes, counted from the block's first line whatever
`linenostart` says; `linenos` is `true`, `false`, `inline` or `table`; other values go into double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.attributes import attributes_at, braces_behind_fence, items_of, kind_of
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
_OPTIONS = {
    **dict.fromkeys(("linenostart", "tabwidth"), "number"),
    **dict.fromkeys(("anchorlinenos", "guesssyntax", "hl_inline", "linenumbersintable", "noclasses"), "truth"),
    **dict.fromkeys(("lineanchors", "style"), "text"),
}
"""What the options of code have to be, or what Hugo can make that of."""
_ADVICE = {"number": "write a whole number", "truth": "write `true` or `false`", "text": 'write `"…"`'}
_NUMBER = re.compile(r"[+-]?(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)")
_TRUTH = re.compile(r"1|t|T|TRUE|true|True|0|f|F|FALSE|false|False")
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
    braces = braces_behind_fence(text, begin, end)
    if not braces:
        yield Finding(
            message="this brace is never closed",
            span=Span(begin, begin + 1),
            consequence="Hugo does not look at what it opens: no line is marked or numbered",
            help="write `}` at the end of the line",
        )
        return
    lines = _lines(page, block, end)
    attributes = attributes_at(text, *braces)
    if not attributes:
        yield from _of_no_text(text, braces) or [_unreadable(text, begin, braces, end, lines)]
        return
    yield from _unread(text, begin, braces, end)
    for name, span in items_of(text, attributes):
        yield from _item(text, name, span, lines)


def _unread(text: str, begin: int, braces: Span, end: int) -> Iterator[Finding]:
    """What Hugo does not look at, because it stands around the braces that it reads, or in others behind them."""
    read = text[braces.start : braces.end]
    around, behind = text[begin : braces.start], text[braces.end : end]
    if around.strip("{ \t"):
        last = text.rfind("}", begin, end) + 1
        yield Finding(
            message=f"of `{_short(text[begin:last])}` Hugo reads `{_short(read)}` only",
            span=Span(begin, last),
            label="braces inside braces",
            consequence="it looks at nothing of what stands around that",
            help="leave the inner braces out",
        )
    elif "{" in behind:
        start = text.index("{", braces.end, end)
        yield Finding(
            message=f"Hugo does not look at `{_short(text[start:end].rstrip())}`",
            span=Span(start, start + len(text[start:end].rstrip())),
            label=f"`{_short(read)}` stands before it",
            consequence="no line is marked or numbered by it",
            help="put everything into one pair of braces",
        )


def _of_no_text(text: str, braces: Span) -> list[Finding]:
    """Of braces that cannot be read, each class that is no text, if nothing else is wrong with them."""
    items, at = _items(text, braces)
    found = [item for item in items if item["name"] == "class" and kind_of(item["value"]) != "text"]
    return [_no_text(item["name"], item["value"], Span(*item.span("value"))) for item in found if at == braces.end - 1]


def _no_text(name: str, value: str, span: Span) -> Finding:
    is_single = kind_of(value) in _SINGLE
    return Finding(
        message=f"`{name}` is `{value}`, not a text",
        span=span,
        consequence=_STOPS,
        help=f'write `{name}="{value}"`' if is_single else f'write `{name}="…"`, or leave it out',
        fix=Fix("put it in quotes", Applicability.SAFE, (Edit(span, f'"{value}"'),)) if is_single else None,
    )


def _items(text: str, braces: Span) -> tuple[list[re.Match[str]], int]:
    """What can be read within braces by itself, and where that ends."""
    at = braces.start + 1
    items = []
    while item := _ITEM.match(text, at, braces.end):
        items.append(item)
        at = item.end()
    inside = text[at : braces.end]
    return items, at + len(inside) - len(inside.lstrip(" \t,"))


def _unreadable(text: str, begin: int, braces: Span, end: int, lines: int) -> Finding:
    written = text[braces.start : braces.end]
    whole = Span(begin, text.rfind("}", begin, end) + 1)
    if whole != braces:
        return Finding(
            message=f"Hugo cannot read `{_short(text[whole.start : whole.end])}`",
            span=whole,
            label=f"it takes `{_short(written)}` by itself",
            consequence=_STOPS,
            help="leave braces out of the value",
        )
    _, at = _items(text, braces)
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
        message=f"Hugo cannot read `{_short(written)}`",
        span=edit.span if edit else Span(at, at + len(wrong[0])) if wrong else braces,
        consequence=_STOPS,
        help=f"write `{edit.text}`" if edit else 'write `name="value"`, with double quotes around the value',
        fix=Fix(f"write `{edit.text}`", Applicability.UNSAFE, (edit,)) if edit else None,
    )


def _short(written: str) -> str:
    return written if len(written) < 50 else written[:49] + "…"


def _lines(page: Page, block: CodeBlock, begin: int) -> int:
    """How many lines of code the block has."""
    lines = page.source.text[begin : block.span.end].rstrip("\r\n").splitlines()
    return len(lines) - 1 - block.is_closed


def _item(text: str, written: str, where: Span, lines: int) -> Iterator[Finding]:
    """What is wrong with the value at `where`, whose name is `written` before it."""
    name, value = written.lower(), text[where.start : where.end]
    kind = kind_of(value) if text[where.start - 1] not in "#." else "text"
    meant = _NEARLY.get(name)
    if kind == "nothing":
        yield _no_text(written, value, where)
    elif meant:
        start = text.rindex(written, 0, where.start)
        span = Span(start, start + len(written))
        yield Finding(
            message=f"`{written}` means nothing to Hugo",
            span=span,
            label=f"did you mean `{meant}`?",
            consequence="no line is marked or numbered",
            help=f"write `{meant}`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, meant),)),
        )
    elif name == "linenos" and value.strip('"').lower() not in _LINENOS:
        yield Finding(
            message=f"`{value}` is not a way to number lines",
            span=where,
            label="`true`, `false`, `inline` or `table`",
            consequence="Hugo takes it for `true`, and readers get numbers in a table" if kind == "text" else _STOPS,
            help="write `inline`, or leave it out",
        )
    elif name == "hl_lines":
        yield from _marked(value, where, lines)
    elif name in _OPTIONS and not _is_taken(_OPTIONS[name], kind, value.strip('"')):
        yield Finding(
            message=f"`{value}` is not a number to begin with"
            if name == "linenostart"
            else f"`{written}` cannot be `{_short(value)}`",
            span=where,
            consequence=_STOPS,
            help=_ADVICE[_OPTIONS[name]],
        )


def _is_taken(wanted: str, kind: str, word: str) -> bool:
    """Whether Hugo can make a value of a kind, which says `word`, into what an option wants."""
    if kind != "text" or wanted == "text" or not word:
        return kind != "list"
    return bool((_NUMBER if wanted == "number" else _TRUTH).fullmatch(word))


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
