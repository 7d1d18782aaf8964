"""The site as it was rendered: what is in the output folder, judged like a source."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from presscheck import urls
from presscheck.feeds import Feed
from presscheck.page import Page
from presscheck.site import Site
from presscheck.text import Source, Span

RESIDUES = {
    "ZgotmplZ": "Go's template engine refused an unsafe value and wrote this instead",
    "hahahugoshortcode": "the place of a shortcode that was never put back",
    "<!-- raw HTML omitted -->": "raw HTML that Hugo left out",
    "&lt;nil&gt;": "a template printed a value that is not there",
    "<nil>": "a template printed a value that is not there",
    "%!s(": "a template's format string does not fit its values",
    "%!d(": "a template's format string does not fit its values",
    "%!v(": "a template's format string does not fit its values",
    "0001-01-01": "the date of a page that has none",
    "[i18n] ": "a phrase without a translation",
}
"""What a reader should never see, with what it is."""

_RESIDUE = re.compile("|".join(map(re.escape, RESIDUES)))
_CODE = re.compile(r"<(pre|code|script|style|textarea|samp|kbd)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_REFERRING = "[href],[src],[srcset],[poster]"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


class HtmlFacts(NamedTuple):
    """What the rules ask about an HTML file: plain values, which are the same wherever the same HTML is."""

    title: str
    """The text of `<title>`."""
    headings: tuple[str, ...]
    """The texts of its `<h1>` elements."""
    ids: tuple[str, ...]
    """Every `id`, and the `name` of anchors, in the order of the alphabet."""
    references: tuple[tuple[str, str, str], ...]
    """What it points at, each once: the element's name, the attribute (`href`, `src`, `srcset` or `poster`), its value."""
    residues: tuple[tuple[str, int], ...]
    """What a build left in it by accident, outside code: one of the keys of RESIDUES, and where it is in the file."""
    redirect: str | None
    """Where a page that only redirects leads."""
    language: str
    """What `<html lang>` says; empty when it says nothing."""
    repeated_ids: tuple[str, ...]
    """The ids that more than one element has, each once."""
    size: int
    """How many bytes the file has."""

    @classmethod
    def of(cls, html: str) -> HtmlFacts:
        """Take them from the text of a file."""
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only a build needs it

        tree = LexborHTMLParser(html)
        references: dict[tuple[str, str, str], None] = {}
        for node in tree.css(_REFERRING):
            tag = node.tag or ""
            for attribute, value in node.attributes.items():
                if attribute == "srcset":
                    for candidate in (value or "").split(","):
                        references.setdefault((tag, attribute, candidate.split()[0] if candidate.split() else ""))
                elif attribute in {"href", "src", "poster"}:
                    references.setdefault((tag, attribute, value or ""))
        own_ids = [node.attributes.get("id") or "" for node in tree.css("[id]")]
        ids = set(own_ids)
        repeated = () if len(ids) == len(own_ids) else _repeated(own_ids)
        ids.update(node.attributes.get("name") or "" for node in tree.css("a[name]"))
        titles = tree.css("head > title")
        refresh = tree.css_first("meta[http-equiv='refresh' i]")
        target = _REFRESH.search(refresh.attributes.get("content") or "") if refresh else None
        return cls(
            _folded(titles[0].text()) if titles else "",
            tuple(_folded(node.text()) for node in tree.css("h1")),
            tuple(sorted(ids - {""})),
            tuple(references),
            _residues(html),
            target[1] if target else None,
            (tree.root.attributes.get("lang") or "").strip() if tree.root else "",
            repeated,
            len(html.encode("utf-8", "surrogateescape")),
        )


@dataclass(frozen=True)
class RenderedPage:
    """One HTML file of the output."""

    path: str
    """Relative to the output folder."""
    name: str
    """What to call the file in a message."""
    facts: HtmlFacts
    """What it says."""
    load: Callable[[], Source] = field(repr=False, compare=False)
    """Reads the file again, to point into it."""

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every `id`, and the `name` of anchors."""
        return frozenset(self.facts.ids)

    @property
    def address(self) -> str:
        """Its path below the base URL."""
        return "/" + self.path.removesuffix("index.html")

    def find(self, text: str) -> Span:
        """The first place of `text` in the file; its start when it is not there as written."""
        offset = self.load().text.find(text)
        return Span(offset, offset + len(text)) if offset >= 0 else Span(0, 0)


def _residues(html: str) -> tuple[tuple[str, int], ...]:
    if not _RESIDUE.search(html):
        return ()
    outside_code = _CODE.sub(lambda match: " " * len(match[0]), html)
    return tuple((match[0], match.start()) for match in _RESIDUE.finditer(outside_code))


def _repeated(ids: list[str]) -> tuple[str, ...]:
    return tuple(each for each, times in Counter(ids).items() if each and times > 1)


def _folded(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class EngineMessage:
    """Something Hugo said while it built."""

    severity: str
    """`ERROR` or `WARN`."""
    text: str
    """What it said, without its own place."""
    path: str | None = None
    """The file that it blames, relative to the root."""
    line: int = 0
    """From one; 0 when it did not say."""
    column: int = 0
    """From one, as Hugo counts: in bytes; 0 when it did not say."""

    def span_in(self, source: Source) -> Span:
        """The characters of `source` that it is about: the rest of a line; none when it names no line of it."""
        if not self.line or self.line > len(source.line_starts):
            return Span(0, 0)
        start = source.line_starts[self.line - 1]
        line = source.line(self.line)
        before = line.encode("utf-8", "surrogateescape")[: max(self.column - 1, 0)].decode("utf-8", "replace")
        return Span(min(start + len(before), start + len(line)), start + len(line))


SECOND_PLACE = "a Zürich copy"
"""What the folder is called in which a site is built a second time, to be found again in what was printed there."""


class Difference(NamedTuple):
    """A file that a second build of the same sources made otherwise."""

    path: str
    """Relative to the output folder."""
    offset: int
    """The first byte that is not the same."""
    here: bytes | None
    """What is printed around it; None when only the second build made the file."""
    there: bytes | None
    """What the second build printed there; None when it made no such file."""


@dataclass(frozen=True)
class Publication:
    """Everything that a build put out."""

    site: Site
    """What it was made from."""
    pages: tuple[RenderedPage, ...] = ()
    """The HTML files in the order of their paths."""
    feeds: tuple[Feed, ...] = ()
    """The feeds and sitemaps in the order of their paths."""
    files: frozenset[str] = frozenset()
    """Every file, relative to the output folder."""
    messages: tuple[EngineMessage, ...] = ()
    """What Hugo said."""
    folder: str = "public"
    """What to call the output folder in a message."""
    load_file: Callable[[str], bytes] = field(default=lambda _: b"", repr=False, compare=False)
    """Gives the bytes of one of `files`."""
    digest: bytes = b""
    """Of the names of all files, and of the bytes of those that rules look at."""
    differences: tuple[Difference, ...] | None = None
    """What a second build made otherwise, in the order of paths; None when there was no second build."""

    @cached_property
    def by_address(self) -> dict[str, RenderedPage]:
        """The rendered pages by their path below the base URL."""
        return {page.address: page for page in self.pages}

    def source_of(self, page: RenderedPage) -> Page | None:
        """The page's own file, when the model can tell."""
        return next(iter(self.site.by_address.get(page.address, ())), None)

    def target(self, page: RenderedPage, value: str) -> tuple[str, str] | None:
        """The path below the base URL and the fragment that `value` on `page` leads to; None when it leaves the site."""
        base = self.site.config.base_url
        if base and (value + "/").startswith(base):
            inside = self.site.config.base_path + value[len(base) :]
        elif _SCHEME.match(value):
            return None
        else:
            inside = value
        path, _, fragment = inside.partition("#")
        path = path.partition("?")[0]
        here = self.site.config.base_path.rstrip("/") + page.address
        whole = urls.joined(here, path) if path else here
        if not (whole + "/").startswith(self.site.config.base_path):
            return None if self.site.config.base_path == "/" else ("", whole)
        return "/" + whole[len(self.site.config.base_path) :], unquote(fragment)

    def has(self, address: str) -> bool:
        """Whether a host that serves `index.html` for a folder finds something at `address`."""
        path = address.lstrip("/")
        return path in self.files or posixpath.join(path, "index.html").lstrip("/") in self.files

    def page_at(self, address: str) -> RenderedPage | None:
        """The HTML page that a host serves at `address`."""
        return (
            self.by_address.get(address)
            or self.by_address.get(address + "/")
            or self.by_address.get(address.removesuffix("index.html"))
        )

    def _named_in(self, text: str) -> Page | None:
        """The page whose file or rendered file one of the words of `text` is."""
        words = {word.strip("\"'`,;:().") for word in text.split()}
        for page in self.site.pages:
            if page.path in words or page.file in words:
                return page
        files = (f"/{word.lstrip('/')}" for word in sorted(words) if word.endswith("/index.html"))
        return next((self.site.by_address[file[:-10]][0] for file in files if file[:-10] in self.site.by_address), None)

    def place_of(self, message: EngineMessage) -> tuple[str, Span]:
        """The file and characters that one of Hugo's messages is about: the configuration when it names none."""
        named = None if message.path else self._named_in(message.text)
        name = named.file if named else message.path or ""
        for page in self.site.pages:
            if page.file == name or (name and page.file.endswith("/" + name)):
                return page.file, message.span_in(page.source)
        return name or self.site.config.path, Span(0, 0)
