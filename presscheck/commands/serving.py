"""Looking at the site while writing."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from presscheck import hugo, read, survey
from presscheck.check import active_rules
from presscheck.commands.common import find_root, now, say, wants_colour
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic, Severity
from presscheck.errors import EngineFailure, PresscheckError
from presscheck.identity import without
from presscheck.publication import EngineMessage
from presscheck.reports import SourceAt, report
from presscheck.text import Source

_PAUSE = 0.3


def serve(options: argparse.Namespace) -> int:
    """Show the site at a local address, drafts included, and check it at every change."""
    gc.enable()  # this one is not short
    root = find_root(options.site, Path.cwd())
    config = read.read_config(root)
    active_rules(config)
    preview = _Preview(root, config, f"http://localhost:{options.port}/")
    while True:
        before = preview.there()
        with hugo.server(root.folder, options.port) as server:
            status = preview.follow(server)
            said = server.last_words()
        if status is None:
            continue
        errors = _errors(hugo.read_messages(said, root.folder))
        if errors:
            preview.tell(errors, "there is no preview")
            say("Hugo starts again as soon as a file changes; stop with Ctrl+C")
            while preview.there() == before:
                time.sleep(_PAUSE)
        elif preview.is_up and status > 0:
            say(f"\n{_time()}\nHugo crashed, and is started again: {said.partition(chr(10))[0]}")
        else:
            raise EngineFailure(f"Hugo's server stopped with status {status}: {said[-500:]}", "start it again")


class _Preview:
    """What its author knows of the site."""

    def __init__(self, root: read.Root, config: Config, address: str) -> None:
        self._root = root
        self._config = config
        self._address = address
        self._seen: read.Snapshot = {}
        self._is_failing = False
        self._lost: read.Snapshot = {}
        self.is_up = False
        """Whether Hugo has built the site since it was started."""

    def there(self) -> read.Snapshot:
        """Every file that Hugo reads, as it is now."""
        return read.snapshot(self._root, self._config)

    def follow(self, server: hugo.Server) -> int | None:
        """Tell of what changes and what comes of it until Hugo stops; gives its exit status, None when it is to start again."""
        self.is_up = False
        self._lost = {}
        while True:
            self._check()
            status = server.poll()
            for messages in server.builds():
                if not self._hear(_errors(messages)):
                    return None
            if status is not None:
                return status
            time.sleep(_PAUSE)

    def tell(self, errors: Sequence[EngineMessage], consequence: str) -> None:
        """Print Hugo's errors as findings."""
        self._is_failing = True
        names = {each.path or self._config.path for each in errors}
        data = {name: read.bytes_or_none(self._root.folder, name) for name in names}
        sources = {name: Source.of_page(name, data[name] or b"") for name in names}
        _print(
            [_diagnostic(each, sources[each.path or self._config.path], consequence) for each in errors], sources.get
        )

    def _check(self) -> None:
        there = self.there()
        if there == self._seen:
            return
        self._seen = there
        try:
            self._config, self._seen = read.watched(self._root)
            result = survey.check(self._root, now(), self._config)
            accepted = read.accepted(self._root, self._config)
            _print(without(result.diagnostics, accepted, result.source_at)[0], result.source_at)
        except PresscheckError as error:  # a file is half written; the next change may mend it
            say(f"\n{_time()}\n{error.told}")

    def _hear(self, errors: Sequence[EngineMessage]) -> bool:
        """Tell what came of a build; False when Hugo has to start again to see what it passes by."""
        if errors:
            self.tell(errors, "the browser shows this error instead of the site")
            # Such a page has half a place in Hugo's tree: while it stays as it is, the next build says nothing of it, and
            # the one after that may be a crash.
            self._lost = {
                each.path: self._seen[each.path]
                for each in errors
                if each.path in self._seen and each.text.startswith("assemble:")
            }
        elif any(self._seen.get(path) == status for path, status in self._lost.items()):
            self._lost = {}
            return False
        elif self._is_failing:
            say(f"\n{_time()}\nHugo can build the site again; {self._address} shows it")
            self._is_failing = False
        elif not self.is_up:
            say(f"{self._address} shows the site with drafts; stop with Ctrl+C")
        self.is_up = True
        return True


def _errors(messages: Iterable[EngineMessage]) -> list[EngineMessage]:
    return [each for each in messages if each.severity == "ERROR"]


def _diagnostic(message: EngineMessage, source: Source, consequence: str) -> Diagnostic:
    span = message.span_in(source)
    return Diagnostic(
        rule="output-hugo-error",
        severity=Severity.ERROR,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        message=f"Hugo failed: {message.text.rstrip('.')}",
        label="",
        consequence=consequence,
        help="mend what the message names",
        notes=(),
        fix=None,
    )


def _print(found: Sequence[Diagnostic], source_at: SourceAt) -> None:
    text = report("full", found, source_at, colour=wants_colour(sys.stderr)) if found else "no findings\n"
    print(f"\n{_time()}\n{text}", end="", file=sys.stderr, flush=True)


def _time() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
