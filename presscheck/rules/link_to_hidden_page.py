"""Every post that a post links to is published.

A draft, a post dated in the future, one that has expired, and one that is set not to be rendered or `headless` have no page on the site.
A link to it is copied as it stands: readers get "404 not found" for a post that its author sees in the preview, where
drafts are shown. Hugo says nothing; only of a link made by `ref` or `relref` it says that there is no such page, and stops.

Publish the post that is meant, wait with the link until then, or take it out. The message says which post it is, what
hides it, and until when. A draft may link to drafts and to posts of the future, and a post of the future to those that come no later: these
are not reported. An address that no post has at all is for `link-broken`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from presscheck.dates import BEGIN, END
from presscheck.diagnostics import Finding, Note, Severity
from presscheck.facts import Target
from presscheck.links import Links
from presscheck.page import Page, Visibility
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_HELP = {
    Visibility.DRAFT: "publish that post, or take the link out until then",
    Visibility.FUTURE: "publish this post no earlier, or take the link out until then",
    Visibility.EXPIRED: "take the link out, or link to what has replaced that post",
    Visibility.NOT_RENDERED: "take the link out, or have that page rendered",
}


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of each of its internal links to a page whether that is published."""
    reported = set()
    for link, found in site.once(Links).doubtful(page):
        if found.is_found or not found.page or link.is_image or link.destination_span in reported:
            continue
        if _will_be_there(site, page, found.page):
            continue
        reported.add(link.destination_span)
        yield _finding(site, page, link, found.page)


def _will_be_there(site: Site, page: Page, target: Page) -> bool:
    """Whether `target` can be on the site when `page` is, although neither is now."""
    if target is page:
        return True
    own, other = page.visibility(site.clock), target.visibility(site.clock)
    if own is Visibility.DRAFT:
        return other in {Visibility.DRAFT, Visibility.FUTURE} and not site.owner(target)
    if own is not Visibility.FUTURE or other is not Visibility.FUTURE or site.owner(target):
        return False
    return bool(page.publish_date and target.publish_date and target.publish_date <= page.publish_date)


def _finding(site: Site, page: Page, link: Target, target: Page) -> Finding:
    owner = site.owner(target)
    state = target.visibility(site.clock)
    if owner:
        why, advice = (
            f"it lies in the folder of {owner.file}, which makes one page only",
            "move that post out of the folder",
        )
    else:
        why, advice = _why(state, target), _HELP.get(state, "take the link out")
    return Finding(
        message=f"`{link.destination}` leads to a post that is not published",
        path=page.file,
        span=link.destination_span,
        label=why,
        consequence=_what_follows(site, state, is_reference=link.is_made_by_shortcode, is_owned=bool(owner)),
        help=advice,
        notes=(Note(f"`{target.name}` is this file", target.file, _place(target, state)),),
    )


def _why(state: Visibility, target: Page) -> str:
    if state is Visibility.FUTURE and target.publish_date:
        return f"the post is hidden until {_spelt(target.publish_date)}"
    if state is Visibility.EXPIRED and target.expiry_date:
        return f"the post expired on {_spelt(target.expiry_date)}"
    return f"the post is {state.value}"


def _spelt(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")


def _place(target: Page, state: Visibility) -> Span | None:
    """Where the post says that it is hidden."""
    date = {Visibility.FUTURE: BEGIN, Visibility.EXPIRED: END}.get(state)
    if state is Visibility.NOT_RENDERED:
        key = target.unrendered_by
        path = ("build", "render") if key == "build" else (key,)
    else:
        path = (target.source_of(date) if date else "draft",)
    entry = target.front_matter.document.at(*path)
    return entry.value.span if entry else None


def _what_follows(site: Site, state: Visibility, *, is_reference: bool, is_owned: bool) -> str:
    if is_reference and (state is not Visibility.NOT_RENDERED or is_owned):
        is_warning = str(site.config.get("reflinkserrorlevel", default="")).lower() == "warning"
        return "Hugo writes a link without an address" if is_warning else "Hugo stops the build"
    if is_reference:
        return "Hugo writes a link without an address"
    lasts = state in {Visibility.DRAFT, Visibility.FUTURE} and not is_owned
    return (
        "readers who follow the link get 404 until that post is published" if lasts else "readers who follow it get 404"
    )
