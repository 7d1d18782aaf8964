"""Front matter in the fences of the other notation: what several rules have to agree on."""

from __future__ import annotations

import re

from presscheck.page import Page
from presscheck.text import Source

_OTHER = {"toml": "---", "yaml": "+++"}
CLOSING = {"toml": "+++", "yaml": "---", "json": "}"}
"""What ends front matter in each notation."""
_KEY = re.compile(r"[\w.-]+")


def in_other_fences(page: Page) -> str | None:
    """The front matter with the fences of the other notation, when it is readable with those only; else None.

    That is YAML between `+++`, or TOML between `---`.
    """
    front_matter = page.front_matter
    fence = _OTHER.get(front_matter.notation)
    document = front_matter.document
    if not fence or not front_matter.is_closed or front_matter.before:
        return None
    # YAML takes `title = "Ada: a life"` for a key, `title = "Ada`, and says nothing.
    if not document.problems and (fence != "+++" or not any("=" in key for key in document.top)):
        return None
    start, end = front_matter.span
    closing = front_matter.content.end
    text = page.source.text
    if text[start + 3 : start + 4] in {"+", "-"}:
        return None
    mended = fence + text[start + 3 : closing] + fence + text[closing + 3 : end]
    found = Page.of(page.path, Source(page.file, mended), page.config).front_matter
    entries = found.document.entries
    is_read = bool(entries) and found.is_read_by_hugo and all(_KEY.fullmatch(entry.path[0]) for entry in entries)
    return mended if is_read else None
