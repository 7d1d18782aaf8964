"""Posts and files that mean harm: each is refused with its place, or comes out harmless; nothing hangs, crashes, or escapes.

`refused` cases run `presscheck check` as a process of its own, whose memory is looked at. `safe` cases are built.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import HERE, ROOT

Make = Callable[..., Path]

MOST_MEMORY = 300_000
"""KiB."""
LIMIT = 60
"""Seconds: nothing may hang."""
CLOCK = ("--clock", "2026-11-22T12:00:00Z")


def post(body: str = "Text.", front_matter: str = "") -> str:
    return f'+++\ntitle = "A post"\ndate = 2026-03-02T09:00:00Z\n{front_matter}+++\n\n{body}\n'


def table(columns: int, rows: int) -> str:
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|b|\n" * rows


def png(width: int, height: int) -> bytes:
    """A picture of one colour that claims, and has, many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_with_location() -> bytes:
    """A picture that says where it was taken."""
    return (HERE / "rules/image-has-location/bad/content/posts/walk/gate.jpeg").read_bytes()


P = "content/posts/a.md"
OTHER = "content/posts/b.md"
VECTORS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "vbscript:x",
    "data:text/html,x", "file:///etc/passwd", "data:image/svg+xml,x",
)  # fmt: skip
IMAGE = "\n\n![A tree](/tree.png)"

REFUSED: dict[str, tuple[Mapping[str, str | bytes], set[str]]] = {
    "01 table 1000 x 1000": ({P: post(table(1000, 1000))}, {"table-too-large"}),
    "02 table 5000 x 10000": ({P: post(table(5000, 10000))}, {"table-too-large"}),
    "03 reference amplification": (
        {P: post(f"[a]: /{'u' * 5000}\n\n" + "[a] " * 15000)},
        {"reference-amplification", "inline-limit"},
    ),
    "04 20,000 equal headings": ({P: post("# h\n" * 20000)}, {"heading-limit"}),
    "05 a fence language of 16,000 letters": ({P: post(f"```{'a' * 16000}\nx\n```")}, {"fence-language-too-long"}),
    "06 perl": ({P: post("```perl\n" + "s{" * 50000 + "\n```")}, {"fence-too-long", "inline-limit"}),
    "07 nested links": ({P: post("[a](b" * 50000)}, {"inline-limit", "page-too-long"}),
    "08 nested quotes": ({P: post("> " * 50000 + "a")}, {"nesting-too-deep"}),
    "09 nested emphasis": ({P: post("*a_ " * 50000)}, {"inline-limit"}),
    "10 nested list": (
        {P: post("".join(f"{'  ' * n}- a\n" for n in range(500)))},
        {"nesting-too-deep", "page-too-long"},
    ),
    "11 50,000 footnotes": (
        {P: post("".join(f"[^{n}] " for n in range(9000)) + "\n\n" + "".join(f"[^{n}]: a\n" for n in range(9000)))},
        {"footnote-limit"},
    ),
    "12 one line of a megabyte": ({P: post("word " * 200_000)}, {"page-too-long"}),
    "13 50 megabytes": ({P: post("A line of text.\n" * 3_300_000)}, {"page-too-long"}),
    "14 a dotted key of 100 KB": ({P: post(front_matter=".".join("a" * 50_000) + " = 1\n")}, {"front-matter-toml-syntax"}),
    "15 nested arrays": ({P: post(front_matter=f"x = {'[' * 10_000}{']' * 10_000}\n")}, {"front-matter-toml-syntax"}),
    "16 a number of 5,000 digits": ({P: post(front_matter=f"weight = {'9' * 5000}\n")}, {"front-matter-toml-syntax"}),
    "16 a number of 5,000 digits in base 16": ({P: post(front_matter=f"weight = 0x{'F' * 5000}\n")}, {"front-matter-toml-syntax"}),
    "16 a number of 5,000 digits in JSON": (
        {P: f'{{"title": "A", "date": "2026-03-02", "weight": {"9" * 5000}}}\n\nText.\n'},
        {"front-matter-toml-syntax"},
    ),
    "16 a number of 5,000 digits in YAML": ({P: f"---\ntitle: A\ndate: {'9' * 5000}\n---\n\nText.\n"}, {"key-type", "date-unparsable"}),
    "16 a number of 5,000 digits in quotes": ({P: post(front_matter=f'weight = "{"9" * 5000}"\n')}, {"key-type"}),
    "16 a number with two signs": ({P: post(front_matter='weight = "--5"\n')}, {"key-type"}),
    "16 a slice of 5,000 digits": ({P: post(front_matter=f'url = "/:sections[{"1" * 5000}:]/"\n')}, {"url-duplicate"}),
    "16 a key of 1,200 levels": ({P: post(front_matter=f"a = {{{'.'.join('b' * 1200)} = 1}}\n")}, {"front-matter-toml-syntax"}),
    "16 a list for a word": ({P: post(front_matter="draf = true\n[build]\nrender = []\nlist = {}\n")}, {"key-unknown"}),
    "16 a word for a table": (
        {P: post(front_matter="draf = true\n"), "content/posts/_index.md": '+++\ntitle = "A"\n[cascade]\nbuild = "never"\nparams = "x"\n+++\n'},
        {"key-unknown"},
    ),
    "17 nan": ({P: post(front_matter="weight = nan\n")}, {"key-value-not-finite", "key-type"}),
    "18 a key twice": ({P: post(front_matter='title = "B"\n')}, {"front-matter-key-duplicate"}),
    "19 draft as text": ({P: post(front_matter='draft = "yes"\n')}, {"draft-not-boolean"}),
    "20 unknown key": ({P: post(front_matter="draf = true\n")}, {"key-unknown"}),
    "21 a second block": ({P: post("+++\ndraft = true\n+++\n")}, {"front-matter-second-block"}),
    "22 text before the fence": ({P: "Hello\n" + post()}, {"front-matter-content-before"}),
    "23 UTF-16": ({P: post().encode("utf-16")}, {"encoding-utf16"}),
    "23 NUL": ({P: post("a\0b")}, {"encoding-control-char"}),
    "23 Latin-1": ({P: post("Größe").encode("latin-1")}, {"encoding-not-utf8"}),
    "25 YAML bomb": (
        {
            P: "---\ntitle: A\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
            + "---\n\nText.\n"
        },
        {"front-matter-toml-syntax"},
    ),
    "26 date as number": ({P: '+++\ntitle = "A"\ndate = 20240101\n+++\n'}, {"date-as-integer"}),
    "26 yesterday": ({P: '+++\ntitle = "A"\ndate = "yesterday"\n+++\n'}, {"date-unparsable", "key-type"}),
    "26 no such day": ({P: '+++\ntitle = "A"\ndate = 2024-02-30\n+++\n'}, {"date-unparsable"}),
    "27 bidi in the title": ({P: '+++\ntitle = "A\u202eb"\ndate = 2026-03-02T09:00:00Z\n+++\n'}, {"encoding-invisible-bidi"}),
    "28 unknown shortcode": ({P: post("{{< nosuch >}}")}, {"shortcode-unknown"}),
    "28 unclosed shortcode": ({P: post("{{< highlight go >}}\nx")}, {"shortcode-unbalanced"}),
    "29 HTML as a post": ({"content/posts/a.html": "<script>alert(1)</script>", OTHER: post()}, {"page-not-markdown"}),
    "29 HTML by its front matter": ({P: post("<script>alert(1)</script>", 'markup = "html"\n')}, {"page-not-markdown"}),
    "30 a template as content": ({P: post(), "content/posts/_content.gotmpl": "{{ readFile `.env` }}"}, {"file-active"}),
    "35 names that differ in case": ({"content/posts/A.md": post(), P: post()}, {"url-case-clash", "url-duplicate"}),
    "36 two Unicode forms of one name": (
        {"content/posts/caf\u00e9.md": post(), "content/posts/cafe\u0301.md": post()},
        {"encoding-not-nfc", "url-duplicate"},
    ),
    "37 file and bundle": ({P: post(), "content/posts/a/index.md": post()}, {"url-file-and-bundle", "url-duplicate"}),
    "38 static file over a page": ({P: post(), "static/posts/a/index.html": "x"}, {"url-static-shadow"}),
    "41 url of the home page": ({P: post(front_matter='url = "/index.html"\n')}, {"url-escapes-site", "url-unsafe"}),
    "42 url of a server's file": ({P: post(front_matter='url = "/.htaccess"\n')}, {"url-escapes-site", "url-unsafe"}),
    "43 slug that climbs": ({P: post(front_matter='slug = "../../etc"\n')}, {"url-escapes-site", "url-unsafe"}),
    "44 tag that climbs": ({P: post(front_matter='tags = [".."]\n')}, {"tag-unsafe-term"}),
    "44 empty tag": ({P: post(front_matter='tags = [""]\n')}, {"tag-blank-padded"}),
    "44 tag of 256 bytes": ({P: post(front_matter=f'tags = ["{"a" * 256}"]\n')}, {"tag-unsafe-term"}),
    "45 alias of another page": ({P: post(front_matter='aliases = ["/posts/b/"]\n'), OTHER: post()}, {"alias-shadows-page"}),
    "46 two pages at one address": ({P: post(front_matter='slug = "b"\n'), OTHER: post()}, {"url-duplicate"}),
    "48 tags that differ in case": (
        {P: post(front_matter='tags = ["Go"]\n'), OTHER: post(front_matter='tags = ["go"]\n')},
        {"tag-case-variant"},
    ),
    **{f"49 {vector}": ({P: post(f"[a]({vector})")}, {"link-dangerous"}) for vector in VECTORS},
    "49 in an autolink": ({P: post("<javascript:alert(1)>")}, {"link-dangerous"}),
    "49 in a reference": ({P: post("[a][b]\n\n[b]: javascript:alert(1)")}, {"link-dangerous"}),
    "49 in an image": ({P: post("![A tree](javascript:alert(1))")}, {"link-dangerous"}),
    "51 raw HTML": ({P: post("<script>alert(1)</script>")}, {"html-dropped"}),
    "53 SVG with a script": (
        {P: post("![A tree](/tree.svg)"), "static/tree.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'},
        {"image-svg-active"},
    ),
    "54 picture with a location": ({P: post("![A tree](/tree.jpg)"), "static/tree.jpg": jpeg_with_location()}, {"image-has-location"}),
    "55 a billion pixels": ({P: post(IMAGE), "static/tree.png": png(30000, 30000)}, {"image-too-large"}),
    "55 half a picture": ({P: post(IMAGE), "static/tree.png": png(10, 10)[:40]}, {"image-corrupt"}),
    "56 a private key": ({P: post(), "static/id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----\n"}, {"file-sensitive"}),
    "56 an environment": ({P: post(), "static/.env": "KEY=1\n"}, {"file-sensitive"}),
    "56 a repository": ({P: post(), "static/.git/config": "[core]\n"}, {"file-sensitive"}),
    "56 an editor's copy": ({P: post(), "static/a.swp": "x"}, {"file-junk"}),
    "57 blanks in a comment": ({P: post(f"<!-- presscheck:{' ' * 400}x")}, {"comment-unclosed"}),
    "57 blanks in a definition": ({P: post(f"[//]: # (presscheck:{' ' * 400}x\n\n[a](/none/)")}, {"link-broken"}),
    "57 blanks in a comment among the keys": (
        {P: post(front_matter=f"# presscheck:{' ' * 400}x\n").replace("\n", "\r\n")},
        {"suppression-unknown"},
    ),
    "57 15,000 comments in a line": ({P: post("<!-- presscheck: " * 15_000)}, {"comment-unclosed"}),
    "58 80,000 tags without an end": ({P: post("<div>\n" + "<a " * 80_000)}, {"html-dropped"}),
    "58 a line of 200,000 tildes in a fence": ({P: post(f"```\n{'~' * 200_000}x`")}, {"fence-unclosed"}),
    "58 21,000 attribute lists in headings": ({P: post("## x {#a} x\n" * 21_000)}, {"attribute-not-applied"}),
    "58 9,000 blocks of keys below 32,000 fences": (
        {P: "```\n" + "~~~\n" * 32_000 + "---\ndate:\n---\n" * 9_000},
        {"front-matter-missing"},
    ),
    "20,000 tags": ({P: post(front_matter=f"tags = [{', '.join(f'{chr(34)}t{n}{chr(34)}' for n in range(1500))}]\n")}, {"tag-too-many"}),
    "10,000 aliases": (
        {P: post(front_matter=f"aliases = [{', '.join(f'{chr(34)}/x{n}/{chr(34)}' for n in range(1000))}]\n")},
        {"alias-too-many"},
    ),
}  # fmt: skip


MEASURE = """
import os, sys
process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""
"""Runs a program and writes down its memory; a small process does that, because a child counts its parent's memory too."""


def check(folder: Path) -> tuple[int, str, str, int]:
    """Status, output, errors, and memory (KiB) of a check."""
    measured = folder.parent / "memory"
    command = [sys.executable, str(ROOT / "build.py"), "check", "--output-format", "concise", *CLOCK]
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(measured), *command],
        cwd=folder,
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    output, errors = (data.decode("utf-8", "replace") for data in (run.stdout, run.stderr))
    return run.returncode, output, errors, int(measured.read_text())


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_place(site_of: Make, name: str) -> None:
    files, rules = REFUSED[name]
    folder = site_of(dict(files))
    status, output, errors, memory = check(folder)
    assert "Traceback" not in errors
    found = {line.partition("[")[2].partition("]")[0] for line in output.splitlines()}
    assert found & rules, f"{sorted(found)} instead of {sorted(rules)}\n{output[:2000]}\n{errors[:500]}"
    assert status == 1 or not any(": error[" in line for line in output.splitlines())
    assert memory < MOST_MEMORY


@pytest.mark.parametrize("kind", ["link to a file", "link to a folder", "dangling link", "looping link", "pipe"])
@pytest.mark.parametrize("place", ["content/posts/x.md", "static/x"])
def test_what_is_no_file_is_not_followed(site_of: Make, tmp_path: Path, place: str, kind: str) -> None:
    """Neither what a link leads to nor what a pipe would say is read or published."""
    folder = site_of({P: post()})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret words")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(target)
    else:
        to = {"link to a file": outside / "secret.md", "link to a folder": outside, "dangling link": outside / "none"}
        target.symlink_to(to.get(kind, target))
    status, output, errors, _ = check(folder)
    assert "Traceback" not in errors
    assert status in {0, 1}
    assert "file-irregular" in output
    command = [sys.executable, str(ROOT / "build.py"), "build", *CLOCK]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False)
    published = [path for path in (folder / "public").rglob("*") if path.is_file()]
    assert not any(b"secret words" in path.read_bytes() for path in published)


@pytest.mark.parametrize("name", [b"content/posts/\xff.md", b"content/posts/a\nb.md", b"static/\x1b[31m.txt"])
def test_names_that_no_terminal_should_see(site_of: Make, name: bytes) -> None:
    folder = site_of({P: post()})
    target = folder / os.fsdecode(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(post("[a](/none/)").encode())
    status, output, errors, _ = check(folder)
    assert "Traceback" not in errors
    assert "\x1b" not in output
    assert status == 1, output


BUILT_IN_VAIN: dict[str, tuple[Mapping[str, str], str]] = {
    "47 outputs without HTML": ({P: post(front_matter='outputs = ["json"]\n')}, "output-page-lost"),
}


@pytest.mark.parametrize("name", BUILT_IN_VAIN)
def test_what_only_hugo_can_tell_is_refused_by_the_build(site_of: Make, name: str) -> None:
    files, rule = BUILT_IN_VAIN[name]
    folder = site_of(dict(files))
    command = [sys.executable, str(ROOT / "build.py"), "build", "--output-format", "concise", *CLOCK]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False, text=True)
    assert "Traceback" not in run.stderr
    assert run.returncode in {1, 4}, run.stdout
    assert f"error[{rule}]" in run.stdout
    assert not (folder / "public").exists()


SAFE = {
    "24 byte order mark": b"\xef\xbb\xbf" + post().encode(),
    "24 CRLF": post().replace("\n", "\r\n").encode(),
    "52 markup in the title": post().replace("A post", '<script>alert(1)</script> & \\"quoted\\"').encode(),
    "52 markup in a tag": post(front_matter='tags = ["<b>x</b>"]\n').encode(),
    "50 other schemes": post("[a](mailto:a@site.example) [b](tel:+431234)").encode(),
}


@pytest.mark.parametrize("name", SAFE)
def test_it_comes_out_harmless(site_of: Make, name: str) -> None:
    folder = site_of({P: SAFE[name]})
    command = [sys.executable, str(ROOT / "build.py"), "build", "--fail-on", "error", *CLOCK]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False, text=True)
    assert "Traceback" not in run.stderr
    assert run.returncode == 0, run.stdout
    text = (folder / "public/posts/a/index.html").read_text()
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text
