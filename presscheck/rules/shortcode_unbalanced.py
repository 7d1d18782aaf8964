"""A shortcode that takes a text is closed once, in order, and no other is.

A shortcode whose template prints the text between two calls needs both: `{{< note >}}` and `{{< /note >}}`. When one is
missing, or when a shortcode that takes no text is closed, Hugo stops and publishes nothing; for a missing closing call it
names the opening one only if there is one mistake in the page. When two shortcodes are closed in the wrong order, Hugo
says nothing and closes the inner one first, whatever name stands there.

Write the closing call where the text ends, `{{< note />}}` where there is none, and close what was opened last first.

Hugo compares the names of the two halves letter by letter, capital letters too. Where not all templates can
be found, an unknown shortcode is only asked when it is closed. Calls inside code are the matter of `shortcode-in-code`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page
from presscheck.rules._shortcodes import STOPS, name_span, outside_code, takes_text
from presscheck.shortcodes import Shortcode
from presscheck.text import Span

SEVERITY = Severity.ERROR


def check_page(page: Page) -> Iterator[Finding]:
    """Pair the calls as Hugo does, and ask what is left over."""
    config = page.config
    if not page.shortcodes:
        return
    calls = list(outside_code(page))
    takes = {name: takes_text(config, name) for name in {call.name for call in calls}}
    pending: dict[str, list[int]] = defaultdict(list)
    closed_by: dict[int, int] = {}
    for at, call in enumerate(calls):
        if takes[call.name] is False:
            yield from _without_text(page, call)
        elif not call.is_closing:
            if not call.is_self_closed:
                pending[call.name].append(at)
        elif pending[call.name]:
            closed_by[pending[call.name].pop()] = at
        else:
            yield _not_open(page, call, pending)
    for name, left in pending.items():
        for at in left if takes[name] else ():
            yield _never_closed(page, calls[at])
    yield from _crossing(calls, closed_by)


def _never_closed(page: Page, call: Shortcode) -> Finding:
    bars = "%" if page.source.text.startswith("{{%", call.span.start) else "<>"
    closing = f"{{{{{bars[0]} /{call.name} {bars[-1]}}}}}"
    return Finding(
        message=f"the shortcode `{call.name}` is never closed",
        span=call.span,
        label=f"no `{closing}` follows",
        consequence=STOPS,
        help=f"write `{closing}` where its text ends",
    )


def _not_open(page: Page, call: Shortcode, pending: dict[str, list[int]]) -> Finding:
    """What to say of a call that closes nothing; one that it was meant to close is closed by it."""
    alike = next((name for name, left in pending.items() if left and name.lower() == call.name.lower()), "")
    span = name_span(page, call)
    if alike:
        pending[alike].pop()
    return Finding(
        message=f"the shortcode `{call.name}` is closed here and not open",
        span=call.span,
        label=f"what is open is called `{alike}`" if alike else "no opening call is left for it",
        consequence=STOPS,
        help=f"write `{alike}`" if alike else "remove it, or write the opening call that is missing",
        fix=Fix(f"write `{alike}`", Applicability.SAFE, (Edit(span, alike),)) if alike else None,
    )


def _without_text(page: Page, call: Shortcode) -> Iterator[Finding]:
    """Ask of a call of a shortcode that takes no text whether it closes anything."""
    slash = page.source.text.rfind("/", call.span.start, call.span.end)
    is_alone = call.is_self_closed
    if not is_alone and not call.is_closing:
        return
    span = Span(slash, slash + 1) if is_alone else call.span
    edit = Edit(span, "")
    yield Finding(
        message=f"the shortcode `{call.name}` takes no text and cannot be closed",
        span=span,
        label="its template does not print `.Inner`",
        consequence=STOPS,
        help="remove the `/`" if is_alone else "remove this call",
        fix=Fix("remove the `/`", Applicability.SAFE, (edit,)) if is_alone else None,
    )


def _crossing(calls: list[Shortcode], closed_by: dict[int, int]) -> Iterator[Finding]:
    """Pairs of which one begins inside the other and ends outside."""
    opener_of = {closing: opening for opening, closing in closed_by.items()}
    open_now: list[int] = []
    done: set[int] = set()
    for at, call in enumerate(calls):
        if at in closed_by:
            open_now.append(at)
        elif at in opener_of:
            while open_now[-1] in done:
                open_now.pop()
            inner, opening = open_now[-1], opener_of[at]
            done.add(opening)
            if inner != opening:
                yield Finding(
                    message=f"the shortcode `{call.name}` is closed while `{calls[inner].name}` inside it is still open",
                    span=call.span,
                    label=f"Hugo closes `{calls[inner].name}` here",
                    consequence="readers get the text in other boxes than those it was written for",
                    help=f"close `{calls[inner].name}` first",
                    notes=(Note(f"`{calls[inner].name}` is opened here", span=calls[inner].span),),
                )
