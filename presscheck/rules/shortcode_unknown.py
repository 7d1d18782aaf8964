"""Every shortcode that a page calls exists.

A shortcode is a piece of a page that a template makes: `{{< figure src="a.png" >}}` calls the one named `figure`. When
there is none of the name, Hugo stops at once and publishes nothing, not even the pages that are right; it names the
first mistake only.

Correct the name. The known ones are those that Hugo brings along and the templates below `layouts/_shortcodes/`; capital
letters do not matter. A call inside code is the matter of `shortcode-in-code`, one of a shortcode that Hugo dropped that
of `shortcode-deprecated`.

On a site with a theme or with modules the rule is silent, because those may bring shortcodes of their own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._shortcodes import PARAMETERS, are_known, is_embedded, name_span, outside_code
from presscheck.shortcodes import Shortcode
from presscheck.site import Page, Site

SEVERITY = Severity.ERROR


def check_in_site(page: Page, site: Site) -> Iterator[Finding]:
    """Ask of every name that is called whether there is a template for it."""
    if not page.shortcodes or not are_known(site.config):
        return
    own = {name.lower() for name in site.templates.shortcodes}
    calls = list(outside_code(page))
    known: dict[str, bool] = {}
    for at, call in enumerate(calls):
        name = call.name
        if name not in known:
            known[name] = name.lower() in own or is_embedded(name.lower()) or name.endswith(".inline")
        if call.is_closing or known[name]:
            continue
        close = difflib.get_close_matches(name.lower(), sorted({*own, *PARAMETERS}), 1, 0.7)
        meant = close[0] if close else ""
        edits = [Edit(name_span(page, half), meant) for half in (call, _closing(calls, at)) if half]
        yield Finding(
            message=f"there is no shortcode `{name}`",
            span=name_span(page, call),
            label=f"did you mean `{meant}`?" if meant else "",
            consequence="Hugo stops here, and nothing of the site is published",
            help=f"write `{meant}`" if meant else f"correct the name, or make `layouts/_shortcodes/{name}.html`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, tuple(edits)) if meant else None,
        )


def _closing(calls: list[Shortcode], at: int) -> Shortcode | None:
    """The call that closes the one at `at`, when the very next of its name does."""
    following = (call for call in calls[at + 1 : at + 200] if call.name == calls[at].name)
    found = next(following, None)
    return found if found and found.is_closing else None
