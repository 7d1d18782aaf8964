"""A shortcode is only told what its template asks for.

`{{< figure scr="chart.png" >}}` tells `figure` a thing called `scr`, which its template never looks at. Hugo says nothing:
it builds a page with a picture that comes from nowhere. The same happens with a name in other capital letters, and with a
value without a name where the shortcode wants names.

Correct the name of the parameter. Which ones a shortcode takes is read from its template, the site's or its theme's; of
one that hands its parameters on, or goes through all of them, nothing is known, and nothing is said.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import PARAMETERS, outside_code, template_of
from presscheck.shortcodes import Parameter, Shortcode
from presscheck.text import Span

SEVERITY = Severity.ERROR

_ASKED = re.compile(
    r"""\.Get\s+(?:"([^"]*)"|`([^`]*)`|\d+)"""
    r"""|\.Params\.(\w+)"""
    r"""|(?:index|isset)\s+\$?\.Params\s+(?:"([^"]*)"|`([^`]*)`|\d+)"""
    r"""|\blen\s+\$?\.Params\b"""
)
_HANDED_ON = re.compile(
    r"\.Get\b|\.Params\b|\b(?:partial|partialCached|template|block|dict|slice|printf|index|merge|return)\b[^{}]*?[ (][.$](?=[ )|}])"
)
_LOWERED = re.compile(r"\s+")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every named parameter whether the template looks at it."""
    config = page.config
    if not page.shortcodes:
        return
    asked: dict[str, frozenset[str] | None] = {}
    for call in outside_code(page):
        if call.is_closing or not call.parameters:
            continue
        if call.name not in asked:
            asked[call.name] = _asked_by(config, call.name)
        known = asked[call.name]
        if not known:
            continue
        for parameter in call.parameters:
            if parameter.key is not None and parameter.key not in known:
                yield _finding(page, call, parameter, known)


def _asked_by(config: Config, name: str) -> frozenset[str] | None:
    """The parameters that the shortcode takes by name; None when that is not known."""
    template = template_of(config, name)
    if template is None:
        return PARAMETERS.get(name.lower()) if config.templates_are_known else None
    template = _LOWERED.sub(" ", template)
    if _HANDED_ON.search(_ASKED.sub("", template)):
        return None
    return frozenset(next(filter(None, match.groups()), "") for match in _ASKED.finditer(template)) - {""}


def _finding(page: Page, call: Shortcode, parameter: Parameter, known: frozenset[str]) -> Finding:
    key = parameter.key or ""
    at = page.source.text.rfind(key, call.span.start, parameter.span.start)
    span = Span(at, at + len(key))
    taken = {each.key for each in call.parameters}
    swapped = [each for each in sorted(known) if sorted(each.lower()) == sorted(key.lower())]
    close = swapped or difflib.get_close_matches(key.lower(), sorted(known), 1, 0.7)
    meant = close[0] if close and close[0] not in taken else ""
    return Finding(
        message=f"the shortcode `{call.name}` has no parameter `{key}`",
        span=span,
        label=f"did you mean `{meant}`?" if meant else "",
        consequence=f"Hugo ignores it, and `{meant}` is not set" if meant else "Hugo ignores it",
        help=f"write `{meant}`" if meant else f"use one of: {', '.join(sorted(known))}",
        fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(span, meant),)) if meant else None,
    )
