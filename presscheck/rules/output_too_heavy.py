"""No page is heavier than a phone can take.

The HTML of a page has to come whole before a browser can show its end, and has to be read into memory before anything on it
can be touched. Half a megabyte of HTML is the text of a long book; on a slow line it is many seconds of waiting, and an
older phone stutters when it scrolls. It seldom is what an author wrote: a list that names every post with its whole text, a
shortcode that prints thousands of rows, a picture that a template wrote into the page. Hugo builds it without a word.

Split the list (`.Paginate`), link to the table as a file, or publish the picture beside the page.

The limit is 512 KiB for the HTML alone, before compression; pictures and scripts in files of their own do not count:

```toml
[params.presscheck.rules.output-too-heavy]
limit = 1024
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import Publication
from presscheck.text import Span

SEVERITY = Severity.WARNING

_KIB = 1024


@dataclass(frozen=True)
class Options:
    """What may be set."""

    limit: int = 512
    """How many KiB the HTML of a page may have."""


def check_output(publication: Publication, options: Options) -> Iterator[Finding]:
    """Ask of every page whether it is within the limit."""
    for page in publication.pages:
        if page.facts.size > options.limit * _KIB:
            source = publication.source_of(page)
            yield Finding(
                message=f"the HTML of the page has {page.facts.size // _KIB:,} KiB, more than {options.limit:,}",
                path=page.name,
                span=Span(0, 0),
                consequence="on a slow line readers wait for it, and an older phone stutters when it scrolls",
                help="split it into several pages, or put what is large into a file of its own",
                notes=(Note("the page is made from this file", source.file),) if source else (),
            )
