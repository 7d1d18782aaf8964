"""All posts lie in the folder that is read before a build.

Hugo can take pages from several folders: one for each language (`contentDir` below `[languages.de]`), and any that `[[module.mounts]]` mounts as
`content`. Only one folder is read here: the site's own `contentDir`, or the one around those of all languages (`content` for `content/en` and
`content/de`). What lies elsewhere is published without a look: a script in a drawing, a photograph with the address of a home, a link that leads
nowhere, a template that a stranger put beside a post.

Put the posts of all languages into one folder, with the language in the names of the files (`tea.de.md`) or in a folder for each, or check each
of the other folders as a site of its own. What a theme or a module brings is its maker's, and not asked about.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.keyed import Value
from presscheck.rules._config import written
from presscheck.site import Site
from presscheck.text import Span

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every folder that the configuration names for content whether it is the one that is read."""
    found = written(site)
    if not found:
        yield from _of_languages(site)
        return
    source, document = found
    values: list[Value] = []
    languages: list[Value] = []
    mounts: dict[int, dict[str, Value]] = {}
    for entry in document.entries:
        path = [part.lower() for part in entry.path]
        if path[0] == "languages" and path[-1] == "contentdir" and len(path) == 3:
            languages += [entry.value] if path[1] in site.config.languages else []
        elif path == ["module", "mounts"]:
            values += [
                each
                for each in entry.value.elements
                if isinstance(each.data, dict) and _is_content(each.data.get("target")) and each.data.get("source")
            ]
        elif path[:2] == ["module", "mounts"] and path[-1] in {"source", "target"}:
            mounts.setdefault(_number(mounts, path[-1]), {})[path[-1]] = entry.value
    mounted = [each for each in mounts.values() if _is_content(_said(each.get("target"))) and "source" in each]
    values = [
        *values,
        *(each["source"] for each in mounted),
    ] or languages  # a mount takes the place of every `contentDir`
    said = set()
    for value in values:
        folder = value.data["source"] if isinstance(value.data, dict) else value.data
        if isinstance(folder, str) and folder not in said and not _is_read(folder, site.config.content_dir):
            said.add(folder)
            yield _finding(site, folder, source.path, value.span)


def _of_languages(site: Site) -> Iterator[Finding]:
    """The same where the configuration is a folder of files, whose sum is known, and not its places."""
    folders = [str(table.get("contentdir", "")) for table in site.config.languages.values()]
    for folder in filter(None, dict.fromkeys(folders)):
        if not _is_read(folder, site.config.content_dir):
            yield _finding(site, folder, site.config.path, Span(0, 0))


def _finding(site: Site, folder: str, path: str, span: Span) -> Finding:
    return Finding(
        message=f"the pages in `{folder}` are published, and not checked",
        path=path,
        span=span,
        consequence="readers meet every mistake in them, and whatever a stranger put there",
        help=f"put them below `{site.config.content_dir}/`, or check that folder as a site of its own",
    )


def _number(mounts: dict[int, dict[str, Value]], key: str) -> int:
    """Which of the tables of `[[module.mounts]]` an entry belongs to: a key that is there already begins the next."""
    last = len(mounts) - 1
    return last if last >= 0 and key not in mounts[last] else last + 1


def _said(value: Value | None) -> object:
    return value.data if value else None


def _is_content(target: object) -> bool:
    return isinstance(target, str) and posixpath.normpath(target).split("/")[0].lower() == "content"


def _is_read(folder: str, content: str) -> bool:
    place = posixpath.normpath(folder.replace("\\", "/"))
    return place == content or place.startswith(content + "/")
