"""Turns a post of the corpus into what other programs read: the same text under other front matter."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

_FENCE = "+++\n"


def as_written(text: str) -> str:
    """The post, untouched."""
    return text


def with_yaml(text: str) -> str:
    """The post with its front matter in YAML."""
    values, body = _split(text)
    lines = (f"{key}: {json.dumps(_plain(value), ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{''.join(lines)}---\n{body}"


def with_lines(text: str) -> str:
    """The post with a line for each key and lists without brackets, as Pelican reads it."""
    values, body = _split(text)
    words = {"description": "summary"}
    lines = (
        f"{words.get(key, key)}: {', '.join(value) if isinstance(value, list) else _plain(value)}\n"
        for key, value in values.items()
    )
    return f"{''.join(lines)}\n{body}"


def same_name(name: str, _text: str) -> str:
    """The name as it is."""
    return name


def dated_name(name: str, text: str) -> str:
    """The name after the day of the post, as Jekyll wants it."""
    return f"{_split(text)[0]['date']:%Y-%m-%d}-{name}"


def _split(text: str) -> tuple[dict[str, Any], str]:
    front, _, body = text.removeprefix(_FENCE).partition(_FENCE)
    return tomllib.loads(front), body


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
