"""Where a picture was taken is found and taken out, and nothing else of it changes.

Hugo is the witness: it makes the JPEG and WebP files, and reads their notes and pixels before and after.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presscheck.commands.checking import carry_out
from presscheck.diagnostics import Rewrite
from presscheck.errors import EnvironmentFault
from presscheck.fix import Mending
from presscheck.location import UnreadableError, tells_place, without_place
from tests.conftest import ROOT, render

Make = Callable[..., Path]

LATITUDE = ((48, 1), (12, 1), (3012, 100))
LONGITUDE = ((16, 1), (22, 1), (1511, 100))
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,12.5N" exif:GPSLongitude=\'16,22.2E\' dc:format="image/jpeg">'
    b"<exif:GPSAltitude>171/1</exif:GPSAltitude><dc:rights>Ada</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
)
ICC = b"ICC_PROFILE\0\1\1" + bytes(range(200))


def tiff(order: str, *, gps: bool = True, maker: bytes = b"48.2083 16.3731") -> bytes:
    """Exif as a phone writes it, in either order of bytes: with orientation, author, exposure, a maker's note, a preview, and the place."""
    texts = {0x010F: b"Maker\0", 0x013B: b"Ada Lovelace\0", 0x8298: b"(c) Ada Lovelace\0"}
    top: list[tuple[int, int, int, bytes]] = [(tag, 2, len(text), text) for tag, text in texts.items()]
    top.append((0x0112, 3, 1, struct.pack(order + "HH", 6, 0)))
    below = [
        (0x9003, 2, 20, b"2026:03:02 09:00:00\0"),
        (0x829A, 5, 1, struct.pack(order + "II", 1, 250)),
        (0x927C, 7, len(maker), maker),
        (0xA001, 3, 1, struct.pack(order + "HH", 1, 0)),
    ]
    place = [
        (0x0001, 2, 2, b"N\0\0\0"),
        (0x0002, 5, 3, b"".join(struct.pack(order + "II", *each) for each in LATITUDE)),
        (0x0003, 2, 2, b"E\0\0\0"),
        (0x0004, 5, 3, b"".join(struct.pack(order + "II", *each) for each in LONGITUDE)),
    ]

    def size(entries: list[tuple[int, int, int, bytes]]) -> int:
        return 6 + 12 * len(entries) + sum(len(value) for *_, value in entries if len(value) > 4)

    def directory(entries: list[tuple[int, int, int, bytes]], at: int, following: int) -> bytes:
        rows, values = struct.pack(order + "H", len(entries)), b""
        behind = at + 6 + 12 * len(entries)
        for tag, kind, count, value in sorted(entries):
            rows += struct.pack(order + "HHI", tag, kind, count)
            rows += value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(order + "I", behind + len(values))
            values += value if len(value) > 4 else b""
        return rows + struct.pack(order + "I", following) + values

    pointers = [0x8769, 0x8825] if gps else [0x8769]
    whole = [*top, *((tag, 4, 1, b"\0\0\0\0") for tag in pointers)]
    at_below = 8 + size(whole)
    at_place = at_below + size(below)
    at_preview = at_place + (size(place) if gps else 0)
    where = {0x8769: at_below, 0x8825: at_place}
    top += [(tag, 4, 1, struct.pack(order + "I", where[tag])) for tag in pointers]
    preview = [(0x0103, 3, 1, struct.pack(order + "HH", 6, 0))]
    return (
        (b"II*\0" if order == "<" else b"MM\0*")
        + struct.pack(order + "I", 8)
        + directory(top, 8, at_preview)
        + directory(below, at_below, 0)
        + (directory(place, at_place, 0) if gps else b"")
        + directory(preview, at_preview, 0)
    )


def segment(mark: int, body: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def plain_png(width: int = 48, height: int = 32) -> bytes:
    rows = b"".join(
        b"\0" + bytes((x * 5 + y * c) % 256 for x in range(width) for c in (3, 5, 7)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (png_chunk(b"IHDR", header), png_chunk(b"IDAT", zlib.compress(rows)), png_chunk(b"IEND", b""))
    )


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    return png[:33] + png_chunk(kind, body) + png[33:]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A JPEG and a WebP file of Hugo's own making, and the PNG that they are made of."""
    folder = tmp_path_factory.mktemp("made")
    for name, text in {
        "hugo.toml": 'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n',
        "layouts/home.html": '{{ with resources.Get "a.png" }}{{ (.Process "resize 48x32 jpg q90").Publish }}{{ (.Process "resize 48x32 webp q90").Publish }}{{ end }}',
        "content/_index.md": "",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "assets").mkdir()
    (folder / "assets/a.png").write_bytes(plain_png())
    run = render(folder, folder / "public")
    assert run.status == 0, run.output
    (jpeg,) = (folder / "public").glob("*.jpg")
    (webp,) = (folder / "public").glob("*.webp")
    return {"jpeg": jpeg.read_bytes(), "webp": webp.read_bytes(), "png": plain_png()}


def jpeg_of(made: dict[str, bytes], *segments: bytes) -> bytes:
    return made["jpeg"][:2] + b"".join(segments) + made["jpeg"][2:]


def webp_of(made: dict[str, bytes], exif: bytes, xmp: bytes = b"") -> bytes:
    """The WebP file in its extended form."""
    flags = 0x08 | (0x04 if xmp else 0)
    head = riff_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + (47).to_bytes(3, "little") + (31).to_bytes(3, "little"))
    body = b"WEBP" + head + made["webp"][12:] + riff_chunk(b"EXIF", exif) + (riff_chunk(b"XMP ", xmp) if xmp else b"")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def seen_by_hugo(folder: Path, pictures: dict[str, bytes]) -> dict[str, dict[str, object]]:
    """What Hugo reads in each picture: the place, the way up, who made it and when, and its pixels turned to a PNG."""
    for name, text in {
        "hugo.toml": 'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n'
        '[imaging.exif]\nincludeFields = ".*"\nexcludeFields = ""\n[outputs]\nhome = ["json"]\n',
        "layouts/home.json": """{{ $all := dict }}{{ range resources.Match "*.*" }}{{ $found := dict "pixels" ((.Process "resize 48x32 png").Content | sha256) }}
{{ with .Exif }}{{ $found = merge $found (dict "lat" .Lat "long" .Long "orientation" .Tags.Orientation "artist" .Tags.Artist "copyright" .Tags.Copyright "date" (.Date | string) "exposure" (.Tags.ExposureTime | string) "maker" .Tags.MakerNote) }}{{ end }}
{{ $all = merge $all (dict .Name $found) }}{{ end }}{{ $all | jsonify }}""",
        "content/_index.md": "",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text)
    (folder / "assets").mkdir(exist_ok=True)
    for name, data in pictures.items():
        (folder / "assets" / name).write_bytes(data)
    run = render(folder, folder / "public")
    assert run.status == 0, run.output
    found = json.loads((folder / "public/index.json").read_text())
    return {name.strip("/"): each for name, each in found.items()}


@pytest.mark.parametrize("order", "<>")
def test_hugo_finds_no_place_any_more_and_everything_else(made: dict[str, bytes], tmp_path: Path, order: str) -> None:
    before = {
        "a.jpg": jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff(order)), segment(0xE2, ICC)),
        "b.webp": webp_of(made, tiff(order)),
        "c.png": with_chunk(made["png"], b"eXIf", tiff(order)),
    }
    assert all(map(tells_place, before.values()))
    was = seen_by_hugo(tmp_path / "before", before)
    now = seen_by_hugo(tmp_path / "after", {name: without_place(data) for name, data in before.items()})
    for name in before:
        assert was[name]["lat"] == pytest.approx(48 + 12 / 60 + 30.12 / 3600), name
        assert (now[name]["lat"], now[name]["long"]) == (0, 0), name
        assert not now[name]["maker"]
        for key in ("pixels", "orientation", "artist", "copyright", "date", "exposure"):
            assert now[name][key] == was[name][key] != "", key
        assert now[name]["orientation"] == 6
        assert now[name]["artist"] == "Ada Lovelace"


@pytest.mark.parametrize("order", "<>")
def test_all_bytes_but_the_notes_stay(made: dict[str, bytes], order: str) -> None:
    segments = (segment(0xE2, ICC), segment(0xED, b"Photoshop 3.0\0caption"), segment(0xFE, b"a comment"))
    data = jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff(order)), *segments)
    cleaned = without_place(data)
    assert cleaned.endswith(b"".join(segments) + made["jpeg"][2:])
    assert b"48.2083" not in cleaned
    assert len(cleaned) < len(data)
    assert without_place(cleaned) == cleaned
    png = with_chunk(with_chunk(made["png"], b"eXIf", tiff(order)), b"iCCP", b"x\0\0" + zlib.compress(ICC))
    assert without_place(png).endswith(made["png"][33:])
    assert png_chunk(b"iCCP", b"x\0\0" + zlib.compress(ICC)) in without_place(png)
    webp = webp_of(made, tiff(order))
    assert without_place(webp)[30:].startswith(made["webp"][12:])


def test_what_programs_write_about_the_place_goes_and_their_other_words_stay(made: dict[str, bytes]) -> None:
    packed = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)
    for data in (
        jpeg_of(made, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
        with_chunk(made["png"], b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        with_chunk(made["png"], b"iTXt", packed),
        webp_of(made, tiff("<", gps=False), XMP),
    ):
        assert tells_place(data)
        cleaned = without_place(data)
        assert not tells_place(cleaned)
        assert b"GPS" not in cleaned
        assert b'dc:format="image/jpeg"' in cleaned
        assert b"<dc:rights>Ada</dc:rights>" in cleaned


def test_a_profile_in_digits_is_found(made: dict[str, bytes]) -> None:
    """ImageMagick writes Exif into PNG files so."""
    digits = (b"Exif\0\0" + tiff("<")).hex().encode()
    body = b"\nexif\n" + str(len(digits) // 2).encode() + b"\n" + digits + b"\n"
    for kind, text in (
        (b"tEXt", b"Raw profile type exif\0" + body),
        (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(body)),
    ):
        data = with_chunk(made["png"], kind, text)
        assert tells_place(data)
        assert without_place(data) == made["png"]


def test_a_film_behind_the_picture_goes_when_it_tells_the_place(made: dict[str, bytes]) -> None:
    film = b"\0\0\0\x18ftypmp42" + b"\0" * 12 + b"\xa9xyz\0\x12\x15\xc7+48.2083+016.3731/"
    quiet = b"\0\0\0\x18ftypmp42" + b"\0" * 40
    assert tells_place(film)
    assert tells_place(made["jpeg"] + film)
    assert without_place(made["jpeg"] + film) == made["jpeg"]
    exif = segment(0xE1, b"Exif\0\0" + tiff("<"))
    assert without_place(jpeg_of(made, exif) + quiet).endswith(made["jpeg"][2:] + quiet)


def test_pictures_that_tell_nothing_are_silent(made: dict[str, bytes]) -> None:
    quiet = [
        *made.values(),
        jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff("<", gps=False))),
        jpeg_of(made, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.replace(b"GPSLatitude", b"Gauge"))),
        jpeg_of(made, segment(0xFE, b"a word about GPSLatitude")),
        b"",
        b"\xff\xd8",
        b"text",
    ]
    assert [tells_place(each) for each in quiet] == [False] * len(quiet)


def test_other_kinds_are_found_and_left_alone() -> None:
    heic = b"\0\0\0\x18ftypheic" + b"\0" * 16 + b"\0\0\0\x06Exif\0\0" + tiff(">")
    for data in (heic, tiff("<")):
        assert tells_place(data)
        with pytest.raises(UnreadableError):
            without_place(data)


def test_a_damaged_picture_is_left_alone(made: dict[str, bytes]) -> None:
    whole = jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff("<")))
    png = with_chunk(made["png"], b"eXIf", tiff("<"))
    webp = webp_of(made, tiff("<"))
    for data, cut in ((whole, 60), (png, 40), (webp, 60)):
        for length in (len(data) - 3, len(data) - cut, len(data) // 2):
            with pytest.raises(UnreadableError):
                without_place(data[:length])


@given(st.data())
def test_whatever_the_bytes_are_the_result_tells_nothing_and_is_settled(data: st.DataObject) -> None:
    original = data.draw(
        st.sampled_from(
            [
                b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + tiff("<")) + b"\xff\xda\0\2ab\xff\0c\xff\xd9",
                with_chunk(plain_png(2, 2), b"eXIf", tiff(">")),
                webp_of({"webp": b"RIFF\x0a\0\0\0WEBPVP8 \2\0\0\0ab"}, tiff("<"), XMP),
            ]
        )
    )
    damaged = bytearray(original)
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        cleaned = without_place(bytes(damaged))
    except UnreadableError:
        return
    assert not tells_place(cleaned)
    assert without_place(cleaned) == cleaned


def fix(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), "fix", "--clock", "2026-11-22T12:00:00Z", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False, text=True)


POST = '+++\ntitle = "A walk"\ndate = 2026-03-02T09:00:00Z\n+++\n\n![The mill](mill.jpg)\n'


def test_fix_takes_the_place_out_of_files_and_says_so(site_of: Make, made: dict[str, bytes]) -> None:
    exif = segment(0xE1, b"Exif\0\0" + tiff("<"))
    picture = jpeg_of(made, exif)
    folder = site_of(
        {"content/posts/walk/index.md": POST, "content/posts/walk/mill.jpg": picture, "static/b.jpg": picture}
    )
    (folder / "content/posts/walk/mill.jpg").chmod(0o640)
    shown = fix(folder, "--diff")
    size = len(without_place(picture))
    line = f"rewrite content/posts/walk/mill.jpg without the place: {len(picture):,} bytes => {size:,}"
    assert line in shown.stdout.splitlines()
    assert "would mend 2 findings in 2 files; 0 left" in shown.stderr
    assert (folder / "static/b.jpg").read_bytes() == picture
    done = fix(folder, "--show-fixes")
    assert done.returncode == 0, done.stderr
    assert "static/b.jpg: image-has-location: write it again without the place" in done.stdout
    assert "mended 2 findings in 2 files; 0 left" in done.stderr
    for path in ("static/b.jpg", "content/posts/walk/mill.jpg"):
        assert (folder / path).read_bytes() == without_place(picture)
    assert (folder / "content/posts/walk/mill.jpg").stat().st_mode & 0o777 == 0o640
    assert "mended 0 findings in 0 files; 0 left" in fix(folder).stderr


def test_fix_leaves_a_damaged_picture_alone_and_says_why(site_of: Make, made: dict[str, bytes]) -> None:
    broken = jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff("<")))[:-40]
    folder = site_of({"content/posts/walk/index.md": POST, "content/posts/walk/mill.jpg": broken})
    done = fix(folder)
    assert done.returncode == 1
    assert (folder / "content/posts/walk/mill.jpg").read_bytes() == broken
    command = [sys.executable, str(ROOT / "build.py"), "check", "--clock", "2026-11-22T12:00:00Z"]
    told = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False, text=True).stdout
    assert "it cannot be mended: the end of the picture is missing" in told


def test_a_picture_that_is_swapped_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture any more")
    with pytest.raises(EnvironmentFault, match="left alone"):
        carry_out(tmp_path, Mending((), (), (("image-has-location", Rewrite("a.jpg", "without the place")),)))
    assert (tmp_path / "a.jpg").read_bytes() == b"no picture any more"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


def test_copies_that_hugo_makes_carry_no_place(made: dict[str, bytes], tmp_path: Path) -> None:
    for name, text in {
        "hugo.toml": 'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n',
        "layouts/home.html": '{{ range resources.Match "*.*" }}{{ (.Process "resize 24x jpg").Publish }}{{ (.Process "resize 24x webp").Publish }}{{ end }}',
        "content/_index.md": "",
    }.items():
        (tmp_path / "site" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "site" / name).write_text(text)
    (tmp_path / "site/assets").mkdir()
    (tmp_path / "site/assets/a.jpg").write_bytes(jpeg_of(made, segment(0xE1, b"Exif\0\0" + tiff("<"))))
    assert render(tmp_path / "site", tmp_path / "public").status == 0
    copies = [path for path in (tmp_path / "public").rglob("a_*") if path.is_file()]
    assert len(copies) == 2
    assert not any(tells_place(path.read_bytes()) for path in copies)
