"""The configuration opens no door of the machine that builds the site.

Hugo keeps templates and posts inside the site: they may run a handful of programs, see a few variables of the environment
and ask only public addresses for data. The tables `[security]` and `[module]` can take that back. With `getenv = [".*"]` a
template prints the tokens of the build machine, with `enableInlineShortcodes` a post does it as well, because it may
contain a template; with `allow = [".*"]` every program may be run; with `urls = [".*"]` a build can ask
machines inside the network; with a mount from outside, files that lie beside the site are published. On a build server, where
anybody may propose a post, each of these is a way in.

Two settings hand the page itself over. With `text/html` let in by `allowContent`, a post may be a page of HTML. With formulas switched on
(`markup.goldmark.extensions.passthrough`) and no template `render-passthrough.html`, whatever stands between `$$` and `$$` reaches the
page as it is, HTML too, although raw HTML is off.

Name what is needed and nothing else: `getenv = ["^MAPS_KEY$"]`, `allow = ["^pandoc$"]`. Copy what a mount takes from outside into
the site, or get it as a module.

It tries the patterns on a few names that no site needs, such as `GITHUB_TOKEN` and `bash`. A pattern that names a program of
the site's own is not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Document, Entry, Value
from presscheck.rules._config import matches, permits, written
from presscheck.site import Site
from presscheck.text import Source

SEVERITY = Severity.WARNING


_PASSTHROUGH_HOOKS = frozenset({"_markup/render-passthrough.html", "_default/_markup/render-passthrough.html"})


class _Door(NamedTuple):
    probes: tuple[str, ...]
    message: str
    consequence: str
    help: str


_DOORS = {
    ("security", "exec", "allow"): _Door(
        ("bash", "sh", "python3", "curl"),
        "lets a build run any program that it matches, such as `{}`",
        "whoever may change a template can run programs on the machine that builds the site",
        "name the programs that are needed, as in `^pandoc$`",
    ),
    ("security", "exec", "osenv"): _Door(
        ("GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY"),
        "hands secrets such as `{}` to the programs that a build runs",
        "a program that the build calls can send them elsewhere",
        "name the variables that are needed",
    ),
    ("security", "funcs", "getenv"): _Door(
        ("GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY"),
        "lets templates read secrets such as `{}`",
        "a template can print them into a page",
        "name the variables that are needed, as in `^MAPS_KEY$`",
    ),
    ("security", "http", "urls"): _Door(
        ("http://169.254.169.254/latest/", "http://localhost:8080/", "http://10.0.0.1/"),
        "lets a build ask machines inside the network, `{}` for one",
        "a template can publish what the machine that builds the site may see, and readers may not",
        "name the hosts that are needed, as in `^https://api\\.mysite\\.net/`",
    ),
}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every setting that can open something whether it does."""
    found = written(site)
    if not found:
        return
    source, document = found
    for path, door in _DOORS.items():
        entry = document.at(*path)
        opened = _opened(entry, door.probes) if entry else None
        if entry and opened:
            value, probe = opened
            yield Finding(
                message=f"`{entry.name}` {door.message.format(probe)}",
                path=source.path,
                span=value.span,
                label="this matches it",
                consequence=door.consequence,
                help=door.help,
            )
    yield from _doors_for_posts(site, source, document)
    inline = document.at("security", "enableinlineshortcodes") or document.get("enableinlineshortcodes")
    if inline and inline.data is True:
        yield Finding(
            message=f"`{inline.name} = true` lets a post contain a template",
            path=source.path,
            span=inline.value.span,
            consequence="whoever writes a post can print every file of the site, published or not, into its page",
            help="remove it, and make shortcodes below `layouts/_shortcodes/`",
        )
    for value in _mounted(document.entries):
        yield Finding(
            message=f"`{value.data}` lies outside the site",
            path=source.path,
            span=value.span,
            consequence="files that nobody looks at with the site become part of it, and may be published",
            help="copy what is needed into the site, or get it as a module",
        )


def _doors_for_posts(site: Site, source: Source, document: Document) -> Iterator[Finding]:
    """The settings by which the text of a post reaches its page as HTML."""
    kinds = document.at("security", "allowcontent")
    if kinds and permits(site.config, ("security", "allowcontent"), (), "text/html"):
        yield Finding(
            message=f"`{kinds.name}` lets a post be an HTML file",
            path=source.path,
            span=kinds.value.span,
            consequence="whoever writes a post can put a program into its page",
            help='name what is needed: `["^text/markdown$"]`',
        )
    formulas = document.at("markup", "goldmark", "extensions", "passthrough", "enable")
    has_hook = not _PASSTHROUGH_HOOKS.isdisjoint(site.templates.names)
    if formulas and formulas.data is True and not has_hook and site.config.is_whole:
        yield Finding(
            message="what stands between the signs of a formula reaches the page as it is",
            path=source.path,
            span=formulas.value.span,
            label="HTML as well, although `unsafe` is off" if not site.config.keeps_html else "",
            consequence="whoever writes a post can put `<img onerror=…>` between them, and so a program into its page",
            help="make a template `layouts/_markup/render-passthrough.html` that says `{{ transform.ToMath .Inner }}`, or `{{ .Inner }}`",
        )


def _opened(entry: Entry, probes: tuple[str, ...]) -> tuple[Value, str] | None:
    """The pattern of `entry` that lets one of `probes` through, and that one; as Hugo does it, a `! ` before one forbids."""
    patterns = [value for value in entry.value.elements or (entry.value,) if isinstance(value.data, str)]
    for probe in probes:
        if any(matches(value.data[2:], probe) for value in patterns if value.data.startswith("! ")):
            continue
        for value in patterns:
            if not value.data.startswith("! ") and value.data.lower() != "none" and matches(value.data, probe):
                return value, probe
    return None


def _mounted(entries: Iterable[Entry]) -> Iterator[Value]:
    """The sources of mounts that lie outside the site."""
    for entry in entries:
        path = [part.lower() for part in entry.path]
        if path == ["module", "mounts", "source"] and _is_outside(entry.data):
            yield entry.value
        elif path == ["module", "mounts"]:
            for element in entry.value.elements:
                if isinstance(element.data, dict) and _is_outside(element.data.get("source")):
                    yield element._replace(data=element.data["source"])


def _is_outside(source: object) -> bool:
    return isinstance(source, str) and source.replace("\\", "/").startswith(("/", "../", "~"))
