"""A slug is written as it stands in the address.

Hugo makes of `slug = "My First Post!"` the address `/posts/my-first-post/`: blanks become hyphens, capitals small, most signs
go away. Whoever copies the slug from the file into a link gets a page that is not found. A `/` is worse: it stays, and the
page lands in a folder below its section that has no page of its own.

Write the slug with small letters, digits and hyphens. What can break the address, such as `#` and `..`, is reported by
`url-unsafe` and `url-escapes-site`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck import urls
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page

SEVERITY = Severity.WARNING


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of the slug whether it is what Hugo makes of it."""
    entry = page.front_matter.get("slug")
    slug = page.get("slug") if entry else None
    if not entry or not isinstance(slug, str) or page.get("url"):
        return
    form = urls.url_path(slug).strip("/")
    if not form or not any(map(str.isalnum, form)) or not slug.isprintable():
        return
    if ".." in form.split("/") or not {"#", "\\", "%"}.isdisjoint(form):
        return
    if "/" in form:
        yield Finding(
            message=f"the slug `{slug}` makes a folder",
            span=entry.value.span,
            label="`/` begins another part of the address",
            consequence=f"the address ends in /{form}/, and readers who cut off its last part find no page",
            help="write `-` for `/`, or set the whole address by `url`",
        )
        return
    if form == slug:
        return
    written = page.source.slice(entry.value.span)
    quote = written[0] if written[:1] in {'"', "'"} else '"'
    yield Finding(
        message=f"the slug `{slug}` is not what stands in the address",
        span=entry.value.span,
        label=f"Hugo makes `{form}` of it",
        consequence=f"a link in which somebody writes `{slug}` leads to a page that is not found",
        help=f"write `{form}`",
        fix=Fix(f"write `{form}`", Applicability.SAFE, (Edit(entry.value.span, quote + form + quote),))
        if "\n" not in written
        else None,
    )
