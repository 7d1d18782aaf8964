"""No post brings a program of its own.

On a site that keeps raw HTML, whatever a post holds reaches its readers' browsers: a `<script>`, a frame with somebody
else's page in it, an `onclick`. It runs with the rights of the whole site, on every page that shows the post, in feed
readers too, and it may come from anyone who can write a post. Hugo passes it on without a word. A site with a content
policy blocks it, and the post lacks what it was to do.

A site that drops raw HTML has two back doors. What stands between the two halves of a shortcode of its own reaches the page as it is where the
template says `{{ .Inner }}`; and Hugo's `highlight` writes its option `wrapperClass` into the page unchecked.

Put what a post needs into a shortcode, where it is written once and reviewed once, and call that. Show code in a code
block; let a shortcode say `{{ .Inner | .Page.RenderString }}`. The rule is silent about scripts that hold data, such as
`application/ld+json`. Where an element such as `<title>` makes markup into text, it may report more than a browser would run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._html_tags import Deed, deeds_in
from presscheck.rules._shortcodes import outside_code, template_of
from presscheck.text import Span

SEVERITY = Severity.ERROR
PROTECTS = True

_INNER = re.compile(r"\.Inner(?:Deindent)?\b(?P<then>[^}]*)")
_MADE_SAFE = re.compile(
    r"markdownify|RenderString|htmlEscape|plainify|highlight|jsonify|urlize|anchorize", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:markdownify|RenderString|htmlEscape|plainify|highlight|Highlight|len|findRE|in|eq|ne|if|with)\b[^{}|]*\Z"
)
_ESCAPED = re.compile(r"(?!.*safe|.*=)\{\{.*\bstring\b.*", re.DOTALL)
"""Text that is no longer HTML to Hugo, which escapes it where it is written."""
_OPTION = re.compile(r"wrapperclass\s*=\s*(?P<value>[^,]*)", re.IGNORECASE)
_NO_CLASS = re.compile(r"[<>\"'&]")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every tag of a page's raw HTML, and of what its shortcodes pass on, whether it does something."""
    said = set()
    for finding in _everything(page):
        if (finding.span, finding.message) not in said:
            said.add((finding.span, finding.message))
            yield finding


def _everything(page: Page) -> Iterator[Finding]:
    if page.markdown.html and page.config.keeps_html:
        text = page.source.text
        for html in page.markdown.html:
            for deed in deeds_in(text[html.start : html.end]):
                yield _finding(deed, html.start, "put it into a shortcode and call that, or show it as code")
    if page.shortcodes:
        yield from _passed_on(page)


def _passed_on(page: Page) -> Iterator[Finding]:
    """What stands between the halves of a shortcode that shows it as it is, and options that Hugo does not check."""
    text = page.source.text
    opened: dict[str, int] = {}
    for call in outside_code(page):
        name = call.name.lower()
        template = template_of(page.config, name)
        if name == "highlight" and template is None:
            for each in call.parameters:
                option = _OPTION.search(each.value)
                if option and _NO_CLASS.search(option["value"]):
                    yield Finding(
                        message="`wrapperClass` holds more than the name of a class",
                        span=each.span,
                        consequence="Hugo writes it into the page as it is, programs as well",
                        help="write names of letters, digits and `-`",
                    )
        elif template is None or text.startswith("{{%", call.span.start):
            continue
        elif not call.is_closing:
            opened[name] = call.span.end
        elif name in opened and _shows_inner(template):
            start = opened.pop(name)
            for deed in deeds_in(text[start : call.span.start]):
                yield _finding(
                    deed,
                    start,
                    f"leave it out, or let the template of `{call.name}` say `{{{{ .Inner | .Page.RenderString }}}}`",
                )


def _shows_inner(template: str) -> bool:
    """Whether a template writes what stands between the two halves of its shortcode into the page as it is."""
    return any(
        not _MADE_SAFE.search(found["then"])
        and not _BEFORE.search(template, 0, found.start())
        and not _ESCAPED.fullmatch(template, max(template.rfind("{{", 0, found.start()), 0), found.end())
        for found in _INNER.finditer(template)
    )


def _finding(deed: Deed, offset: int, advice: str) -> Finding:
    brings = deed.what.startswith("`<")
    return Finding(
        message=f"this post brings {deed.what}"
        if brings or deed.what.startswith(("a ", "these"))
        else f"{deed.what} starts a program",
        span=Span(*deed.span).shifted(offset),
        consequence=deed.consequence,
        help=advice if brings or "shortcode" not in advice else "leave it out, or put the element into a shortcode",
    )
