"""Every feed and sitemap can be read, and leads to whole addresses.

A feed is XML, and XML has no second chance: one `&` that a template did not escape, or one control character in a title,
and every subscriber's reader refuses the whole feed, the other posts too. A browser shows readers none of it, and Hugo
does not look.

An address in a feed or sitemap is read far away from the site, so it has to be whole, with `https://` and the host. A
feed reader makes nothing of `/posts/a/`. A search engine refuses a sitemap whose addresses belong to another host: they
come from a `baseURL` or a template that names the old one.

Escape what a template prints into XML (`{{ .Title | transform.XMLEscape | safeHTML }}`), print `.Permalink` instead of
`.RelPermalink`, and have `baseURL` name the site.

Feeds that lie ready in `static/` are not asked. What a feed's item leads to may be on any host; what the sitemap lists,
and the address that a feed gives as its own, has to be below `baseURL`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.parsers import expat

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication
from presscheck.site import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ENDINGS = (".xml", ".rss", ".atom")
_ADDRESSES = frozenset({"link", "guid", "loc"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_FEEDS = frozenset({"rss", "feed", "RDF"})
_ITEM = re.compile(r"<(item|entry|url)\b")
_LINK = re.compile(r"<(?:link|loc)>\s*([^<\s]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_WHOLE_GATE = re.compile(
    rb'<(?:\w+:)?(?:link|guid|loc)\b(?!\s+isPermaLink="false")(?![^>]*>\s*https?://)(?!\s[^>]*\bhref="https?://)',
    re.IGNORECASE,
)
_LONGEST = 60
_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "an entity that only HTML knows",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "an element is not closed",
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "it is empty or ends too early",
    expat.errors.codes[expat.errors.XML_ERROR_MISPLACED_XML_PI]: "something stands before `<?xml`",
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "something stands after its last element",
}


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every feed and sitemap whether it is XML, and of its addresses whether they are whole and the site's."""
    wrong: dict[tuple[str, bool], list[tuple[str, str]]] = defaultdict(list)
    elsewhere = _elsewhere_gate(publication.site.config.base_url)
    for path in sorted(publication.files):
        if not path.endswith(_ENDINGS) or path in publication.site.static:
            continue
        data = publication.load_file(path)
        feed = _Feed(publication.site.config.base_url)
        try:
            feed.read(data, is_doubtful=bool(_NOT_WHOLE_GATE.search(data) or elsewhere.search(data)))
        except expat.ExpatError as error:
            yield _unreadable(publication, path, data, error)
            continue
        for problem, address in feed.wrong:
            wrong[problem, feed.is_sitemap].append((path, address))
    for (problem, is_sitemap), places in wrong.items():
        path, address = places[0]
        files = len({each for each, _ in places})
        more = len(places) - 1
        yield Finding(
            message=f"`{address}` in the {'sitemap' if is_sitemap else 'feed'} {problem}",
            path=f"{publication.folder}/{path}",
            span=Span(0, 0),
            consequence=_consequence(problem, is_sitemap=is_sitemap),
            help=_HELP[problem],
            notes=(Note(f"and {more} more in {files} file{'s' * (files > 1)}"),) if more else (),
        )


def _elsewhere_gate(base_url: str) -> re.Pattern[bytes]:
    """Finds every address in a sitemap, and every feed's own, that may not begin with `base_url`."""
    base = re.escape(base_url.encode())
    return re.compile(
        rb"<loc>\s*(?!" + base + rb')|<(?:\w+:)?link\b(?=[^>]*\brel="self")(?![^>]*\bhref="' + base + rb")"
    )


_NOT_WHOLE = "is not a whole address"
_ELSEWHERE = "is not below the `baseURL` of the site"
_HELP = {
    _NOT_WHOLE: "write `.Permalink` in the template, and a `baseURL` with `https://` and the host",
    _ELSEWHERE: "write `.Permalink` in the template, or correct the `baseURL`",
}


class _Feed:
    """Reads one file and remembers the addresses that are wrong."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.root = ""
        self.wrong: list[tuple[str, str]] = []
        self._text: list[str] | None = None

    @property
    def is_sitemap(self) -> bool:
        return self.root in _SITEMAPS

    def read(self, data: bytes, *, is_doubtful: bool) -> None:
        """Raises ExpatError when it is not XML; looks at the addresses, which takes ten times as long, when `is_doubtful`."""
        parser = expat.ParserCreate(namespace_separator=" ")
        if is_doubtful:
            parser.buffer_text = True
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._characters
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
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
            self._judge("".join(self._text).strip(), is_own=self.is_sitemap and name.endswith("loc"))
            self._text = None

    def _judge(self, address: str, *, is_own: bool) -> None:
        parts = urlsplit(address) if "[" not in address else None
        if not parts or not parts.scheme or not parts.netloc:
            self.wrong.append((_NOT_WHOLE, address))
        elif is_own and "://" in self.base_url and not (address + "/").startswith(self.base_url):
            self.wrong.append((_ELSEWHERE, address))


def _consequence(problem: str, *, is_sitemap: bool) -> str:
    if is_sitemap:
        return "search engines refuse the sitemap and do not learn of the pages"
    return "feed readers cannot open the post" if problem == _NOT_WHOLE else "feed readers ask another host for news"


def _unreadable(publication: Publication, path: str, data: bytes, error: expat.ExpatError) -> Finding:
    text = data.decode("utf-8", "replace")
    line = text.splitlines()[error.lineno - 1] if 0 < error.lineno <= len(text.splitlines()) else ""
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line.strip())
    reason = _REASONS.get(error.code) or _reason(line, is_control=shown != line.strip())
    page = _blamed(publication, text, line, error.lineno)
    notes = (Note(f"line {error.lineno}: `{_short(shown)}`"),) if shown else ()
    return Finding(
        message=f"this file is not XML: {reason} in line {error.lineno}",
        path=f"{publication.folder}/{path}",
        span=Span(0, 0),
        consequence="feed readers and search engines refuse the whole file, with every page in it",
        help="mend the template, or the post, that the line comes from",
        notes=(*notes, Note("the line is about this post", page.file)) if page else notes,
    )


def _reason(line: str, *, is_control: bool) -> str:
    if line.startswith("&lt;?xml"):
        return "Hugo escaped `<?xml`, which only `safeHTML` prevents,"
    return "a control character" if is_control else "a `<` or `&` that is not escaped"


def _blamed(publication: Publication, text: str, line: str, number: int) -> Page | None:
    """The post whose item the line belongs to."""
    lines = text.splitlines(keepends=True)
    at = sum(map(len, lines[: number - 1]))
    begins = [match.start() for match in _ITEM.finditer(text, 0, at + len(line))]
    link = _LINK.search(text, begins[-1]) if begins else None
    address = link[1].removeprefix(publication.site.config.base_url) if link else ""
    return next(iter(publication.site.by_address.get("/" + address.lstrip("/"), ())), None) if address else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
