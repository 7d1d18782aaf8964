"""JSON and URIs as every report writes them."""

from __future__ import annotations

from urllib.parse import quote


def uri_of(path: str) -> str:
    """The relative URI of a file's path."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
