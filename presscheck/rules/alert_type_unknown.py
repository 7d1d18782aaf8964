"""An alert is of a kind that the site knows.

A quotation whose first line is `[!NOTE]` is an alert: the site's template makes a coloured box of it. For a kind that the
template does not know there is no box, no colour and no name for screen readers. With a space in the brackets Hugo does not
take it for an alert, and readers see `[! NOTE]` as it stands; so do the readers of a site without a template for
quotations, whatever the kind. Hugo says nothing.

Write one of the kinds. They are GitHub's five unless the settings name others:

```toml
[params.presscheck.rules.alert-type-unknown]
types = ["note", "tip", "important", "warning", "caution", "example"]
```

Capitals do not matter. The template may be a theme's; where not all of a theme can be seen, nobody is asked whether
it has one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span

SEVERITY = Severity.WARNING


@dataclass(frozen=True)
class Options:
    """What the rule may be told."""

    types: tuple[str, ...] = ("note", "tip", "important", "warning", "caution")
    """The kinds of alert that the site's template knows."""


_ALERT = re.compile(r">[ \t]{0,3}\[!(?P<kind>[^\]\r\n]{0,40})\]")
_SYNONYMS = {
    "attention": "warning",
    "danger": "caution",
    "error": "caution",
    "hint": "tip",
    "info": "note",
    "information": "note",
    "success": "tip",
    "warn": "warning",
}


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every quotation that begins like an alert of what kind it is."""
    config = page.config
    text = page.source.text
    has_template = True
    known: frozenset[str] = frozenset()
    for quote in page.markdown.quotes:
        found = _ALERT.match(text, quote.start, quote.end)
        if not found:
            continue
        if not known:
            has_template = not config.is_whole or _renders_quotes(config.templates.names)
            known = _lowered(options.types)
        kind = found["kind"].strip().lower()
        if has_template and kind in known and kind == found["kind"].lower():
            continue
        span = Span(found.start("kind") - 2, found.end())
        if not has_template:
            yield Finding(
                message=f"this site's templates do not know alerts such as `[!{found['kind']}]`",
                span=span,
                consequence="readers see the brackets as they stand",
                help="write the quotation without them, or add `_markup/render-blockquote.html` to the layouts",
            )
        elif kind not in known:
            yield _unknown(found, span, kind, sorted(known))
        else:
            yield Finding(
                message=f"`[!{found['kind']}]` is no alert",
                span=span,
                label="no space belongs here",
                consequence="readers see the brackets as they stand",
                help=f"write `[!{kind.upper()}]`",
                fix=Fix(f"write `[!{kind.upper()}]`", Applicability.SAFE, (Edit(span, f"[!{kind.upper()}]"),)),
            )


@lru_cache(maxsize=4)
def _renders_quotes(templates: frozenset[str]) -> bool:
    return any("render-blockquote" in name for name in templates)


@lru_cache(maxsize=4)
def _lowered(types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(str.lower, types))


def _unknown(found: re.Match[str], span: Span, kind: str, known: list[str]) -> Finding:
    close = difflib.get_close_matches(kind, known, 1, 0.75)
    meant = close[0] if close else _SYNONYMS.get(kind, "")
    if meant not in known:
        meant = ""
    written = meant.upper() if not found["kind"].islower() else meant
    applicability = Applicability.SAFE if close else Applicability.UNSAFE
    place = Span(*found.span("kind"))
    return Finding(
        message=f"`{found['kind']}` is no kind of alert",
        span=span,
        label=f"did you mean `{written}`?" if written else "",
        consequence="readers do not get the box that the site has for alerts",
        help=f"write `[!{written}]`" if written else f"write one of {', '.join(f'`{each}`' for each in known)}",
        fix=Fix(f"write `[!{written}]`", applicability, (Edit(place, written),)) if written else None,
    )
