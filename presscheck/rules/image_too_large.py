"""A picture has no more pixels than a browser can hold.

However few bytes a picture's file has, a browser unpacks it to four bytes for each pixel. Fifty million pixels, 8,660 by 5,774, take 200 MB; a
phone gives the page up, or leaves the picture blank. A scan, a long screenshot or a poster easily has that, and a plain one of them
is small on disk. Hugo copies it byte for byte and says nothing; a template that makes it smaller takes that memory of the machine that
builds the site.

Make the picture as wide as it is shown, twice that for sharp screens: 2,000 pixels are plenty. The limit can be set:

```toml
[params.presscheck.rules.image-too-large]
megapixels = 20
```

PNG, JPEG, GIF and WebP files in `static/` and below `content/` are looked at, up to 40 MiB; larger ones are for `image-heavy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import finding, read_all
from presscheck.site import Site

SEVERITY = Severity.ERROR

_MILLION = 1_000_000


@dataclass(frozen=True)
class Options:
    """What may be set."""

    megapixels: int = 50
    """How many million pixels a picture may have."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every picture's file how wide and high it says it is."""
    for path, _, picture in read_all(site):
        pixels = picture.width * picture.height
        if pixels > options.megapixels * _MILLION:
            yield finding(
                path,
                f"this picture has {picture.width} × {picture.height} pixels, {pixels // _MILLION} million",
                consequence=f"browsers take {pixels * 4 // _MILLION} MB of memory for it, and a phone may give the page up",
                help=f"make it smaller; no more than {options.megapixels} million pixels",
            )
