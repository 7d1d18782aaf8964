"""The Hugo that builds the site is the one that the site asks for.

Versions of Hugo differ: 0.163 stops at front matter that 0.164 reads, and where an earlier one cut lists as `paginate` says,
this one ignores it. `min` and `max` below `[module.hugoVersion]` say for which versions the site was made. When it is built by
another one, Hugo prints one warning among its messages, and builds it. A file of the host says which Hugo makes what
readers get; when that is another one than here, nobody has looked at what they get.

Use one version in all places: write it into the file that is named, and mend the site where it was made for another.

These are read beside the configuration: `netlify.toml`, `vercel.json`, `wrangler.toml`, `build.sh`, `.gitlab-ci.yml`,
`.github/workflows/hugo.yaml` and `hugo.yml` (`HUGO_VERSION` or `hugo-version`), `.hugo-version`, `.hvm`, `.tool-versions`. With
them the last number does not matter: 0.168.1 will do for 0.168.0. Words such as `latest` are not judged, nor is what a theme asks
for, which Hugo warns of, nor `extended`, because the Hugo that comes with presscheck is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.rules._engine import Version, hugo_version, version_of
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING

_VERSION = r"(?:hugo_)?(?:extended_)?v?(\d+\.\d+(?:\.\d+)?)(?![.\d])"
_VARIABLE = re.compile(rf"(?<![\w-])(?:HUGO_VERSION|hugo-version)[\"']?[ \t]*[:=][ \t]*[\"']?{_VERSION}")
_TOOL = re.compile(rf"^[ \t]*(?:(?:go)?hugo[ \t]+)?{_VERSION}")
_FILES = {
    "netlify.toml": _VARIABLE,
    "vercel.json": _VARIABLE,
    "wrangler.toml": _VARIABLE,
    "build.sh": _VARIABLE,
    ".gitlab-ci.yml": _VARIABLE,
    ".github/workflows/hugo.yaml": _VARIABLE,
    ".github/workflows/hugo.yml": _VARIABLE,
    ".hugo-version": _TOOL,
    ".hvm": _TOOL,
    ".tool-versions": _TOOL,
}
"""Where a site says which Hugo builds it, and how."""
_COMMENTS = ("#", "//")
_LONGEST = 100_000


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every version that the site names whether it is that of the Hugo at hand."""
    yield from _bounds(site)
    for path, pattern in _FILES.items():
        data = site.load_file(path)
        if data:
            yield from _pins(path, data[:_LONGEST].decode("utf-8", "replace"), pattern)


def _bounds(site: Site) -> Iterator[Finding]:
    for key, limit in (("min", "or later"), ("max", "or earlier")):
        asked = site.config.get("module", "hugoversion", key, default="")
        wanted, here = version_of(str(asked)), hugo_version()
        if not wanted or not here or (here >= wanted if key == "min" else here <= wanted):
            continue
        entry = site.config_document.at("module", "hugoVersion", key) if site.config_document else None
        yield Finding(
            message=f"the site asks for Hugo {asked} {limit}, and Hugo {_spelt(here)} builds it",
            path=site.config.path,
            span=entry.value.span if entry else Span(0, 0),
            consequence="Hugo builds the site all the same, and what was made for another version may be missing",
            help=f"build it with Hugo {asked} {limit}, or change `{key}` when the site is right with this one"
            if isinstance(asked, str)
            else f'put the version in quotes, `{key} = "…"`: Hugo takes a number, and 0.150 is 0.15',
        )


def _pins(path: str, text: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """One finding for each other version in the text."""
    seen: set[Version] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        for found in pattern.finditer(line) if not line.lstrip().startswith(_COMMENTS) else ():
            wanted, here = version_of(found[1]), hugo_version()
            if not here or wanted[:2] == here[:2] or wanted in seen:
                continue
            seen.add(wanted)
            yield Finding(
                message=f"`{path}` asks for Hugo {found[1]}, and Hugo {_spelt(here)} builds the site here",
                path=path,
                span=Span(0, 0),
                consequence="what is checked and shown here is not what the other Hugo makes of the pages",
                help=f"write {_spelt(here)} there",
                notes=(Note(f"in line {number}"),),
            )


def _spelt(version: Version) -> str:
    return ".".join(map(str, version))
