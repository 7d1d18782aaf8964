"""A post sets every key that the site asks for.

A post without a title has an empty heading, an empty entry in every list and in the feed. One without a description is
shown in search results and shared links with whatever text comes first.

Which keys are asked for is the site's choice; without a setting it is the title:

```toml
[params.presscheck.rules.key-missing]
keys = ["title", "description"]
```

What a section hands down by a `cascade` counts as set. A page that `build` neither renders nor lists, so that others may
include its text, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR


@dataclass(frozen=True)
class Options:
    """What may be set."""

    keys: tuple[str, ...] = ("title",)
    """The keys that every page has to set, lists excepted."""


_CONSEQUENCES = {
    "title": "the page has an empty heading, and so has its entry in every list and in the feed",
    "description": "search results and shared links show whatever text comes first",
    "tags": "no tag leads to the page",
}
_MEANT_AS = {"tags": "[]", "aliases": "[]", "keywords": "[]"}


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every page that is one for every key; a blank text counts as none."""
    for page in site.pages:
        keys = [key for key in options.keys if not _is_filled(page.get(key.lower()))]
        if not keys or page.kind != "page" or page.keys.notation == "none" or site.owner(page) or page.is_hidden:
            continue
        for key in keys:
            entry = page.front_matter.get(key.lower())
            if (entry and _is_filled(entry.data)) or (not entry and page.may_set(key)):
                continue
            yield _finding(page, key, entry.value.span if entry else None)


def _is_filled(data: object) -> bool:
    return data is not None and (not isinstance(data, str) or bool(data.strip()))


def _finding(page: Page, key: str, blank: Span | None) -> Finding:
    front_matter = page.front_matter
    value = _MEANT_AS.get(key.lower(), '"…"')
    line = {"toml": f"{key} = {value}\n", "yaml": f"{key}: {value}\n"}.get(front_matter.notation, f'"{key}": {value}')
    fix = None
    if front_matter.notation != "json" and not blank:
        at = front_matter.content.start
        fix = Fix(f"add `{line.strip()}`", Applicability.PLACEHOLDER, (Edit(Span(at, at), line),))
    return Finding(
        message=f"`{key}` is blank" if blank else f"the page has no `{key}`",
        path=page.file,
        span=blank or page.opening,
        label="nothing is in it" if blank else "it would be set below this line",
        consequence=_CONSEQUENCES.get(key.lower(), ""),
        help=f"fill in `{key}`" if blank else f"add `{line.strip()}`",
        fix=fix,
    )
