"""Times every rule on the pages of a site, and on one hostile page: `python -m bench.rules SITE [--rules NAME …]`."""

from __future__ import annotations

import argparse
import gc
import time
from datetime import UTC, datetime
from pathlib import Path

from presscheck import read
from presscheck.check import active_rules, all_rules, ask, questions
from presscheck.links import Links
from presscheck.page import Page
from presscheck.text import Source

_HOSTILE = ("[a](b", "> ", "*a_ ", "`", "<b ", "{{< x", "- a\n", "| a ", "# h\n", "a  a ", "\\", "&lt;", "![", "1. ")
"""What a page is made of that means to take long."""


def main() -> None:
    """Print microseconds a page for each rule, the slowest first, and milliseconds for the worst hostile page."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("site", type=Path, help="a site's folder")
    parser.add_argument("--rules", nargs="*", default=[], metavar="NAME", help="only these")
    options = parser.parse_args()
    root = read.find_root(options.site)
    if root is None:
        parser.error(f"{options.site} lies in no site")
    site = read.read_site(root, datetime.now(UTC))
    site.once(Links).prepare()
    gc.disable()
    hostile = [_hostile(site.pages[0], part) for part in _HOSTILE]
    every = frozenset(rule.name for rule in all_rules())
    rows = []
    for rule in active_rules(site.config, every):
        if options.rules and rule.rule.name not in options.rules:
            continue
        alone, inside, whole = (questions([rule], f"check_{name}") for name in ("page", "in_site", "site"))
        began = time.process_time()
        for page in site.pages:
            ask(alone, page)
            ask(inside, page, site)
        ask(whole, site)
        spent = (time.process_time() - began) / len(site.pages)
        slowest = 0.0
        for page in hostile:
            began = time.process_time()
            ask(alone, page)
            ask(inside, page, site)
            slowest = max(slowest, time.process_time() - began)
        rows.append((spent, slowest, rule.rule.name))
    for spent, slowest, name in sorted(rows, reverse=True):
        print(f"{name:34} {spent * 1e6:8.1f} µs a page   {slowest * 1e3:8.1f} ms for the worst hostile page")
    print(f"{'all':34} {sum(row[0] for row in rows) * 1e6:8.1f} µs a page")


def _hostile(like: Page, part: str) -> Page:
    text = '+++\ntitle = "A page"\n+++\n\n' + part * (250_000 // len(part))
    page = Page.of("posts/hostile.md", Source("content/posts/hostile.md", text), like.config)
    _ = page.prose
    return page


if __name__ == "__main__":
    main()
