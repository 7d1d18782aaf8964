"""The name of a post's file holds what its address holds.

Hugo makes the address from the file's name: blanks become hyphens, most signs go away. `Plan for May.md` is at
`/posts/plan-for-may/`, and a link `[the plan](Plan for May.md)` is no link at all, because Markdown ends an address at a
blank: readers see the brackets. Names with `:`, `?`, `*` and the like, or such as `con.md`, cannot even be stored on Windows,
and nobody there can check out the site.

Rename the file as its address is called; the address stays as it is. Capitals are left alone unless you say otherwise, and
so are the names of folders:

```toml
[params.presscheck.rules.file-name-form]
lower_case = true
```
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from presscheck import urls
from presscheck.diagnostics import Applicability, Finding, Fix, Move, Severity
from presscheck.page import Page
from presscheck.site import Site

SEVERITY = Severity.WARNING

_PLAIN = re.compile(r"[\w.+~@-]*")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)


@dataclass(frozen=True)
class Options:
    """What may be set."""

    lower_case: bool = False
    """Whether capitals are reported as well."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every page's file name whether it is made of letters, digits, `-`, `_` and `.`."""
    for page in site.pages:
        stem = posixpath.splitext(posixpath.basename(page.path))[0]
        is_plain = _PLAIN.fullmatch(stem) and not (options.lower_case and stem != stem.lower())
        if is_plain and stem.lower() not in _DEVICES:
            continue
        if page.kind == "page" and not site.owner(page):
            yield _finding(page, site, stem)


def _finding(page: Page, site: Site, stem: str) -> Finding:
    name = posixpath.basename(page.path)
    bad = _NOT_ON_WINDOWS.search(stem)
    is_device = stem.lower() in _DEVICES
    form = re.sub(r"[#%\\]", "", urls.url_path(unquote(stem).replace(" ", "-")))
    to = posixpath.join(page.directory, form + posixpath.splitext(name)[1].lower())
    fix = None
    if form and not is_device and to.lower() not in site.by_path:
        moved = replace(page, path=to)
        if page.address is not None and moved.address == page.address:
            target = f"{page.config.content_dir}/{to}"
            fix = Fix(f"rename it to `{target}`", Applicability.UNSAFE, moves=(Move(page.file, target),))
    blank = any(map(str.isspace, stem))
    what = "is the name of a device on Windows" if is_device else f"contains {_named(stem)}"
    return Finding(
        message=f"the file's name `{name}` {what}",
        path=page.file,
        span=page.source.first_line,
        label=f"its address is {page.address}" if page.address else "",
        consequence="nobody who works on Windows can check out the site"
        if bad or is_device
        else "a link in Markdown that names the file is no link, and readers see its brackets"
        if blank
        else "whoever writes a link by the file's name leads readers to a page that is not found",
        help=f"call it `{form}{posixpath.splitext(name)[1].lower()}`"
        if form and not is_device
        else "choose another name",
        fix=fix,
    )


def _named(stem: str) -> str:
    """The first sign that is not plain, in words."""
    sign = next((char for char in stem if not _PLAIN.fullmatch(char)), "")
    if not sign:
        return "capitals"
    return "a blank" if sign.isspace() else f"`{sign}`"
