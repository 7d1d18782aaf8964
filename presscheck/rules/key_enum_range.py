"""A key that knows a few values holds one of them.

Hugo takes every word it does not know in `build` for `always`: with `list = "hidden"` or `render = "No"` the page is online
and in every list. A word that search engines do not know (`changefreq = "wekly"`), or a `priority` above 1, goes into the
sitemap as it is, and they may refuse all of it; a `priority` that is no number stops the build, and so does a name in
`outputs` that is no output format, and a list or a table where one value belongs. Otherwise Hugo says nothing.

Write one of the values that the message names, in small letters. A `yes` or `no` in YAML is the business of
`front-matter-yaml11-boolean`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date, time
from math import isfinite
from typing import Any

from presscheck.casts import truth
from presscheck.diagnostics import Applicability, Edit, Finding, Fix, Severity
from presscheck.keyed import Entry, Value
from presscheck.page import Page

SEVERITY = Severity.ERROR

_ALLOWED: dict[tuple[str, ...], tuple[str, ...]] = {
    ("build", "list"): ("always", "local", "never"),
    ("build", "render"): ("always", "link", "never"),
    ("sitemap", "changefreq"): ("always", "hourly", "daily", "weekly", "monthly", "yearly", "never"),
}
_CONSEQUENCES: dict[tuple[str, ...], str] = {
    ("build", "list"): "Hugo takes it for `always`: the page is in every list",
    ("build", "render"): "Hugo takes it for `always`: the page is online",
    ("sitemap", "changefreq"): "search engines do not understand it, and may refuse the sitemap",
}
_MEANT_NEVER = frozenset(("false", "no", "off", "none", "hidden", "0"))
_MEANT_ALWAYS = frozenset(("true", "yes", "on", "all", "1"))
_YAML_1_1 = frozenset(("yes", "no", "on", "off", "y", "n"))
_FORMATS = frozenset(
    ("html", "amp", "rss", "calendar", "css", "csv", "json", "robots", "sitemap", "sitemapindex", "webappmanifest",
     "markdown", "gotmpl", "404", "alias")
)  # fmt: skip
_TEXT = "a text"
_NUMBER = "a number"
_BOOLEAN = "`true` or `false`"
_KINDS: dict[tuple[str, ...], str] = {
    **dict.fromkeys(_ALLOWED, _TEXT),
    ("sitemap", "filename"): _TEXT,
    ("sitemap", "priority"): _NUMBER,
    ("sitemap", "disable"): _BOOLEAN,
    ("build", "publishresources"): _BOOLEAN,
}
"""What Hugo makes of whatever it gets, or stops."""
_UNSET = -1
"""The priority by which Hugo itself says that there is none."""
_TABLES = frozenset(("build", "sitemap", "outputs"))


def check_page(page: Page) -> Iterator[Finding]:
    """Ask of `build`, `sitemap` and `outputs` whether Hugo, and who reads what it makes, know the value."""
    entries = page.front_matter.document.entries
    if _TABLES.isdisjoint([entry.path[0] for entry in entries]):
        return
    for entry in entries:
        path = tuple(part.lower() for part in entry.path)
        if path in _KINDS and _is_of_no_use(page, entry.data, _KINDS[path]):
            yield _kind(entry, _KINDS[path])
        elif path in _ALLOWED and isinstance(entry.data, str):
            yield from _word(page, entry, path)
        elif path == ("sitemap", "priority"):
            yield from _priority(entry)
        elif path == ("outputs",) and page.config.is_whole:
            yield from _outputs(page, entry)


def _is_of_no_use(page: Page, data: Any, kind: str) -> bool:
    """Whether Hugo cannot make of it what is wanted."""
    if kind == _BOOLEAN and isinstance(data, (str, date)):
        return truth(str(data)) is None and data != ""
    if isinstance(data, (date, time)):
        return kind == _NUMBER or page.front_matter.notation == "toml"  # YAML knows no dates for Hugo
    return isinstance(data, (list, dict))


def _kind(entry: Entry, kind: str) -> Finding:
    kinds: dict[type, str] = {list: "a list", dict: "a table", str: f"`{entry.data}`"}
    what = kinds.get(type(entry.data), "a date")
    return Finding(
        message=f"`{'.'.join(entry.path)}` is {what}, not {kind}",
        span=entry.value.span,
        label=f"it takes {kind}",
        consequence="Hugo stops the build: no page of the site is made",
        help=f"write {kind}, or remove it",
    )


def _word(page: Page, entry: Entry, path: tuple[str, ...]) -> Iterator[Finding]:
    allowed = _ALLOWED[path]
    word = str(entry.data)
    if word in allowed or not word:
        return
    if page.front_matter.notation == "yaml" and path[0] == "build" and word.lower() in _YAML_1_1:
        return  # front-matter-yaml11-boolean
    meant, applicability = _meant(word, allowed)
    yield Finding(
        message=f"`{'.'.join(entry.path)}` cannot be `{word}`",
        span=entry.value.span,
        label=f"it is {_listed(allowed)}",
        consequence=_CONSEQUENCES[path],
        help=f"write `{meant}`" if meant else f"write {_listed(allowed)}",
        fix=_fix(page, entry.value, meant, applicability),
    )


def _meant(word: str, allowed: tuple[str, ...]) -> tuple[str, Applicability]:
    """The value that `word` is in other letters, or nearly is; empty when there is none."""
    low = word.strip().lower()
    if low in allowed:
        return low, Applicability.SAFE
    if "hourly" not in allowed:  # not a frequency
        if low in _MEANT_NEVER:
            return "never", Applicability.UNSAFE
        if low in _MEANT_ALWAYS:
            return "always", Applicability.UNSAFE
    close = difflib.get_close_matches(low, allowed, 1, 0.7)
    return (close[0] if close else ""), Applicability.UNSAFE


def _priority(entry: Entry) -> Iterator[Finding]:
    data = _number(entry.data)
    if data is None:
        if not isinstance(entry.data, str):
            return
        consequence = "Hugo stops the build: no page of the site is made"
    elif 0 <= data <= 1 or data == _UNSET or not isfinite(data):
        return
    else:
        consequence = (
            "Hugo leaves it out" if data < 0 else "search engines do not understand it, and may refuse the sitemap"
        )
    yield Finding(
        message=f"`{'.'.join(entry.path)}` cannot be `{entry.data}`",
        span=entry.value.span,
        label="it is a number from 0.0 to 1.0",
        consequence=consequence,
        help="write a number from 0.0 to 1.0, such as 0.8",
    )


def _number(data: Any) -> float | None:
    """The number that Hugo reads; None when it reads none."""
    if isinstance(data, bool) or not isinstance(data, (int, float, str)):
        return None
    try:
        return float(data)
    except (ValueError, OverflowError):
        return None


def _outputs(page: Page, entry: Entry) -> Iterator[Finding]:
    own = page.config.get("outputformats", default=())
    known = _FORMATS.union(str(name).lower() for name in own)
    for value in entry.value.elements or (entry.value,):
        if not isinstance(value.data, str) or value.data.lower() in known or (value is entry.value and not value.data):
            continue
        close = difflib.get_close_matches(value.data.lower(), sorted(known), 1, 0.6)
        meant = close[0] if close else ""
        yield Finding(
            message=f"`{value.data}` is not an output format",
            span=value.span,
            label=f"did you mean `{meant}`?" if meant else "neither Hugo nor the site's settings know it",
            consequence="Hugo stops the build: no page of the site is made",
            help=f"write `{meant}`" if meant else "remove it, or describe it in the settings below `[outputFormats]`",
            fix=_fix(page, value, meant, Applicability.UNSAFE),
        )


def _fix(page: Page, value: Value, meant: str, applicability: Applicability) -> Fix | None:
    if not meant:
        return None
    quote = page.source.slice(value.span)[:1]
    quote = quote if quote in {"'", '"'} else ""
    return Fix(f"write `{meant}`", applicability, (Edit(value.span, f"{quote}{meant}{quote}"),))


def _listed(allowed: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in allowed[:-1]) + f" or `{allowed[-1]}`"
