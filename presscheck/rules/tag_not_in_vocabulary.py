"""A tag is one of those that the site has agreed on.

Where many people write, each of them invents tags, and readers find one subject under five names. A site that wants to
prevent it lists its tags in `data/tags.toml`, under the key of the taxonomy:

```toml
tags = ["agents", "evaluation", "retrieval"]
```

Hugo itself makes a page of any tag, listed there or not. Use one of the list, or add the new one to it. Without the file, or
without the taxonomy in it, nothing is asked; case does not matter here, because `tag-case-variant` asks for it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from presscheck.diagnostics import Applicability, Finding, Fix, Severity
from presscheck.rules._terms import respelt
from presscheck.site import Site
from presscheck.toml_reader import read_toml

SEVERITY = Severity.WARNING

_FILE = "data/tags.toml"
_CLOSE = 0.8


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name of a term whether the site's list has it."""
    data = site.load_file(_FILE)
    if not data:
        return
    values = read_toml(data.decode("utf-8", "replace")).values or {}
    for taxonomy, listed in values.items():
        names = {str(name).lower(): str(name) for name in listed} if isinstance(listed, list) else {}
        for (of, name, _), terms in site.spellings.items() if names else ():
            if of != taxonomy.lower() or name.strip().lower() in names or not name.strip():
                continue
            close = difflib.get_close_matches(name.lower(), names, 1, _CLOSE)
            meant = names[close[0]] if close else ""
            for term in terms:
                edit = respelt(term.page, term.value, meant) if meant else None
                yield Finding(
                    message=f"the {term.noun} `{name}` is not on the list of the site",
                    path=term.page.file,
                    span=term.value.span,
                    label=f"did you mean `{meant}`?" if meant else f"{_FILE} lists {len(names)} {taxonomy}",
                    consequence=f"Hugo makes {term.address} of it, where readers of the listed {taxonomy} do not look",
                    help=f"write `{meant}`" if meant else f"use one of the list, or add it to {_FILE}",
                    fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (edit,)) if edit else None,
                )
