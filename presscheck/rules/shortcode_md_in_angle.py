"""Markdown is only written where it becomes HTML.

What stands between `{{< note >}}` and `{{< /note >}}` goes to the shortcode's template as it is. When the template prints
it with a bare `{{ .Inner }}`, nobody makes HTML of it, and readers see the asterisks and brackets.

Let the template write `{{ .Inner | .Page.RenderString }}`, or write HTML in the post. Calling the shortcode with `%`, as
`{{% note %}}`, makes Hugo read the text as Markdown too, together with what the template writes around it, which has to
be allowed by `markup.goldmark.renderer.unsafe`.

The rule reads the templates of the site and its theme. It is silent where one does anything with the text besides printing
it, and where one puts it into code, a script or a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.config import INNER, Config
from presscheck.diagnostics import Finding, Note, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import outside_code, template_of
from presscheck.shortcodes import Shortcode
from presscheck.text import Span

SEVERITY = Severity.WARNING

_PRINTED = re.compile(r"\{\{-?\s*(?:\.Inner(?:Deindent)?|trim\s+\.Inner\s+\"[^\"]*\")\s*(?:\|\s*safeHTML\s*)?-?\}\}")
_RAW = re.compile(r"<(?:pre|code|script|style|svg|textarea|math)\b|mermaid|katex", re.IGNORECASE)
_MARKUP = re.compile(
    r"(?P<strong>\*\*\w[^*\n]{0,200}\*\*)|(?P<link>\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\))|(?P<code>`[^`\n]{1,200}`)"
    r"|(?P<heading>^#{1,6} \w[^\n]{0,200})|(?P<list>^[-*] \w[^\n]{0,200}\n[-*] \w)",
    re.MULTILINE,
)
_WHAT = {"strong": "bold text", "link": "a link", "code": "code", "heading": "a heading", "list": "a list"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every text between two angled calls whether its template makes HTML of it."""
    config = page.config
    if not page.shortcodes:
        return
    text = page.source.text
    raw: dict[str, bool] = {}
    last: Shortcode | None = None
    for call in outside_code(page):
        if call.is_closing and last and last.name == call.name and text.startswith("{{<", last.span.start):
            if call.name not in raw:
                raw[call.name] = _prints_as_it_is(config, call.name)
            match = _MARKUP.search(text, last.span.end, call.span.start) if raw[call.name] else None
            if match:
                yield _finding(call, match)
        last = None if call.is_closing else call


def _prints_as_it_is(config: Config, name: str) -> bool:
    template = template_of(config, name)
    if template is None or not INNER.search(template) or _RAW.search(template):
        return False
    return not INNER.search(_PRINTED.sub("", template))


def _finding(call: Shortcode, match: re.Match[str]) -> Finding:
    kind = match.lastgroup or "strong"
    return Finding(
        message=f"{_WHAT[kind]} in the text of the shortcode `{call.name}`, which is not read as Markdown",
        span=Span(match.start(), min(match.end(), match.start() + len(match[0].split("\n")[0]))),
        label="",
        consequence="readers see the signs as they are typed",
        help="let the template say `{{ .Inner | .Page.RenderString }}`, or write HTML",
        notes=(Note(f"the template of `{call.name}` prints the text as it is"),),
    )
