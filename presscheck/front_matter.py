"""Finds the front matter of a page and reads it, however broken.

Hugo 0.168 takes front matter only when nothing but white space and a byte order mark stands before the opening
fence: `+++` for TOML, `---` for YAML, `{` for JSON. Everything else is text of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from presscheck.keyed import Document, Entry
from presscheck.text import Span
from presscheck.toml_reader import read_toml

_LEADING = re.compile(r"\ufeff?\s*")
_TOML_FENCE = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_YAML_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*[A-Za-z_][\w.-]*[ \t]*=", re.MULTILINE)
_TOML_LINE = re.compile(r"[ \t]*(?:#|\[\[?[A-Za-z_\"]|[\]}\"'{]|[A-Za-z_\"'][\w .\"'-]*[ \t]*[=:]|\r?$)")
_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?")


@dataclass(frozen=True)
class FrontMatter:
    """The keys at the top of a page."""

    notation: str
    """`toml`, `yaml`, `json`, or `none` when the page has no front matter."""
    span: Span
    """From the opening fence to the end of the line of the closing one; empty when there is none."""
    content: Span
    """Between the fences."""
    document: Document
    """What it sets, with spans of the whole file."""
    before: Span | None = None
    """Text that stands before the opening fence and makes Hugo print the front matter as text."""
    is_closed: bool = True
    """Whether the closing fence is there."""

    def get(self, key: str) -> Entry | None:
        """The root's entry for `key` (lower case), if any."""
        return self.document.get(key)

    @property
    def is_read_by_hugo(self) -> bool:
        """Whether Hugo takes these keys: fences in place and no mistake in between."""
        return self.notation != "none" and self.before is None and self.is_closed and not self.document.problems


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a page's whole `text`; never raises."""
    leading = _LEADING.match(text)
    at = leading.end() if leading else 0
    if text.startswith("+++", at) and _TOML_FENCE.match(text, at):
        return _fenced(text, at, "toml", _TOML_FENCE)
    if text.startswith("---", at) and _YAML_FENCE.match(text, at):
        return _fenced(text, at, "yaml", _YAML_FENCE)
    if text.startswith("{", at) and not text.startswith(("{{", "{%"), at):
        return _json(text, at)
    opening = _TOML_FENCE.search(text, at)
    if opening:
        closing = _TOML_FENCE.search(text, opening.end())
        if closing and _TOML_KEY.search(text, opening.end(), closing.start()):
            found = _fenced(text, opening.start(), "toml", _TOML_FENCE)
            return replace(found, before=Span(at, opening.start()))
    return FrontMatter("none", Span(at, at), Span(at, at), Document())


def _fenced(text: str, start: int, notation: str, fence: re.Pattern[str]) -> FrontMatter:
    begin = _end_of_line(text, start)
    closing = fence.search(text, begin)
    if closing:
        end, content_end = _end_of_line(text, closing.start()), closing.start()
    else:
        end = content_end = _first_line_of_text(text, begin) if notation == "toml" else len(text)
    content = Span(begin, content_end)
    if notation == "toml":
        document = read_toml(text, content)
    else:
        from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

        document = read_yaml(text[begin:content_end], begin)
    return FrontMatter(notation, Span(start, end), content, document, is_closed=closing is not None)


def _first_line_of_text(text: str, begin: int) -> int:
    """Where, in TOML that was never closed, the first line begins that is not TOML."""
    at = begin
    while at < len(text):
        if not _TOML_LINE.match(text, at) or text.startswith("# ", at):
            return at
        at = _end_of_line(text, at)
    return len(text)


def _json(text: str, start: int) -> FrontMatter:
    from presscheck.yaml_reader import read_yaml  # noqa: PLC0415 - PyYAML takes 20 ms to import

    depth = 0
    inside_string = False
    at = start
    while at < len(text):
        char = text[at]
        if inside_string:
            if char == "\\":
                at += 1
            elif char == '"':
                inside_string = False
        elif char == '"':
            inside_string = True
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                break
        at += 1
    closed = depth == 0 and at < len(text)
    end = min(at + 1, len(text))
    content = Span(start, end)
    # YAML forbids the tabs that JSON allows for indenting.
    document = read_yaml(text[start:end].replace("\t", " "), start)
    return FrontMatter(
        "json", Span(start, _end_of_line(text, end) if closed else end), content, document, is_closed=closed
    )


def _end_of_line(text: str, at: int) -> int:
    match = _REST_OF_LINE.match(text, at)
    return match.end() if match else len(text)
