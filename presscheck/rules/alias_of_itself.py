"""An alias is another address than the page's own.

A redirect from a page to itself would never end, so Hugo leaves it out, and says nothing. The line does no harm, but it does
nothing either: whoever wrote it wanted an old address to lead here, and that address still leads nowhere.

Write the old address, or remove the alias.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._addresses import folder_of, without_item
from presscheck.site import Site

SEVERITY = Severity.WARNING

_MOST_REPORTED = 20


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of every alias of the page whether it is the address that the page has anyway."""
    if not page.aliases or not site.is_whole:
        return
    entry = page.front_matter.document.top["aliases"]
    own = [(alias, span) for alias, span in page.aliases if folder_of(alias) == page.address]
    for alias, span in own[:_MOST_REPORTED]:
        yield Finding(
            message=f"the alias {alias} is the page's own address",
            path=page.file,
            span=span,
            label="leads from the page to itself",
            consequence="Hugo makes no redirect, and the old address, if one was meant, still leads nowhere",
            help="remove it, or write the old address",
            fix=Fix("remove it", Applicability.SAFE, (without_item(page, entry, span),)),
        )
