"""The front matter is TOML from its first line to its last.

Hugo stops the whole site at the first mistake in the first file, counts the column in bytes, and after you have mended
that one names the next. Presscheck names them all: typographic quotes, `True` for `true`, text without quotes, a comma
that is missing, a backslash that means nothing, `key: value` where TOML writes `key = value`, a fence of four.

Do what the help says at each place. Front matter in YAML or JSON is read as well, and its first mistake reported here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.ERROR

_CONSEQUENCE = "Hugo cannot read the front matter and stops the build of the whole site"
_LONG_FENCE = re.compile(r"\+{4,}|-{4,}")


def check_page(page: Page) -> Iterator[Finding]:
    """Repeat what stood in the way of reading."""
    front_matter = page.front_matter
    if not front_matter.is_closed and front_matter.notation != "toml":
        return
    opening = _LONG_FENCE.match(page.source.text, front_matter.span.start)
    if opening and front_matter.notation != "none":
        fence = opening[0][:3]
        closing = _LONG_FENCE.match(page.source.text, max(front_matter.content.end, opening.end()))
        edits = tuple(Edit(Span(*each.span()), fence) for each in (opening, closing) if each)
        yield Finding(
            message=f"the front matter opens with {len(opening[0])} characters instead of three",
            span=Span(*opening.span()),
            label=f"`{fence}` is the fence; the rest is read as a key",
            consequence=_CONSEQUENCE,
            help=f"write `{fence}`",
            fix=Fix(f"write `{fence}`", Applicability.UNSAFE, edits),
        )
        return
    for problem in front_matter.document.problems:
        if problem.kind == "syntax":
            yield Finding(
                message=problem.message,
                span=problem.span,
                label=problem.label,
                consequence=_CONSEQUENCE,
                help=problem.help,
                fix=problem.fix,
            )
