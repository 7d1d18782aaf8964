"""The tables of `[params.presscheck]` that are about building and publishing, each declared as a frozen dataclass.

A table is read by `read`, listed in the JSON Schema by `schema`, and known to the checker through TABLES. Rules have
options of their own, which the checker reads with the same function.
"""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from presscheck.config import Config
from presscheck.errors import UsageError

_Table = TypeVar("_Table")
_TYPE_NAMES = {list: "a list of texts", bool: "true or false", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True)
class Keeping:
    """What stays on this machine, and for readers, after a newer release has taken its place."""

    number: int = 3
    """How many releases are there, with the published one."""
    days: int = 14
    """For how many days files with a fingerprint stay for readers of older pages, and releases to roll back to."""


@dataclass(frozen=True)
class Hosting:
    """How the published files are served."""

    files: tuple[str, ...] = ()
    """The hosts whose files a build adds to the site: `netlify`, `cloudflare`, `firebase`, `azure`."""
    page_cache: str = "public, max-age=60, must-revalidate"
    """`Cache-Control` of pages, feeds, and all that is not named below."""
    asset_cache: str = "public, max-age=31536000, immutable"
    """`Cache-Control` of files with a fingerprint in their name, which never change."""
    other_cache: str = "public, max-age=86400"
    """`Cache-Control` of pictures and other files that authors named."""
    policy: str = ""
    """A content policy for every page instead of the strict one; templates may read it, too."""
    hsts: str = "max-age=63072000; includeSubDomains"
    """`Strict-Transport-Security`; empty to send none."""
    referrer: str = "strict-origin-when-cross-origin"
    """`Referrer-Policy`; empty to send none."""
    permissions: str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    """`Permissions-Policy`, what pages may not ask a reader for; empty to send none."""
    contact: tuple[str, ...] = ()
    """Whom to tell about a weakness of the site, as `mailto:` or `https:` addresses; makes `.well-known/security.txt`."""
    contact_expires: int = 180
    """For how many days the contact holds; the file says the end of the month after that."""


@dataclass(frozen=True)
class UrlLedger:
    """The list of every address that was ever published."""

    file: str = "urls.jsonl"
    """Where it is, in the site's root; nothing is asked as long as there is no such file."""
    fragments: bool = False
    """Whether the parts of pages that others may link to (`/posts/a/#section`) are kept too."""


@dataclass(frozen=True)
class Place:
    """A place online that `publish` brings the site to, and what keeps it from being harmed."""

    url: str = ""
    """A folder, `s3://…`, `gs://…`, `azblob://…` as Go CDK writes them, or `git:REMOTE#BRANCH`."""
    least_pages: float = 0.5
    """The smallest part of the pages online that a release must have."""
    most_deletes: int = 20
    """How many files a release may take away, or `most-deletes-share` of them if that is more."""
    most_deletes_share: float = 0.05
    """The part of the files online that a release may take away."""
    hidden: tuple[str, ...] = (".nojekyll", ".well-known")
    """Names that are published although they begin with a dot."""
    purge: tuple[str, ...] = ()
    """A program and its arguments, run when all is online, with the changed addresses on its input, one a line."""
    time_limit: float = 300.0
    """How many seconds the upload of one group of files, at most 32 MiB, may take."""


TABLES: Mapping[str, type[Any]] = {"hosting": Hosting, "ledger": UrlLedger, "releases": Keeping}
"""The tables by their names in the configuration."""

TABLES_OF_TABLES: Mapping[str, type[Any]] = {"publish": Place}
"""The tables whose keys are names that the author chose, each with a table of its own."""


def settings(config: Config, table: type[_Table]) -> _Table:
    """A table of TABLES as this site sets it; raises UsageError for a key that it does not have, or of another type."""
    name = next(name for name, each in TABLES.items() if each is table)
    found = config.settings.get(name, {})
    where = f"[params.presscheck.{name}] in {config.path or 'the configuration'}"
    if not isinstance(found, Mapping):
        raise UsageError(f"{where} is not a table", f"write `[params.presscheck.{name}]`")
    return table(**values_of(table, found, f"a setting of {where}", "`presscheck schema settings` lists them"))


def ensure_readable(config: Config) -> None:
    """Raise UsageError for a table that says what it cannot, so that a check refuses what a build or a publication would."""
    for table in TABLES.values():
        settings(config, table)
    places(config)


def file_of_site(name: str, what: str) -> str:
    """The path of a file below the root as the setting `what` gives its `name`; raises UsageError for one that leads out."""
    path = posixpath.normpath(name)
    if not name.strip() or path.startswith(("/", "..")) or path == "." or "\0" in path:
        raise UsageError(f"{what} is not a file of the site", "write its path below the site's root")
    return path


def places(config: Config) -> dict[str, Place]:
    """The tables `[params.presscheck.publish.NAME]`; raises UsageError for a key that they do not have, or of another type."""
    found = config.settings.get("publish", {})
    where = f"[params.presscheck.publish] in {config.path or 'the configuration'}"
    if not isinstance(found, Mapping) or not all(isinstance(each, Mapping) for each in found.values()):
        raise UsageError(f"{where} is not a table of tables", "write `[params.presscheck.publish.NAME]`")
    hint = "the page about publishing lists them"
    return {name: Place(**values_of(Place, each, f"a setting of {where}", hint)) for name, each in found.items()}


def values_of(table: type[Any], found: Mapping[str, Any], what: str, hint: str) -> dict[str, Any]:
    """The values that `found` gives for the fields of a dataclass with defaults, `-` for `_` in their names.

    Raises UsageError that calls a key "not `what`" when the dataclass does not have it, and with `hint` when its value is
    of another type than the default.
    """
    known = {each.name: each.default for each in fields(table)}
    values = {}
    for written, value in found.items():
        key = written.replace("-", "_")
        if key not in known:
            raise UsageError(
                f"`{written}` is not {what}", suggestion(written, [name.replace("_", "-") for name in known])
            )
        wanted = list if isinstance(known[key], tuple) else type(known[key])
        if wanted is float and type(value) is int:
            value = float(value)  # noqa: PLW2901 - nobody means something else by `1`
        is_right = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
        if not is_right or (isinstance(value, list) and not all(isinstance(each, str) for each in value)):
            raise UsageError(f"`{written}`, {what}, is not {_TYPE_NAMES[wanted]}", hint)
        values[key] = tuple(value) if isinstance(value, list) else value
    return values


_MOST_LISTED = 12


def suggestion(word: str, known: Iterable[str], otherwise: str = "`presscheck schema settings` lists them") -> str:
    """A hint for a name that is not among the `known`: the nearest, all when they are few, else `otherwise`."""
    names = list(known)
    close = difflib.get_close_matches(word, names, 1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known: {', '.join(names)}" if len(names) <= _MOST_LISTED else otherwise
