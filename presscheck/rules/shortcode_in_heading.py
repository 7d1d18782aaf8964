"""A heading with a shortcode in it says which address it has.

Hugo makes the part of an address behind `#` from the words of a heading, before it knows what a shortcode in it will say:
`## Version {{< version >}}` gets the id `version-hahahugoshortcode4s0hbhb`. Readers who copy the link get that, and the
number in it changes when another shortcode is added above, so that the link breaks.

Write the id yourself, `## Version {{< version >}} {#version}`, or move the shortcode out of the heading. Calls with `%`,
`{{% version %}}`, are put in before the id is made; they are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import Heading, heading_id
from presscheck.page import Page
from presscheck.shortcodes import Shortcode
from presscheck.text import Span

SEVERITY = Severity.WARNING

_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*\Z")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every heading that holds a call whether it sets its id."""
    if not page.shortcodes or not page.markdown.headings:
        return
    calls = iter(page.shortcodes)
    call = next(calls, None)
    for heading in page.markdown.headings:
        while call and call.span.start < heading.span.start:
            call = next(calls, None)
        inside: list[Shortcode] = []
        while call and call.span.end <= heading.span.end:
            inside.append(call)
            call = next(calls, None)
        angled = [each for each in inside if page.source.text.startswith("{{<", each.span.start)]
        line = page.source.slice(heading.span).partition("\n")[0].rstrip("\r")
        if angled and not (heading.attributes and heading.attributes.id):
            yield _finding(page, heading, line, inside, angled[0])


def _finding(page: Page, heading: Heading, line: str, inside: list[Shortcode], call: Shortcode) -> Finding:
    words = line
    for each in reversed(inside):
        start = each.span.start - heading.span.start
        words = words[:start] + words[start + each.span.end - each.span.start :]
    words = _CLOSING_HASHES.sub("", words).lstrip("# \t")
    wanted = heading_id(" ".join(words.split()))
    is_free = wanted != "heading" and wanted not in page.markdown.ids and not re.search(r"[\[\]`*<>&]", words)
    fix = None
    has_one_line = page.source.slice(heading.span).strip().count("\n") < 2  # besides the one that underlines it
    if is_free and has_one_line and page.config.dialect.heading_attributes:
        at = heading.span.start + len(line.rstrip())
        fix = Fix(f"add `{{#{wanted}}}`", Applicability.UNSAFE, (Edit(Span(at, at), f" {{#{wanted}}}"),))
    return Finding(
        message=f"the shortcode `{call.name}` gets into the address of this heading",
        span=call.span,
        label="Hugo writes `hahahugoshortcode…` for it",
        consequence="a link to this part of the page is ugly, and breaks when a shortcode is added above",
        help=f"write `{{#{wanted if is_free else 'name'}}}` at the end of the heading, or move the shortcode out of it",
        fix=fix,
    )
