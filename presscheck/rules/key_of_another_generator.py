"""Every key is one that Hugo acts upon, not one of the program that the pages came from.

Other generators read other keys. Hugo keeps them as parameters that no template asks for, and says nothing: a page with
Zola's `[taxonomies]` has no tags, one with Docusaurus' `unlisted` or Pelican's `status = "draft"` is on every list, one
with Jekyll's `redirect_from` has no redirect, and pages with `sidebar_position` or `nav_order` stand in another order.

Write what the message names. If the templates of the site really ask for the key, list it in `known`:

```toml
[params.presscheck.rules.key-of-another-generator]
known = ["sidebar_label"]
```

A key is left alone when the page sets Hugo's own beside it, and when its value is not of the kind that the other program
reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.page import Page

SEVERITY = Severity.WARNING
SUPERSEDES = ("key-unknown",)


@dataclass(frozen=True)
class Options:
    """What may be set."""

    known: tuple[str, ...] = ()
    """Keys that the site's own templates use."""


class _Foreign(NamedTuple):
    """A key of another program."""

    program: str
    """Who reads it."""
    kinds: tuple[type, ...]
    """What its value is there."""
    meant: str
    """Hugo's key for the same, as a path in lower case; empty when there is none."""
    consequence: str
    """What Hugo does instead."""
    help: str
    """What to do."""


_ORDER = "Hugo sorts its list by `weight` and date, as if this were not there"
_LISTED = "the page is in every list, in the feeds and in the sitemap"
_FOREIGN = {
    "taxonomies": _Foreign(
        "Zola", (dict,), "", "no tag leads to the page", "write the keys inside at the top, as in `tags = […]`"
    ),
    "extra": _Foreign("Zola", (dict,), "", "templates look for these keys in `params`", "write `params`"),
    "path": _Foreign("Zola", (str,), "url", "the page keeps the address that its file gives it", "write `url`"),
    "template": _Foreign(
        "Zola", (str,), "layout", "the page is made with the usual template", "write `layout`, without `.html`"
    ),
    "page_template": _Foreign(
        "Zola", (str,), "cascade", "the pages below are made with the usual template", "set `layout` in `cascade`"
    ),
    "sort_by": _Foreign("Zola", (str,), "", "Hugo sorts the list by weight and date", "sort in the template"),
    "paginate_by": _Foreign("Zola", (int,), "", "the list is not split", "split it in the template"),
    "redirect_from": _Foreign(
        "Jekyll", (str, list), "aliases", "no redirect leads to the page, old links to it are broken", "write `aliases`"
    ),
    "nav_order": _Foreign("Jekyll", (int,), "weight", _ORDER, "write `weight`"),
    "nav_exclude": _Foreign("Jekyll", (bool,), "build", _LISTED, 'write `build.list = "never"`'),
    "sidebar_position": _Foreign("Docusaurus", (int, float), "weight", _ORDER, "write `weight`"),
    "sidebar_label": _Foreign("Docusaurus", (str,), "linktitle", "lists show the long title", "write `linkTitle`"),
    "hide_title": _Foreign("Docusaurus", (bool,), "", "the page shows its title", "decide it in the template"),
    "unlisted": _Foreign("Docusaurus", (bool,), "build", _LISTED, 'write `build.list = "never"`'),
    "eleventynavigation": _Foreign("Eleventy", (dict,), "menus", "the page is in no menu", "write `menus`"),
    "eleventyexcludefromcollections": _Foreign(
        "Eleventy", (bool,), "build", _LISTED, 'write `build.list = "never"`'
    ),
    "status": _Foreign("Pelican", (str,), "draft", "Hugo publishes the page", "write `draft = true`"),
}  # fmt: skip
_SPELT = frozenset((*_FOREIGN, "eleventyNavigation", "eleventyExcludeFromCollections", "Status"))
_RENAMED = {"path": "url", "redirect_from": "aliases", "nav_order": "weight", "sidebar_position": "weight",
            "sidebar_label": "linkTitle"}  # fmt: skip
"""The keys whose value may stay as it is."""
_HIDDEN = frozenset(("draft", "hidden", "private"))


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every key at the top whether another program would read it, and Hugo does not."""
    entries = page.front_matter.document.entries
    if _SPELT.isdisjoint([entry.path[0] for entry in entries]):
        return
    known = {key.lower() for key in options.known}
    top = page.front_matter.document.top
    seen = set(known)
    for entry in entries:
        key = entry.path[0].lower()
        foreign = _FOREIGN.get(key)
        if not foreign or key in seen or foreign.meant in top or key in page.config.taxonomies:
            continue
        seen.add(key)
        is_table = len(entry.path) > 1
        if not _is_meant(key, {} if is_table else entry.data, foreign):
            continue
        name = entry.path[0]
        yield Finding(
            message=f"`{name}` is a key of {foreign.program}",
            span=entry.key_span,
            label=f"this is `{'.'.join(entry.path)}`" if is_table else "Hugo does not act upon it",
            consequence=foreign.consequence,
            help=foreign.help,
            fix=None if is_table else _fix(page, key, entry),
        )


def _is_meant(key: str, data: Any, foreign: _Foreign) -> bool:
    """Whether the value is one that the other program reads, and asks for something by it."""
    if not isinstance(data, foreign.kinds) or data is False:
        return False
    if isinstance(data, bool) and bool not in foreign.kinds:
        return False
    if key == "status":
        return str(data).lower() in _HIDDEN
    return key not in {"template", "page_template"} or str(data).endswith(".html")


def _fix(page: Page, key: str, entry: Entry) -> Fix | None:
    written = page.source.slice(entry.key_span)
    quote = written[:1] if written[:1] in {"'", '"'} else ""
    if key in _RENAMED and not isinstance(entry.data, float):
        edit = Edit(entry.key_span, f"{quote}{_RENAMED[key]}{quote}")
        return Fix(f"write `{_RENAMED[key]}`", Applicability.UNSAFE, (edit,))
    if key == "status":
        edits = (Edit(entry.key_span, f"{quote}draft{quote}"), Edit(entry.value.span, "true"))
        return Fix("make the page a draft", Applicability.UNSAFE, edits)
    return None
