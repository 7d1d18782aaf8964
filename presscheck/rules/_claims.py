"""Which links that lead nowhere have a rule of their own, so that `link-broken` and `image-missing` need not report them."""

from __future__ import annotations

from presscheck.facts import Target
from presscheck.rules.image_beside_page import beside
from presscheck.rules.image_case_differs import same_but_for_case
from presscheck.rules.link_backslash import is_windows_path
from presscheck.rules.link_scheme_missing import scheme_for
from presscheck.rules.link_scheme_misspelled import corrected
from presscheck.rules.link_source_path import source_of
from presscheck.rules.ref_misused import is_misused
from presscheck.site import Page, Resolution, Site


def is_claimed(site: Site, page: Page, link: Target, found: Resolution) -> bool:
    """Whether a rule says more exactly what is wrong with `link`, of which `found` says that it leads nowhere."""
    if found.page and not link.is_image:
        return True  # link-to-hidden-page
    if link.is_made_by_shortcode:
        return is_misused(site, page, link)
    destination = link.destination
    if not destination.strip():
        return True  # link-empty
    if link.is_image and (beside(site, page, link) or same_but_for_case(site, found.address)):
        return True
    return bool(
        (scheme_for(destination) and not link.is_autolink)
        or corrected(destination)[0]
        or is_windows_path(destination)
        or source_of(site, page, link)
    )
