"""No comment in a post silences a rule that protects the site and its readers.

A post may come from somebody whom nobody knows. `<!-- presscheck: ignore-file[html-active] … -->` at its end would let its script
through, if it held. So it does not: what runs, leaks or reaches for other pages' addresses, and what takes a build down, is reported all the
same, and the comment changes nothing but the impression of whoever reads the post.

Mend what it is about. If it is meant to be so, let the configuration say it, which is changed by those who answer for the site:

```toml
[[params.presscheck.paths]]
match = ["content/posts/how-keys-look.md"]
ignore = ["secret-in-text"]
```

A site all of whose authors may decide this themselves names the rules: `suppressible = ["secret-in-text"]` below `[params.presscheck]`. The
rules' pages say which ones protect.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.suppressions import VERBS, Suppression, Use

SEVERITY = Severity.ERROR


def check_suppression(suppression: Suppression, use: Use) -> Iterator[Finding]:
    """Ask of every suppression in a post whether it names such a rule."""
    for name, span in suppression.rules if suppression.verb in VERBS - {"on"} else ():
        if name in use.protected:
            yield Finding(
                message=f"no comment in a post silences `{name}`",
                span=span,
                consequence="what it finds is reported all the same",
                help="mend what it is about, or let `[[params.presscheck.paths]]` in the configuration say so",
            )
