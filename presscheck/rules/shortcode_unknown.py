"""Every shortcode that a page calls exists.

A shortcode is a piece of a page that a template makes: `{{< figure src="a.png" >}}` calls the one named `figure`. When
there is none of the name, Hugo stops at once and publishes nothing, not even the pages that are right; it names the
first mistake only.

Correct the name. The known ones are those that Hugo brings along and the templates below `layouts/_shortcodes/`, the site's
and its theme's; capital letters do not matter. A call inside code is the matter of `shortcode-in-code`, one of a shortcode
that Hugo dropped that of `shortcode-deprecated`.

The rule is silent where not all templates can be found, because there may be shortcodes among them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import PARAMETERS, is_embedded, name_span, outside_code
from presscheck.shortcodes import Shortcode

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every name that is called whether there is a template for it."""
    config = page.config
    if not page.shortcodes or not config.templates_are_known:
        return
    own = {name.lower() for name in config.templates.shortcodes}
    calls = list(outside_code(page))
    meanings: dict[str, str | None] = {}
    for at, call in enumerate(calls):
        name = call.name
        if name not in meanings:
            is_known = name.lower() in own or is_embedded(name.lower()) or name.endswith(".inline")
            meanings[name] = None if is_known else _meant(name, own)
        meant = meanings[name]
        if call.is_closing or meant is None:
            continue
        edits = [Edit(name_span(page, half), meant) for half in (call, _closing(calls, at)) if half]
        yield Finding(
            message=f"there is no shortcode `{name}`",
            span=name_span(page, call),
            label=f"did you mean `{meant}`?" if meant else "",
            consequence="Hugo stops here, and nothing of the site is published",
            help=f"write `{meant}`" if meant else f"correct the name, or make `layouts/_shortcodes/{name}.html`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, tuple(edits)) if meant else None,
        )


def _meant(name: str, own: set[str]) -> str:
    """The shortcode whose name is nearest; empty when none is near."""
    close = difflib.get_close_matches(name.lower(), sorted({*own, *PARAMETERS}), 1, 0.7)
    return close[0] if close else ""


def _closing(calls: list[Shortcode], at: int) -> Shortcode | None:
    """The call that closes the one at `at`, when the very next of its name does."""
    following = (call for call in calls[at + 1 : at + 200] if call.name == calls[at].name)
    found = next(following, None)
    return found if found and found.is_closing else None
