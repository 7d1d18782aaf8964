"""The findings that a site had when it began to use presscheck: they are not reported, and can only become fewer."""

from __future__ import annotations

import json
from collections import Counter

from presscheck.errors import UsageError
from presscheck.identity import Identity

FILE = "presscheck-baseline.json"
"""Where it lies in the site's root, unless the settings name another file."""


def read_baseline(text: str, path: str) -> Counter[Identity]:
    """The accepted findings in `text`, read from `path`; raises UsageError when it is not a baseline."""
    try:
        whole = json.loads(text)
        return Counter(
            {Identity(each["rule"], each["path"], each["text"]): int(each["count"]) for each in whole["findings"]}
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UsageError(f"{path} is not a baseline", "write it anew with `presscheck baseline --renew`") from None


def write_baseline(accepted: Counter[Identity]) -> str:
    """The text of the file: one finding a line, sorted, so that it merges well."""
    entries = [
        json.dumps({**identity._asdict(), "count": count}, ensure_ascii=True)
        for identity, count in sorted(accepted.items())
        if count > 0
    ]
    listed = ",\n".join(f"    {entry}" for entry in entries)
    return '{\n  "version": 1,\n  "findings": [' + (f"\n{listed}\n  " if listed else "") + "]\n}\n"
