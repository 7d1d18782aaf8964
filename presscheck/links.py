"""Where the links of a site's pages lead, as Hugo and a browser will follow them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from presscheck import urls
from presscheck.facts import (
    Target,
)
from presscheck.markdown import Link
from presscheck.page import Page, Visibility
from presscheck.references import By, tried
from presscheck.shortcodes import Shortcode
from presscheck.site import Site

_ELSEWHERE = ("https://", "http://", "mailto:")
MADE_ELSEWHERE = ("fn:", "fnref:")
"""How the ids begin that footnotes make, where no heading is."""
_GENERATED = ("index.xml", "sitemap.xml", "robots.txt", "404.html", "index.html")


class Resolution(NamedTuple):
    """Where a link leads."""

    page: Page | None = None
    """The page it leads to, if it is a page of the site."""
    is_found: bool = True
    """Whether anything is there; True also when only Hugo can know."""
    address: str = ""
    """The path below the base URL that was looked for; empty when the link leaves the site."""
    fragment: str = ""
    """What follows `#`, percent-escapes resolved."""


@dataclass(frozen=True)
class Links:
    """What the links of `site` lead to; `site.once(Links)` is the one that all rules ask."""

    site: Site

    def inside(self, destination: str, *, is_image: bool = False) -> str | None:
        """The part of `destination` below the base URL, query and fragment included; None for another site."""
        if destination.startswith("//"):
            return None
        base = self.site.config.base_url
        if base and (destination + "/").startswith(base):
            return "/" + destination[len(base) :]
        folder = self.site.config.base_path
        if folder != "/" and destination.startswith("/"):
            return self._below(folder, destination, is_image=is_image)
        head = destination.partition("/")[0]
        if ":" in head.partition("#")[0].partition("?")[0]:
            return None
        return destination

    def _below(self, folder: str, destination: str, *, is_image: bool) -> str | None:
        """The part of a root-relative `destination` below `folder`, the path of the base URL."""
        path = re.split("[?#]", destination, maxsplit=1)[0]
        is_added = self._adds_base_path(is_image=is_image)
        if (path + "/").startswith(folder) and not (is_added and unquote(path) in self.site.addresses):
            return destination[len(folder) - 1 :] if path.startswith(folder) else "/"
        return destination if is_added else None

    def _missed(self, link: Link | Target) -> str:
        """What a root-relative link means that leads past the path of the base URL, if the site has it; else empty."""
        path = unquote(re.split("[?#]", link.destination, maxsplit=1)[0])
        is_ours = (
            path != "/" and path.startswith("/") and self.site.config.base_path != "/" and path in self.site.addresses
        )
        return path if is_ours else ""

    def _adds_base_path(self, *, is_image: bool) -> bool:
        """Whether templates or Hugo put the path of the base URL before what a post writes."""
        is_hooked = self.site.templates.image_hook if is_image else self.site.templates.link_hook
        return is_hooked or bool(self.site.config.get("canonifyurls", default=False))

    def written(self, address: str, *, is_image: bool = False) -> str:
        """How a post writes `address`: with the path of the base URL in front, unless templates add it."""
        return address if self._adds_base_path(is_image=is_image) else self.site.config.base_path.rstrip("/") + address

    def of(self, page: Page) -> tuple[Target, ...]:
        """The links and images of `page`; those of the page that was asked last are at hand, as several rules ask in turn."""
        if self._last_links[0] is not page:
            self._last_links[:] = page, page.links
        found: tuple[Target, ...] = self._last_links[1]
        return found

    @cached_property
    def _last_links(self) -> list[Any]:
        """The page that was asked last, and its links and images."""
        return [None, ()]

    def doubtful(self, page: Page) -> tuple[tuple[Target, Resolution], ...]:
        """The links and images of `page` that lead nowhere, or to a fragment that is not there, with where they lead."""
        if self._last_doubtful[0] is not page:
            self._last_doubtful[:] = page, () if self.site.owner(page) else tuple(self._find_doubtful(page))
        found: tuple[tuple[Target, Resolution], ...] = self._last_doubtful[1]
        return found

    @cached_property
    def _last_doubtful(self) -> list[Any]:
        """The page that was asked last, because several rules ask in turn, and its doubtful links."""
        return [None, ()]

    def _find_doubtful(self, page: Page) -> Iterator[tuple[Target, Resolution]]:
        base = self.site.config.base_url or "\0"
        for link in page.links:
            if link.destination.startswith(_ELSEWHERE) and not (link.destination + "/").startswith(base):
                continue
            found, fragment = self._resolution(page, link)
            if not found.is_found or (fragment and found.page and not self._has(found.page, fragment)):
                yield link, found._replace(fragment=fragment)

    def _has(self, page: Page, fragment: str) -> bool:
        """Whether `page` has, or may have, the part that `fragment` names."""
        name = fragment.partition(":~:")[0]
        if not name or name == "top" or name.startswith(MADE_ELSEWHERE):
            return True
        ids = self.fragments(page)
        return ids is None or name in ids or name in self.site.templates.ids

    def fragments(self, page: Page) -> frozenset[str] | None:
        """The ids that the text of `page` makes; None when only Hugo can tell."""
        if id(page) not in self._fragments:
            self._fragments[id(page)] = self._find_fragments(page)
        return self._fragments[id(page)]

    @cached_property
    def _fragments(self) -> dict[int, frozenset[str] | None]:
        return {}

    def _find_fragments(self, page: Page) -> frozenset[str] | None:
        if page.kind != "page" or not self.site.is_whole or not self.site.config.heading_ids_are_known:
            return None
        if any(call.name not in {"ref", "relref"} for call in page.shortcodes):
            return None
        return page.markdown_ids | page.html_ids if self.site.config.keeps_html else page.markdown_ids

    def resolve(self, page: Page, link: Link | Target) -> Resolution:
        """Where `link` on `page` leads."""
        found, fragment = self._resolution(page, link)
        return found._replace(fragment=fragment)

    def _resolution(self, page: Page, link: Link | Target) -> tuple[Resolution, str]:
        """Where the link leads, perhaps without the fragment, and the fragment where that matters."""
        if link.is_made_by_shortcode or not link.destination.startswith("/") or page.address is None:
            found = self._resolve(page, link)
            return found, found.fragment
        path, _, fragment = link.destination.partition("#")
        key = (page.language, path, link.is_image, link.is_autolink)
        known = self._resolutions.get(key)
        if known is None:
            found = self._resolve(page, link._replace(destination=f"{path}#x"))
            known = self._resolutions[key] = (found, bool(found.fragment))
        found, matters = known
        return found, unquote(fragment) if matters else ""

    @cached_property
    def _resolutions(self) -> dict[tuple[str, str, bool, bool], tuple[Resolution, bool]]:
        """What was found for root-relative paths, which mean the same on every page of a language, and whether a fragment matters."""
        return {}

    def prepare(self) -> None:
        """Make the tables by which links are resolved, before several processes need them."""
        _ = (self.site.addresses, self.site.hidden_by_address, self.site.by_path)
        if self.site.templates.link_hook or self.site.templates.image_hook:
            _ = self.site.by_place

    def _resolve(self, page: Page, link: Link | Target) -> Resolution:
        if link.is_made_by_shortcode:
            return self._resolve_shortcode(page, link)
        inside = (
            None
            if link.is_autolink and not link.destination.startswith("http")
            else self.inside(link.destination, is_image=link.is_image)
        )
        if inside is None or not self.site.is_whole:
            missed = self._missed(link) if self.site.is_whole else ""
            return Resolution(is_found=False, address=missed) if missed else Resolution()
        path, _, fragment = inside.partition("#")
        path = path.partition("?")[0]
        fragment = unquote(fragment)
        if not path:
            return Resolution(page, fragment=fragment, address=page.address or "")
        if page.address is None:
            return Resolution()
        if self.site.templates.link_hook or (link.is_image and self.site.templates.image_hook):
            found = self._find(page, unquote(path))
            if found:
                return self._at(found, fragment)
        if self._is_resource(page, link, path):
            return Resolution(address=path)
        return self._resolve_address(urls.joined(page.address, path), fragment)

    def lookup(self, page: Page, reference: str) -> Page | None:
        """The page that Hugo's own link hook finds for a path: a file's, or the one by which Hugo knows a page."""
        found = self._find(page, reference)
        return found if isinstance(found, Page) else None

    def _find(self, page: Page, reference: str, *, by_name: bool = False) -> Page | str | None:
        """The page that `reference` means on `page`, or the address of a list that Hugo makes by itself."""
        ways = tried(
            reference,
            folder=page.place,
            directory=page.directory,
            owns_folder=page.is_leaf_bundle,
            languages=self.site.config.language_codes,
        )
        for way, wanted in ways:
            found: Page | str | None = None
            if way is By.PATH:
                found = self.site.by_place.get((page.language, wanted))
            elif way is By.FILE:
                other = self.site.by_path.get(wanted.lower())
                if other and other.path == wanted:
                    found = self.site.by_place.get((page.language, other.logical_path))
            elif by_name:
                alike = self._by_name.get((page.language, wanted), [])
                found = alike[0] if len(alike) == 1 else None
            if found:
                return found
        return None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Page | str]]:
        """The same by the last part of the path; what is not published does not count where something else has the name."""
        found: dict[tuple[str, str], list[Page | str]] = defaultdict(list)
        hidden: dict[tuple[str, str], list[Page | str]] = defaultdict(list)
        for (language, path), node in self.site.by_place.items():
            is_there = isinstance(node, str) or id(node) in self.site.published_ids
            (found if is_there else hidden)[language, posixpath.basename(path)].append(node)
        return {**hidden, **found}

    @cached_property
    def _folders_of_formats(self) -> frozenset[str]:
        """The folders that output formats put their pages into."""
        own = self.site.config.get("outputformats", default={})
        tables = [table for table in own.values() if isinstance(table, Mapping)]
        return frozenset(["amp", *(str(table.get("path", "")).strip("/") for table in tables)]) - {""}

    @cached_property
    def _addresses_of_formats(self) -> frozenset[str]:
        """The addresses that pages have, or would have if Hugo made them for browsers."""
        return frozenset([*self.site.by_address, *self.site.list_addresses, *self.site.hidden_by_address])

    def _is_resource(self, page: Page, link: Link | Target, path: str) -> bool:
        """Whether the file is the page's own, and will be published with it, or one that a hook finds."""
        name = unquote(path)
        is_own = posixpath.normpath(f"{page.directory}/{name}") in self.site.files
        if self.site.templates.image_hook if link.is_image else self.site.templates.link_hook:
            return is_own or name.lstrip("/") in self.site.assets
        return is_own and page.is_leaf_bundle and page.visibility(self.site.clock) is not Visibility.PUBLISHED

    def _at(self, found: Page | str, fragment: str) -> Resolution:
        if isinstance(found, str):
            return Resolution(address=found)
        return Resolution(found, id(found) in self.site.published_ids, found.address or "", fragment)

    def _resolve_address(self, address: str, fragment: str) -> Resolution:
        for candidate in (
            address,
            address + "/",
            address.removesuffix("index.html"),
            urls.clean(address + "/index.html"),
        ):
            pages = self.site.by_address.get(candidate)
            if pages:
                return Resolution(pages[0], address=candidate, fragment=fragment)
            if candidate in self.site.addresses:
                return Resolution(self.site.alias_addresses.get(candidate), address=candidate)
        hidden = self.site.hidden_by_address.get(address) or self.site.hidden_by_address.get(address + "/")
        if hidden:
            return Resolution(hidden, is_found=False, address=address, fragment=fragment)
        folder, _, below = address.lstrip("/").partition("/")
        if folder in self._folders_of_formats and f"/{below}".rstrip("/") + "/" in self._addresses_of_formats:
            return Resolution()  # in which output formats a page is made, only Hugo knows
        name = posixpath.basename(address)
        generated = name in _GENERATED or "/page/" in address or address.lstrip("/") in self.site.assets
        unknowable = bool(posixpath.splitext(name)[1]) and name.endswith(
            (".json", ".txt", ".xml", ".css", ".js", ".ics")
        )
        return Resolution(is_found=generated or unknowable, address=address, fragment=fragment)

    def _resolve_shortcode(self, page: Page, link: Link | Target) -> Resolution:
        call = next(
            (
                call
                for call in page.shortcodes
                if link.destination_span.start <= call.span.start < link.destination_span.end
            ),
            None,
        )
        return self.reference(page, call) if call else Resolution()

    def reference(self, page: Page, call: Shortcode) -> Resolution:
        """Where a call of `ref` or `relref` on `page` leads; another call leads anywhere."""
        if call.name not in {"ref", "relref"} or not self.site.is_whole or call.parameter("lang"):
            return Resolution()
        argument = call.parameter("path", 0)
        path, _, fragment = argument.value.partition("#") if argument else ("", "", "")
        path = path.partition("?")[0]
        if not path:
            return Resolution(page, fragment=fragment, address=page.address or "")
        found = self._find(page, unquote(path), by_name=True)
        if found:
            return self._at(found, fragment)
        return Resolution(is_found=False, address=path, fragment=fragment)
