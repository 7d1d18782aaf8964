"""The words for a picture say what it shows.

`![image](kettle.png)`, `![screenshot](settings.png)`, `![IMG_0042.jpg](IMG_0042.jpg)`: these words are there because the editor or the author had to
write something. Who listens to the page hears "picture, image", or a file's name letter by letter, and search engines learn nothing.
Hugo copies them into `alt` as they stand.

Say in a phrase what the picture shows: `![A kettle with a bent spout](kettle.png)`. A picture without any words is for
`image-alt-missing`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.markdown import Link
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_GENERIC = re.compile(
    r"(?:an?|the|this|my|ein|eine|das|der)?\s*"
    r"(?:image|img|pic|picture|photo|photograph|graphic|screenshot|screen ?shot|screen ?grab|screen capture|figure|fig|"
    r"diagram|chart|graph|illustration|logo|icon|thumbnail|untitled|unnamed|placeholder|alt ?text|alt|image description|"
    r"description|dsc|bild|foto|grafik|abbildung|bildschirmfoto)"
    r"[\s._-]*\d{0,8}",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S{1,200}\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?|heic)", re.IGNORECASE)
_LONGEST, _MOST_SPACES = 200, 4
_AROUND = " \t.,:;!?…*_\"'()[]"


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every image whether its text is more than the name of a kind, or of a file."""
    for link in page.pictures:
        if link.text and (why := _why(link)):
            yield _finding(page, link, why)


def _why(link: Link) -> str:
    if len(link.text) > _LONGEST or link.text.count(" ") > _MOST_SPACES:
        return ""
    text = link.text.strip(_AROUND)
    if _GENERIC.fullmatch(text):
        return "every picture is one"
    if " " in text:
        return ""
    if _FILE.fullmatch(text):
        return "the name of a file"
    name = posixpath.splitext(posixpath.basename(unquote(link.destination.partition("?")[0])))[0]
    is_coined = "-" in text or "_" in text or any(char.isdigit() for char in text)
    return "the name of the file" if is_coined and text == name else ""


def _finding(page: Page, link: Link, why: str) -> Finding:
    text = page.source.text
    closing = text.find("]", link.span.start, link.span.end)
    place = Span(link.span.start + 2, closing)
    is_plain = text.startswith("![", link.span.start) and text[place.start : place.end] == link.text
    return Finding(
        message=f"the words `{link.text.strip()}` do not say what the picture shows",
        span=place if is_plain else link.span,
        label=why,
        consequence="readers who listen to the page, and search engines, do not learn what it shows",
        help="say in a phrase what it shows, between `[` and `]`",
        fix=Fix("describe it", Applicability.PLACEHOLDER, (Edit(place, "…"),)) if is_plain else None,
    )
