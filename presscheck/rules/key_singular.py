"""A key that holds a list has its name in the plural.

Hugo looks for `tags`, `aliases` and `keywords`. From `tag = ["bread"]` it makes a parameter for templates and nothing
else: no tag leads to the page. With `alias` there is no redirect from the old address, with `output` no feed is written.
Hugo says nothing. The same is true of every group that the settings of the site name: with `category = "categories"`
below `[taxonomies]`, the key is `categories`.

Write the plural. Where a page sets both, the plural counts, and the singular is not reported: a template may want it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry
from presscheck.page import Page

SEVERITY = Severity.ERROR
SUPERSEDES = ("key-unknown",)

_PLURALS = {"alias": "aliases", "keyword": "keywords", "output": "outputs"}
_CONSEQUENCES = {
    "aliases": "no redirect leads to the page, old links to it are broken",
    "keywords": "Hugo does not see them: the page has no keywords",
    "outputs": "Hugo writes the page in the usual formats only",
}
_OTHER_MEANINGS = frozenset(("author", "category", "series"))
"""Terms that templates often ask for by this very key."""


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every key whether it is the singular of one that is not set."""
    singulars = _singulars(tuple(page.config.taxonomies.items()))
    top = page.front_matter.document.top
    if singulars.keys().isdisjoint(top):
        return
    for key, entry in top.items():
        plural = singulars.get(key, "")
        if not plural or plural in page.keys.names or not _is_meant(page, entry, plural):
            continue
        written = page.source.slice(entry.key_span)
        quote = written[:1] if written[:1] in {"'", '"'} else ""
        consequence = _CONSEQUENCES.get(plural, f"none of the site's {plural} leads to the page")
        yield Finding(
            message=f"`{entry.name}` sets nothing, the key is `{plural}`",
            span=entry.key_span,
            label="Hugo does not know the singular",
            consequence=consequence,
            help=f"write `{plural}`",
            fix=Fix(
                f"write `{plural}`",
                Applicability.UNSAFE if key in _OTHER_MEANINGS else Applicability.SAFE,
                (Edit(entry.key_span, f"{quote}{plural}{quote}"),),
            ),
        )


@cache
def _singulars(taxonomies: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The plural for each singular, all in lower case."""
    terms = {singular.lower(): plural for plural, singular in taxonomies}
    plurals = {plural for plural, _ in taxonomies}
    return {singular: plural for singular, plural in {**_PLURALS, **terms}.items() if singular not in plurals}


def _is_meant(page: Page, entry: Entry, plural: str) -> bool:
    """Whether the value is one that the plural takes, and the page does not set the plural below `params`."""
    return isinstance(entry.data, (str, list)) and not page.front_matter.document.at("params", plural)
