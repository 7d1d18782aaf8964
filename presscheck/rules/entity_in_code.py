"""Code is written with its own characters, not with their names in HTML.

Between backticks and in a code block, Hugo shows every character as it is written; it takes care of `<` and `&` itself.
`` `a &lt; b` `` is therefore shown as `a &lt; b`, and whoever copies the line gets a program that does not run. It happens
when code is pasted from the source of a web page. Hugo says nothing.

Write the character: `<`, `>`, `&`, `"`.

In markup languages such references are part of the code: blocks in HTML, XML, Markdown, JSX and the like are not asked, nor
is code that holds the bare character as well, or nothing but the one reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._fences import opening
from presscheck.text import Span

SEVERITY = Severity.WARNING

_CHARACTERS = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&#39;": "'",
    "&#34;": '"',
    "&#60;": "<",
    "&#62;": ">",
}
_ENTITY = re.compile("|".join(_CHARACTERS))
_NAMES = """
astro diff django erb go-html-template gohtml handlebars hbs htm html http jinja jinja2 jsp jsx liquid
markdown md mdx php phtml react regex rss rst sgml smarty svelte svg tsx twig vue xhtml xml xsd xsl xslt yaml
"""
_MARKUP = frozenset(_NAMES.split())


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of all code on a page whether it holds references to characters."""
    text = page.source.text
    if "&" not in text or not _ENTITY.search(text):
        return
    infos = {block.span: block for block in page.markdown.code_blocks}
    for span in page.markdown.code:
        block = infos.get(span)
        found = _ENTITY.search(text, span.start, span.end)
        if not found or "{{" in text[span.start : span.end]:
            continue
        start = span.start
        if block:
            line = opening(page, block)
            if line and line.language.lower() in _MARKUP:
                continue
            start = line.end if line else start
        code = text[start : span.end]
        if not block and code.strip("` ") in _CHARACTERS:
            continue
        entities = list(_ENTITY.finditer(text, start, span.end))
        bare = _ENTITY.sub("", code)
        if not entities or any(_CHARACTERS[each[0]] in bare for each in entities if each[0][1] != "#"):
            continue
        first = entities[0]
        character = _CHARACTERS[first[0]]
        more = f", and {len(entities) - 1} more like it" if len(entities) > 1 else ""
        yield Finding(
            message=f"`{first[0]}` is shown as it stands in code{more}",
            span=Span(*first.span()),
            label=f"did you mean `{character}`?",
            consequence=f"readers see `{first[0]}`, and copy it into their own code",
            help="write the characters themselves" if more else f"write `{character}`",
            fix=Fix(
                "write the characters themselves" if more else f"write `{character}`",
                Applicability.UNSAFE,
                tuple(Edit(Span(*each.span()), _CHARACTERS[each[0]]) for each in entities),
            ),
        )
