"""The fences tell in which notation the keys are written.

`+++` announces TOML (`title = "Ada"`), `---` announces YAML (`title: Ada`). Hugo reads what stands between them in the
notation of the fence. When it is the other one, Hugo stops the build of the whole site and complains about a key or an
`=`, far from the cause; when every line happens to hold a colon and a space, as in `title = "Ada: a life"`, it takes the
half of a line for a key, says nothing, and publishes the page without title and date.

Write the other fence, above and below the keys; `presscheck fix --unsafe-fixes` does it. This rule speaks only when all of
the keys can be read with the other fence. Single lines in the wrong notation are a matter of `front-matter-toml-syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Note, Severity
from presscheck.page import Page
from presscheck.rules._front_matter_notation import in_other_fences
from presscheck.text import Span

SEVERITY = Severity.ERROR
SUPERSEDES = (
    "front-matter-toml-syntax",
    "key-missing",
    "date-missing",
)


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of front matter that cannot be read, or has strange keys, whether other fences make it readable."""
    front_matter = page.front_matter
    if not front_matter.document.problems and front_matter.notation != "yaml":
        return
    mended = in_other_fences(page)
    if mended is None:
        return
    start = front_matter.span.start
    closing = front_matter.content.end
    fence = mended[:3]
    is_yaml = fence == "---"
    yield Finding(
        message=f"the fences say {'TOML' if is_yaml else 'YAML'}, and the keys are {'YAML' if is_yaml else 'TOML'}",
        span=Span(start, start + 3),
        label=f"the keys below are written as {'`key: value`' if is_yaml else '`key = value`'}",
        consequence="Hugo cannot read the front matter and stops the build of the whole site"
        if front_matter.document.problems
        else "Hugo finds other keys than you wrote, says nothing, and publishes the page without title and date",
        help=f"write `{fence}` for both fences",
        notes=(Note("the other fence", span=Span(closing, closing + 3)),),
        # One edit for the whole, so that no other fix may change what stands between.
        fix=Fix(f"write `{fence}` for both fences", Applicability.UNSAFE, (Edit(front_matter.span, mended),)),
    )
