"""Another page links to every post.

Readers who follow links come from one page to the next. To a post that no text links to they come only through lists, the
feed and search: a few weeks after it was the newest, hardly anybody does, and search engines rate it low for the same
reason. Hugo lists it like any other.

Link to it from a page on the same subject. A new post has no links yet, so the rule is off unless the settings turn it on:

```toml
[params.presscheck.rules.page-orphan]
severity = "info"
sections = ["posts", "notes"]
```

Without `sections`, the posts of the site's main sections are asked: what `mainSections` names, else the section with the
most pages. As a link counts one in the text of any other published page (the home page and `_index.md` too), in raw HTML
that Hugo keeps, in a shortcode's parameter, in front matter, or in a menu. Links that only templates make, such as "related
posts", are not seen: where every page shows those, the rule says little. Two posts that link only to each other are not
found. Pages that `build.list` keeps out of lists are not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from presscheck.diagnostics import Finding, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page
from presscheck.rules._sections import posts
from presscheck.site import Site

SEVERITY = Severity.INFO
IS_ON = False

_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_UNLISTED = (False, "never", "local")
_FEW = 50
"""A tag of more pages than this says too little about which of them might link to one."""


@dataclass(frozen=True)
class Options:
    """What may be set."""

    sections: tuple[str, ...] = ()
    """The sections whose posts are asked; none named means the main sections of the site."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every post whether a link of another page leads to it."""
    if not site.config.addresses_are_known:
        return
    linked = set(_linked(site))
    for page in posts(site, options.sections):
        if page.address not in linked and not _is_elsewhere(page):
            yield Finding(
                message=f"no other page links to `{page.name}`",
                path=page.file,
                span=page.title_span,
                consequence="readers find it only in lists, in the feed and by searching",
                help=_advice(site, page),
            )


def _linked(site: Site) -> Iterator[str | None]:
    """The addresses of the pages that another page, or a menu, leads to."""
    for page in site.published:
        for link in _links(site, page):
            found = site.once(Links).resolve(page, link).page
            if found and found is not page:
                yield found.address
        for path in _paths(page):
            named = site.once(Links).lookup(page, path)
            if named and named is not page:
                yield named.address
    for path in _menu_entries(site) if site.pages else ():
        page, link = site.pages[0], _link(path if ":" in path else "/" + path.lstrip("/"))
        for each in (site.once(Links).resolve(page, link).page, site.once(Links).lookup(page, link.destination)):
            yield each.address if each else None


def _links(site: Site, page: Page) -> Iterator[Target]:
    """The links of the page's text, those in raw HTML too, and the paths in its front matter and in shortcodes."""
    yield from page.links
    text = site.text_of(page)
    is_kept = site.config.keeps_html or page.shortcodes
    if is_kept and ("href" in text or "HREF" in text):
        yield from map(_link, _HREF.findall(text))
    yield from map(_link, _paths(page))


def _link(destination: str) -> Target:
    return Target(destination, 0, 0, is_image=False, is_autolink=False, is_made_by_shortcode=False)


def _paths(page: Page) -> Iterator[str]:
    """What may name another page in parameters of shortcodes and in front matter."""
    for call in page.shortcodes:
        for each in call.parameters:
            if _is_path(each.value):
                yield each.value
    for entry in page.front_matter.document.entries:
        for value in entry.data if isinstance(entry.data, list) else (entry.data,):
            if isinstance(value, str) and _is_path(value):
                yield value


def _is_path(text: str) -> bool:
    return ("/" in text and " " not in text) or text.endswith(".md")


def _menu_entries(site: Site) -> Iterator[str]:
    """What the menus of the configuration lead to."""
    for key in ("menus", "menu"):
        menus = site.config.get(key, default={})
        for entries in menus.values() if isinstance(menus, Mapping) else ():
            for entry in entries if isinstance(entries, list) else ():
                values = {key.lower(): value for key, value in entry.items()} if isinstance(entry, Mapping) else {}
                yield from (str(values[key]) for key in ("pageref", "url") if key in values)


def _is_elsewhere(page: Page) -> bool:
    """Whether a menu leads to the page, or nothing shall."""
    document = page.front_matter.document
    is_in_menu = any(entry.path[0].lower() in {"menus", "menu"} for entry in document.entries)
    return is_in_menu or page.address is None or page.build("list") in _UNLISTED


def _advice(site: Site, page: Page) -> str:
    """What to do, with the newest page that shares the rarest tag."""
    groups = [
        (terms[0], [term.page for term in terms if term.page is not page])
        for taxonomy in site.config.taxonomies
        for value in page.terms(taxonomy)
        if 1 < len(terms := site.spellings.get((taxonomy, str(value.data), page.language), [])) <= _FEW
    ]
    term, others = min(groups, key=lambda group: len(group[1]), default=(None, []))
    if not term or not others:
        return "link to it from a page on the same subject"
    newest = max(others, key=lambda other: other.date or datetime.min.replace(tzinfo=UTC))
    return f"link to it from a page on the same subject; `{newest.name}` has the {term.noun} `{term.name}` too"
