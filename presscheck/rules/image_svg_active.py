"""A drawing is a drawing: it runs no program and fetches nothing.

An SVG file is a document, like a page. As a picture in a post it keeps still; but opened by its own address, by a link or by "open picture in a
new tab", its `<script>` and `onload=` run in the reader's browser in the name of the site, with all that its pages may do. What it fetches from
other sites tells them who looks, and does not show in a post at all. Hugo copies the file byte for byte, whatever is in it.

Save the drawing as "plain SVG", or take the scripts, the `on…=` attributes, `<foreignObject>` and addresses on other sites out; `svgo` and
drawing programs can. A link (`<a>`) to another site is not asked. SVG files in `static/` and below `content/` are looked at, up to 5 MiB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import LONGEST, finding, published
from presscheck.site import Site

SEVERITY = Severity.ERROR

_RUNS = "it runs in the browser of whoever opens the drawing by its address, in the name of the site"
_FETCHES = "the other site learns who opens the drawing, and in a post that part does not show"
_QUESTIONS = (
    (b"script", re.compile(rb"<(?:\w{1,20}:)?script[\s/>]"), "a `<script>`", _RUNS),
    (b"on", re.compile(rb"<[a-z][^<>]*[\s\"']on[a-z]{3,20}\s?="), "a program in an `on…=` attribute", _RUNS),
    (b"script:", re.compile(rb"(?:href|values|to|from)\s?=\s?[\"']\s?javascript:"), "a `javascript:` address", _RUNS),
    (
        b"foreignobject",
        re.compile(rb"<(?:\w{1,20}:)?foreignobject[\s/>]"),
        "a `<foreignObject>`, which may hold any page",
        _RUNS,
    ),
    (
        b"//",
        re.compile(rb"<(?:\w{1,20}:)?(?:image|use|feimage|link|iframe)\s[^<>]*href\s?=\s?[\"'](?:https?:)?//"),
        "a part that is fetched from another site",
        _FETCHES,
    ),
    (
        b"//",
        re.compile(rb"(?:@import\s{1,9}(?:url\()?|url\()\s?[\"']?(?:https?:)?//"),
        "a style or font that is fetched from another site",
        _FETCHES,
    ),
)


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every SVG file whether it does something."""
    for path, kind in published(site):
        data = site.load_file(path) if kind == "SVG" and site.sizes[path] <= LONGEST else None
        lowered = data.lower() if data else b""
        for word, pattern, what, consequence in _QUESTIONS:
            if word in lowered and pattern.search(lowered):
                yield finding(
                    path,
                    f"this drawing holds {what}",
                    consequence=consequence,
                    help="take it out, or save the drawing as plain SVG",
                )
