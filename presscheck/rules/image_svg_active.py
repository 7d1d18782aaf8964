"""A drawing is a drawing: it runs no program and fetches nothing.

An SVG file is a document, like a page. As a picture in a post it keeps still; but opened by its own address, by a link or by "open picture in a
new tab", its `<script>` and `onload=` run in the reader's browser in the name of the site, with all that its pages may do. What it fetches from
other sites tells them who looks, and does not show in a post at all. Hugo copies the file byte for byte, whatever is in it.

Save the drawing as "plain SVG", or take the scripts, the `on…=` attributes, `<foreignObject>` and addresses on other sites out; `svgo` and
drawing programs can. A link (`<a>`) to another site is not asked. SVG files in `static/` and below `content/` are looked at, up to 5 MiB; they are
read as browsers read them, with whatever hides behind entities and in other encodings. One that is longer or no XML is reported,
because nobody can say what it does, and so is one that is packed (`.svgz`).
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._drawings import RUNS, UNKNOWN, deeds_in
from presscheck.rules._pictures import finding
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True

_LONGEST = 5 * 1024 * 1024


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every SVG file whether it does something."""
    folders = tuple(f"{folder}/" for folder in (*site.config.static_dirs, site.config.content_dir))
    for path, size in site.sizes.items():
        lower = path.lower()
        if not lower.endswith((".svg", ".svgz")) or not path.startswith(folders):
            continue
        if lower.endswith(".svgz"):
            yield finding(
                path,
                "this drawing is packed, so nobody sees what is in it",
                consequence=RUNS,
                help="save it as plain SVG",
            )
        elif size > _LONGEST:
            yield finding(
                path,
                "this drawing is too long to be looked at",
                consequence=UNKNOWN,
                help="make it smaller than 5 MiB, or export it as a PNG picture",
            )
        else:
            for deed in deeds_in(site.load_file(path) or b""):
                yield finding(
                    path,
                    f"this drawing holds {deed.what}",
                    consequence=deed.consequence,
                    help="take it out, or save the drawing as plain SVG",
                )
