"""No text was decoded with the wrong encoding.

`â€™` for `’`, `Ã©` for `é`, `ðŸ”®` for 🔮: UTF-8 that some program took for Windows-1252 and saved again. To Hugo it is
text like any other, so readers get it in titles, in the feed, in search results.

Restore the characters. `presscheck fix --unsafe-fixes` undoes the damage place by place; look at the result. Code, where
a page about mojibake shows some on purpose, is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.text import Span, span_at

SEVERITY = Severity.WARNING

_SUSPICIOUS = re.compile(
    "[ÂÃÄÅÆÇÐÑÒØÙâãäåæçèéêëìíîïðñòó][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
_RUN = re.compile(r"[^\x00-\x7f]+")


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of every run of characters beyond ASCII whether it makes more sense decoded once more."""
    text = page.source.text
    if text.isascii() or not _SUSPICIOUS.search(text):
        return
    import ftfy  # noqa: PLC0415 - 50 ms that only a page with a suspicious character pays

    for run in _RUN.finditer(text):
        if not _SUSPICIOUS.search(run[0]) or span_at(page.markdown.code, run.start()):
            continue
        meant = ftfy.fix_encoding(run[0])
        if meant == run[0]:
            continue
        span = Span(*run.span())
        yield Finding(
            message=f"`{run[0]}` is `{meant}`, decoded with the wrong encoding",
            span=span,
            label=f"`{meant}`",
            consequence=f"readers see `{run[0]}`",
            help=f"write `{meant}`",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(span, meant),)),
        )
