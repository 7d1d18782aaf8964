"""Every key is one that Hugo or the site knows.

Hugo keeps a key that it does not know as a parameter for templates, and says nothing: with `descripton` the page has no
description, with `publish_date` it goes online before its day, with `drafts = true` it goes online although it is a
draft.

Correct the key. It is reported when it is close to one that Hugo knows; if a template of the site really uses it, list
it in `known`. With `strict`, every key is reported that neither Hugo nor the list knows:

```toml
[params.presscheck.rules.key-unknown]
strict = true
known = ["cover", "toc"]
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR


@dataclass(frozen=True)
class Options:
    """What may be set."""

    known: tuple[str, ...] = ()
    """Keys that the site's own templates use."""
    strict: bool = False
    """Whether to report every key that is neither Hugo's nor among `known`."""


HUGO_KEYS = [
    "aliases",
    "audio",
    "build",
    "cascade",
    "date",
    "description",
    "draft",
    "expiryDate",
    "headless",
    "images",
    "isCJKLanguage",
    "keywords",
    "lastmod",
    "layout",
    "linkTitle",
    "markup",
    "menu",
    "menus",
    "modified",
    "outputs",
    "params",
    "pubdate",
    "publishDate",
    "published",
    "resources",
    "sitemap",
    "slug",
    "summary",
    "title",
    "translationKey",
    "type",
    "unpublishdate",
    "url",
    "videos",
    "weight",
    "sites",
]
_COMMON_PARAMETERS = frozenset(
    [
        "author",
        "authors",
        "categories",
        "category",
        "comments",
        "cover",
        "featured",
        "hero",
        "image",
        "math",
        "mermaid",
        "series",
        "showtoc",
        "subtitle",
        "tag",
        "thumbnail",
        "toc",
        "video",
        "hidden",
        "links",
        "link",
        "icon",
        "id",
        "name",
        "categories",
        "language",
        "publish",
    ]
)
_NEVER_MEANT = frozenset(("sites", "audio", "videos", "modified", "published"))
"""Keys that Hugo knows and few write: a key close to one of them is more likely the site's own."""
_SPELT_OTHERWISE = {
    "alias": "aliases", "drafts": "draft", "isdraft": "draft", "desc": "description", "updated": "lastmod",
    "lastmodified": "lastmod", "lastupdated": "lastmod", "expires": "expiryDate", "expirationdate": "expiryDate",
    "permalink": "url", "tag": "tags",
}  # fmt: skip
_WORDS = frozenset(("desc", "updated", "expires", "permalink", "tag"))
"""Of these, the ones that a template may well use as its own."""
_CLOSE = 0.84


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every key at the top whether it is known, or nearly is."""
    canonical = _canonical(tuple(page.config.taxonomies))
    own = {key.lower() for key in options.known}
    for key, entry in page.front_matter.document.top.items():
        if key in canonical or key in own:
            continue
        meant = _meant(key, canonical)
        if not meant and not options.strict:
            continue
        entries = page.front_matter.document.entries
        is_free = bool(meant) and all(other.path[0].lower() != meant.lower() for other in entries)
        yield Finding(
            message=f"`{entry.name}` is not a key that Hugo knows",
            span=entry.key_span,
            label=f"did you mean `{meant}`?" if meant else "",
            consequence=f"Hugo ignores it: the page sets no `{meant}`" if is_free else "Hugo ignores it",
            help=_help(meant, is_free=is_free),
            fix=_fix(page, key, entry.key_span, meant) if is_free else None,
        )


@cache
def _canonical(taxonomies: tuple[str, ...]) -> dict[str, str]:
    """The keys that mean something, by their lower case."""
    return {key.lower(): key for key in (*HUGO_KEYS, *taxonomies)}


def _help(meant: str, *, is_free: bool) -> str:
    if not meant:
        return "remove it, or add it to `known` in the settings of this rule"
    return f"write `{meant}`" if is_free else f"remove one of the two, the page sets `{meant}` as well"


def _fix(page: Page, key: str, span: Span, meant: str) -> Fix:
    first = page.source.slice(span)[:1]
    quote = first if first in {"'", '"'} else ""
    applicability = Applicability.UNSAFE if key in _WORDS else Applicability.SAFE
    return Fix(f"write `{meant}`", applicability, (Edit(span, f"{quote}{meant}{quote}"),))


def _meant(key: str, canonical: dict[str, str]) -> str:
    """The known key that `key` is nearly, in its usual spelling; empty when none is."""
    known = _SPELT_OTHERWISE.get(key.replace("_", "").replace("-", ""))
    if known and known.lower() in canonical:
        return known
    if key in _COMMON_PARAMETERS:
        return ""
    plain = key.replace("_", "").replace("-", "")
    if plain in canonical:
        return canonical[plain]
    swapped = [each for each in canonical if each != plain and sorted(each) == sorted(plain)]
    close = swapped or difflib.get_close_matches(plain, sorted(canonical.keys() - _NEVER_MEANT), 1, _CLOSE)
    return canonical[close[0]] if close else ""
