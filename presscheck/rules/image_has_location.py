"""No picture tells where it was taken.

A phone writes into each photograph where it was taken, to within a few metres: at home, at the school of the children. Hugo copies the file byte
for byte, and whoever saves the picture from the site can read the place with any program that shows photographs. Nothing on the page
or in Hugo's output tells.

Export the picture again without its location, or take that out: `exiftool -gps:all= photo.jpg`; phones and systems have an option for
it when a picture is shared. Then think of the copies: the old file stays in the history of a repository. JPEG, WebP and PNG files in
`static/` and below `content/` are looked at, up to 5 MiB; where the place is the point, switch the rule off.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import finding, read_all
from presscheck.site import Site

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every picture's file whether it holds a latitude."""
    for path, _, picture in read_all(site):
        if picture.has_place:
            yield finding(
                path,
                "this picture tells where it was taken",
                consequence="whoever saves it from the site learns the place, to within a few metres",
                help=f"take the place out: `exiftool -gps:all= {path}`, or export the picture without its location",
            )
