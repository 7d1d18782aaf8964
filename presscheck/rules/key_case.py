"""A key is spelt as Hugo's manual spells it.

Hugo reads `Title`, `publishdate` and `LINKTITLE` all the same, so nothing is broken. But a page that has `Title` at its
top, and gets a `title` from the next author, has two titles, of which Hugo takes one; and whoever looks for all the pages
that set a key has to think of all its spellings.

Write `title`, `publishDate`, `linkTitle`: `presscheck fix --rule key-case`. The rule is off unless the settings turn it on:

```toml
[params.presscheck.rules.key-case]
severity = "info"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.INFO
IS_ON = False

_USUAL = (
    "aliases", "build", "cascade", "date", "description", "draft", "expiryDate", "headless", "isCJKLanguage",
    "keywords", "lastmod", "layout", "linkTitle", "markup", "menus", "outputs", "params", "publishDate", "resources",
    "sitemap", "slug", "summary", "title", "translationKey", "type", "url", "weight",
)  # fmt: skip


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key at the top whether its capitals are the usual ones."""
    top = page.front_matter.document.top
    usual = _by_lower(tuple(page.config.taxonomies))
    for key, entry in top.items():
        meant = usual.get(key)
        if not meant or entry.path[0] == meant:
            continue
        if sum(each.path[0].lower() == key for each in page.front_matter.document.entries) > 1:
            continue  # two spellings on one page are another rule's business
        quote = page.source.slice(entry.key_span)[:1]
        quote = quote if quote in {"'", '"'} else ""
        yield Finding(
            message=f"`{entry.name}` is usually spelt `{meant}`",
            span=entry.key_span,
            help=f"write `{meant}`",
            fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(entry.key_span, f"{quote}{meant}{quote}"),)),
        )


@cache
def _by_lower(taxonomies: tuple[str, ...]) -> dict[str, str]:
    return {key.lower(): key for key in (*_USUAL, *taxonomies)}
