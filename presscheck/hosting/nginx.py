"""A part of nginx's configuration, for inside a `server` block."""

from __future__ import annotations

import re

from presscheck.hosting.model import Service, decoded
from presscheck.manifest import FINGERPRINT, PACKED


def snippet(service: Service) -> str:
    """The lines of the `server` block that are about the site."""
    base, hosting = service.base_path, service.hosting
    inside = re.escape(base)
    lines = [
        "# For a `server` block of nginx; made by `presscheck hosting nginx`. Make it again after a build with new aliases."
    ]
    lines += [f'set $keep "{hosting.page_cache}";']
    if service.media:
        endings = "|".join(map(re.escape, service.media))
        lines += [f'if ($uri ~ "^{inside}.*(?:{endings})$") {{ set $keep "{hosting.other_cache}"; }}']
    lines += [f'if ($uri ~ "^{inside}.*(?:{FINGERPRINT})") {{ set $keep "{hosting.asset_cache}"; }}', ""]
    where = f"root {_quoted(service.folder)};" if base == "/" else f"alias {_quoted(service.folder.rstrip('/') + '/')};"
    lines += [f"location {_quoted(base)} {{"]
    lines += [f"  {line}".rstrip() for line in [where, *_served(service), *_addresses(service)]]
    return "\n".join([*lines, "}", ""])


def _served(service: Service) -> list[str]:
    lines = ["index index.html;", "absolute_redirect off;"]
    lines += [f"error_page 404 {_quoted(decoded(service.missing))};"] if service.missing else []
    lines += [f'add_header {name} "{value}" always;' for name, value in service.headers]
    lines += ["add_header Cache-Control $keep;  # not with an error, which may be mended tomorrow", ""]
    types = {kind.partition(";")[0] for kind in service.media_types.values()}
    lines += ["types {"]
    for kind in sorted(types):
        endings = [suffix[1:] for suffix, each in service.media_types.items() if each.partition(";")[0] == kind]
        lines += [f"  {kind} {' '.join(map(_quoted, endings))};"]
    texts = {kind.partition(";")[0] for kind in service.media_types.values() if "charset=utf-8" in kind} - {"text/html"}
    packed = [kind for kind in sorted(types - {"text/html"}) if kind.startswith(PACKED)]
    lines += ["}", "default_type application/octet-stream;", "charset utf-8;"]
    lines += [f"charset_types {' '.join(sorted(texts))};"] if texts else []
    lines += ["gzip on;", "gzip_vary on;"]
    lines += [f"gzip_types {' '.join(packed)};"] if packed else []
    return [*lines, "# gzip_static on;  # if you put a .gz beside every file, and nginx has the module"]


def _addresses(service: Service) -> list[str]:
    lines = [""] if service.redirects or service.gone else []
    for old, new in service.redirects:
        lines += [f"location = {_quoted(decoded(old))} {{ return 301 {_quoted(new.replace('$', '%24'))}; }}"]
    for path in service.gone:
        page = _quoted(decoded(path) + ("index.html" if path.endswith("/") else ""))
        if path.endswith("/"):
            lines += [f"location = {_quoted(decoded(path))} {{ error_page 410 {page}; return 410; }}"]
        else:
            lines += [f"location = {_quoted(decoded(path))} {{ return 410; }}"]
    return lines


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
