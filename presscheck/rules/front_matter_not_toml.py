"""The site's front matter is TOML.

Hugo reads TOML, YAML and JSON, and a site may mix them. Two notations in one folder are two sets of mistakes to know: text
without quotes is right in one and stops the build in the other, and a word such as `yes` or `no`, which means false to many a
reader of YAML, is a text to Hugo. What is copied from one post to the next then breaks.

This rule is a policy and off unless a site turns it on:

```toml
[params.presscheck.rules.front-matter-not-toml]
severity = "warning"
```

`presscheck fix --unsafe-fixes` rewrites the keys in TOML when that loses nothing: front matter with comments, or with tables
inside lists, is left for you.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span
from presscheck.toml_reader import BARE_KEY, quoted

SEVERITY = Severity.WARNING
IS_ON = False

_COMMENT = re.compile(r"(?:^|[ \t])#", re.MULTILINE)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask in which notation the front matter is."""
    front_matter = page.front_matter
    if front_matter.notation not in {"yaml", "json"}:
        return
    start = front_matter.span.start
    width = 3 if front_matter.notation == "yaml" else 1
    mended = _as_toml(page)
    yield Finding(
        message=f"the front matter is {front_matter.notation.upper()}",
        span=Span(start, start + width),
        label="this site asks for TOML, between `+++`",
        consequence="a line copied from here into another post stops the build of the site",
        help="write `key = value` between two lines `+++`",
        fix=Fix("rewrite it in TOML", Applicability.UNSAFE, (Edit(front_matter.span, mended),)) if mended else None,
    )


def _as_toml(page: Page) -> str | None:
    """The front matter in TOML; None when something would be lost, or cannot be written."""
    front_matter = page.front_matter
    written = page.source.slice(front_matter.content)
    values = page.values_after(page.source.slice(front_matter.span))
    if not values or not front_matter.is_read_by_hugo:
        return None
    if front_matter.notation == "yaml" and _COMMENT.search(written):
        return None
    lines = _lines(values, ())
    if lines is None:
        return None
    text = "\n".join(["+++", *lines, "+++", ""])
    if page.values_after(text) != values:
        return None
    return text.replace("\n", "\r\n") if "\r\n" in written else text


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str] | None:
    lines = []
    tables: list[str] = []
    for key, value in table.items():
        name = key if BARE_KEY.fullmatch(key) else quoted(key)
        if isinstance(value, Mapping):
            inside = _lines(value, (*path, name))
            if inside is None:
                return None
            tables += ["", f"[{'.'.join((*path, name))}]", *inside]
            continue
        text = _value(value)
        if text is None:
            return None
        lines.append(f"{name} = {text}")
    return lines + tables


def _value(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        parts = [_value(each) for each in value]
        return None if None in parts else "[" + ", ".join(str(part) for part in parts) + "]"
    return None
