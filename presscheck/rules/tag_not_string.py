"""A page's tags are texts in a list.

A line `[tags]`, as stands above other groups of keys in TOML, makes a table of keys and values. Hugo cannot make a list of it
and leaves it out: the page has no tags, and no tag's page lists it. Hugo says nothing.

Write a list of texts above the first `[…]` line: `tags = ["go", "hugo"]`. Numbers, lists inside the list, tables between braces
and tables in YAML or JSON are reported by `key-type`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.page import Page

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the keys of every table whether it is named like a taxonomy."""
    front_matter = page.front_matter
    entries = front_matter.document.entries
    # Nothing can follow the tables of TOML but tables.
    if not entries or len(entries[-1].path) == 1 or not front_matter.is_read_by_hugo:
        return
    reported = set()
    for entry in entries:
        if len(entry.path) == 1:
            continue
        taxonomy = entry.path[0].lower()
        if taxonomy not in page.config.taxonomies or taxonomy in reported or front_matter.get(taxonomy):
            continue
        reported.add(taxonomy)
        yield Finding(
            message=f"`{entry.path[0]}` is a table, not a list of texts",
            span=entry.key_span,
            label=f"this is `{'.'.join(entry.path)}`, not one of the {taxonomy}",
            consequence=f"the page has no {taxonomy}, and none of their pages lists it",
            help=f'write a list above the first `[…]` line, such as `{taxonomy} = ["one", "two"]`',
        )
