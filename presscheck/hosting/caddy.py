"""A part of a Caddyfile, for inside a site block."""

from __future__ import annotations

import re

from presscheck.hosting.model import Service, decoded
from presscheck.manifest import FINGERPRINT


def snippet(service: Service) -> str:
    """The lines of the site block that are about the site."""
    base, hosting = service.base_path, service.hosting
    inside = re.escape(base)
    lines = [
        "# For a site block of a Caddyfile; made by `presscheck hosting caddy`. Make it again after a build with new aliases."
    ]
    lines += ["map {path} {keep} {", f'  `~^{inside}.*(?:{FINGERPRINT})` "{hosting.asset_cache}"']
    if service.media:
        endings = "|".join(map(re.escape, service.media))
        lines += [f'  `~^{inside}.*(?:{endings})$` "{hosting.other_cache}"']
    lines += [f'  default "{hosting.page_cache}"', "}"]
    lines += [f"@site path {base}*", "header @site {"]
    lines += [f'  {name} "{value}"' for name, value in service.headers]
    lines += ["  Cache-Control {keep}", "}"]
    for at, kind in enumerate(sorted(set(service.media_types.values()))):
        endings = "|".join(re.escape(suffix) for suffix, each in service.media_types.items() if each == kind)
        lines += [f"@type{at} path_regexp `(?i)^{inside}.*(?:{endings})$`", f'header @type{at} Content-Type "{kind}"']
    lines += ["encode gzip", ""]
    for old, new in service.redirects:
        lines += [f"redir {_quoted(_plain(old))} {_quoted(new)} permanent"]
    lines += [f"handle {_quoted(_plain(path))} {{\n  error 410\n}}" for path in service.gone]
    if service.redirects or service.gone:
        lines.append("")
    strip = [] if base == "/" else [f"  uri strip_prefix {base.rstrip('/')}"]
    lines += [f"handle {base}* {{", f"  root * {_quoted(service.folder)}", *strip, "  file_server", "}"]
    lines += [
        "handle_errors {",
        f'  header Cache-Control "{hosting.page_cache}"',
        '  header Content-Type "text/html; charset=utf-8"',
        f"  root * {_quoted(service.folder)}",
    ]
    if service.gone:
        lines += ["  @gone expression {http.error.status_code} == 410", "  handle @gone {", *_indented(strip)]
        lines += ["    file_server {", "      status 410", "    }", "  }"]
    if service.missing:
        lines += ["  @missing expression {http.error.status_code} == 404", "  handle @missing {"]
        lines += ["    rewrite * /404.html", "    file_server {", "      status 404", "    }", "  }"]
    return "\n".join([*lines, "}", ""])


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _plain(path: str) -> str:
    """A path as a matcher takes it: it compares with what the request means, and knows `*`."""
    return decoded(path).replace("*", "%2A")


def _quoted(text: str) -> str:
    escaped = text.replace('"', '\\"').replace("{", "\\{")
    return f'"{escaped}"'
