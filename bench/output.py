"""Reads the site in DIR and, when PUBLIC is given, judges the pages that were rendered into it.

    python -m bench.output DIR [PUBLIC]

The benchmark runs it both ways: the difference is what checking rendered pages costs.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from presscheck import read
from presscheck.check import active_rules, check_publication


def main(arguments: list[str]) -> int:
    """Exit with 0, with 1 when a rendered page has a finding, with 2 when there is no site."""
    root = read.find_root(Path(arguments[0]))
    if root is None:
        print(f"there is no site in {arguments[0]}", file=sys.stderr)
        return 2
    site = read.read_site(root, datetime.now(UTC))
    rules = active_rules(site.config)
    if len(arguments) == 1:
        return 0
    found = check_publication(read.read_publication(site, Path(arguments[1]), "public", ()), rules)
    for each in found:
        print(f"{each.path}:{each.start.line}: {each.message}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
