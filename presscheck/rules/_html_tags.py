"""What the rules about active content have in common: the tags of HTML as a browser may read them, and which of them do something.

Where a tag begins depends on all that stands before it: in `<title>` or an attribute, markup is text, and a post can end either in ways that
only a whole parser foresees. So every `<` that may begin a tag is taken for one, in whatever it stands; what is found too much is
only what an author would not write.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from presscheck.text import Span


class Attribute(NamedTuple):
    """One attribute of a tag."""

    name: str
    """In lower case."""
    value: str
    """With its entities resolved; empty when it has none."""
    span: Span
    """Its name, as written."""
    value_span: Span
    """Its value, as written."""


class Tag(NamedTuple):
    """An opening tag."""

    name: str
    """As written."""
    attributes: tuple[Attribute, ...]
    """In order."""
    span: Span
    """All of it."""
    is_closed: bool
    """Whether it ends."""

    def get(self, name: str) -> str:
        """The value of its first attribute `name` (lower case), which is the one that browsers take; empty for none."""
        return next((each.value for each in self.attributes if each.name == name), "")


class Deed(NamedTuple):
    """Something that a tag does."""

    what: str
    """What does it: `<script>`, `onclick`, `javascript:`."""
    consequence: str
    """What a reader suffers."""
    span: Span
    """Where it is."""


_START = re.compile(r"<([A-Za-z][^\s/>]{0,200})")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)(?P<ended>\")?|'(?P<single>[^']*)(?P<ends>')?|(?P<bare>[^\s>]*)))?"
)
_BLANK = re.compile(r"[\s/]*")
_COMMENT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?P<text>(?i:<(?:title|textarea|style|xmp|iframe|noscript|noembed|noframes|script|plaintext))\b.*)",
    re.DOTALL,
)
"""A comment; or an element in which `<!--` is text, with all that follows."""
_WORK = 3
"""How many times the length of a text its tags may be long together: those that lie in one another are read again and again."""
_LEAST_WORK = 20_000
_MOST_DEEDS = 50
_MOST_ATTRIBUTES = 200
"""How many attributes a tag may have; one with more counts as one without an end."""

_DATA = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?(?:json|template|x-template)|math/.*", re.IGNORECASE)
_HANDLER = re.compile(r"on[a-z][a-z0-9:-]*")
_IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20]")
_SCRIPT = r"(javascript:|vbscript:|data:(?:text/html|text/xml|application/x|image/svg))"
_SCRIPT_ADDRESS = re.compile(rf"^{_SCRIPT}", re.IGNORECASE)
_SCRIPT_IN_LIST = re.compile(rf"(?:^|;){_SCRIPT}", re.IGNORECASE)
_LISTS = frozenset({"values", "to", "from", "by"})
"""What SVG changes an address to while it shows it."""
_WORDS = frozenset({"alt", "title", "content"})
_ACTIVE = {
    "script": "it runs in the browser of everyone who reads the page",
    "iframe": "readers get a page within the page, which somebody else may change, and which sees that they are here",
    "frame": "readers get a page within the page, which somebody else may change",
    "frameset": "readers get other pages instead of this one",
    "object": "readers' browsers load and start what it names",
    "embed": "readers' browsers load and start what it names",
    "portal": "readers' browsers load the page that it names",
    "applet": "no browser starts it any more",
    "base": "every link and picture of the page leads somewhere else",
    "link": "readers' browsers fetch what it names, and change the whole page by it",
}
_STARTS = "it runs in the browser of whoever reads the page"


def tags_in(text: str) -> Iterator[Tag]:
    """Every opening tag that a browser may see in `text`, comments left out; a last one with an empty name when there are too many in one another."""
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: found["text"] or " " * len(found[0]), text)
    left = max(_LEAST_WORK, _WORK * len(text))
    for start in _START.finditer(text):
        tag = _tag(text, start)
        left -= tag.span.end - tag.span.start
        if left < 0:
            yield Tag("", (), tag.span, is_closed=False)
            return
        yield tag


def _tag(text: str, start: re.Match[str]) -> Tag:
    attributes: list[Attribute] = []
    at = start.end()
    while len(attributes) < _MOST_ATTRIBUTES:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if text[at : at + 1] == ">":
            return Tag(start[1], tuple(attributes), Span(start.start(), at + 1), is_closed=True)
        found = _ATTRIBUTE.match(text, at)
        if not found:
            break
        written = next((name for name in ("double", "single", "bare") if found[name] is not None), "")
        value_span = Span(*found.span(written)) if written else Span(found.end(), found.end())
        attributes.append(
            Attribute(
                found["name"].lower(),
                html.unescape(found[written]) if written else "",
                Span(*found.span("name")),
                value_span,
            )
        )
        at = found.end()
        if (written == "double" and not found["ended"]) or (written == "single" and not found["ends"]):
            break
    return Tag(start[1], tuple(attributes), Span(start.start(), at), is_closed=False)


def deeds_in(text: str) -> Iterator[Deed]:
    """What the tags in `text` do besides showing something, each once."""
    said = set()
    for tag in tags_in(text):
        for deed in _deeds(tag):
            if (deed.what, deed.span.start) not in said:
                said.add((deed.what, deed.span.start))
                yield deed
        if len(said) > _MOST_DEEDS:
            return


def _deeds(tag: Tag) -> Iterator[Deed]:
    if not tag.name:
        yield Deed("these tags", "they lie in one another so often that nobody can say what they do", tag.span)
        return
    name = tag.name.lower()
    is_data = name == "script" and bool(_DATA.fullmatch(tag.get("type").strip())) and not tag.get("src")
    if name.rpartition(":")[2] in _ACTIVE and not is_data:
        yield Deed(f"`<{tag.name}>`", _ACTIVE[name.rpartition(":")[2]], tag.span)
    elif name == "meta" and tag.get("http-equiv"):
        yield Deed(f"`<{tag.name} http-equiv>`", "readers' browsers do what it says: go elsewhere, for one", tag.span)
    elif not tag.is_closed:
        yield Deed(
            f"a `<{tag.name}` without its `>`", "what follows on the page becomes a part of it, and may run", tag.span
        )
    for each in tag.attributes:
        if _HANDLER.fullmatch(each.name):
            yield Deed(f"`{each.name}`", _STARTS, each.span)
            continue
        if ":" not in each.value or each.name in _WORDS or each.name.startswith(("aria-", "data-")):
            continue
        pattern = _SCRIPT_IN_LIST if each.name in _LISTS else _SCRIPT_ADDRESS
        address = pattern.search(_IGNORED_IN_ADDRESSES.sub("", each.value))
        if address:
            yield Deed(f"`{address[1].lower()}`", _STARTS, _address_span(each, address[1]))


def _address_span(attribute: Attribute, address: str) -> Span:
    """Where in the value the address begins, when it is written plainly; else the whole value."""
    plain = attribute.value_span
    length = len(address)
    return Span(plain.start, plain.start + length) if attribute.value.startswith(address) else plain
