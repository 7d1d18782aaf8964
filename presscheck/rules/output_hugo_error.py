"""Hugo builds the site without an error.

When Hugo cannot do something, it says so in a line of its own, fails, and leaves the output folder as far as it came:
some pages new, others missing. Presscheck repeats what it said, with the file and line where it named them, and keeps the
published site as it was.

Mend what the message names. An error in a template belongs to whoever looks after the site's layouts.
"""

from __future__ import annotations

from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.publication import Publication
from presscheck.rules._engine import repeated

SEVERITY = Severity.ERROR


def check_output(publication: Publication) -> Iterator[Finding]:
    """Repeat Hugo's errors."""
    yield from repeated(publication, "ERROR", "Hugo failed", "there is no new site; the published one stays as it was")
