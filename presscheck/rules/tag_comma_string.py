"""Each tag is a text of its own.

`tags = "go, hugo"` looks like two tags and is one: Hugo makes the page `/tags/go-hugo/` with the heading "Go, Hugo", and the
post is listed neither under `go` nor under `hugo`. The same goes for `tags = ["go, hugo"]`. Hugo says nothing.

Write a list, each tag in quotes of its own: `tags = ["go", "hugo"]`. In a list, a name with a comma is left alone when
there are other names beside it and its parts are not names elsewhere: it may be one name, as in `"Washington, D.C."`. The
same goes for taxonomies other than tags, categories and keywords, where `"Lovelace, Ada"` may be a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._terms import entry_of
from presscheck.site import Site, Term

SEVERITY = Severity.ERROR

_SEPARATOR = re.compile("[,;]")
_PLAIN = frozenset({"tags", "categories", "keywords"})
_MOST_NAMED = 3
_LONGEST_INDENT = 100


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name with a comma whether it was meant as several."""
    spellings = site.spellings
    suspects = [terms for (_, name, _), terms in spellings.items() if "," in name or ";" in name]
    if not suspects:
        return
    known = {(taxonomy, name.lower(), language) for taxonomy, name, language in spellings}
    for terms in suspects:
        names = [part.strip() for part in _SEPARATOR.split(terms[0].name) if part.strip()]
        if not names:
            continue
        taxonomy = terms[0].taxonomy
        are_known = all((taxonomy, name.lower(), terms[0].page.language) in known for name in names)
        for term in terms:
            entry = entry_of(term)
            elements = entry.value.elements if entry else ()
            if are_known or (taxonomy in _PLAIN and len(elements) < 2):
                yield _finding(term, names, is_in_list=bool(elements))


def _finding(term: Term, names: list[str], *, is_in_list: bool) -> Finding:
    quoted = [json.dumps(name, ensure_ascii=False) for name in names]
    source = term.page.source
    start = term.value.span.start
    before = source.text[max(source.text.rfind("\n", 0, start) + 1, start - _LONGEST_INDENT) : start]
    listed = (f"\n{before}" if before.strip() == "-" else ", ").join(quoted)
    return Finding(
        message=f"`{term.name}` is one {term.noun}, not {len(names)}"
        if len(names) > 1
        else f"the {term.noun} `{term.name}` has a comma in its name",
        path=term.page.file,
        span=term.value.span,
        label="all of it is one name",
        consequence=f"the post is listed at {term.address}, not under "
        + " or ".join(f"`{name}`" for name in names[:_MOST_NAMED]),
        help=f"write a list of {len(names)} texts" if len(names) > 1 else f"write `{names[0]}`",
        fix=Fix(
            f"write `{', '.join(quoted)}`" if is_in_list else f"write `[{', '.join(quoted)}]`",
            Applicability.UNSAFE if is_in_list else Applicability.SAFE,
            (Edit(term.value.span, listed if is_in_list else f"[{listed}]"),),
        ),
    )
