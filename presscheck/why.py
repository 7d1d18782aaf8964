"""Answers "is this post on the site, and if not, why": from what presscheck knows of Hugo, with the key, the line and the moment."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from presscheck.dates import BEGIN, END, FILE_NAME, in_zone
from presscheck.keyed import Entry
from presscheck.page import PAGE_SUFFIXES, Page
from presscheck.site import Site


@dataclass(frozen=True)
class Answer:
    """What becomes of a file."""

    is_published: bool
    """Whether a build now makes a page of it that readers can open."""
    address: str
    """Its path below the base URL; empty when there is none, or only Hugo can tell."""
    reasons: tuple[str, ...]
    """Why it is not there, or what stands in its way; each a sentence without a full stop."""
    lists: tuple[str, ...]
    """The lists and feeds that show it, as paths below the base URL."""


def why(site: Site, file: str) -> Answer:
    """What becomes of the file at `file`, relative to the site's root."""
    page = site.by_file.get(file)
    if not page:
        return Answer(is_published=False, address="", reasons=tuple(_no_page(site, file)), lists=())
    reasons = [*_swallowed(site, page), *_hidden(site, page)]
    is_published = not reasons
    if is_published:
        reasons = [*_contested(site, page)]
    lists = tuple(_lists(site, page)) if is_published else ()
    return Answer(is_published, page.address or "", tuple(reasons), lists)


def _no_page(site: Site, file: str) -> Iterator[str]:
    content = site.config.content_dir
    if file in site.irregular:
        yield f"it is {site.irregular[file]}, which Hugo passes by"
    elif not file.startswith(f"{content}/"):
        yield f"it does not lie in `{content}/`, where the pages are"
    elif file.removeprefix(f"{content}/") in site.passed_by:
        yield "`ignoreFiles` in the configuration has Hugo pass it by"
    elif any(part.startswith((".", "#")) or part.endswith("~") for part in file.split("/")):
        yield "Hugo passes by names that begin with `.` or `#` or end with `~`"
    elif file.removeprefix(f"{content}/") in site.files:
        folder = posixpath.dirname(file.removeprefix(f"{content}/"))
        owner = next((page for page in site.pages if page.is_leaf_bundle and page.directory == folder), None)
        kind = f"a file of the page {owner.file}" if owner else "a file that is published as it is"
        yield f"it is {kind}, not a page: a page's name ends in {', '.join(PAGE_SUFFIXES)}"
    else:
        yield "there is no such file"


def _swallowed(site: Site, page: Page) -> Iterator[str]:
    owner = site.owner(page)
    if owner:
        yield f"{owner.file} makes its folder one page, and Hugo takes this file for a part of it, not for a page"


def _hidden(site: Site, page: Page) -> Iterator[str]:
    front_matter = page.front_matter
    if front_matter.notation != "none" and not front_matter.is_read_by_hugo:
        yield "Hugo cannot read its front matter; `presscheck check` says what is wrong there"
        return
    config = site.config
    if page.is_draft and not config.publishes_drafts:
        yield f"it is a draft: {_set_by(page, 'draft' if page.get('draft') else 'published')}"
    if page.publish_date and page.publish_date > site.clock and not config.publishes_future:
        yield f"it is dated in the future: {_set_by(page, page.source_of(BEGIN))}, {_moment(site, page.publish_date)}"
    if page.expiry_date and page.expiry_date <= site.clock and not config.publishes_expired:
        yield f"it has expired: {_set_by(page, page.source_of(END))}, {_moment(site, page.expiry_date)}"
    if page.kind in config.disabled_kinds:
        yield f'`disableKinds` in {config.path} switches pages of the kind "{page.kind}" off'
    elif not page.is_rendered:
        yield f"{_not_rendered(page)} that no page is made of it"


def _not_rendered(page: Page) -> str:
    key = page.unrendered_by
    if not key:
        return f"{page.config.path} says"
    where = "its front matter" if key in page.keys.names else "a setting of its section"
    return f"`{'build.render' if key == 'build' else key}` in {where} says"


def _contested(site: Site, page: Page) -> Iterator[str]:
    if page.address is None:
        return
    others = [other.file for other in site.by_address.get(page.address, ()) if other is not page]
    if others:
        yield f"{', '.join(others)} makes the same address, and Hugo publishes only one of them"
    alias = site.alias_addresses.get(page.address)
    if alias and alias is not page:
        yield f"an alias of {alias.file} is this address, and the redirect may replace the page"
    if page.address + "index.html" in site.file_addresses:
        yield f"the static file {page.address}index.html is put at the same place"


def _set_by(page: Page, key: str) -> str:
    entry = page.front_matter.get(key)
    return "the name of its file" if key == FILE_NAME else _where(page, entry) if entry else "a setting of its section"


def _where(page: Page, entry: Entry) -> str:
    line = page.source.position(entry.key_span.start).line
    return f"`{entry.name} = {page.source.slice(entry.value.span)}` in line {line}"


def _moment(site: Site, moment: datetime) -> str:
    """The moment in the site's time zone, and how far away it is."""
    local = in_zone(moment, site.config.time_zone)
    away = moment - site.clock
    return f"that is {local.isoformat(sep=' ', timespec='minutes')} ({local.tzinfo}), {_distance(abs(away))} {'from now' if away > timedelta(0) else 'ago'}"


def _distance(length: timedelta) -> str:
    hours = length // timedelta(hours=1)
    if hours < 1:
        return f"{max(length // timedelta(minutes=1), 1)} min"
    return f"{hours} h" if hours < 48 else f"{length.days} days"


def _lists(site: Site, page: Page) -> Iterator[str]:
    if page.build("list") in ("never", "local", False) or page.kind != "page":
        yield from ()
        return
    disabled = site.config.disabled_kinds
    with_feed = "rss" not in disabled
    yield f"{page.prefix}/"
    if with_feed:
        yield f"{page.prefix}/index.xml"
    if page.section and "section" not in disabled:
        section = next(
            (
                path
                for path, what in site.list_addresses.items()
                if what == f"the section `{page.section}`" and path.startswith(f"{page.prefix}/")
            ),
            f"{page.prefix}/{page.section}/",
        )
        yield section
        if with_feed:
            yield f"{section}index.xml"
    if "term" not in disabled:
        for term in site.terms:
            if term.page is page and term.path:
                yield term.address
                if with_feed:
                    yield f"{term.address}index.xml"
    if "sitemap" not in disabled:
        yield "/sitemap.xml"
