"""Code shows a shortcode call; it does not run it.

Hugo looks for shortcodes before it looks at Markdown, so a call between backticks or code fences runs like any other.
Where a post explains how to write `{{< figure >}}`, readers get the HTML of a figure instead, as text; where the
shortcode does not exist, Hugo stops and publishes nothing.

Put `/*` behind the opening braces and `*/` before the closing ones: Hugo then takes both away and prints the call.

Calls are silent that are meant to run there: `param`, and shortcodes of the site or its theme whose template writes no
tag, such as one that fills in a version number. Of one whose template cannot be found nothing is said. Code blocks made by
indenting are not asked, because the lines inside another shortcode are often indented for order's sake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.config import Config
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import code_shown, is_embedded, template_of
from presscheck.shortcodes import Shortcode
from presscheck.text import Span, span_at

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every piece of code whether a call in it would run."""
    config = page.config
    if not page.shortcodes:
        return
    code = code_shown(page)
    if not code:
        return
    inside: dict[Span, list[Shortcode]] = defaultdict(list)
    for call in page.shortcodes:
        around = span_at(code, call.span.start)
        if around:
            inside[around].append(call)
    for calls in inside.values():
        shown = [call for call in calls if not _is_meant(config, call.name)]
        if not shown:
            continue
        call = shown[0]
        exists = template_of(config, call.name) is not None or is_embedded(call.name.lower())
        yield Finding(
            message=f"the shortcode `{call.name}` runs inside this code",
            span=call.span,
            label="this call, and every other in the same code" if len(shown) > 1 else "",
            consequence="readers see what it makes, not the call"
            if exists
            else "Hugo stops, because there is no such shortcode, and nothing of the site is published",
            help="write `/*` behind the braces that begin it, and `*/` before those that end it",
            fix=Fix(
                "put the call between `/*` and `*/`",
                Applicability.UNSAFE if any(template_of(config, each.name) for each in shown) else Applicability.SAFE,
                tuple(edit for each in shown for edit in _edits(each)),
            ),
        )


def _is_meant(config: Config, name: str) -> bool:
    """Whether a call may stand in code in order to run."""
    if name.lower() == "param" or name.endswith(".inline"):
        return True
    template = template_of(config, name)
    if template is not None:
        return "<" not in template
    return not is_embedded(name.lower()) and not config.templates_are_known


def _edits(call: Shortcode) -> tuple[Edit, Edit]:
    opening, closing = call.span.start + 3, call.span.end - 3
    return Edit(Span(opening, opening), "/*"), Edit(Span(closing, closing), "*/")
