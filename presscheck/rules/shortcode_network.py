"""Building the site needs nothing from elsewhere.

The shortcodes `x`, `x_simple` and `vimeo_simple`, and `vimeo` where `privacy.vimeo.simple` is set, fetch what they show
from another company's server while Hugo builds the site. When that server is down, slow or has deleted the post, or when
the machine has no network, Hugo only warns, and readers find nothing at the place. Two builds of the same files may differ.

Quote the words and link to the post, or keep a picture of the film beside the page and link from it.

Whether a site wants to depend on others is its own choice, so the rule is off unless it is asked for:

```toml
[params.presscheck.rules.shortcode-network]
severity = "warning"
```

A shortcode of one of these names that the site has itself is fine.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import name_span, outside_code, template_of

SEVERITY = Severity.WARNING
PROTECTS = True
IS_ON = False

_FETCHED_FROM = {"x": "x.com", "x_simple": "x.com", "vimeo_simple": "vimeo.com", "vimeo": "vimeo.com"}


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every call whether Hugo fetches something for it."""
    config = page.config
    if not page.shortcodes or not config.templates_are_known:
        return
    for call in outside_code(page):
        name = call.name.lower()
        if name not in _FETCHED_FROM or call.is_closing or template_of(config, name) is not None:
            continue
        if name == "vimeo" and not page.config.get("privacy", "vimeo", "simple", default=False):
            continue
        yield Finding(
            message=f"the shortcode `{name}` fetches from {_FETCHED_FROM[name]} whenever the site is built",
            span=name_span(page, call),
            consequence="when that fails, readers find nothing here",
            help="quote what it shows, and link to it",
        )
