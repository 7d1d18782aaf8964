"""A page that was ever published is still there, or says what became of it.

Links from other sites, bookmarks and search results lead to the address that a page had when it was published. When its file
is renamed, its `slug`, `url` or date changes, or it goes away, Hugo builds the site without it and says nothing: whoever
follows an old link gets 404. presscheck knows the old addresses from the ledger, a file `urls.jsonl` in the site's root that
is begun and kept by `presscheck urls record`; a site without one is not asked.

There are two ways out. When the page has moved, add the old address to the `aliases` of the page that it has become, so that
Hugo puts a redirect there; where it is clear which page that is, `presscheck fix` does it. When it is gone on purpose, say why
with `presscheck urls gone /posts/a/ --reason "…"`; from then on the build puts a page there that says so.

A page that has expired by its own `expiryDate` is not asked: the build puts such a page there by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Finding, Severity
from presscheck.page import Page, Visibility
from presscheck.rules._addresses import place_of
from presscheck.rules._aliases import alias_fix, written
from presscheck.rules._ledger import Loss, history, losses, place_of_ledger, ways_out
from presscheck.site import Site

SEVERITY = Severity.ERROR
SUPERSEDES = ("url-moved",)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every live address of a page whether something is still there."""
    for loss in site.once(losses):
        if loss.page and site.hidden_by_address.get(unquote(loss.line.url)) is loss.page:
            yield _hidden(site, loss, loss.page)
        elif loss.page:
            yield _moved(site, loss, loss.page)
        else:
            yield _gone(site, loss)


def _moved(site: Site, loss: Loss, page: Page) -> Finding:
    url = loss.line.url
    address = unquote(url)
    _, gone = ways_out(url)
    return Finding(
        message=f"this page was at {url}, and nothing is there any more"
        if loss.is_certain
        else f"nothing is at {url} any more, and this page looks like the one that was there",
        path=page.file,
        span=place_of(page),
        label=f"now it is at {page.address}",
        consequence="whoever follows an old link gets 404",
        help=f"add `{written(page, address)}`, or if it is gone on purpose, run `{gone}`",
        notes=(history(site, loss.line),),
        fix=alias_fix(page, address, Applicability.SAFE if loss.is_certain else Applicability.UNSAFE),
    )


def _hidden(site: Site, loss: Loss, page: Page) -> Finding:
    visibility = page.visibility(site.clock)
    why = "a part of another page" if visibility is Visibility.PUBLISHED else visibility.value
    _, gone = ways_out(loss.line.url)
    return Finding(
        message=f"this page was published at {loss.line.url}, and now it is {why}",
        path=page.file,
        span=place_of(page),
        label="readers know it",
        consequence="whoever follows an old link gets 404",
        help=f"let it be published, or run `{gone}`",
        notes=(history(site, loss.line),),
    )


def _gone(site: Site, loss: Loss) -> Finding:
    url = loss.line.url
    _, gone = ways_out(url)
    called = f" `{loss.line.title}`" if loss.line.title else ""
    path = place_of_ledger(site)
    return Finding(
        message=f"the page{called} is gone, and so is its address {url}",
        path=path,
        span=loss.line.span,
        label="it is live here",
        consequence="whoever follows an old link gets 404",
        help=f'add `aliases = ["{unquote(url)}"]` to the page that takes its place, or run `{gone}`',
        notes=(history(site, loss.line, path),),
    )
