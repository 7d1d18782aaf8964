"""JSON and URIs as every report writes them."""

from __future__ import annotations

import json
from urllib.parse import quote


def json_text(value: object, indent: int | None = None) -> str:
    """`value` as JSON, with U+FFFD for what Unicode cannot say; ends with a line break."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return (
        text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\ufffd\ufffd\ufffd", "\ufffd") + "\n"
    )


def uri_of(path: str) -> str:
    """The relative URI of a file's path."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
