"""Reads the site in DIR and, when PUBLIC is given, judges the pages that were rendered into it.

    python -m bench.output DIR [PUBLIC]

The benchmark runs it both ways: the difference is what checking rendered pages costs.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

from presscheck import read
from presscheck.survey import WORK_FOLDER, judge_output, survey, survey_output


def main(arguments: list[str]) -> int:
    """Exit with 0, with 1 when a rendered page has a finding, with 2 when there is no site."""
    root = read.find_root(Path(arguments[0]))
    if root is None:
        print(f"there is no site in {arguments[0]}", file=sys.stderr)
        return 2
    gc.disable()  # as the command does
    surveyed = survey(root, datetime.now(UTC))
    surveyed.look()
    if len(arguments) == 1:
        return 0
    memory = root.folder / WORK_FOLDER
    publication = survey_output(surveyed.site, Path(arguments[1]), "public", (), memory / "sheets")
    found = judge_output(publication, surveyed, memory / "rendered")
    for each in found:
        print(f"{each.path}:{each.start.line}: {each.message}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
