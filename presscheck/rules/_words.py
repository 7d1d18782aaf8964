"""Words in scripts that put no spaces between them."""

from __future__ import annotations

import re

SIGN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""A sign of Japanese or Chinese; two of them count as about one word."""
