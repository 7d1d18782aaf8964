"""Where a picture says that it was taken: found in its bytes, and taken out of them without touching the picture itself.

Cameras write the place into Exif (JEITA CP-3451, the directory of tag 0x8825), programs into XMP, phones into films that they append. Of Exif
only what is known to be harmless is written anew, because the notes of makers and the small preview are places where it hides
again; the way up, the colour space, dates, lens and exposure, author and copyright stay. Of XMP only the place goes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_GPS, _EXIF = 0x8825, 0x8769
_LATITUDES = frozenset({0x0002, 0x0014})
"""The latitude of the camera, and of what it shows."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""How many bytes a value of each of the types of Exif takes."""
_INLINE = 4
_MOST_ENTRIES, _MOST_BYTES, _MOST_BLOCKS, _LONGEST_BLOCK = 512, 60_000, 100, 65_536
_KEPT = frozenset({0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x0213, 0x8298})
"""Description, maker, model, orientation, resolution, program, date, artist, position of colours, copyright."""
_KEPT_BELOW = frozenset(
    {
        *(0x829A, 0x829D, 0x8822, 0x8827, 0x8830, 0x8832, 0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9101),
        *(0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9207, 0x9208, 0x9209, 0x920A, 0x9290, 0x9291, 0x9292, 0xA000),
        *(0xA001, 0xA002, 0xA003, 0xA20E, 0xA20F, 0xA210, 0xA217, 0xA300, 0xA301, 0xA401, 0xA402, 0xA403, 0xA404),
        *(0xA405, 0xA406, 0xA408, 0xA409, 0xA40A, 0xA40C, 0xA432, 0xA433, 0xA434, 0xA500),
    }
)
"""Exposure, dates, focal length, colour space, size, lens, and the like."""

_NAMED = rb"[\w.-]{1,40}:[\w.-]{0,40}?(?:gps|latitude|longitude|altitude)[\w.-]{0,40}"
_XMP_PLACE = re.compile(rb"(?:latitude|gpsposition)[\w.-]{0,20}\s*(?:=\s*[\"'][^\"']|>\s*[^<\s])", re.IGNORECASE)
_WORDS = (b"atitude", b"ATITUDE", b"PSPosition", b"psPosition", b"psposition")
_XMP_ATTRIBUTE = re.compile(rb"\s" + _NAMED + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_XMP_ELEMENT = re.compile(rb"<(" + _NAMED + rb")(?:\s[^<>]*)?(?:/>|(?<!/)>[^<]*</\1\s*>)", re.IGNORECASE)
_FILM_PLACE = re.compile(
    rb"\xa9xyz....[+-]\d{1,3}\.\d|com\.apple\.quicktime\.location\.ISO6709|[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}(?:[+-]\d{1,5}\.\d{1,5})?/",
    re.DOTALL,
)
_FILM = re.compile(rb"....ftyp", re.DOTALL)
_TIFF = re.compile(rb"II\*\0|MM\0\*")

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_EXIF_MAGIC, _XMP_MAGIC = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE_MAGIC = b"http://ns.adobe.com/xmp/extension/\0"
_PNG_XMP = b"XML:com.adobe.xmp\0"
_PNG_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_LONGEST_TEXT = 4 * 1024 * 1024
_APP1, _APP2, _START_OF_SCAN, _END = 0xE1, 0xE2, 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""The marks of a JPEG file that no length follows."""
_IN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})
"""What stands behind 0xFF where the picture itself goes on."""
_WEBP_EXIF_FLAG, _WEBP_XMP_FLAG = 0x08, 0x04


class UnreadableError(ValueError):
    """A picture that does not follow its format, so that nothing in it may be changed."""


def tells_place(data: bytes) -> bool:
    """Whether a picture or a film, whole or damaged, tells where it was taken."""
    if data.startswith(b"\xff\xd8"):
        return _has_place_in_blocks(data) or _xmp_tells(data) or bool(_film_behind(data))
    if data.startswith(_PNG_MAGIC):
        return _xmp_tells(data) or any(map(_chunk_tells, _lenient_chunks(data)))
    if data[8:12] == b"WEBP":
        return _xmp_tells(data) or any(
            _tiff_tells(data[at + 8 : at + 8 + _LONGEST_BLOCK].removeprefix(_EXIF_MAGIC))
            for at in _places(data, b"EXIF")
        )
    if data[4:8] == b"ftyp" and bool(_FILM_PLACE.search(data)):
        return True
    if data[4:8] == b"ftyp" or _TIFF.match(data):
        return _xmp_tells(data) or any(
            _tiff_tells(data[match.start() : match.start() + _LONGEST_BLOCK])
            for _, match in zip(range(_MOST_BLOCKS), _TIFF.finditer(data), strict=False)
        )
    return False


def without_place(data: bytes) -> bytes:
    """The same picture (JPEG, PNG or WebP) without the place where it was taken; every other byte stays as it is.

    Raises UnreadableError for a picture of another kind, and for one that is damaged.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            cleaned = _clean_jpeg(data)
        elif data.startswith(_PNG_MAGIC):
            cleaned = _clean_png(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            cleaned = _clean_webp(data)
        else:
            message = "only JPEG, PNG and WebP pictures can be mended here"
            raise UnreadableError(message)
    except (struct.error, IndexError) as error:
        message = "the file is damaged"
        raise UnreadableError(message) from error
    if tells_place(cleaned):
        message = "the place is written where it cannot be taken out alone"
        raise UnreadableError(message)
    return cleaned


# Exif


class _Entry(NamedTuple):
    """A row of a directory of Exif."""

    tag: int
    """What it says."""
    kind: int
    """The type of its values."""
    number: int
    """How many values it has."""
    value: bytes
    """Their bytes."""


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    """Where `mark` stands in `data`, as often as is plausible."""
    at = data.find(mark)
    for _ in range(_MOST_BLOCKS):
        if at < 0:
            return
        yield at
        at = data.find(mark, at + 1)


def _xmp_tells(data: bytes) -> bool:
    """Whether XMP in `data` tells a place; the words are looked for first, because most pictures have none of them."""
    return any(word in data for word in _WORDS) and bool(_XMP_PLACE.search(data))


def _has_place_in_blocks(data: bytes) -> bool:
    """Whether a block of Exif in `data` tells a place."""
    starts = (at + len(_EXIF_MAGIC) for at in _places(data, _EXIF_MAGIC))
    return any(_tiff_tells(data[at : at + _LONGEST_BLOCK]) for at in starts)


def _tiff_tells(tiff: bytes) -> bool:
    """Whether a block of Exif holds a latitude."""
    order = _order(tiff)
    if not order:
        return False
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (pointer,) = [_pointer(order, each) for each in _directory(tiff, order, first) if each.tag == _GPS][:1] or [0]
        return bool(pointer) and any(each.tag in _LATITUDES for each in _directory(tiff, order, pointer))
    except struct.error:
        return False


def _order(tiff: bytes) -> str:
    return {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4], "")


def _pointer(order: str, entry: _Entry) -> int:
    if entry.kind != 4 or len(entry.value) < _INLINE:
        return 0
    (at,) = struct.unpack_from(order + "I", entry.value)
    return int(at)


def _directory(tiff: bytes, order: str, at: int) -> Iterator[_Entry]:
    """The rows of the directory at `at` whose values are there."""
    (count,) = struct.unpack_from(order + "H", tiff, at)
    for row in range(min(count, _MOST_ENTRIES)):
        start = at + 2 + 12 * row
        if start + 12 > len(tiff):
            return
        tag, kind, number = struct.unpack_from(order + "HHI", tiff, start)
        length = _SIZES.get(kind, 0) * number
        if length <= _INLINE:
            value = tiff[start + 8 : start + 8 + length]
        else:
            (begin,) = struct.unpack_from(order + "I", tiff, start + 8)
            value = tiff[begin : begin + length]
        if length and (len(value) == length or tag == _GPS):
            yield _Entry(tag, kind, number, value)


def _harmless(tiff: bytes) -> bytes:
    """A block of Exif with what is kept of `tiff`; empty when nothing is."""
    order = _order(tiff)
    if not order:
        return b""
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        top = list(_directory(tiff, order, first))
        pointers = [_pointer(order, each) for each in top if each.tag == _EXIF]
        below = [each for at in pointers[:1] if at for each in _directory(tiff, order, at)]
    except struct.error:
        return b""
    top = [each for each in top if each.tag in _KEPT]
    below = [each for each in below if each.tag in _KEPT_BELOW]
    if sum(len(each.value) + 14 for each in (*top, *below)) > _MOST_BYTES:
        below = []
        top = [each for each in top if each.tag == 0x0112]
    if not top and not below:
        return b""
    head = tiff[:4] + struct.pack(order + "I", 8)
    if below:
        # Its address depends on the length of the first directory, and not the other way round.
        link = _Entry(_EXIF, 4, 1, b"\0\0\0\0")
        at = 8 + len(_written(order, [*top, link], 8))
        top.append(link._replace(value=struct.pack(order + "I", at)))
        return head + _written(order, top, 8) + _written(order, below, at)
    return head + _written(order, top, 8)


def _written(order: str, entries: list[_Entry], at: int) -> bytes:
    """A directory that begins at `at`, with its values behind it."""
    rows = struct.pack(order + "H", len(entries))
    values = b""
    behind = at + 2 + 12 * len(entries) + 4
    for each in sorted(entries):
        rows += struct.pack(order + "HHI", each.tag, each.kind, each.number)
        if len(each.value) <= _INLINE:
            rows += each.value.ljust(_INLINE, b"\0")
        else:
            rows += struct.pack(order + "I", behind + len(values))
            values += each.value + b"\0" * (len(each.value) % 2)
    return rows + b"\0\0\0\0" + values


def _clean_xmp(text: bytes) -> bytes:
    """XMP without the place; empty when that cannot be taken out alone."""
    cleaned = _XMP_ELEMENT.sub(b"", _XMP_ATTRIBUTE.sub(b"", text))
    return b"" if _xmp_tells(cleaned) else cleaned


# JPEG


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The segments of a JPEG file: mark, begin, end; the picture itself belongs to the segment before it."""
    at = 2
    while True:
        if data[at] != 0xFF:
            message = f"the file does not go on as JPEG at byte {at}"
            raise UnreadableError(message)
        mark = data[at + 1]
        if mark == 0xFF:
            yield 0, at, at + 1
            at += 1
            continue
        if mark in _ALONE or mark == _END:
            end = at + 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            end = at + 2 + length
            if length < 2 or end > len(data):
                message = "the file is damaged"
                raise UnreadableError(message)
        if mark == _START_OF_SCAN:
            end = data.find(b"\xff", end)
            while end >= 0 and data[end + 1] in _IN_SCAN:
                end = data.find(b"\xff", end + 2)
            if end < 0:
                message = "the end of the picture is missing"
                raise UnreadableError(message)
        yield mark, at, end
        if mark == _END:
            return
        at = end


def _film_behind(data: bytes) -> bytes:
    """What stands behind a JPEG picture and tells a place: a film, or a second picture's notes; else empty."""
    if b"ftyp" not in data:
        return b""
    try:
        *_, (_, _, end) = _segments(data)
    except (UnreadableError, IndexError, struct.error):
        return b""
    behind = data[end:]
    return behind if _FILM.search(behind) and _FILM_PLACE.search(behind) else b""


def _clean_jpeg(data: bytes) -> bytes:
    parts = list(_segments(data))
    end = parts[-1][2]
    behind = data[end:]
    drops_behind = bool(_film_behind(data)) or _has_place_in_blocks(behind)
    drops_behind = drops_behind or _xmp_tells(behind)
    xmp_tells = any(_xmp_tells(data[part[1] : part[2]]) for part in parts if part[0] == _APP1)
    kept = [data[:2]]
    for mark, start, stop in parts:
        segment = data[start:stop]
        body = segment[4:]
        if mark == _APP1 and body.startswith(_EXIF_MAGIC):
            tiff = _harmless(body.removeprefix(_EXIF_MAGIC))
            segment = _segment(_EXIF_MAGIC + tiff) if tiff else b""
        elif mark == _APP1 and body.startswith(_XMP_MAGIC) and _xmp_tells(body):
            text = _clean_xmp(body.removeprefix(_XMP_MAGIC))
            segment = _segment(_XMP_MAGIC + text) if text else b""
        elif (mark == _APP1 and body.startswith(_XMP_MORE_MAGIC) and xmp_tells) or (
            mark == _APP2 and body.startswith(b"MPF\0") and drops_behind
        ):
            segment = b""
        kept.append(segment)
    return b"".join(kept) + (b"" if drops_behind else behind)


def _segment(body: bytes) -> bytes:
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# PNG


def _lenient_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file, damaged or not, that may tell a place: kind and content."""
    at = len(_PNG_MAGIC)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if kind == b"eXIf" or kind in _PNG_TEXTS:
            yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk_tells(chunk: tuple[bytes, bytes]) -> bool:
    kind, body = chunk
    if kind == b"eXIf":
        return _tiff_tells(body)
    if kind not in _PNG_TEXTS:
        return False
    text = _text_of(kind, body)
    return _xmp_tells(text) or _profile_tells(text)


def _text_of(kind: bytes, body: bytes) -> bytes:
    """What a chunk of text says, unpacked; empty when it cannot be."""
    name, _, rest = body.partition(b"\0")
    packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, _LONGEST_TEXT)
        except zlib.error:
            return b""
    return rest if not name.startswith(b"Raw profile type") else b"\0profile" + rest


def _profile_tells(text: bytes) -> bool:
    """Whether a profile that ImageMagick wrote down as hexadecimal digits tells a place."""
    if not text.startswith(b"\0profile"):
        return False
    digits = b"".join(text.split()[3:])
    try:
        data = bytes.fromhex(digits.decode("ascii", "replace"))
    except ValueError:
        return False
    at = data.find(_EXIF_MAGIC)
    return _tiff_tells(data[at + len(_EXIF_MAGIC) :] if at >= 0 else data) or _xmp_tells(data)


def _clean_png(data: bytes) -> bytes:
    kept = [_PNG_MAGIC]
    at = len(_PNG_MAGIC)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        kind, body = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if end > len(data):
            message = "the end of the picture is missing"
            raise UnreadableError(message)
        chunk = data[at:end]
        if kind == b"eXIf":
            tiff = _harmless(body)
            chunk = _chunk(kind, tiff) if tiff else b""
        elif _chunk_tells((kind, body)):
            text = _clean_xmp(_text_of(kind, body)) if kind == b"iTXt" and body.startswith(_PNG_XMP) else b""
            chunk = _chunk(kind, _PNG_XMP + b"\0\0\0\0" + text) if text else b""
        kept.append(chunk)
        at = end
        if kind == b"IEND":
            return b"".join(kept) + data[at:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# WebP


def _clean_webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    end = size + 8
    if end > len(data):
        message = "the end of the picture is missing"
        raise UnreadableError(message)
    kept: list[bytes] = []
    gone = 0
    at = 12
    while at + 8 <= end:
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        stop = at + 8 + length + length % 2
        if stop > end + 1:
            message = "the file is damaged"
            raise UnreadableError(message)
        chunk, body = data[at:stop], data[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            prefix = _EXIF_MAGIC if body.startswith(_EXIF_MAGIC) else b""
            tiff = _harmless(body.removeprefix(prefix))
            chunk = _riff_chunk(kind, prefix + tiff) if tiff else b""
            gone |= 0 if tiff else _WEBP_EXIF_FLAG
        elif kind == b"XMP " and _xmp_tells(body):
            text = _clean_xmp(body)
            chunk = _riff_chunk(kind, text) if text else b""
            gone |= 0 if text else _WEBP_XMP_FLAG
        kept.append(chunk)
        at = stop
    if kept and kept[0][:4] == b"VP8X":
        kept[0] = kept[0][:8] + bytes([kept[0][8] & ~gone]) + kept[0][9:]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body + data[end:]


def _riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
