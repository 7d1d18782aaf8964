"""Every address that was ever published has something at it.

Not only pages have readers: feeds are read by programs that give up after some weeks of 404, pictures are shown by other
sites, tags and lists are bookmarked. A build in which a tag is used no more, a feed is switched off, or a picture gets another
name, loses them without a word. presscheck compares what was rendered with the ledger, the file `urls.jsonl` in the site's
root that `presscheck urls record` keeps; a site without one is not asked.

Say what became of it: `presscheck urls moved /tags/old/ --to /tags/new/` puts a redirect there (a copy, where it is a feed or
a picture), `presscheck urls gone /tags/old/ --reason "…"` a page that says so. What belonged to a page that redirects by an
alias follows by itself.

A site that asks for it keeps the parts of pages as well, which others link to as `/posts/a/#section`:

```toml
[params.presscheck.ledger]
fragments = true
```
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.ledger import Ledger, Line, Status, keeps_fragments, path_of
from presscheck.publication import Publication, RenderedPage
from presscheck.rules._ledger import history, lost_urls, place_of_ledger, ways_out
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.ERROR

_MOST_NAMED = 3


def check_output(publication: Publication) -> Iterator[Finding]:
    """Ask of every address of the ledger whether something is there, besides those that `url-lost` has told."""
    site = publication.site
    known = site.ledger
    if not known.lines:
        return
    told = site.once(lost_urls)
    lost = {line.url: line for line in known.latest.values() if not line.is_fragment and _is_lost(publication, line)}
    followers: dict[str, list[str]] = defaultdict(list)
    for url in lost:
        followers[known.owner(url)].append(url)
    for url, line in lost.items():
        owner = known.owner(url)
        if url in told or owner in told or owner in lost:
            continue  # it is told already, or as a part of the page that is lost with it
        yield _finding(site, line, followers.get(url, ()))
    for line in known.latest.values():
        if line.status is Status.MOVED and not line.is_fragment:
            yield from _astray(publication, known, line)
    if keeps_fragments(site.config):
        for line in known.live():
            if line.is_fragment:
                yield from _fragment(publication, known, line)


def _is_lost(publication: Publication, line: Line) -> bool:
    return line.status is Status.LIVE and path_of(line.url) not in publication.files


def _finding(site: Site, line: Line, followers: list[str] | tuple[()]) -> Finding:
    url = line.url
    named = ", ".join(followers[:_MOST_NAMED])
    more = f" and {len(followers) - _MOST_NAMED} more" if len(followers) > _MOST_NAMED else ""
    moved, gone = ways_out(url)
    return Finding(
        message=f"{url} was published, and nothing is there any more",
        path=place_of_ledger(site),
        span=line.span,
        label="it is live here",
        consequence="whoever follows an old link gets 404"
        if line.is_page
        else "programs and sites that ask for it get 404",
        help=f"run `{moved}` or `{gone}`",
        notes=(
            history(site, line, place_of_ledger(site)),
            *((Note(f"with it goes {named}{more}"),) if followers else ()),
        ),
    )


def _astray(publication: Publication, known: Ledger, line: Line) -> Iterator[Finding]:
    """A move that ends nowhere."""
    to = known.destination(line.url)
    if to and (not to.startswith("/") or path_of(to) in publication.files):
        return
    site = publication.site
    moved, gone = ways_out(line.url)
    yield Finding(
        message=f"{line.url} has moved to {line.to}, and nothing is there"
        if to
        else f"{line.url} has moved in a circle: {line.to} leads back to it",
        path=place_of_ledger(site),
        span=line.span,
        label="it is sent away here",
        consequence="whoever follows an old link is sent to a page that is not there",
        help=f"run `{moved}` or `{gone}`",
    )


def _fragment(publication: Publication, known: Ledger, line: Line) -> Iterator[Finding]:
    base = known.latest.get(line.base)
    page = publication.by_address.get(unquote(line.base))
    if not page or page.facts.redirect is not None or (base and base.status is not Status.LIVE):
        return
    name = unquote(line.url.partition("#")[2])
    if name in page.ids:
        return
    near = difflib.get_close_matches(name, page.facts.ids, 1)
    path, span = _place(publication, page)
    _, gone = ways_out(f"'{line.url}'")
    yield Finding(
        message=f"the part `#{name}` of {line.base} was published, and is there no more",
        path=path,
        span=span,
        label="this page had it",
        consequence="an old link to it opens the page at its top",
        help=f"give the heading its old words again, or run `{gone}`",
        notes=(history(publication.site, line), *((Note(f"did it become `#{near[0]}`?"),) if near else ())),
    )


def _place(publication: Publication, page: RenderedPage) -> tuple[str, Span]:
    source = publication.source_of(page)
    if not source:
        return page.name, Span(0, 0)
    entry = source.front_matter.get("title")
    return source.file, entry.value.span if entry else source.opening
