"""What the rules about the files of pictures have in common: it reads kind, size and place from bytes."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from presscheck.diagnostics import Finding
from presscheck.location import tells_place
from presscheck.site import Site
from presscheck.text import Span

LONGEST = 40 * 1024 * 1024
"""How many bytes a picture may have to be read."""
ENDINGS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WebP",
    ".avif": "AVIF",
    ".svg": "SVG",
}
"""The endings of pictures that browsers show, with the kinds that they promise."""

_READ = frozenset({"PNG", "JPEG", "GIF", "WebP"})
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"\0\0\1\0", "ICO"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"version https://git-lfs", "Git LFS"),
)
_MARKS_WITHOUT_LENGTH = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})
_START_OF_SCAN = 0xDA
_MOST_MARKS = 5_000
"""How many segments a JPEG file may have before its picture begins, so that a hostile one takes no time."""
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


class Picture(NamedTuple):
    """What the bytes of a picture tell."""

    kind: str = ""
    """`PNG`, `JPEG`, …; empty when they are of no kind that is known."""
    width: int = 0
    """In pixels; 0 when that is not known."""
    height: int = 0
    """In pixels; 0 when that is not known."""
    is_cut: bool = False
    """Whether its end is missing."""
    has_place: bool = False
    """Whether it tells where it was taken."""


def published(site: Site) -> Iterator[tuple[str, str]]:
    """The pictures that are published byte for byte: paths relative to the root, and the kinds that their endings promise."""
    content = site.config.content_dir
    beside = tuple(f"{folder}/" for folder in (*site.config.static_dirs, content))
    for path in site.sizes:
        if path.startswith(beside):
            kind = ENDINGS.get(path[path.rfind(".") :].lower())
            if kind:
                yield path, kind


def read_all(site: Site) -> Iterator[tuple[str, str, Picture]]:
    """Those of a kind that can be read, with what their bytes tell; each file is read once."""
    for path, kind in published(site):
        if kind in _READ and site.sizes[path] <= LONGEST:
            picture = picture_at(site, path)
            if picture:
                yield path, kind, picture


def is_read(path: str) -> bool:
    """Whether the file at `path` has the ending of a picture whose bytes can be read."""
    return ENDINGS.get(path[path.rfind(".") :].lower()) in _READ


def picture_at(site: Site, path: str) -> Picture | None:
    """What the bytes of the file at `path` tell; None when there is none. Each file is read once."""
    known = site.once(_known)
    if path not in known:
        data = site.load_file(path)
        if data is None:
            return None
        known[path] = picture_of(data)
    return known[path]


def folders(site: Site) -> dict[str, list[str]]:
    """The pictures below the content folder, relative to it, by the folder that they lie in."""
    return site.once(_folders)


def _folders(site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(site.files):
        if path[path.rfind(".") :].lower() in ENDINGS:
            found.setdefault(posixpath.dirname(path), []).append(path)
    return found


def finding(path: str, message: str, *, label: str = "", consequence: str, help: str) -> Finding:  # noqa: A002 - its name
    """A finding about a file as a whole."""
    return Finding(message=message, path=path, span=Span(0, 0), label=label, consequence=consequence, help=help)


def _known(_: Site) -> dict[str, Picture]:
    """The pictures that have been read, by their paths: none at first."""
    return {}


def picture_of(data: bytes) -> Picture:
    """What `data` is."""
    try:
        found = _READERS.get(kind_of(data), _other)(data)
    except (struct.error, IndexError):
        found = Picture(kind_of(data), is_cut=True)
    return found._replace(has_place=tells_place(data))


def kind_of(data: bytes) -> str:
    """The kind that the first bytes of `data` tell; empty for none that is known."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return (
            "AVIF" if data[8:12] in {b"avif", b"avis"} else "HEIC" if data[8:11] in {b"hei", b"hev", b"mif"} else "MP4"
        )
    if _MARKUP.match(data[:200]):
        start = data[:1000].lower()
        return "SVG" if b"<svg" in start else "HTML" if b"<html" in start or b"<!doctype html" in start else "XML"
    return ""


def _other(data: bytes) -> Picture:
    return Picture(kind_of(data))


def _png(data: bytes) -> Picture:
    width, height = struct.unpack_from(">II", data, 16)
    return Picture("PNG", width, height, is_cut=data.find(b"IEND\xaeB`\x82") < 0)


def _jpeg(data: bytes) -> Picture:
    at, width, height = 2, 0, 0
    for _ in range(_MOST_MARKS):
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return Picture("JPEG", width, height, is_cut=True)
        mark = data[at + 1]
        if mark in {0x00, 0xFF} or mark in _MARKS_WITHOUT_LENGTH:
            at += 1 if mark == 0xFF else 2
            continue
        if mark == _START_OF_SCAN:
            return Picture("JPEG", width, height, is_cut=data.find(b"\xff\xd9", at) < 0)
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= mark <= 0xCF and mark not in _NO_FRAME:
            height, width = struct.unpack_from(">HH", data, at + 5)
        at += 2 + max(length, 2)
    return Picture("JPEG", width, height, is_cut=True)


def _gif(data: bytes) -> Picture:
    width, height = struct.unpack_from("<HH", data, 6)
    return Picture("GIF", width, height, is_cut=data[-1:] != b"\0" and data.rfind(b"\0;") < max(13, len(data) - 4096))


def _webp(data: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", data, 4)
    form = data[12:16]
    if form == b"VP8X":
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    elif form == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return Picture("WebP", width, height, is_cut=length + 8 > len(data) + 1)


_READERS = {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp}
