"""An alias leads from an address where nothing else is.

An alias is a page that only redirects. When its address is that of a real page or list, Hugo writes both to one file: the
page, or the list of the whole section, may be replaced by the redirect, at random from build to build. Hugo says nothing.

Remove the alias.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Note, Severity
from presscheck.rules._addresses import without_item
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every alias whether its address is free."""
    for page in site.published:
        for alias, span in page.aliases:
            if alias == page.address:
                continue
            victims = site.by_address.get(alias, [])
            if not victims and alias not in site.list_addresses and alias not in site.file_addresses:
                continue
            what = f"the page `{victims[0].name}`" if victims else site.list_addresses.get(alias, f"the file {alias}")
            yield Finding(
                message=f"the alias {alias} is the address of {what}",
                path=page.file,
                span=span,
                label="something is there already",
                consequence=f"{what} may be replaced by a redirect to {page.address or 'this page'}",
                help="remove the alias",
                notes=tuple(Note("it is made from this file", victim.file) for victim in victims[:1]),
                fix=Fix(
                    "remove the alias",
                    Applicability.SAFE,
                    (without_item(page, page.front_matter.document.top["aliases"], span),),
                ),
            )
