"""Reads what Hugo put out for machines: feeds (RSS, RDF, Atom) and sitemaps."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.parsers import expat

ENDINGS = (".xml", ".rss", ".atom")
"""How the names of feeds and sitemaps end."""
NOT_WHOLE = "is not a whole address"
"""A problem of an address: it has no scheme or no host."""
ELSEWHERE = "is not below the `baseURL` of the site"
"""A problem of an address that has to be the site's own."""

_ADDRESSES = frozenset({"link", "guid", "loc"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_FEEDS = frozenset({"rss", "feed", "RDF"})
_NOT_WHOLE_GATE = re.compile(
    rb'<(?:\w+:)?(?:link|guid|loc)\b(?!\s+isPermaLink="false")(?![^>]*>\s*https?://)(?!\s[^>]*\bhref="https?://)',
    re.IGNORECASE,
)


class FeedFacts(NamedTuple):
    """What the rules ask about a feed or a sitemap, as plain values."""

    is_sitemap: bool
    """Whether it is a sitemap, or a list of them."""
    fault: tuple[int, int] | None
    """Why it is not XML: expat's code, and the line from one; None when it is."""
    wrong: tuple[tuple[str, str], ...]
    """The addresses that lead nowhere: NOT_WHOLE or ELSEWHERE, and the address."""

    @classmethod
    def of(cls, data: bytes, base_url: str) -> FeedFacts:
        """Take them from the bytes of a file of the site at `base_url`."""
        reader = _Reader(base_url)
        try:
            reader.read(data)
        except expat.ExpatError as error:
            return cls(reader.root in _SITEMAPS, (error.code, error.lineno), ())
        return cls(reader.root in _SITEMAPS, None, tuple(reader.wrong))


class Feed(NamedTuple):
    """A feed or sitemap of the output."""

    path: str
    """Relative to the output folder."""
    facts: FeedFacts
    """What it says."""


class _Reader:
    """Reads one file and remembers the addresses that are wrong."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.root = ""
        self.wrong: list[tuple[str, str]] = []
        self._text: list[str] | None = None

    def read(self, data: bytes) -> None:
        """Raises ExpatError when it is not XML; looks at the addresses, which takes ten times as long, only in doubt."""
        parser = expat.ParserCreate(namespace_separator=" ")
        if _NOT_WHOLE_GATE.search(data) or self._elsewhere_gate().search(data):
            parser.buffer_text = True
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._characters
        parser.Parse(data, True)

    def _elsewhere_gate(self) -> re.Pattern[bytes]:
        """Finds every address in a sitemap, and every feed's own, that may not begin with the base URL."""
        base = re.escape(self.base_url.encode("utf-8", "surrogateescape"))
        return re.compile(
            rb"<loc>\s*(?!" + base + rb')|<(?:\w+:)?link\b(?=[^>]*\brel="self")(?![^>]*\bhref="' + base + rb")"
        )

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        local = name.rpartition(" ")[2]
        if not self.root:
            self.root = local
        self._text = None
        if local not in _ADDRESSES or self.root not in _SITEMAPS | _FEEDS:
            return
        if "href" in attributes:
            self._judge(attributes["href"], is_own=attributes.get("rel") == "self")
        elif attributes.get("isPermaLink") != "false":
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if self._text is not None:
            self._judge("".join(self._text).strip(), is_own=self.root in _SITEMAPS and name.endswith("loc"))
            self._text = None

    def _judge(self, address: str, *, is_own: bool) -> None:
        parts = urlsplit(address) if "[" not in address else None
        if not parts or not parts.scheme or not parts.netloc:
            self.wrong.append((NOT_WHOLE, address))
        elif is_own and "://" in self.base_url and not (address + "/").startswith(self.base_url):
            self.wrong.append((ELSEWHERE, address))
