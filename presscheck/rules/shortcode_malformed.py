"""A shortcode call is written so that Hugo takes it for one.

A call begins with `{{<` or `{{%` and ends with `>}}` or `%}}`, letter by letter. With a space in between, as in
`{{ < figure src="a.png" >}}`, or with one brace, it is text like any other: Hugo says nothing, and readers see braces
where a picture should be. When only the end is wrong, with one brace or a space in it, when a value that has no name stands
without quotes although there is a colon or a slash in it, when some values have a name and others have none, or when a
quotation mark is not closed in its line, Hugo stops and publishes nothing; it names the first such place only. Behind a
name and a `=`, a value without quotes ends at the next space: of `{{< film src=one.mp4>}}` Hugo never finds the end.

Write the braces together, put values into straight double quotes, and give all of them a name or none.

Code is not asked, nor is what stands in an HTML comment, as far as Hugo takes it for text. With one brace, only the name
of a shortcode that exists makes it a mistake. Curly quotation marks are the matter of `shortcode-smart-quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import STOPS, is_embedded, oddly_quoted, outside_code
from presscheck.shortcodes import Fault, Shortcode, Trouble, end_of_call, find_faults
from presscheck.text import Span, span_at

SEVERITY = Severity.ERROR

_PRINTED = re.compile(
    r"(?<!\{)(?:\{\{[ \t]{1,3}(?P<mark>[<%])|\{(?P<one><))(?P<inside>[ \t]*/?[ \t]*(?P<name>\w[\w/-]{0,80})(?=[ \t>%])[^{}\r\n]{0,1000}?)"
    r"(?:(?P<end>[>%])[ \t]{0,3}\}{1,2})(?!\})"
)
_NAME = re.compile(r"[ \t]*/?[ \t]*(\w[\w/-]{0,80})")
_LINE = re.compile(r"[^{}\r\n]{0,2000}")
_END = re.compile(r"[ \t]*[<>%]{0,2}[ \t]{0,3}\}{1,2}")
_ENDS = {"<": ">", "%": "%"}
_PRINTS = "readers see this text instead of what the shortcode makes"


def check_page(page: Page) -> Iterator[Finding]:
    """Look for what is nearly a call, and for calls that Hugo cannot read."""
    config = page.config
    text = page.source.text
    if "{" not in text or ("{{" not in text and "{<" not in text):
        return
    start = page.front_matter.span.end
    shown: list[Span] | None = None
    for match in _PRINTED.finditer(text, start):
        if match["one"] and not _exists(config, match["name"]):
            continue
        shown = _not_for_readers(page) if shown is None else shown
        if _ENDS[match["mark"] or match["one"]] == match["end"] and not span_at(shown, match.start()):
            yield _printed(config, match)
    yield from _unreadable(page, start)


def _exists(config: Config, name: str) -> bool:
    return is_embedded(name.lower()) or name in config.templates.shortcodes


def _not_for_readers(page: Page) -> list[Span]:
    text = page.source.text
    comments = [span for span in page.markdown.html if text.startswith("<!--", span.start)]
    return sorted([*page.markdown.code, *comments])


def _printed(config: Config, match: re.Match[str]) -> Finding:
    mark, end = match["mark"] or match["one"], match["end"]
    inside = match["inside"].strip(" \t")
    if match["inside"].endswith("/"):
        inside = f"{inside[:-1].rstrip()} /"
    meant = f"{{{{{mark} {inside} {end}}}}}"
    is_sure = _exists(config, match["name"])
    return Finding(
        message=f"this is not a call of the shortcode `{match['name']}`",
        span=Span(*match.span()),
        label="one brace, where Hugo wants two" if match["one"] else "a space stands between the braces",
        consequence=_PRINTS,
        help="write the braces and the sign behind them together",
        fix=Fix(
            "write it as a call",
            Applicability.SAFE if is_sure else Applicability.UNSAFE,
            (Edit(Span(*match.span()), meant),),
        ),
    )


def _unreadable(page: Page, start: int) -> Iterator[Finding]:
    """Ask of every call whether Hugo can read it."""
    text = page.source.text
    faults = find_faults(text, start)
    if not faults:
        return
    calls = {call.span.start: call for call in page.shortcodes}
    told = calls.keys() - {
        call.span.start for call in outside_code(page) if not any(oddly_quoted(text, call))
    }  # by `shortcode-in-code` or `shortcode-smart-quotes`
    unquoted = {fault.start for fault in faults if fault.trouble is Trouble.CHARACTER}
    for fault in faults:
        is_told = fault.trouble is Trouble.MIXED and fault.start in unquoted
        if is_told or fault.start in told:
            continue
        if fault.trouble is Trouble.END:
            yield from _unended(page.config, text, fault)
        elif fault.trouble is Trouble.MIXED:
            yield _mixed(calls[fault.start], fault)
        else:
            yield _TOLD[fault.trouble](text, fault)


def _quotation(text: str, fault: Fault) -> Finding:
    right = end_of_call(text, fault.start)
    return Finding(
        message=f"this quotation of a call has no `*/{right}`",
        span=fault.span,
        consequence=STOPS,
        help=f"write `*/{right}` where the call ends",
    )


def _name(_: str, fault: Fault) -> Finding:
    return Finding(
        message=f"a space is missing before the `/` of `{fault.name}/`",
        span=fault.span,
        label="Hugo takes it for a part of the name",
        consequence=STOPS,
        help="write a space before it",
        fix=Fix("write a space before it", Applicability.SAFE, (Edit(Span(fault.span.start, fault.span.start), " "),)),
    )


def _quote(text: str, fault: Fault) -> Finding:
    mark, start = text[fault.span.start], fault.span.end
    if mark == "`":
        return Finding(
            message="a backtick that begins a value is never closed",
            span=fault.span,
            consequence=STOPS,
            help="write another where the value ends",
        )
    line = _LINE.match(text, start)
    end = text.find(end_of_call(text, fault.start), start, line.end() + 3 if line else start)
    at = start + len(text[start:end].rstrip())
    fix = Fix('write `"` before the end of the call', Applicability.UNSAFE, (Edit(Span(at, at), '"'),))
    return Finding(
        message="a quotation mark is not closed in its line"
        if end < 0
        else "a quotation mark is not closed in its call",
        span=fault.span,
        consequence=STOPS,
        help='write `"` where the value ends, or put a longer text between two backticks',
        fix=None if end < 0 else fix,
    )


def _swallowed(text: str, fault: Fault) -> Finding:
    end = fault.span.end - 3
    value, right = text[fault.span.start : end], text[end : fault.span.end]
    fix = Fix(f"write a space before `{right}`", Applicability.SAFE, (Edit(Span(end, end), " "),))
    return Finding(
        message=f"a space is missing before the `{right}` of this call",
        span=Span(end, fault.span.end),
        label="a value without quotes ends at a space, and nowhere else" if value else "Hugo takes it for the value",
        consequence="Hugo reads on to the next end of a call, and nearly always stops there and publishes nothing",
        help=f"write a space before `{right}`" if value else "write a value, or remove the `=` and the name before it",
        fix=fix if value and not value.endswith("/") else None,
    )


def _closing(text: str, fault: Fault) -> Finding:
    return Finding(
        message=f"more than its name stands in the closing call of `{fault.name}`",
        span=Span(fault.span.start, fault.span.start + len(text[slice(*fault.span)].rstrip())),
        consequence=STOPS,
        help="values belong into the opening call",
    )


def _escape(_: str, fault: Fault) -> Finding:
    backslash = Span(fault.span.start, fault.span.start + 1)
    return Finding(
        message="a backslash stands before a backtick",
        span=fault.span,
        consequence=STOPS,
        help="remove the backslash: between double quotes, a backtick is a sign like any other",
        fix=Fix("remove the backslash", Applicability.SAFE, (Edit(backslash, ""),)),
    )


def _unquoted(text: str, fault: Fault) -> Finding:
    value = text[slice(*fault.span)]
    if value.isspace():
        return Finding(
            message="a space of another kind stands in this call",
            span=fault.span,
            label=f"U+{ord(value):04X}",
            consequence=STOPS,
            help="write a plain space",
            fix=Fix("write a plain space", Applicability.SAFE, (Edit(fault.span, " "),)),
        )
    return Finding(
        message=f"`{_short(value)}` is not in quotes",
        span=fault.span,
        label="without them, only letters, digits, `-`, `_` and `.` may be in it",
        consequence=STOPS,
        help=f'write `"{_short(value)}"`',
        fix=Fix("put it into quotes", Applicability.SAFE, (Edit(fault.span, f'"{value}"'),)),
    )


_TOLD = {
    Trouble.QUOTATION: _quotation,
    Trouble.NAME: _name,
    Trouble.QUOTE: _quote,
    Trouble.SWALLOWED: _swallowed,
    Trouble.CLOSING: _closing,
    Trouble.ESCAPE: _escape,
    Trouble.CHARACTER: _unquoted,
}


def _mixed(call: Shortcode, fault: Fault) -> Finding:
    named = [each for each in call.parameters if each.key is not None]
    unnamed = [each for each in call.parameters if each.key is None]
    if not named or not unnamed:
        return Finding(
            message="one `=` stands apart from the name before it, and another does not",
            span=fault.span,
            consequence=STOPS,
            help="write each `=` right behind its name",
        )
    return Finding(
        message=f"`{_short(unnamed[0].value)}` has no name, but `{named[0].key}` is one",
        span=unnamed[0].span,
        label="a value without a name",
        consequence=STOPS,
        help=f"give each value of `{call.name}` a name, or none; a value with a space needs straight double quotes",
    )


def _unended(config: Config, text: str, fault: Fault) -> Iterator[Finding]:
    """Ask of a `{{<` that begins no complete call how it was meant."""
    mark, right, start = text[fault.start + 2], end_of_call(text, fault.start), fault.start + 3
    line = _LINE.match(text, start)
    inside = line[0] if line else ""
    extra = int(inside.startswith("<"))
    name = _NAME.match(inside, extra)
    ending = _END.match(text, start + len(inside.rstrip(" \t<>%")))
    span = Span(fault.start, ending.end() if ending else start)
    fix = None
    if name and ending and inside.count('"') % 2 == 0:
        applicability = Applicability.SAFE if _exists(config, name[1]) else Applicability.UNSAFE
        edits = (Edit(Span(start, start + 1), ""),) if extra else ()
        fix = Fix(
            f"write `{{{{{mark}` and `{right}` around it",
            applicability,
            (*edits, Edit(Span(*ending.span()), f" {right}")),
        )
    yield Finding(
        message=f"the call of the shortcode `{name[1]}` {'begins with one `<` too many' if extra else f'does not end with `{right}`'}"
        if name
        else "this call names no shortcode",
        span=span,
        label="" if name else "Hugo takes this for the beginning of a call",
        consequence=STOPS,
        help=f"write `{{{{{mark}` and `{right}` around it"
        if name
        else "write a name, or put `{{` in backticks apart from what follows",
        fix=fix,
    )


def _short(value: str) -> str:
    return value if len(value) < 40 else value[:39] + "…"
