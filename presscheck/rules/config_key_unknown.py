"""Every setting is one that Hugo knows.

Hugo reads the settings that it knows and passes over the rest in silence. With `[parms]` the templates find none of the
site's parameters, with `baseUR` every address in feeds and sitemap names `https://example.org/`, with `unsfe = true` the raw
HTML that a post needs is left out. No template can read such a key either: what a site sets for its own templates belongs
below `[params]`.

Correct the name, or move the key below `[params]`. At the top every unknown key is reported; inside the tables of
Hugo's own settings only one that is close to a key that belongs there.

What stands below `params`, `taxonomies`, `menus` and other tables whose keys a site invents is not asked, nor is a
configuration that consists of several files.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.rules._config import LANGUAGE, REMOVED_ROOTS, ROOT_TABLES, ROOTS, TABLES, Name, names, renamed, written
from presscheck.site import Site
from presscheck.text import Source

SEVERITY = Severity.ERROR

_CLOSE = 0.8
_QUIET = frozenset(("disablefastrender", "disablebrowsererror", "forcesyncstatic", "gc", "minify", "quiet", "watch"))
"""Options of Hugo's command that some write into the configuration, where they do nothing and harm nobody."""

_SPELT_OTHERWISE = {"taxonomy": "taxonomies", "parameters": "params", "url": "baseURL", "lang": "locale"}


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every name in the configuration whether it is known, or nearly is."""
    found = written(site)
    if not found:
        return
    source, document = found
    all_names = list(names(source, document))
    taken = {name.lowered for name in all_names}
    told: set[tuple[str, ...]] = set()
    for name in all_names:
        path = name.lowered
        known = _known(path[:-1])
        if known is None or path in told or path[-1] in known:
            continue
        if path[-1] in ROOTS or path[-1] in REMOVED_ROOTS or path[-1] in _QUIET:
            continue  # another rule's matter: a key in the wrong table, or of an earlier Hugo
        meant = _meant(path[-1], known)
        if len(path) == 1 and (meant.lower() in ROOT_TABLES) != _is_table(document.values, name.path[0]):
            meant = ""  # the value shows that it is something else
        if meant or len(path) == 1:
            told.add(path)
            yield _finding(source, name, meant, is_free=(*path[:-1], meant.lower()) not in taken)


def _is_table(values: Mapping[str, Any] | None, key: str) -> bool:
    value = (values or {}).get(key)
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))


def _known(table: tuple[str, ...]) -> Mapping[str, str] | None:
    """The keys that belong into `table`, by their lower case; None when it takes any."""
    if not table:
        return ROOTS
    if len(table) == 2 and table[0] == "languages":
        return LANGUAGE
    return TABLES.get(table[2:] if len(table) > 2 and table[0] == "languages" else table)


def _meant(key: str, known: Mapping[str, str]) -> str:
    """The key of `known`, or of an earlier Hugo, that `key` is nearly, in its usual spelling; empty when none is."""
    plain = key.replace("_", "").replace("-", "")
    plain = _SPELT_OTHERWISE.get(plain, plain).lower() if "baseurl" in known else plain
    if plain in known:
        return known[plain]
    close = difflib.get_close_matches(plain, _candidates(tuple(known)), 1, _CLOSE)
    return known.get(close[0], close[0]) if close else ""


@cache
def _candidates(known: tuple[str, ...]) -> list[str]:
    return sorted((*known, *REMOVED_ROOTS)) if "baseurl" in known else sorted(known)


def _finding(source: Source, name: Name, meant: str, *, is_free: bool) -> Finding:
    key = name.path[-1]
    table = ".".join(name.path[:-1])
    where = f" in `[{table}]`" if table else ""
    is_sure = bool(meant) and is_free and meant not in REMOVED_ROOTS
    if meant in REMOVED_ROOTS:
        help_text = f"write what took the place of `{meant}`, a setting of an earlier Hugo"
    elif not meant:
        help_text = (
            f"move it below `[params]` if a template of the site needs it (as `site.Params.{key}`), or remove it"
        )
    elif is_free:
        help_text = f"write `{meant}`"
    else:
        help_text = f"remove one of the two, the file sets `{meant}` as well"
    return Finding(
        message=f"Hugo has no setting `{key}`{where}",
        path=source.path,
        span=name.span,
        label=f"did you mean `{meant}`?" if meant else "",
        consequence=f"Hugo ignores it: the site sets no `{meant}`" if is_sure else "Hugo ignores it",
        help=help_text,
        fix=Fix(f"write `{meant}`", Applicability.SAFE, (Edit(name.span, renamed(source, name.span, meant)),))
        if is_sure
        else None,
    )
