"""What several commands share."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from presscheck import read
from presscheck.diagnostics import Diagnostic
from presscheck.errors import EnvironmentFault, UsageError
from presscheck.reports import SourceAt, report, statistics


def find_root(given: Path | None, start: Path) -> read.Root:
    """The site at `given`, or the one that `start` lies in; raises UsageError when there is none."""
    found = read.find_root(given or start)
    if not found or (given and found.folder != given.resolve()):
        where = given or start
        raise UsageError(
            f"there is no Hugo site in {where}",
            "go to the folder that has config.toml and content/, or name it with --site",
        )
    return found


def clock_of(options: argparse.Namespace) -> datetime:
    """The moment that `--clock` names, else SOURCE_DATE_EPOCH, else now; raises UsageError when that variable is no moment."""
    return options.clock or moment_of_sources() or now()


def moment_of_sources() -> datetime | None:
    """The moment that the variable SOURCE_DATE_EPOCH names (https://reproducible-builds.org/specs/source-date-epoch/).

    None when it is not set; raises UsageError when it is not a number of seconds since 1970.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text) if text.isascii() and text.isdigit() else float("nan"), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is `{text}`, which is not a number of seconds since 1970",
            "set it to what `git log -1 --format=%ct` prints, or unset it",
        ) from None


def now() -> datetime:
    """This second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def print_report(options: argparse.Namespace, found: Sequence[Diagnostic], source_at: SourceAt) -> None:
    """Write what was found as the options ask: to standard output or to a file."""
    is_coloured = not options.output_file and wants_colour(sys.stdout)
    text = (
        statistics(found) if options.statistics else report(options.output_format, found, source_at, colour=is_coloured)
    )
    if options.output_file:
        try:
            options.output_file.write_text(text, "utf-8", errors="backslashreplace")
        except OSError as error:
            raise EnvironmentFault(
                f"cannot write {options.output_file}: {error.strerror}", "choose another place"
            ) from error
    else:
        sys.stdout.write(printable(text))
    sys.stdout.flush()


def printable(text: str) -> str:
    """`text` as standard output can encode it."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors="backslashreplace").decode(encoding)


def wants_colour(stream: object) -> bool:
    """Whether `stream` is a terminal that should get colours."""
    is_terminal = bool(getattr(stream, "isatty", lambda: False)())
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Tell the person who runs the command, beside the results."""
    print(text, file=sys.stderr)


def shown_file(path: Path) -> str:
    """How to call a file: from here, if it lies below."""
    return shown(path).rstrip("/")


def shown(path: Path) -> str:
    """How to call a folder: from here, if it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return f"{path}/"
