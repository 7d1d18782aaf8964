"""The command line: arguments, exit status, colour. What a command does is in `commands`."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from presscheck import __version__, interrupts
from presscheck.diagnostics import Severity
from presscheck.errors import EnvironmentFault, PresscheckError, UsageError
from presscheck.reports import FORMATS
from presscheck.segments import Share


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; see `presscheck --help`."""
    interrupts.heed()
    gc.disable()  # a command is short, and what it reads stays: looking for garbage costs a tenth of its time
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser().parse_args(_with_command(given))
        module, _ = _COMMANDS[options.command]
        status: int = getattr(import_module(f"presscheck.commands.{module}"), options.command)(options)
        sys.stdout.flush()
    except PresscheckError as error:
        print(error.told, file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        interrupts.ignore()
        return 130
    except BrokenPipeError:
        # The reader of our output went away; keep the interpreter from complaining at exit.
        _close(sys.stdout)
        return 0
    except OSError as error:
        return _refused(error)
    return interrupts.status() or status


def _with_command(given: list[str]) -> list[str]:
    """`given` with the command that is meant where none is named; raises UsageError for a word that is none."""
    first = given[0] if given else ""
    if first in (*_COMMANDS, "-h", "--help", "--version"):
        return given
    if first and not first.startswith("-"):
        from presscheck.settings import suggestion  # noqa: PLC0415 - only who mistypes needs it

        hint = f"to check it: presscheck check {first}" if Path(first).exists() else ""
        raise UsageError(
            f"there is no command `{first}`", hint or suggestion(first, _COMMANDS, "see `presscheck --help`")
        )
    return ["build", *given]


def _refused(error: OSError) -> int:
    """Tell what the machine refused, most likely to take what is printed; gives the exit status."""
    what = f"cannot read or write {error.filename}" if error.filename else "cannot write the output"
    with contextlib.suppress(OSError):  # it may take no message either
        print(EnvironmentFault(f"{what}: {error.strerror or error}").told, file=sys.stderr, flush=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _close(stream)
    return EnvironmentFault.exit_status


def _close(stream: TextIO) -> None:
    """Keep the interpreter from complaining at exit that `stream` takes nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


_COMMANDS = {
    "build": ("building", "check the posts, render them with Hugo, check the pages, put the site in place"),
    "merge": ("sharding", "put together what `build --shard` rendered on several machines, check it and publish it"),
    "check": ("checking", "check the posts without rendering them"),
    "fix": ("checking", "mend what can be mended without asking"),
    "why": ("checking", "say whether a post is on the site, and if not, why"),
    "baseline": ("checking", "accept what is found now, and from then on only let it become less"),
    "explain": ("catalogue", "print the manual of a rule"),
    "rules": ("catalogue", "list every rule"),
    "schema": ("catalogue", "print a JSON Schema for editors"),
    "new": ("writing", "begin a post"),
    "releases": ("building", "list the releases that are on this machine"),
    "rollback": ("building", "publish an earlier release again"),
    "publish": ("publishing", "bring the site that was built to a folder, an object store or a git branch"),
    "hosting": ("hosting", "print what a host or server has to be told about the published site"),
    "urls": ("urls", "keep the list of every address that was ever published, and say what became of one"),
    "serve": ("serving", "show the site as you write"),
    "upcoming": ("scheduling", "list when the site changes by itself: what is dated in the future, or expires"),
}
"""Each command, with the module of `presscheck.commands` that has it (imported when it is called), and its help."""


def parser() -> argparse.ArgumentParser:
    """What the command line understands; each command's name is in `command`."""
    top = argparse.ArgumentParser(
        prog="presscheck",
        description="Checks a Hugo site like a compiler, builds it, and publishes it whole or not at all.",
        epilog="exit status: 0 clean, 1 findings, 2 usage or configuration, 3 machine, 4 Hugo failed, 5 publishing refused, 6 publishing failed part-way, 130/143 signalled",
    )
    top.add_argument("--version", action="version", version=f"presscheck {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    made = {name: commands.add_parser(name, help=text, description=text) for name, (_, text) in _COMMANDS.items()}

    for name in (
        "build",
        "check",
        "fix",
        "why",
        "baseline",
        "releases",
        "rollback",
        "publish",
        "serve",
        "schema",
        "new",
        "upcoming",
        "merge",
    ):
        made[name].add_argument(
            "--site", type=Path, default=None, metavar="DIR", help="the site's root (default: found from PATH or here)"
        )
    for name in ("build", "check", "fix", "why", "baseline", "upcoming"):
        made[name].add_argument(
            "--clock",
            type=_moment,
            default=None,
            metavar="TIME",
            help="judge dates as of this moment, e.g. 2026-01-31T09:00:00Z (default: SOURCE_DATE_EPOCH, or now)",
        )
    for name in ("build", "check", "merge"):
        made[name].add_argument(
            "--output-format", choices=FORMATS, default="full", help="how to report (default: full)"
        )
        made[name].add_argument(
            "--output-file",
            type=Path,
            default=None,
            metavar="FILE",
            help="write the report there instead of printing it",
        )
        made[name].add_argument(
            "--statistics", action="store_true", help="print only how often each rule found something"
        )
        made[name].add_argument(
            "--fail-on", type=_severity, default=Severity.ERROR, metavar="SEVERITY",
            help="the mildest severity that fails the run: error (default), warning or info",
        )  # fmt: skip

    build = made["build"]
    for name in ("build", "releases", "rollback", "merge", "publish"):
        made[name].add_argument(
            "--output", type=Path, default=None, metavar="DIR", help="where the site is put (default: public/)"
        )
    made["rollback"].add_argument(
        "release",
        nargs="?",
        default="",
        metavar="RELEASE",
        help="its name or the beginning of it (default: the one before)",
    )
    build.add_argument(
        "--base-url",
        type=_web_address,
        default="",
        metavar="URL",
        help="the site's address, instead of the configured one",
    )
    _add_parts(build, made["merge"])
    for name in ("build", "merge"):
        made[name].add_argument(
            "--time-limit",
            type=_seconds,
            default=600.0,
            metavar="SECONDS",
            help="how long Hugo may take, and then Pagefind (default: 600)",
        )
    for name in ("build", "rollback", "merge", "publish"):
        made[name].add_argument(
            "--lock-timeout",
            type=_patience,
            default=60.0,
            metavar="SECONDS",
            help="how long to wait for another build; 0 for not at all (default: 60)",
        )

    _add_checking(made["check"], made["fix"], made["baseline"])
    made["schema"].add_argument("of", choices=("post", "settings"), help="of a post's front matter, or of the settings")

    rules = made["rules"]
    rules.add_argument("--format", choices=("text", "json"), default="text", help="how to list them (default: text)")
    rules.add_argument(
        "--docs", type=Path, default=None, metavar="DIR", help="write a page for each rule into this folder"
    )
    rules.add_argument(
        "--examples",
        type=Path,
        default=None,
        metavar="DIR",
        help="with --docs: where NAME/bad.txt shows what a rule reports",
    )

    _add_hosting(made["hosting"])
    _add_urls(made["urls"])
    made["why"].add_argument("file", type=Path, metavar="FILE", help="the post")
    made["explain"].add_argument("rule", metavar="RULE", help="the rule's name, such as link-broken")

    _add_upcoming(made["upcoming"])
    _add_publish(made["publish"])
    made["new"].add_argument("title", metavar="TITLE", help="the post's title")
    made["new"].add_argument(
        "--section",
        default=None,
        metavar="SECTION",
        help="the folder below content/ to put it in, such as docs/guides (default: the first of mainSections, or posts)",
    )
    made["serve"].add_argument(
        "--port", type=_port, default=1313, metavar="N", help="the port to listen on (default: 1313)"
    )
    return top


def _add_checking(
    check: argparse.ArgumentParser, fix: argparse.ArgumentParser, baseline: argparse.ArgumentParser
) -> None:
    """The arguments about what to judge, and what to do with what is found."""
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="report on these files and folders (default: the whole site)",
    )
    check.add_argument(
        "--select", action="append", default=[], metavar="PATTERN", help="only rules such as 'link-*'; may be repeated"
    )
    check.add_argument("--ignore", action="append", default=[], metavar="PATTERN", help="none of these rules")
    check.add_argument(
        "--changed-since",
        default="",
        metavar="REVISION",
        help="judge the whole site; report what lies in files that differ from this revision, or what the change broke",
    )

    for parser, purpose in (
        (check, "also ask other sites whether the pages that posts link to are there (link-external-dead)"),
        (fix, "also ask other sites, to mend addresses that have moved"),
        (baseline, "also ask other sites, to accept links that are dead"),
    ):
        parser.add_argument("--external", action="store_true", help=purpose)

    baseline.add_argument(
        "--rendered", action="store_true", help="also build the site, to accept what is wrong with its rendered pages"
    )
    baseline.add_argument("--renew", action="store_true", help="accept everything that is found now, also what is new")

    fix.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="mend these files and folders (default: the whole site)"
    )
    fix.add_argument(
        "--unsafe-fixes", action="store_true", help="also apply fixes that are probably, not surely, what was meant"
    )
    fix.add_argument(
        "--rule", action="append", default=[], metavar="RULE", help="apply the fixes of this rule only; may be repeated"
    )
    fix.add_argument(
        "--add-ignore",
        metavar="REASON",
        help="mend nothing; write a suppression for everything that is found",
    )
    fix.add_argument("--show-fixes", action="store_true", help="list what was done, file by file")
    fix.add_argument("--diff", action="store_true", help="show what would change, and change nothing")


def _add_hosting(hosting: argparse.ArgumentParser) -> None:
    hosting.add_argument(
        "host",
        choices=("nginx", "caddy", "netlify", "cloudflare", "firebase", "azure", "security.txt"),
        help="for which",
    )
    hosting.add_argument(
        "--output", type=Path, default=None, metavar="DIR", help="the published folder (default: public/)"
    )
    hosting.add_argument(
        "--folder",
        default="/var/www/public",
        metavar="DIR",
        help="where it lies on the server, for nginx and caddy (default: /var/www/public)",
    )
    hosting.add_argument(
        "--site", type=Path, default=None, metavar="DIR", help="the site's root (default: found from here)"
    )
    hosting.add_argument(
        "--clock", type=_moment, default=None, metavar="TIME", help="count days from this moment (default: now)"
    )


def _add_parts(build: argparse.ArgumentParser, merge: argparse.ArgumentParser) -> None:
    """The arguments about building twice, and in parts."""
    build.add_argument(
        "--verify",
        action="store_true",
        help="build twice, elsewhere the second time, and publish only what is the same",
    )
    build.add_argument(
        "--shard",
        type=_share,
        default=None,
        metavar="I/N",
        help="render only this one of N shares of the pages, into shards/I-of-N/, for `merge`",
    )
    merge.add_argument("shards", nargs="+", type=Path, metavar="DIR", help="the folders that `build --shard` made")


def _add_urls(parser: argparse.ArgumentParser) -> None:
    """The arguments of `urls`, each of whose actions is a command by itself."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    texts = {
        "list": "list the addresses that were ever published",
        "diff": "compare what is published with the list; the exit status is 1 when an address is lost",
        "explain": "tell what became of an address",
        "record": "add the addresses of what is published to the list",
        "gone": "say that what was at an address is gone, and why",
        "moved": "say that what was at an address is at another one now",
    }
    made = {name: actions.add_parser(name, help=text, description=text) for name, text in texts.items()}
    for each in made.values():
        each.add_argument(
            "--site", type=Path, default=None, metavar="DIR", help="the site's root (default: found from here)"
        )
        each.add_argument(
            "--clock", type=_moment, default=None, metavar="TIME", help="the moment to write down (default: now)"
        )
    made["list"].add_argument(
        "pattern", nargs="?", default="", metavar="PATTERN", help="such as '/posts/*', or a part of the address"
    )
    made["list"].add_argument("--status", choices=("live", "moved", "gone"), default="", help="only those")
    for name in ("list", "diff"):
        made[name].add_argument(
            "--format", choices=("text", "json"), default="text", help="how to list (default: text)"
        )
    for name in ("diff", "record"):
        made[name].add_argument(
            "--output", type=Path, default=None, metavar="DIR", help="where the site is (default: public/)"
        )
    for name in ("explain", "gone", "moved"):
        made[name].add_argument("url", metavar="URL", help="the address, whole or below the base URL: /posts/a/")
    made["gone"].add_argument("--reason", required=True, metavar="TEXT", help="why, for readers")
    made["moved"].add_argument("--to", required=True, metavar="URL", help="where it is now, here or on another site")


def _add_publish(publish: argparse.ArgumentParser) -> None:
    publish.add_argument(
        "place",
        nargs="?",
        default="",
        metavar="NAME",
        help="the place, as the configuration calls it (default: the only one)",
    )
    publish.add_argument(
        "--release", default="", metavar="ID", help="a release other than the last; an older one goes back to it online"
    )
    publish.add_argument("--dry-run", action="store_true", help="list what would change online, and change nothing")
    publish.add_argument("-v", "--verbose", action="store_true", help="print a line for each file")
    publish.add_argument(
        "--allow-deletes", type=_count, default=0, metavar="N", help="let up to N files go that a guard would keep"
    )


def _add_upcoming(upcoming: argparse.ArgumentParser) -> None:
    upcoming.add_argument(
        "--since",
        type=_moment,
        default=None,
        metavar="TIME",
        help="list what has changed by itself between this moment and now; the exit status is 1 when nothing has",
    )
    upcoming.add_argument("--format", choices=("text", "json"), default="text", help="how to list (default: text)")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a moment such as 2026-01-31T09:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _severity(text: str) -> Severity:
    try:
        return Severity(text)
    except ValueError:
        names = ", ".join(each.value for each in Severity)
        raise argparse.ArgumentTypeError(f"`{text}` is no severity: choose from {names}") from None


def _web_address(text: str) -> str:
    """The address of a site; nothing stands for the configured one."""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if text and (not is_whole or re.search(r"[\s?#]", text)):
        raise argparse.ArgumentTypeError(f"`{text}` is not a site's address such as https://site.example/blog/")
    return text


def _share(text: str) -> Share:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) and int(of) > 1):
        raise argparse.ArgumentTypeError(f"`{text}` is not a share such as 2/3")
    return Share(int(number), int(of))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < _PORTS):
        raise argparse.ArgumentTypeError(f"`{text}` is not a port: a number from 1 to {_PORTS - 1}")
    return int(text)


_PORTS = 1 << 16


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of files")
    return int(text)


def _seconds(text: str) -> float:
    number = _patience(text)
    if not number:
        raise argparse.ArgumentTypeError(f"`{text}` is no time at all: name a number of seconds above 0")
    return number


def _patience(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of seconds")
    return number
