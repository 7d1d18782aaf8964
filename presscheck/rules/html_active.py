"""No post brings a program of its own.

On a site that keeps raw HTML, whatever a post holds reaches its readers' browsers: a `<script>`, a frame with somebody
else's page in it, an `onclick`. It runs with the rights of the whole site, on every page that shows the post, in feed
readers too, and it may come from anyone who can write a post. Hugo passes it on without a word. A site with a content
policy blocks it, and the post lacks what it was to do.

Put what a post needs into a shortcode, where it is written once and reviewed once, and call that. Show code in a code
block. On a site that drops raw HTML, the rule is silent, and so it is about scripts that hold data, such as
`application/ld+json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_TAG = re.compile(r"<(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>?", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HANDLER = re.compile(r"[\s\"'/](on[a-z]{3,30})\s*=", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"=\s*[\"']?\s*(javascript:|vbscript:|data:text/html)", re.IGNORECASE)
_DATA = re.compile(r"\btype\s*=\s*[\"']?(?:application/(?:[\w.-]+\+)?json|text/template|math/)", re.IGNORECASE)
_ACTIVE = {
    "script": "it runs in the browser of everyone who reads the page",
    "iframe": "readers get a page within the page, which somebody else may change, and which sees that they are here",
    "frame": "readers get a page within the page, which somebody else may change",
    "object": "readers' browsers load and start what it names",
    "embed": "readers' browsers load and start what it names",
    "applet": "no browser starts it any more",
    "base": "every link and picture of the page leads somewhere else",
}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every tag of a page's raw HTML whether it does something."""
    if not page.markdown.html or not page.config.keeps_html:
        return
    text = page.source.text
    for html in page.markdown.html:
        written = _COMMENT.sub(lambda comment: " " * len(comment[0]), text[html.start : html.end])
        for tag in _TAG.finditer(written):
            name = tag["name"].lower()
            if name in _ACTIVE and not (name == "script" and _DATA.search(tag["rest"])):
                yield Finding(
                    message=f"this post brings `<{tag['name']}>`",
                    span=Span(*tag.span()).shifted(html.start),
                    consequence=_ACTIVE[name],
                    help="put it into a shortcode and call that, or show it as code",
                )
            for attribute in (*_HANDLER.finditer(tag[0]), *_SCRIPT_ADDRESS.finditer(tag[0])):
                yield Finding(
                    message=f"`{attribute[1]}` starts a program",
                    span=Span(*attribute.span(1)).shifted(html.start + tag.start()),
                    consequence="it runs in the browser of whoever reads the page",
                    help="leave it out, or put the element into a shortcode",
                )
