"""How much memory Hugo may take to be quick: its runtime tidies up the less often, the more may lie about."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_SHARE = 3
"""What part of the memory Hugo may fill. The others are for pages in use by the system, and for other programs."""
_NEEDS = {400: 90, 200: 70}
"""How many bytes Hugo holds at most for each byte of Markdown, by how far the heap may grow past what is in use, in
percent. 75 MB of posts took up to 6.6 GB and 4.5 GB; with the runtime's own 100 percent, 3.6 GB."""
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Where a container on Linux says how much it may use."""


def variables(text: int, memory: int) -> dict[str, str]:
    """What to tell Go's runtime for `text` bytes of Markdown on a machine with `memory` bytes; nothing when both are tight."""
    growth = next((growth for growth, need in _NEEDS.items() if text * need <= memory // _SHARE), None)
    return {"GOGC": str(growth)} if growth else {}


def available() -> int:
    """Bytes of memory that this machine, or the container around this process, has; 0 when nobody knows."""
    found = []
    if hasattr(os, "sysconf"):
        with contextlib.suppress(ValueError, OSError):  # a system that does not count its pages
            found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for path in _LIMITS:
        with contextlib.suppress(OSError, ValueError):  # not there, or "max"
            found.append(int(Path(path).read_text("ascii")))
    return max(min(found, default=0), 0)
