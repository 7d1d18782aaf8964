"""What an SVG file, or another of XML, does besides being a drawing, as a browser that opens it reads it: entities, namespaces and encodings resolved."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

RUNS = "it runs in the browser of whoever opens the drawing by its address, in the name of the site"
FETCHES = "the other site learns who opens the drawing, and in a post that part does not show"
UNKNOWN = "what it does in the browser of whoever opens it, nobody can say"

_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0]")
_PLAIN = re.compile(r"(?:https?://)?[\w./#:?=%~-]*")
"""What the entities hold that drawing programs define: addresses of namespaces."""
_RUNNING = re.compile(r"(?:^|;)(?:javascript|vbscript):", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"(?:^|;)data:(?!image/(?:png|jpe?g|gif|webp|avif)[;,]|font/|application/(?:x-)?font)", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_IN_STYLE = re.compile(
    r"(?:url|src|image|image-set)\(\s*[\"']?\s*(?P<address>[^\"')\s]*)|@import\s*[\"']\s*(?P<import>[^\"']*)",
    re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))")
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PAGES = {
    "foreignobject": "a `<foreignObject>`, which may hold any page",
    "iframe": "an `<iframe>`",
    "embed": "an `<embed>`",
    "object": "an `<object>`",
    "handler": "a `<handler>`",
    "listener": "a `<listener>`",
    "base": "a `<base>`",
    "meta": "a `<meta>`",
}
_OF_A_PAGE = "http://www.w3.org/1999/xhtml"
_SHOWN = frozenset({_OF_A_PAGE, "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"})
"""The names of what browsers show; elements of other names are data to them."""
_LEADING = frozenset({"a"})
"""What may lead elsewhere: a link is followed by whoever wants to."""
_MOST_DEPTH = 1_000


class Deed(NamedTuple):
    """Something that a drawing does."""

    what: str
    """What does it."""
    consequence: str
    """What a reader suffers."""


class _StopError(Exception):
    """Enough is known."""


def runs_in(data: bytes) -> Iterator[Deed]:
    """What the XML file `data`, which is no drawing, runs in a browser that opens it: pages and drawings may lie in it."""
    reader = _Reader(_SHOWN)
    with contextlib.suppress(_StopError, expat.ExpatError, LookupError, UnicodeError):  # a browser stops there as well
        reader.read(data)
    yield from (deed for deed in reader.found if deed.consequence != FETCHES)


def deeds_in(data: bytes) -> Iterator[Deed]:
    """What the drawing `data` does, each thing once, in the order of the file."""
    reader = _Reader()
    try:
        reader.read(data)
    except _StopError:
        pass
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        line = f" in line {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        reader.found[Deed(f"what is not XML{line}", UNKNOWN)] = None
    yield from reader.found


class _Reader:
    """Reads one file and notes what it does."""

    def __init__(self, spaces: frozenset[str] = frozenset()) -> None:
        self.spaces = spaces
        self.found: dict[Deed, None] = {}
        self.open: list[str] = []
        self.style: list[str] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.ProcessingInstructionHandler = self.instruction
        parser.EntityDeclHandler = self.entity
        parser.buffer_text = True
        parser.Parse(data, True)

    def note(self, what: str, consequence: str) -> None:
        self.found[Deed(what, consequence)] = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        space, _, name = element.rpartition("\n")
        name = name.lower()
        if len(self.open) >= _MOST_DEPTH:
            self.note("elements that lie in one another more than 1,000 deep", UNKNOWN)
            raise _StopError
        self.open.append(name)
        if self.spaces and space not in self.spaces:
            return
        if name == "script":
            self.note("a `<script>`", RUNS)
        elif name in _PAGES:
            self.note(_PAGES[name], RUNS)
        elif space == _OF_A_PAGE and "foreignobject" not in self.open:
            self.note("elements of a page (XHTML)", RUNS)
        for written, value in attributes.items():
            self.attribute(name, written.rpartition("\n")[2].lower(), value)

    def attribute(self, element: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.note("a program in an `on…=` attribute", RUNS)
        elif name == "attributename" and value.strip().lower().startswith("on"):
            self.note("a change of an `on…=` attribute", RUNS)
        plain = _SPACE.sub("", value)
        if _RUNNING.search(plain):
            self.note("a `javascript:` address", RUNS)
        if name == "href" or name in {"src", "data", "from", "to", "values", "by", "xml:base", "base"}:
            if _DOCUMENT.search(plain):
                self.note("a whole document in a `data:` address", RUNS)
            elif (name in {"href", "src", "data", "base"}) and element not in _LEADING and _leads_elsewhere(plain):
                self.note("a part that is fetched from another site", FETCHES)
        elif "(" in value or "\\" in value:
            self.styled(value)

    def end(self, _: str) -> None:
        name = self.open.pop()
        if name == "style":
            self.styled("".join(self.style))
            self.style.clear()

    def text(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(text)

    def styled(self, style: str) -> None:
        plain = _CSS_ESCAPE.sub(_unescaped, _CSS_COMMENT.sub(" ", style))
        for found in _IN_STYLE.finditer(plain):
            if _leads_elsewhere(_SPACE.sub("", found["address"] or found["import"] or "")):
                self.note("a style or font that is fetched from another site", FETCHES)

    def instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.note("an `<?xml-stylesheet?>`, which may turn it into any page", RUNS)

    def entity(self, name: str, _parameter: int, value: str | None, _base: str | None, *_where: str | None) -> None:
        if value is None or not _PLAIN.fullmatch(value):
            self.note(f"an entity `{name}` that may stand for anything", UNKNOWN)
            raise _StopError


def _leads_elsewhere(address: str) -> bool:
    return bool(_ELSEWHERE.match(address)) and not address.lower().startswith("data:")


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] or ""
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
