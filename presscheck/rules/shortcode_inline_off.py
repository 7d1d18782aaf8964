"""A shortcode that is written out in the page runs only where the site allows it.

`{{< time.inline >}}{{ now }}{{< /time.inline >}}` brings its template along. Because whoever writes a post could then read
anything that a template can, Hugo ignores such shortcodes unless `enableInlineShortcodes` is set. It says nothing: what
they would have made is missing from the page.

Make a template of it, `layouts/_shortcodes/time.html`, and call it by its name, `{{< time >}}`. If all who write for the
site are trusted, set this instead:

```toml
[security]
enableInlineShortcodes = true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import outside_code

SEVERITY = Severity.ERROR
PROTECTS = True


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every call whether its name ends in `.inline`."""
    if not page.shortcodes or not page.config.path:
        return
    if not any(call.name.endswith(".inline") for call in page.shortcodes):
        return
    if page.config.get("security", "enableinlineshortcodes", default=False):
        return
    for call in outside_code(page):
        if call.name.endswith(".inline") and not call.is_closing:
            name = call.name.removesuffix(".inline")
            yield Finding(
                message=f"`{call.name}` is written out in the page, which the site does not allow",
                span=call.span,
                consequence="nothing of what it makes is on the page",
                help=f"make a template `layouts/_shortcodes/{name}.html` of it, and call `{name}`",
            )
