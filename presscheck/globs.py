"""Hugo's patterns for paths and names: `*` and `?` stop at a slash, `**` does not; `[ab]`, `[!a]`, `{one,two}`."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 200
"""How many characters a pattern may have."""
_MOST_STARS = 4
"""With more of them a pattern could take long."""
_PART = re.compile(r"\*\*|\*|\?|\[[^\]/]*\]|[{},]|\\.|.", re.DOTALL)


@lru_cache(256)
def expression(pattern: str) -> re.Pattern[str] | None:
    """What matches, in lower case, whatever `pattern` describes; None when it is not a pattern, or too costly a one."""
    if len(pattern) > _LONGEST or pattern.count("*") > _MOST_STARS:
        return None
    parts = []
    depth = 0
    for part in _PART.findall(pattern.lower()):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
        parts.append(_translated(part, depth))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return None


def _translated(part: str, depth: int) -> str:
    simple = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|" if depth else ","}
    if part in simple:
        return simple[part]
    if len(part) > 2 and part.startswith("["):
        return "[" + part[1:-1].replace("\\", "\\\\").replace("!", "^", 1 if part[1] == "!" else 0) + "]"
    return re.escape(part.removeprefix("\\") or part)
