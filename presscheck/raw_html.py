"""Reads the ids out of raw HTML as a browser would: in opening tags, and neither in comments nor in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_COMMENT_OR_TAG = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<tag>[a-zA-Z][^\s/>]*+)", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?"
)
_ENDS = {
    name: re.compile(rf"</{name}\b|\Z", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
}
"""What ends an element in which tags are text."""


def ids_in(text: str) -> Iterator[str]:
    """What the attributes `id` and `name` in `text` say.

    Every tag begins behind the end of the one before, even if that end is missing: the work grows with the length of the text.
    """
    at = 0
    while found := _COMMENT_OR_TAG.search(text, at):
        at = found.end()
        if not found["tag"]:
            continue
        while attribute := _ATTRIBUTE.match(text, at):
            at = attribute.end()
            if attribute["name"].lower() in {"id", "name"}:
                value = attribute["double"] or attribute["single"] or attribute["bare"]
                if value:
                    yield unescape(value)
        end = _ENDS.get(found["tag"].lower())
        if end and (closing := end.search(text, at)):
            at = closing.start()
