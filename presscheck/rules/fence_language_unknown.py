"""The language of a code block is one that Hugo can colour.

The word behind the opening fence tells Hugo how to colour the code. A name that it does not know gives grey text, on
screen and in the feed, and nobody is told: Hugo says nothing. The names are those of Chroma, the program that colours:
`python` and `py` are known, `pyhton` and `pycon` are not.

Correct the name, or write `text` where nothing is to be coloured.

`names` holds further names that a template of the site takes care of:

```toml
[params.presscheck.rules.fence-language-unknown]
names = ["chart"]
```

Languages with a render hook of their own (`render-codeblock-mermaid.html`) are known without that. `none`, `output`, `log`
and a few more that mean "no language" are not asked about, nor is anything where not all of a theme can be seen.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.page import Page
from presscheck.rules._fences import LANGUAGES, LONGEST_LANGUAGE, has_hook, is_known, opening

SEVERITY = Severity.WARNING


@dataclass(frozen=True)
class Options:
    """What the rule may be told."""

    names: tuple[str, ...] = ()
    """Names that are no languages to Hugo, but that the site's templates know."""


_NO_LANGUAGE = frozenset(["ascii", "log", "logs", "none", "nohighlight", "output", "raw", "tree", "verbatim"])
_RENDERED = frozenset(["goat"])
"""What Hugo's own render hooks draw."""
_ELSEWHERE = {
    "assembly": "asm",
    "cli": "console",
    "cmd": "bat",
    "commandline": "console",
    "curl": "bash",
    "dos": "bat",
    "gohtml": "go-html-template",
    "jinja2": "jinja",
    "node": "js",
    "nodejs": "js",
    "pseudo": "text",
    "pseudocode": "text",
    "pycon": "python",
    "shellscript": "bash",
    "shellsession": "console",
    "terminal": "console",
}


def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Ask of every fence whether Hugo, or the config, knows its language."""
    config = page.config
    for block in page.markdown.code_blocks:
        if block.info.lower() in LANGUAGES or not block.info:
            continue
        line = opening(page, block)
        if not line or not line.language or len(line.language) > LONGEST_LANGUAGE or is_known(line.language):
            continue
        name = line.language.lower()
        if name in _NO_LANGUAGE or name in _RENDERED or name in {each.lower() for each in options.names}:
            continue
        if not page.config.is_whole or has_hook(config, line.language):
            continue
        meant = _ELSEWHERE.get(name) or next(iter(difflib.get_close_matches(name, _BY_NAME, 1, 0.74)), "")
        yield Finding(
            message=f"`{line.language}` is no language that Hugo can colour",
            span=line.language_span,
            label=f"did you mean `{meant}`?" if meant else "",
            consequence="readers see the code without colours",
            help=f"write `{meant}`" if meant else "write `text`, or the name of a language that Hugo knows",
            fix=Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(line.language_span, meant),)) if meant else None,
        )


_BY_NAME = sorted(name for name in LANGUAGES if len(name) > 2)
