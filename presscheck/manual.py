"""A rule's manual, for a terminal: its Markdown parsed by markdown-it-py, wrapped and coloured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from presscheck.check import Rule
from presscheck.reports.terminal import Palette, visible

_BOLD = (1,)
_CODE = (36,)


def for_terminal(rule: Rule, width: int, *, colour: bool) -> str:
    """The manual of `rule`, with its name and severity, in lines of at most `width` columns."""
    palette = Palette(colour)
    head = f"{palette.paint(rule.name, *_BOLD)} ({rule.severity.value})"
    return "\n\n".join([head, *_blocks(MarkdownIt("commonmark").parse(rule.manual), palette, width)]) + "\n"


def _blocks(tokens: list[Token], palette: Palette, width: int) -> Iterator[str]:
    depth = 0
    marker = ""
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "list_item_open":
            marker = "- "
        elif token.type == "inline":
            indent = "  " * max(depth - 1, 0)
            yield _painted(
                textwrap.fill(
                    _words(token), width, initial_indent=indent + marker, subsequent_indent=indent + " " * len(marker)
                ),
                palette,
            )
            marker = ""
        elif token.type in {"fence", "code_block"}:
            yield textwrap.indent(_visible_lines(token.content), "    ").rstrip()


def _words(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type == "code_inline":
            parts.append(f"`{child.content}`")
        elif child.type == "softbreak":
            parts.append(" ")
        else:
            parts.append(child.content)
    return visible("".join(parts))


def _visible_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.splitlines())


def _painted(text: str, palette: Palette) -> str:
    """Code between backticks in colour; the backticks stay where there is none."""
    if not palette.on:
        return text
    parts = text.split("`")
    return "".join(palette.paint(part, *_CODE) if at % 2 else part for at, part in enumerate(parts))
