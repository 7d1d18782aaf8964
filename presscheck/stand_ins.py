"""Writes into a rendered site what stands in for addresses that it once had: see `ledger`.

A page that is gone becomes a page that says so. A page that has moved becomes a redirect. For a file that readers'
programs ask for (a feed, a picture, the text of a post) only the file itself will do: a copy of what it became is put at
the old address, also for what belonged to a page that redirects now. What the site has at an address is never touched.
"""

from __future__ import annotations

import html
import os
import posixpath
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from presscheck.errors import EnvironmentFault
from presscheck.files import fault
from presscheck.ledger import STAND_IN, Line, Status, canonical, path_of
from presscheck.links import Links
from presscheck.page import Page, Visibility
from presscheck.site import Site

NAME = "gone"
"""The page of a site that says of another one that it is gone, by its name in addresses: made from `content/gone.md`."""

_MARKED = re.compile(r'<(\w+)([^<>]*?)\sdata-gone="([^"]*)"([^<>]*)>[^<>]*</\1>')
_CANONICAL = re.compile(r"<link\b[^<>]*\brel=[\"']?canonical\b[^<>]*>\s*", re.IGNORECASE)
_ROBOTS = re.compile(r"<meta\b[^<>]*\bname=[\"']?robots\b", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_NOINDEX = '<meta name="robots" content="noindex">\n'
_PLAIN = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>This page is gone</title>
<meta name="robots" content="noindex">
</head>
<body>
<h1>This page is gone</h1>
<p data-gone="{reason}"></p>
<p data-gone="It was taken down on {date}."></p>
<p><a href="HOME">Home page</a></p>
</body>
</html>
"""
_REDIRECT = """\
<!DOCTYPE html>
<html lang="LANGUAGE">
<head>
<meta charset="utf-8">
<title>TARGET</title>
<link rel="canonical" href="TARGET">
<meta http-equiv="refresh" content="0; url=TARGET">
</head>
</html>
"""


def write(rendered: Path, site: Site) -> tuple[str, ...]:
    """Write what stands in for the addresses of the ledger of `site` that have nothing at them in the folder `rendered`.

    Gives the paths of the files that were written, sorted. Raises EnvironmentFault when one cannot be.
    """
    missing = [line for line in site.ledger.latest.values() if not line.is_fragment and _is_free(rendered, line)]
    if not missing:
        return ()
    pages = _Pages(rendered, site)
    written = []
    # Pages first: where a page redirects, what belonged to it follows.
    for line in sorted(missing, key=lambda line: (not line.is_page, line.url)):
        data = pages.in_place_of(line) if line.is_page else _copied(rendered, site, line)
        if data is None:
            continue
        path = path_of(line.url)
        try:
            (rendered / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(data, bytes):
                (rendered / path).write_bytes(data)
            else:
                shutil.copyfile(data, rendered / path)
        except OSError as error:
            raise fault(f"cannot write what stands in for {line.url}", error) from error
        written.append(path)
    return tuple(sorted(written))


def is_stand_in(path: Path) -> bool:
    """Whether the HTML file at `path` stands in for a page that is gone or has moved."""
    mark = STAND_IN.encode()
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - len(mark) - 1, 0))
            return file.read().rstrip().endswith(mark)
    except OSError as error:
        raise fault(f"cannot read {path.name}", error) from error


def filled(template: str, line: Line) -> str:
    """The page `template` with what the ledger says of one address.

    An element with `data-gone="Gone since {date}. {reason}"` gets that text, with `{date}`, `{reason}` and `{url}` filled
    in and escaped; it stays empty when nothing is known of one of them.
    """
    values = {"date": line.date, "reason": line.reason, "url": unquote(line.url)}

    def fill(match: re.Match[str]) -> str:
        words = html.unescape(match[3])
        asked = [name for name in values if f"{{{name}}}" in words]
        if not asked or not all(values[name] for name in asked):
            return ""
        text = re.sub(r"\{(date|reason|url)\}", lambda name: values[name[1]], words)
        return f"<{match[1]}{match[2]}{match[4]}>{html.escape(text, quote=False)}</{match[1]}>"

    text = _CANONICAL.sub("", _MARKED.sub(fill, template))
    if not _ROBOTS.search(text):
        text = _HEAD_END.sub(lambda end: _NOINDEX + end[0], text, count=1)
    return f"{text.rstrip()}\n{STAND_IN}\n"


class _Pages:
    """Makes the pages that stand in for others."""

    def __init__(self, rendered: Path, site: Site) -> None:
        self.rendered = rendered
        self.site = site
        self.templates: dict[str, str] = {}

    def in_place_of(self, line: Line) -> bytes | None:
        """The page to put where `line` says that one was; None when nothing can be there."""
        if line.status is Status.GONE:
            return filled(self._template(line.url), line).encode()
        if line.status is Status.MOVED:
            to = self.site.ledger.destination(line.url)
            return self._redirect(to).encode() if to else None
        page = expired(self.site, line)
        if page and page.expiry_date:
            day = page.expiry_date.astimezone(self.site.config.time_zone).date()
            return filled(self._template(line.url), _ended(line, day)).encode()
        return None

    def _template(self, url: str) -> str:
        """The page of the site for what is gone that lies nearest above `url`, else a plain one of ours."""
        folder = posixpath.dirname(url.rstrip("/"))
        while folder not in self.templates:
            found = self._read(folder)
            if found or folder == "/":
                self.templates[folder] = found or _PLAIN.replace("HOME", html.escape(self.site.config.base_path))
                break
            folder = posixpath.dirname(folder)
        return self.templates[folder]

    def _read(self, folder: str) -> str:
        if self.site.config.get("relativeurls", default=False):
            return ""  # its links would lead elsewhere from another address
        below = self.rendered / unquote(folder).lstrip("/")
        for path in (below / NAME / "index.html", below / f"{NAME}.html"):
            if path.is_file():
                text = path.read_text("utf-8", "replace")
                if ' data-gone="' in text:
                    return text
        return ""

    def _redirect(self, to: str) -> str:
        config = self.site.config
        whole = (config.base_url or config.base_path).rstrip("/") + to if to.startswith("/") else to
        language = str(
            config.get("locale") or config.get("languagecode") or config.get("defaultcontentlanguage") or "en"
        )
        text = _REDIRECT.replace("LANGUAGE", html.escape(language)).replace("TARGET", html.escape(whole))
        return f"{text}{STAND_IN}\n"


def expired(site: Site, line: Line) -> Page | None:
    """The page that was at the live address of `line` until a day that it names itself."""
    page = site.hidden_by_address.get(unquote(line.url)) if line.status is Status.LIVE else None
    return page if page and page.visibility(site.clock) is Visibility.EXPIRED else None


def _ended(line: Line, day: date) -> Line:
    return Line(line.url, Status.GONE, date=day.isoformat())


def _copied(rendered: Path, site: Site, line: Line) -> Path | None:
    """The file to copy to the address of `line`; None when there is none."""
    if line.status is Status.MOVED:
        to = site.ledger.destination(line.url)
        places = iter([to] if to.startswith("/") else [])
    elif line.status is Status.LIVE:
        places = _followed(rendered, site, line.url)
    else:
        return None
    return next((rendered / path_of(to) for to in places if (rendered / path_of(to)).is_file()), None)


def _followed(rendered: Path, site: Site, url: str) -> Iterator[str]:
    """Where what is at `url` would be if it had moved with the pages that it lies below."""
    from presscheck.publication import HtmlFacts  # noqa: PLC0415 - only a site that lost an address needs it

    folder = posixpath.dirname(url)
    while folder not in {"/", ""}:
        page = rendered / path_of(f"{folder}/")
        if page.is_file():
            to = HtmlFacts.of(page.read_text("utf-8", "replace")).redirect
            inside = _inside(site, to) if to else ""
            if inside.endswith("/"):
                yield inside + url[len(folder) + 1 :]
        folder = posixpath.dirname(folder)


def _inside(site: Site, written: str) -> str:
    """The address below the base URL that a redirect leads to; empty when it leads elsewhere."""
    found = site.once(Links).inside(written)
    try:
        return canonical(found) if found else ""
    except ValueError:
        return ""


def _is_free(rendered: Path, line: Line) -> bool:
    """Whether nothing is at the address, and something could be."""
    path = rendered / path_of(line.url)
    try:
        if os.path.lexists(path):
            return False
        return not any(parent.is_file() for parent in path.parents if parent.is_relative_to(rendered))
    except OSError as error:
        raise EnvironmentFault(
            f"cannot look for {line.url}: {error.strerror}", "is the address in the ledger right?"
        ) from error
