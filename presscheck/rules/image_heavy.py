"""A picture's file is not heavier than a reader should have to load.

A photograph comes from a camera with five or ten megabytes. Hugo copies it byte for byte: readers wait for it, pay for it on the road, and see the
same on their screen as with a tenth of that.

Make the picture as wide as it is shown (twice that for sharp screens), and save a photograph as WebP or JPEG, a drawing as SVG or PNG.
The limit is 1,024 KiB; another can be set:

```toml
[params.presscheck.rules.image-heavy]
kilobytes = 500
```

Pictures in `static/` and below `content/` are weighed. Those in `assets/` are published only as templates make them, and are not, nor is
what lies beside a post that is never published as it is: if templates make all pictures smaller, switch the rule off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import finding, published
from presscheck.site import Site

SEVERITY = Severity.WARNING

_KIB = 1024
_BYTES_A_SECOND = 250_000
"""A telephone on a slow evening: 2 Mbit/s."""


@dataclass(frozen=True)
class Options:
    """What may be set."""

    kilobytes: int = 1024
    """How many KiB a picture may have."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every picture how many bytes it has."""
    limit = options.kilobytes * _KIB
    for path, _ in published(site):
        size = site.sizes[path]
        if size > limit:
            seconds = max(1, size // _BYTES_A_SECOND)
            yield finding(
                path,
                f"this picture has {_spelt(size)}",
                consequence=f"a phone with a weak signal loads it for about {seconds} second{'' if seconds == 1 else 's'}",
                help=f"make it smaller: {_spelt(limit)} are allowed",
            )


def _spelt(size: int) -> str:
    return f"{size / _KIB / _KIB:.1f} MiB" if size >= _KIB * _KIB else f"{-(-size // _KIB)} KiB"
