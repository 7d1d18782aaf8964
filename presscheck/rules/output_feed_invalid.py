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
from xml.parsers import expat

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.feeds import ELSEWHERE, NOT_WHOLE
from presscheck.page import Page
from presscheck.publication import Publication
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ITEM = re.compile(r"<(item|entry|url)\b")
_LINK = re.compile(r"<(?:link|loc)>\s*([^<\s]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
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
    for path, facts in publication.feeds:
        if path in publication.site.static:
            continue
        if facts.fault:
            yield _unreadable(publication, path, *facts.fault)
        for problem, address in facts.wrong:
            wrong[problem, facts.is_sitemap].append((path, address))
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


_HELP = {
    NOT_WHOLE: "write `.Permalink` in the template, and a `baseURL` with `https://` and the host",
    ELSEWHERE: "write `.Permalink` in the template, or correct the `baseURL`",
}


def _consequence(problem: str, *, is_sitemap: bool) -> str:
    if is_sitemap:
        return "search engines refuse the sitemap and do not learn of the pages"
    return "feed readers cannot open the post" if problem == NOT_WHOLE else "feed readers ask another host for news"


def _unreadable(publication: Publication, path: str, code: int, number: int) -> Finding:
    text = publication.load_file(path).decode("utf-8", "replace")
    line = text.splitlines()[number - 1] if 0 < number <= len(text.splitlines()) else ""
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line.strip())
    reason = _REASONS.get(code) or _reason(line, is_control=shown != line.strip())
    page = _blamed(publication, text, line, number)
    notes = (Note(f"line {number}: `{_short(shown)}`"),) if shown else ()
    return Finding(
        message=f"this file is not XML: {reason} in line {number}",
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
