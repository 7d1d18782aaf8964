"""Nothing below the content folder runs: not while the site is built, and not in a reader's browser.

Hugo carries out a file called `_content.gotmpl`, wherever below `content/` it lies, as a template: it may read every file of the site, published or
not, and print it into a page. Every other file that is no page Hugo publishes byte for byte: a script, a page of XHTML, a program for
the telephone. From then on they come from the site's own address, and its content policy trusts them. Whoever may write a post can put one
beside it.

Make pages by templates that lie in `layouts/`, and keep scripts and styles in `assets/` or `static/`, where the site's own code is. Save documents
without macros and scripts, and link to programs where their makers publish them.

A file that has no ending, or one that is not known, is asked how it begins, because a browser may do the same. PDF and Office files are reported
when they hold a script or a macro; these are looked at in `static/` too, up to 40 MiB. XML is read as a browser reads it. What
`image-svg-active` and `file-sensitive` look at is left to them. A site that trusts its authors with more can name the endings:

```toml
[params.presscheck.rules.file-active]
allowed = [".js"]
```
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._drawings import runs_in
from presscheck.rules._pictures import LONGEST, finding, kind_of
from presscheck.site import Site

SEVERITY = Severity.ERROR
PROTECTS = True

_TEMPLATE = re.compile(r"_content(?:\.[^/]+)?\.gotmpl", re.IGNORECASE)
_IN_THE_BROWSER = "it runs in the browser of whoever opens it, in the name of the site"
_ON_THE_MACHINE = "it runs on the machine of whoever opens it, and the site recommends it"
_ON_THE_SERVER = "a server that knows the ending runs it, with all that the server may do"
_ENDINGS = {
    **dict.fromkeys(
        (".xhtml", ".xht", ".mht", ".mhtml", ".hta", ".htc", ".js", ".mjs", ".cjs", ".wasm", ".swf"),
        _IN_THE_BROWSER,
    ),
    **dict.fromkeys(
        (".shtml", ".shtm", ".stm", ".php", ".phtml", ".phar", ".asp", ".aspx", ".jsp", ".jspx", ".cgi", ".cfm"),
        _ON_THE_SERVER,
    ),
    **dict.fromkeys(
        (
            *(".exe", ".msi", ".msix", ".appx", ".scr", ".com", ".bat", ".cmd", ".vbs", ".vbe", ".jse", ".wsf", ".wsh"),
            *(".lnk", ".pif", ".cpl", ".reg", ".jar", ".apk", ".dmg", ".pkg", ".deb", ".rpm", ".url", ".desktop"),
        ),
        _ON_THE_MACHINE,
    ),
}
_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppam", ".ppsm", ".sldm")
_OFFICE = (".doc", ".dot", ".xls", ".xlt", ".ppt", ".pps", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf")
_MACRO = re.compile(
    rb"vbaProject\.bin|_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T|Basic/[^/\0]{1,80}/[^\0]{1,80}\.xml|\\objdata"
)
_XML = (".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom", ".mathml", ".mml", ".xul", ".xbl", ".kml", ".gpx")
_KNOWN = frozenset(
    (
        *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".svgz", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".heic"),
        *(".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".ogg", ".ogv", ".opus", ".wav", ".webm", ".flac", ".vtt", ".srt"),
        *(".txt", ".csv", ".tsv", ".json", ".jsonl", ".geojson", ".toml", ".yaml", ".yml", ".ics", ".vcf", ".log"),
        *(
            ".css",
            ".scss",
            ".woff",
            ".woff2",
            ".ttf",
            ".otf",
            ".zip",
            ".gz",
            ".xz",
            ".bz2",
            ".zst",
            ".7z",
            ".tar",
            ".tgz",
        ),
        *(".md", ".mdx", ".markdown", ".mdown", ".tex", ".bib", ".ipynb", ".epub", ".diff", ".patch", ".html", ".htm"),
        *(".adoc", ".asciidoc", ".ad", ".rst", ".org", ".pandoc", ".pdc"),
        *(".py", ".go", ".rs", ".c", ".h", ".cpp", ".java", ".rb", ".sh", ".ts", ".tsx", ".jsx", ".vue", ".sql", ".r"),
    )
)
"""The endings that browsers show as text, as a picture, or not at all; `page-not-markdown` asks about some of them."""
_MARKUP = {"HTML": "a page", "SVG": "a drawing", "XML": "XML"}

_PDF_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_RISK = re.compile(rb"/(?P<what>JavaScript|JS|Launch|RichMedia|XFA)\b(?!\s*null)")
_PDF_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_PDF_WORDS = {
    b"JavaScript": "a script",
    b"JS": "a script",
    b"Launch": "an order to start a program",
    b"RichMedia": "a film that can hold programs",
    b"XFA": "a form that can hold programs",
}
_MOST_STREAMS, _LONGEST_STREAM = 500, 1024 * 1024


@dataclass(frozen=True)
class Options:
    """What may be set."""

    allowed: tuple[str, ...] = ()
    """Endings, such as `.js`, that are not asked about."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every file below the content folder that is no page, and of documents elsewhere."""
    content = site.config.content_dir
    allowed = tuple(each.lower() for each in options.allowed)
    for path, size in site.sizes.items():
        lower = path.lower()
        if (allowed and lower.endswith(allowed)) or path.startswith("assets/"):
            continue
        if path.startswith(f"{content}/"):
            yield from _in_content(site, path, lower, size)
        if lower.endswith((".pdf", *_MACROS, *_OFFICE)):
            yield from _document(site, path, lower, size)


def _in_content(site: Site, path: str, lower: str, size: int) -> Iterator[Finding]:
    name = posixpath.basename(lower)
    ending = posixpath.splitext(name)[1]
    if _TEMPLATE.fullmatch(name):
        yield finding(
            path,
            "this file is a program that Hugo carries out",
            consequence="it can print every file of the site, published or not, into a page",
            help="take it out, and make its pages by a template below `layouts/`",
        )
    elif ending in _ENDINGS:
        yield finding(
            path,
            f"a file that ends in `{ending}` is a program",
            consequence=_ENDINGS[ending],
            help="take it out, and link to where its makers publish it"
            if _ENDINGS[ending] == _ON_THE_MACHINE
            else "take it out; the site's own scripts belong into `assets/` or `static/`",
        )
    elif ending in _XML:
        for deed in runs_in(site.load_file(path) or b"") if size <= LONGEST else ():
            yield finding(
                path, f"this file holds {deed.what}", consequence=_IN_THE_BROWSER, help="take it out of the file"
            )
    elif ending not in _KNOWN and not lower.endswith((".pdf", *_MACROS, *_OFFICE)):
        kind = kind_of((site.load_file(path) or b"") if size <= LONGEST else b"")
        if kind in _MARKUP:
            yield finding(
                path,
                f"this file is {_MARKUP[kind]}, though its name does not say so",
                consequence="a browser may look at it and run what is in it, in the name of the site",
                help="give it the ending of what it is, or take it out",
            )


def _document(site: Site, path: str, lower: str, size: int) -> Iterator[Finding]:
    if lower.endswith(_MACROS):
        what = "macros" if size else ""
    else:
        data = (site.load_file(path) or b"") if size <= LONGEST else b""
        what = _risk_in_pdf(data) if lower.endswith(".pdf") else "macros" if _MACRO.search(data) else ""
    if what:
        yield finding(
            path,
            f"this document holds {what}",
            consequence=_ON_THE_MACHINE,
            help="save or print it again without that",
        )


def _risk_in_pdf(data: bytes) -> str:
    """What a PDF file holds that does something by itself; empty for nothing that can be seen."""
    found = _PDF_RISK.search(_plain_names(data))
    for _, stream in zip(range(_MOST_STREAMS), _PDF_STREAM.finditer(data), strict=False):
        if found:
            break
        try:
            unpacked = zlib.decompressobj().decompress(
                data[stream.end() : stream.end() + _LONGEST_STREAM], _LONGEST_STREAM
            )
        except zlib.error:
            continue
        found = _PDF_RISK.search(_plain_names(unpacked))
    return _PDF_WORDS[found["what"]] if found else ""


def _plain_names(data: bytes) -> bytes:
    """`data` with the characters of names that are written as numbers: `/J#53` is `/JS`."""
    return _PDF_NAME.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data
