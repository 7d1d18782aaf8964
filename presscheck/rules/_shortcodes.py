"""What several rules know about shortcodes: those of Hugo itself, and which calls a writer means to run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.config import INNER, Config
from presscheck.page import Page
from presscheck.shortcodes import Shortcode
from presscheck.text import Span, span_at

STOPS = "Hugo stops here, and nothing of the site is published"
"""What comes of a call that Hugo cannot carry out."""
PARAMETERS = {
    "details": frozenset(("class", "name", "open", "summary", "title")),
    "figure": frozenset(
        (
            "alt",
            "attr",
            "attrlink",
            "caption",
            "class",
            "height",
            "link",
            "loading",
            "rel",
            "src",
            "target",
            "title",
            "width",
        )
    ),
    "highlight": None,
    "instagram": None,
    "param": None,
    "qr": frozenset(("alt", "class", "id", "level", "loading", "scale", "targetDir", "text", "title")),
    "ref": frozenset(("lang", "outputFormat", "path")),
    "relref": frozenset(("lang", "outputFormat", "path")),
    "vimeo": frozenset(("allowFullScreen", "class", "id", "loading", "title")),
    "vimeo_simple": frozenset(("class", "id")),
    "x": frozenset(("id", "user")),
    "x_simple": frozenset(("id", "user")),
    "youtube": frozenset(
        ("allowFullScreen", "autoplay", "class", "controls", "end", "id", "loading", "loop", "mute", "start", "title")
    ),
}
"""The shortcodes that Hugo brings along, each with the parameters it takes by name; None where it takes none so."""

REMOVED = frozenset(("comment", "gist", "instagram_simple", "tweet", "twitter", "twitter_simple"))
"""Those that it only brings along to say that they are gone, or soon will be."""

WITH_TEXT = frozenset(("comment", "details", "highlight", "qr"))
"""Those of them that take a text between an opening and a closing call."""

_VALUE = re.compile(
    r"""(?P<good>"[^"“”]*"(?=[\s/>%])|`[^`]*`)"""
    r"""|(?P<gap>[\s=])(?P<left>[“”„‟«»‘’‚‛'"])(?P<value>[^“”„‟«»"{}]*?)(?P<right>[“”„‟«»‘’‛'"])(?=[\s/>%])"""
)
_ODD = frozenset("“”„‟«»‘’‚‛'")
_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)


def is_embedded(name: str) -> bool:
    """Whether Hugo brings a shortcode of this name along, be it to complain."""
    return name in PARAMETERS or name in REMOVED


def template_of(config: Config, name: str) -> str | None:
    """The text of the template of the shortcode `name`, comments left out; None when it has none but Hugo's."""
    own = config.templates.shortcode_sources
    text = own.get(name)
    if text is None:
        text = next((own[each] for each in own if each.lower() == name.lower()), None)
    return None if text is None else _COMMENT.sub("", text)


def takes_text(config: Config, name: str) -> bool | None:
    """Whether the shortcode takes a text between two calls, as Hugo sees it; None when that is not known."""
    template = template_of(config, name)
    if template is not None:
        return bool(INNER.search(template))
    if not config.templates_are_known:
        return None
    return name in WITH_TEXT if is_embedded(name) else None


def name_span(page: Page, call: Shortcode) -> Span:
    """Where the call's name is written."""
    at = page.source.text.find(call.name, call.span.start + 3, call.span.end)
    return Span(at, at + len(call.name)) if at >= 0 else call.span


def code_shown(page: Page) -> tuple[Span, ...]:
    """Fenced code and code spans; an indented line may be a nested call that was indented for order's sake."""
    indented = {block.span for block in page.markdown.code_blocks if not block.is_fenced}
    return tuple(sorted(span for span in page.markdown.code if span not in indented))


def outside_code(page: Page) -> Iterator[Shortcode]:
    """The calls that stand in no code; `shortcode-in-code` has the others."""
    if not page.shortcodes:
        return
    code = code_shown(page)
    for call in page.shortcodes:
        if not span_at(code, call.span.start):
            yield call


def oddly_quoted(text: str, call: Shortcode) -> Iterator[re.Match[str]]:
    """The values in `call`, in `text`, between other marks than straight double ones: `gap` before, `left`, `value`, `right`."""
    if _ODD & set(text[slice(*call.span)]):
        for match in _VALUE.finditer(text, *call.span):
            if not match["good"] and not match["left"] == match["right"] == '"':
                yield match
