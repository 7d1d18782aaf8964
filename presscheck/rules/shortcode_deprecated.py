"""No page calls a shortcode that Hugo has dropped.

`gist`, `tweet`, `twitter`, `twitter_simple` and `instagram_simple` came with earlier versions of Hugo. Version 0.168 knows
them only to stop at them: it publishes nothing. `comment` still works, but Hugo warns that it will go the same way.

Write `x` with `user` and `id` for a post there, `instagram` for a picture there, a link for a gist, and an HTML comment,
`<!-- … -->`, for a comment.

A shortcode of one of these names that the site or its theme has itself is fine. The rule is silent where not all
templates can be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import REMOVED, name_span, outside_code, template_of
from presscheck.shortcodes import Shortcode

SEVERITY = Severity.ERROR

_HELP = {
    "comment": "write `<!--` before the text and `-->` behind it",
    "gist": "link to the gist instead",
    "instagram_simple": "write `instagram`",
}
_X = frozenset(("id", "user"))


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every call whether it is of one of those."""
    config = page.config
    if not page.shortcodes or not config.templates_are_known:
        return
    calls = list(outside_code(page))
    for at, call in enumerate(calls):
        name = call.name.lower()
        if name not in REMOVED or call.is_closing or template_of(config, name) is not None:
            continue
        is_near = name == "comment"
        yield Finding(
            message=f"Hugo has dropped the shortcode `{name}`"
            if not is_near
            else "Hugo will drop the shortcode `comment`",
            span=name_span(page, call),
            consequence="a version of Hugo soon to come will publish nothing of the site"
            if is_near
            else "Hugo stops here, and nothing of the site is published",
            help=_HELP.get(name, 'write `x`, with `user="…"` and `id="…"`'),
            fix=_fix(page, call, calls[at + 1] if at + 1 < len(calls) else None),
        )


def _fix(page: Page, call: Shortcode, following: Shortcode | None) -> Fix | None:
    name = call.name.lower()
    if name == "instagram_simple" and len(call.parameters) == 1 and call.parameters[0].key is None:
        return Fix("write `instagram`", Applicability.SAFE, (Edit(name_span(page, call), "instagram"),))
    if name in {"tweet", "twitter", "twitter_simple"} and {each.key for each in call.parameters} == _X:
        return Fix("write `x`", Applicability.SAFE, (Edit(name_span(page, call), "x"),))
    if name == "comment" and following and following.is_closing and following.name == call.name:
        text = page.source.text
        inside = text[call.span.end : following.span.start]
        is_block = text[: call.span.start].endswith("\n")
        if "--" in inside or ">" in inside[:1] or (not is_block and "\n\n" in inside.replace("\r", "")):
            return None
        applicability = Applicability.UNSAFE if page.config.keeps_html else Applicability.SAFE
        return Fix("make it an HTML comment", applicability, (Edit(call.span, "<!--"), Edit(following.span, "-->")))
    return None
