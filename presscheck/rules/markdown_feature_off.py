r"""A post uses what is switched on.

Hugo can turn `:smile:` into a picture, `==word==` into marked text, and it can leave formulas between `$$` alone until a
program in the browser sets them; but the configuration has to say so. Without `enableEmoji` readers see the colons, without
`extras.mark` the equals signs, without `footnote` the brackets of `[^1]`; where `table`, `strikethrough`, `taskList` or `definitionList` are
switched off, the bars, the tildes, the square brackets or the colons; and a formula goes through Markdown: `\(x\)` loses its backslashes, two underscores
make its middle italic, and readers see the dollars. Hugo says nothing.

Type the character itself, 😄, which needs no switch, and `**…**` to stress a word. For formulas switch
`markup.goldmark.extensions.passthrough` on, and have a template load what sets them. What is to be seen as it stands goes
between backticks.

The rule is silent where not all of a theme can be seen, and about formulas on a site with a template whose
name speaks of math or KaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING

_TWO = re.compile(r"=(?==)")
_EMOJI = {
    "+1": "👍",
    "-1": "👎",
    "100": "💯",
    "blush": "😊",
    "books": "📚",
    "boom": "💥",
    "bug": "🐛",
    "bulb": "💡",
    "chart_with_upwards_trend": "📈",
    "clap": "👏",
    "coffee": "☕",
    "construction": "🚧",
    "cry": "😢",
    "exclamation": "❗",
    "eyes": "👀",
    "fire": "🔥",
    "grin": "😁",
    "grinning": "😀",
    "hammer": "🔨",
    "heart": "❤️",
    "heart_eyes": "😍",
    "heavy_check_mark": "✔️",
    "hugs": "🤗",
    "information_source": "ℹ️",
    "joy": "😂",
    "laughing": "😆",
    "link": "🔗",
    "lock": "🔒",
    "mag": "🔍",
    "memo": "📝",
    "muscle": "💪",
    "ok_hand": "👌",
    "package": "📦",
    "point_right": "👉",
    "pray": "🙏",
    "question": "❓",
    "robot": "🤖",
    "rocket": "🚀",
    "rofl": "🤣",
    "rotating_light": "🚨",
    "slightly_smiling_face": "🙂",
    "smile": "😄",
    "smiley": "😃",
    "sob": "😭",
    "sparkles": "✨",
    "star": "⭐",
    "sunglasses": "😎",
    "sweat_smile": "😅",
    "tada": "🎉",
    "thinking": "🤔",
    "thumbsdown": "👎",
    "thumbsup": "👍",
    "toolbox": "🧰",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "wink": "😉",
    "wrench": "🔧",
    "x": "❌",
    "zap": "⚡",
}
_NAME = re.compile(r"(?<![\w:/\\])(:([a-z0-9_+-]{1,30}):)(?![\w:/])")
_SIGNS = frozenset("\\^_=+<>/")
"""What a formula has and a sentence in brackets has not."""
_MAYBE_NAME = re.compile(r":(?:[a-z][a-z0-9_]{0,29}|[+-]1|100):")
_BEGINS_NAME = frozenset(ascii_lowercase + "+-1")
_MARK = re.compile(r"(?<![=\w\\])==(?=[^\s=])[^=\r\n]{1,200}(?<=[^\s=])==(?![=\w])")
_NOTE = re.compile(r"(?<!\\)\[\^[^\]\s\[]{1,80}\](?!:)")
_ROW = r"^[ \t>]*\|?[^|\n]*[^|\s][^|\n]*\|[^\n]*\n"
_EXTENSIONS = (
    (
        "tables",
        "|",
        re.compile(_ROW + r"[ \t>]*(?P<what>\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*?)[ \t]*\r?$", re.MULTILINE),
        ("this line makes no table", "table", "readers see one paragraph with bars in it", "write a list"),
    ),
    (
        "strikethrough",
        "~~",
        re.compile(r"(?<![\\~])(?P<what>~~(?=[^\s~])[^~\n]{1,200}(?<=[^\s~])~~)(?!~)"),
        ("`{}` is not struck out", "strikethrough", "readers see the tildes", "leave the words out"),
    ),
    (
        "task_lists",
        "[",
        re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<what>\[[ xX]\])(?=[ \t]+\S)", re.MULTILINE),
        ("`{}` is no box", "taskList", "readers see the square brackets", "write the state in words"),
    ),
    (
        "definition_lists",
        "\n:",
        re.compile(r"^(?![ \t]*(?:[:#>|-]|$))[^\n]+\n(?:[ \t]*\r?\n)?(?P<what>:)[ \t]+\S", re.MULTILINE),
        (
            "this colon begins no definition",
            "definitionList",
            "readers see the colon",
            "write a list: `- **word**: what it means`",
        ),
    ),
)
"""What a site can switch off besides: the field of the dialect, a sign of it, how it is written, and what to say."""
_FORMULA = re.compile(
    r"(?<![\\$])\$\$(?=[^\s$]|\s*\n)[^$]{1,2000}\$\$(?!\$)"
    r"|(?<!\\)\\\((?P<inline>(?:[^\r\n\\]|\\(?![()\r\n])){1,300})\\\)"
    r"|(?<!\\)\\\[(?P<display>(?:[^\]\\]|\\(?![\[\]])){1,300})\\\]"
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of colons, equals signs, dollars and `[^` in a page's prose whether they are meant for something that is off."""
    if not page.config.is_whole:
        return
    if not page.config.dialect.footnotes and "[^" in page.source.text:
        yield from _notes(page)
    yield from _extensions(page)
    yield from _signs(page)


def _signs(page: Page) -> Iterator[Finding]:
    config = page.config
    text = page.source.text
    start = page.front_matter.span.end
    has_mark = text.find("=", start) >= 0 and _TWO.search(text, start) is not None
    has_formula = ("$" in text and "$$" in text) or ("\\" in text and ("\\(" in text or "\\[" in text))
    has_name = not page.source.behind(":").isdisjoint(_BEGINS_NAME) and _MAYBE_NAME.search(text, start) is not None
    if not (has_mark or has_formula or has_name):
        return
    if has_name and not page.config.get("enableemoji", default=False):
        for found in _NAME.finditer(page.prose):
            character = _EMOJI.get(found[2])
            if character:
                yield _emoji(found, character)
    if has_mark and not _is_on(page.config, "extras", "mark"):
        for found in _MARK.finditer(page.prose):
            yield Finding(
                message=f"`{_short(found[0])}` is not marked",
                span=Span(*found.span()),
                label="`extras.mark` is off",
                consequence="readers see the equals signs",
                help="write `**…**`, or set `markup.goldmark.extensions.extras.mark.enable = true`",
            )
    if has_formula and not _is_on(page.config, "passthrough") and not _sets_formulas(config):
        for found in _FORMULA.finditer(page.prose):
            inside = found["inline"] or found["display"]
            if inside and _SIGNS.isdisjoint(inside):
                continue
            yield Finding(
                message=f"`{_short(found[0])}` is no formula here",
                span=Span(*found.span()),
                label="`passthrough` is off",
                consequence="readers see the dollars, and Markdown takes its backslashes and underscores"
                if found[0][0] == "$"
                else "readers see it without the backslashes",
                help="switch `markup.goldmark.extensions.passthrough` on, and have a template set formulas",
            )


def _extensions(page: Page) -> Iterator[Finding]:
    for field, sign, written, (message, name, consequence, instead) in _EXTENSIONS:
        if getattr(page.config.dialect, field) or sign not in page.source.text:
            continue
        for found in written.finditer(page.prose):
            yield Finding(
                message=message.format(_short(found["what"])),
                span=Span(*found.span("what")),
                label=f"`{name}` is off",
                consequence=consequence,
                help=f"set `markup.goldmark.extensions.{name} = true`, or {instead}",
            )


def _notes(page: Page) -> Iterator[Finding]:
    for found in _NOTE.finditer(page.prose):
        yield Finding(
            message=f"`{_short(found[0])}` is no footnote",
            span=Span(*found.span()),
            label="`footnote` is off",
            consequence="readers see the brackets, or a link that leads nowhere",
            help="set `markup.goldmark.extensions.footnote.enable = true`, or write the note into the text",
        )


def _emoji(found: re.Match[str], character: str) -> Finding:
    span = Span(*found.span(1))
    return Finding(
        message=f"`{found[1]}` stays as it is",
        span=span,
        label="`enableEmoji` is off",
        consequence="readers see the colons",
        help=f"write `{character}`",
        fix=Fix(f"write `{character}`", Applicability.UNSAFE, (Edit(span, character),)),
    )


def _is_on(config: Config, *names: str) -> bool:
    return bool(config.get("markup", "goldmark", "extensions", *names, "enable", default=False))


def _sets_formulas(config: Config) -> bool:
    return any("math" in name.lower() or "katex" in name.lower() for name in config.templates.names)


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) < 40 else line[:39] + "…"
