"""A page opened in a real browser: what it asked for, what it said, and what it broke."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

PAGES = {
    "home": "/",
    "section": "/posts/",
    "second sheet": "/posts/page/2/",
    "short post": "/posts/cosine-similarity-by-hand/",
    "long post": "/posts/aws-services-for-generative-ai/",
    "bundle": "/posts/agents-and-tool-use/",
    "series": "/series/rag-from-the-ground-up/",
    "tags": "/tags/",
    "tag": "/tags/llm/",
    "archive": "/archive/",
    "about": "/about/",
    "docs": "/docs/",
    "manual": "/docs/write-a-post/",
    "rules": "/docs/rules/",
    "rule": "/docs/rules/link-broken/",
    "search": "/search/",
    "not found": "/nothing/here/",
}
"""One page of every kind."""

GALLERY_PAGES = {"everything": "/posts/alles/", "many tags": "/tags/"}
"""And of the site that holds what the others do not."""

KINDS = [*PAGES, *GALLERY_PAGES]

_BROKEN_POLICY = """
  window.brokenPolicy = [];
  addEventListener("securitypolicyviolation", (event) => {
    brokenPolicy.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
"""


@dataclass(frozen=True)
class Answer:
    """What came for one request."""

    url: str
    """Where it was asked for."""
    status: int
    """What the server said."""
    kind: str
    """`document`, `stylesheet`, `script`, `image`, …"""
    size: int
    """How many bytes it would be on the way, compressed with gzip unless it is a picture."""


@dataclass
class Visit:
    """An open page, and what happened since it was asked for."""

    page: Page
    """The page itself."""
    said: list[str] = field(default_factory=list)
    """Messages in the console, and errors that nobody caught."""
    failed: list[str] = field(default_factory=list)
    """Requests that came to nothing."""
    responses: list[Response] = field(default_factory=list)
    """What came, in its order."""

    def ask(self, script: str, argument: object = None) -> Any:
        """What `script`, an expression or a function, comes to in the page."""
        return self.page.evaluate(script, argument)

    @property
    def answers(self) -> list[Answer]:
        """What the page weighs; the icon of the tab is not counted, as no browser waits for it."""
        return [
            Answer(each.url, each.status, each.request.resource_type, _size(each))
            for each in self.responses
            if not each.url.endswith("/favicon.svg")
        ]

    @property
    def hosts(self) -> set[str]:
        """Everybody who was asked for something."""
        return {urlsplit(each.url).netloc for each in self.responses} | {urlsplit(url).netloc for url in self.failed}


def _size(response: Response) -> int:
    body = response.body()
    if response.request.resource_type == "image" and not response.url.endswith(".svg"):
        return len(body)
    packer = zlib.compressobj(9, wbits=31)
    return len(packer.compress(body) + packer.flush())


@contextlib.contextmanager
def visit(browser: Browser, url: str, *scripts: str, **options: Any) -> Iterator[Visit]:
    """Open `url` in a fresh browser profile for the time of a block; `scripts` run before any of the page's own."""
    context = browser.new_context(**options)
    for script in (_BROKEN_POLICY, *scripts):
        context.add_init_script(script)
    page = context.new_page()
    found = Visit(page)

    def on_console(message: ConsoleMessage) -> None:
        is_about_the_page_itself = message.location.get("url") == page.url and "404" in message.text
        if not is_about_the_page_itself:
            found.said.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.said.append(str(error)))
    page.on("requestfailed", lambda request: found.failed.append(request.url))
    page.on("response", lambda response: found.responses.append(response))  # noqa: PLW0108 - it takes no built-in method
    try:
        page.goto(url, wait_until="load")
        yield found
    finally:
        context.close()
