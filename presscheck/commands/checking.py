"""Judging a site, mending it, and living with what is found."""

from __future__ import annotations

import argparse
import difflib
import os
import posixpath
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from presscheck import read, survey
from presscheck.baseline import write_baseline
from presscheck.check import (
    ActiveRule,
    Findings,
    active_rules,
    check_external,
    check_site,
    in_order,
    is_named,
    named,
    protected,
    rule_named,
    rules_about_others,
    rules_about_output,
    unsuppressed,
)
from presscheck.commands.common import clock_of, find_root, print_report, say, shown_file
from presscheck.config import Config
from presscheck.diagnostics import STYLE, Diagnostic, Edit, Rewrite
from presscheck.errors import EnvironmentFault, UsageError
from presscheck.identity import Identity, identity_of, without
from presscheck.nearest import nearest
from presscheck.page import PAGE_SUFFIXES, Page
from presscheck.site import Site
from presscheck.text import Source

if TYPE_CHECKING:
    from presscheck.fix import Judge, Mending


@dataclass(frozen=True)
class _Subject:
    """A site, or a post that lies in none, and which of its files were asked about."""

    root: read.Root | None
    """The site; None for a post by itself."""
    alone: Path
    """The post by itself."""
    asked: tuple[str, ...]
    """Prefixes of source paths; empty for all."""
    place: str = ""
    """What source paths begin with in a report about several sites, with a closing `/`; empty in one about this alone."""

    @property
    def folder(self) -> Path:
        """What source paths are relative to."""
        return self.root.folder if self.root else Path()

    def is_asked(self, path: str) -> bool:
        return not self.asked or any(path == prefix or path.startswith(prefix + "/") for prefix in self.asked)

    def source_at(self, result: survey.Result, path: str) -> Source | None:
        """The source at a `path` as reports have it; None when it is none of this site's."""
        if not path.startswith(self.place):
            return None
        source = result.source_at(path.removeprefix(self.place))
        return replace(source, path=path) if source and self.place else source

    def say(self, text: str) -> None:
        """Tell something about the site."""
        say(f"{self.place}: {text}" if self.place else text)

    def site(self, clock: datetime) -> Site:
        """Everything, read anew."""
        return read.read_site(self.root, clock) if self.root else read.read_alone(self.alone, clock)

    def found(
        self, root: read.Root, clock: datetime, config: Config, *, is_external: bool
    ) -> tuple[survey.Result, frozenset[str] | None]:
        """What is found in the site at `root`, in the baseline or not, as fast as may be.

        With it come the addresses on other sites that nothing certain is known of; None when no other site was asked.
        """
        if not _with_style(config) and not is_external:
            return survey.check(root, clock, config), None
        surveyed = survey.survey(root, clock, config)
        found = surveyed.check()
        found += _style(root, surveyed.site) if _with_style(config) else []
        unsure = None
        if is_external:
            others, unsure = _external(self, surveyed.site)
            found += others
        files = tuple(page.file for page in surveyed.site.pages)
        next_change = survey.next_change_in(surveyed.site)
        return survey.Result(in_order(found), files, surveyed.site.source_at, next_change), unsure

    def check(self, clock: datetime, options: argparse.Namespace) -> survey.Result:
        """What is found in it, as fast as may be, besides what the baseline holds."""
        if self.root:
            config = read.with_settings(read.configured(self.root), _settings(options))
            accepted = read.accepted(self.root, config)
            if options.changed_since:
                result = _check_changes(self, self.root, clock, config, options)
                return replace(result, diagnostics=without(result.diagnostics, accepted, result.source_at)[0])
            result, unsure = self.found(self.root, clock, config, is_external=options.external)
            if not accepted:
                return result
            left, stale = without(result.diagnostics, accepted, result.source_at)
            gone = stale - _unanswered(stale, unsure)
            if gone and not self.asked:
                how = "presscheck baseline --external" if options.external else "presscheck baseline"
                self.say(f"gone from the baseline's: {_findings(gone.total())}; `{how}` takes them out")
            return replace(result, diagnostics=left)
        site = self.site(clock)
        found = check_site(site, active_rules(read.with_settings(site.config, _settings(options))))
        found += _external(self, site)[0] if options.external else []
        return survey.Result(in_order(found), tuple(page.file for page in site.pages), site.source_at)


def check(options: argparse.Namespace) -> int:
    """Check sources."""
    clock = clock_of(options)
    subjects = [(subject, subject.check(clock, options)) for subject in _subjects(options)]
    found = in_order(
        each.below(subject.place)
        for subject, result in subjects
        for each in result.diagnostics
        if subject.is_asked(each.path)
    )
    inner_first = sorted(subjects, key=lambda each: -len(each[0].place))

    @cache
    def source_at(path: str) -> Source | None:
        return next(filter(None, (subject.source_at(result, path) for subject, result in inner_first)), None)

    print_report(options, found, source_at)
    if not found and options.output_format == "full":
        pages = sum(subject.is_asked(file) for subject, result in subjects for file in result.files)
        say(f"no findings in {pages} page{'s' * (pages != 1)}")
    if options.output_format == "full":
        for subject, result in subjects:
            if subject.root and not subject.asked and result.next_change:
                subject.say(f"next change: {result.next_change.told}")
    return int(any(each.severity.reaches(options.fail_on) for each in found))


def _with_style(config: Config) -> bool:
    """Whether rumdl looks at the Markdown too."""
    wanted = config.settings.get("style", False)
    if not isinstance(wanted, bool):
        raise UsageError(
            f"`style` in [params.presscheck] in {config.path} is neither true nor false", "write `style = true`"
        )
    return wanted


def _style(root: read.Root, site: Site) -> list[Diagnostic]:
    """What rumdl finds in the site's pages, besides what is suppressed."""
    from presscheck import style  # noqa: PLC0415 - only who asks for it needs it

    found = style.look(root.folder, site.config.content_dir, site.source_at)
    return unsuppressed((each for each in found if is_named(each.rule, site.config.settings)), site)[0]


def _external(
    subject: _Subject, site: Site, pages: Iterable[Page] | None = None
) -> tuple[list[Diagnostic], frozenset[str]]:
    """What other sites say of the links of `pages`, or of all that were asked about, besides what is suppressed.

    With it come the addresses that nothing certain is known of.
    """
    rules = active_rules(site.config, rules_about_others())
    asked = [page for page in site.pages if subject.is_asked(page.file)] if pages is None else list(pages)
    answers, unsure = _answers(subject, asked, rules)
    return check_external(asked, site, rules, answers), unsure


def _answers(
    subject: _Subject, pages: Iterable[Page], rules: Iterable[ActiveRule]
) -> tuple[Mapping[str, object], frozenset[str]]:
    """What other sites say of the addresses that `pages` link to or show, and those that nothing certain is known of."""
    from presscheck import external  # noqa: PLC0415 - only who asks for it needs it

    rule = next((rule for rule in rules if rule.rule.question("check_external")), None)
    if not rule:
        say(f"the settings turn {', '.join(rules_about_others())} off, so no other site was asked")
        return {}, frozenset()
    memory = subject.root.folder / survey.WORK_FOLDER / "external" if subject.root else None
    asked = external.ask(pages, rule, memory, _tell)
    total = len(asked.answers.keys() | asked.unsure)
    say(
        f"asked other sites about {asked.fresh} of {total} address{'es' * (total != 1)}; "
        f"{len(asked.unsure)} cannot be judged"
    )
    if asked.is_cut_off:
        say("no other site answered, so nothing is said of them; is this machine connected?")
    return asked.answers, asked.unsure


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        text = f"asking other sites: {done} of {total}"
        print(f"\r{text}" if done < total else f"\r{' ' * len(text)}\r", end="", file=sys.stderr, flush=True)


def _settings(options: argparse.Namespace) -> dict[str, list[str]]:
    """What the command line says about rules, as settings."""
    said = {"select": options.select, "ignore": options.ignore}
    for patterns in filter(None, said.values()):
        named(patterns, "the command line")
    return {key: patterns for key, patterns in said.items() if patterns}


def baseline(options: argparse.Namespace) -> int:
    """Accept what is found now, or take out of the baseline what is found no more."""
    from presscheck.files import fault, write_atomically  # noqa: PLC0415 - only this command needs it

    root = find_root(options.site, Path.cwd())
    config = read.configured(root)
    path = read.baseline_path(root, config)
    clock = clock_of(options)
    result, unsure = _Subject(root, Path(), ()).found(root, clock, config, is_external=options.external)
    now = Counter(identity_of(each, result.source_at) for each in result.diagnostics)
    if options.rendered:
        from presscheck import pipeline  # noqa: PLC0415 - only who builds needs it

        now += pipeline.look_at_rendered(pipeline.Order(root, (root.folder / "public").absolute(), clock))
    before = read.accepted(root, config)
    is_new = options.renew or not path.exists()
    kept = (now if is_new else before & now) | _unanswered(before, unsure, is_rendered=options.rendered)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(f"cannot make the folder {path.parent}", error) from error
    write_atomically(path, write_baseline(kept).encode())
    gone = (before - kept).total()
    added = (kept - before).total()
    say(f"{shown_file(path)} holds {_findings(kept.total())}; {added} added, {gone} taken out")
    left = (now - kept).total()
    if left:
        say(f"not in it: {_findings(left)}; mend them, or accept everything with --renew")
    return int(bool(left))


def _unanswered(
    accepted: Counter[Identity], unsure: frozenset[str] | None, *, is_rendered: bool = False
) -> Counter[Identity]:
    """Those of `accepted` that only other sites can tell about and have not, or only rendered pages.

    The first are the ones about the addresses in `unsure`; all of them when None, for nobody was asked. The others are all
    when nothing `is_rendered`.
    """
    from presscheck.rules.link_external_dead import address_of  # noqa: PLC0415 - most runs need no rule by name

    if not accepted:
        return Counter()
    names = rules_about_others()
    later = frozenset() if is_rendered else rules_about_output()
    return Counter(
        {
            each: count
            for each, count in accepted.items()
            if each.rule in later or (each.rule in names and (unsure is None or address_of(each.text) in unsure))
        }
    )


def _findings(count: int) -> str:
    return f"{count} finding{'s' * (count != 1)}"


def _check_changes(
    subject: _Subject, root: read.Root, clock: datetime, config: Config, options: argparse.Namespace
) -> survey.Result:
    """What is found in the files that changed since a revision, and what the change broke elsewhere."""
    from presscheck.changes import changed_since, checked_out  # noqa: PLC0415 - only this option needs it

    changed = changed_since(root.folder, options.changed_since)
    with checked_out(root.folder, options.changed_since) as folder:
        there = read.find_root(folder)
        before = None
        if there and there.folder == folder:
            known = root.folder / survey.WORK_FOLDER / "facts"
            if known.is_file():  # most pages are as they were, and known by their digests
                (folder / survey.WORK_FOLDER).mkdir(exist_ok=True)
                shutil.copyfile(known, folder / survey.WORK_FOLDER / "facts")
            before = survey.survey(there, clock, config)
            was = Counter(identity_of(each, before.site.source_at) for each in before.check())
            previous = {
                page.path: (page.address, page.title) for page in before.site.published if page.address is not None
            }
    now = survey.survey(root, clock, config, previous if before else None)
    found = now.check()
    broken, _ = without(
        (each for each in found if each.path not in changed), was if before else Counter(), now.site.source_at
    )
    mine = [each for each in found if each.path in changed]
    mine += [each for each in _style(root, now.site) if each.path in changed] if _with_style(config) else []
    if options.external:
        pages = (page for page in now.site.pages if page.file in changed and subject.is_asked(page.file))
        mine += _external(subject, now.site, pages)[0]
    return survey.Result(in_order([*mine, *broken]), tuple(page.file for page in now.site.pages), now.site.source_at)


def fix(options: argparse.Namespace) -> int:
    """Mend sources, or show how."""
    from presscheck.fix import mend, wanted  # noqa: PLC0415 - only this command needs it

    rules = frozenset(name if name.startswith(STYLE) else rule_named(name).name for name in options.rule)
    if options.add_ignore is not None:
        return _add_ignore(options, rules)
    count = files = 0
    left: list[Diagnostic] = []
    for subject in _subjects(options):
        site = subject.site(clock_of(options))
        active, answers = _prepared(subject, site, rules, options)
        sources = sources_of(site)

        judge = _judge_of(subject, site, active, answers)

        def is_wanted(diagnostic: Diagnostic, subject: _Subject = subject) -> bool:
            return subject.is_asked(diagnostic.path) and wanted(diagnostic, rules, unsafe=options.unsafe_fixes)

        mending = mend(sources, judge, is_wanted, lambda path, folder=subject.folder: (folder / path).exists())  # type: ignore[misc]
        if options.diff:
            place = subject.place
            sys.stdout.writelines(_diff(each.source, each.result, place) for each in mending.files)
            sys.stdout.writelines(f"rename {place}{move.path} => {place}{move.to}\n" for move in mending.moves)
            sys.stdout.writelines(_rewriting(subject, each) for _, each in mending.rewrites)
        else:
            carry_out(subject.folder, mending)
        if options.show_fixes:
            for each in mending.files:
                for rule, fix_ in each.fixes:
                    print(f"{subject.place}{each.source.path}: {rule}: {fix_.title}")
            for rule, rewrite in mending.rewrites:
                print(f"{subject.place}{rewrite.path}: {rule}: write it again {rewrite.how}")
        count += sum(len(each.fixes) for each in mending.files) + len(mending.rewrites)
        files += len(mending.files) + len(mending.rewrites)
        result = {**sources, **{each.source.path: each.result for each in mending.files}}
        now = {each.result.path for each in mending.files}
        remaining = judge(result, {move.path: move.to for move in mending.moves})
        done = {(rule, rewrite.path) for rule, rewrite in mending.rewrites if options.diff}
        remaining = [each for each in remaining if (each.rule, each.path) not in done]
        left.extend(each for each in remaining if each.path in now or subject.is_asked(each.path))
    verb = "would mend" if options.diff else "mended"
    say(f"{verb} {count} finding{'s' * (count != 1)} in {files} file{'s' * (files != 1)}; {len(left)} left")
    return int(any(each.severity.value == "error" for each in left))


def _prepared(
    subject: _Subject, site: Site, rules: frozenset[str], options: argparse.Namespace
) -> tuple[tuple[ActiveRule, ...], Mapping[str, object]]:
    """The rules that are on when `rules` are asked for, and what other sites say, if they are to be asked."""
    if not options.external:
        return active_rules(site.config, rules), {}
    active = active_rules(site.config, rules | rules_about_others())
    return active, _answers(subject, [page for page in site.pages if subject.is_asked(page.file)], active)[0]


def _judge_of(subject: _Subject, site: Site, active: Sequence[ActiveRule], answers: Mapping[str, object]) -> Judge:
    """Judges edited versions of `site`, and asks each version of a page once."""
    made: dict[Source, Page] = {}
    known: dict[int, tuple[Page, Findings]] = {}

    def judge(edited: Mapping[str, Source], moved: Mapping[str, str]) -> list[Diagnostic]:
        now = with_sources(site, edited, moved, made)
        found = [*check_site(now, active, known), *check_external(now.pages, now, active, answers)]
        if subject.root is None or not _with_style(now.config):
            return found
        from presscheck import style  # noqa: PLC0415 - only who asks for it needs it

        asked = (page.source for page in now.pages if subject.is_asked(page.file))
        styled = style.look_at(asked, subject.root.folder)
        return [*found, *unsuppressed((each for each in styled if is_named(each.rule, now.config.settings)), now)[0]]

    return judge


def _add_ignore(options: argparse.Namespace, rules: frozenset[str]) -> int:
    """Write a suppression for everything that is found."""
    from presscheck.fix import Mended, Mending, edited  # noqa: PLC0415 - only this option needs it

    reason = " ".join(options.add_ignore.split())
    if not reason or any(part in reason for part in ("--", "]", "until=")):
        raise UsageError("the reason has to be words, without `--`, `]` and `until=`", 'write --add-ignore="…"')
    count = left = 0
    for subject in _subjects(options):
        site = subject.site(clock_of(options))
        active, answers = _prepared(subject, site, rules, options)
        guarded = protected(site.config)
        judge = _judge_of(subject, site, active, answers)
        sources = sources_of(site)
        asked = [
            each for each in judge(sources, {}) if subject.is_asked(each.path) and (not rules or each.rule in rules)
        ]
        silent: dict[str, list[tuple[str, int]]] = {}
        for each in asked:
            if each.path in site.by_file and not each.rule.startswith("suppression-") and each.rule not in guarded:
                silent.setdefault(each.path, []).append((each.rule, each.span.start))
        edits = {path: _comments(site.by_file[path], found, reason) for path, found in silent.items()}
        results = {path: replace(sources[path], text=edited(sources[path].text, made)) for path, made in edits.items()}
        if options.diff:
            sys.stdout.writelines(_diff(sources[path], result, subject.place) for path, result in results.items())
        else:
            carry_out(
                subject.folder, Mending(tuple(Mended(sources[path], new, ()) for path, new in results.items()), ())
            )
        after = judge({**sources, **results}, {})
        remaining = [each for each in after if subject.is_asked(each.path) and (not rules or each.rule in rules)]
        count += max(len(asked) - len(remaining), 0)
        left += len(remaining)
        for each in remaining:
            say(f"left: {subject.place}{each.path}:{each.start.line}: {each.rule}")
    say(f"{'would ignore' if options.diff else 'ignored'} {_findings(count)}; {left} left")
    return int(bool(left))


def _comments(page: Page, found: Iterable[tuple[str, int]], reason: str) -> list[Edit]:
    from presscheck.suppressions import insertions  # noqa: PLC0415 - only this option needs it

    return insertions(page.source.text, page.front_matter, page.markdown, page.shortcodes, found, reason=reason)


def carry_out(folder: Path, mending: Mending) -> None:
    """Write what was mended below `folder`; raises EnvironmentFault before anything is written that would be lost."""
    from presscheck.files import move_file, write_atomically  # noqa: PLC0415 - only this command needs it

    for each in mending.files:
        path = folder / each.source.path
        if Source.of_page(each.source.path, read.read_bytes(path, each.source.path)).text != each.source.text:
            raise EnvironmentFault(
                f"{each.source.path} changed while it was being mended; it was left alone", "run it again"
            )
        write_atomically(path, each.data)
        if each.result.path != each.source.path:
            move_file(path, folder / each.result.path)
    for _, rewrite in mending.rewrites:
        _, after = rewritten(folder, rewrite)
        write_atomically(folder / rewrite.path, after)
    for move in mending.moves:
        move_file(folder / move.path, folder / move.to)


def rewritten(folder: Path, rewrite: Rewrite) -> tuple[bytes, bytes]:
    """The bytes of a file below `folder` as they are, and as they are to be; raises EnvironmentFault for a damaged file."""
    from presscheck.fix import REWRITES  # noqa: PLC0415 - only this command needs it

    data = read.read_bytes(folder / rewrite.path, rewrite.path)
    try:
        return data, REWRITES[rewrite.how](data)
    except ValueError as error:
        message = f"{rewrite.path} cannot be written again {rewrite.how}: {error}; it was left alone"
        raise EnvironmentFault(message, "export it again") from error


def _rewriting(subject: _Subject, rewrite: Rewrite) -> str:
    """What `--diff` says of a file that is no text."""
    before, after = rewritten(subject.folder, rewrite)
    return f"rewrite {subject.place}{rewrite.path} {rewrite.how}: {len(before):,} bytes => {len(after):,}\n"


def why(options: argparse.Namespace) -> int:
    """Say whether a post is on the site, and if not, why."""
    from presscheck import hugo  # noqa: PLC0415 - only this command needs them
    from presscheck.why import why as why_  # noqa: PLC0415

    root = find_root(options.site, options.file)
    path = options.file.absolute()
    file = path.relative_to(root.folder).as_posix() if path.is_relative_to(root.folder) else _below(root, path)
    clock = clock_of(options)
    site = survey.survey(root, clock).site
    if file not in site.by_file:
        _ensure_file(path, options.file, site)
    answer = why_(site, file)
    address = site.config.base_url.rstrip("/") + answer.address if answer.address else "an address that only Hugo knows"
    print(f"{file} is {f'published at {address}' if answer.is_published else 'not published'}")
    for reason in answer.reasons:
        print(f"  because {reason}" if not answer.is_published else f"  but {reason}")
    if answer.lists:
        print(f"  listed in {', '.join(answer.lists)}")
    if not answer.is_published and answer.address:
        print(f"  it would be at {address}")
    page = site.by_file.get(file)
    if page and any(page.front_matter.document.below("build")):
        return int(not answer.is_published)  # Hugo's own list is about lists then, not about pages
    theirs = hugo.published(root.folder, clock)
    if answer.is_published == (file in theirs):
        print("  Hugo says the same")
    else:
        print(f"  Hugo says otherwise: {theirs.get(file, 'not published')}")
        print("  a setting that only Hugo can follow decides; a `cascade`, a theme, or a module")
    return int(not answer.is_published)


def _ensure_file(path: Path, given: Path, site: Site) -> None:
    """Raise UsageError unless there is a file at `path`, which the author wrote as `given`."""
    if path.is_dir():
        inside = next((path / name for name in ("index.md", "_index.md") if (path / name).is_file()), None)
        hint = f"did you mean `{given / inside.name}`?" if inside else "name one of the files in it"
        raise UsageError(f"{given} is a folder", hint)
    if not os.path.lexists(path):
        names = {posixpath.basename(file): file for file in site.by_file}
        meant = names.get(nearest(path.name, list(names), 0.7), "")
        raise UsageError(f"there is no {given}", f"did you mean `{meant}`?" if meant else "check the spelling")


def _subjects(options: argparse.Namespace) -> list[_Subject]:
    """The sites that the given paths lie in, each once; a path outside any site is one by itself."""
    if not options.paths:
        return [_Subject(find_root(options.site, Path.cwd()), Path(), ())]
    asked: dict[read.Root, list[str]] = {}
    given: dict[read.Root, Path] = {}
    alone: list[Path] = []
    for path in options.paths:
        if not path.exists():
            raise UsageError(f"there is no {path}", "check the spelling")
        here = find_root(options.site, path) if options.site else read.find_root(path)
        if not here:
            alone.extend(_posts_below(path))
            continue
        below = _below(here, path)
        asked.setdefault(here, []).append("" if below == "." else below)
        given.setdefault(here, path)
    is_one = len(asked) + len(alone) == 1
    sites = [
        _Subject(root, Path(), () if "" in below else tuple(below), "" if is_one else _place_of(root, given[root]))
        for root, below in asked.items()
    ]
    return [*sites, *(_Subject(None, path, ()) for path in alone)]


def _below(root: read.Root, path: Path) -> str:
    """Where `path` lies in the site at `root`; raises UsageError when it lies elsewhere."""
    resolved = path.resolve()
    if not resolved.is_relative_to(root.folder):
        raise UsageError(f"{path} is not in the site {root.folder}", "name a path below it, or leave out --site")
    return resolved.relative_to(root.folder).as_posix()


def _place_of(root: read.Root, given: Path) -> str:
    """The folder of the site at `root` as whoever named `given` in it would call it: from here, unless that is absolute."""
    name = root.folder.as_posix() if given.is_absolute() else Path(os.path.relpath(root.folder)).as_posix()
    return "" if name == "." else f"{name.rstrip('/')}/"


def _posts_below(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return sorted(
            found for found in path.rglob("*") if found.name.lower().endswith(PAGE_SUFFIXES) and found.is_file()
        )
    return [path]


def sources_of(site: Site) -> dict[str, Source]:
    """What of `site` may be mended, by path: its pages, and its configuration."""
    found = [page.source for page in site.pages] + ([site.config_source] if site.config_source else [])
    return {source.path: source for source in found}


def with_sources(
    site: Site, edited: Mapping[str, Source], moved: Mapping[str, str], made: dict[Source, Page] | None = None
) -> Site:
    """`site` with the sources of `edited`, by the paths that they had, and with the new names of other files.

    `made` keeps the pages that were read on the way, for who changes the same site again.
    """
    config, config_source = site.config, site.config_source
    if config_source and edited[config_source.path] is not config_source:
        config_source = edited[config_source.path]
        document = replace(site, config_source=config_source).config_document
        if document and document.values is not None:
            changed = Config.of(document.values, config.path, is_whole=config.is_whole and not config.mounts)
            config = replace(changed, templates=config.templates, mounts=config.mounts)
    folder = f"{config.content_dir}/" if site.config.is_whole or site.config_source else ""
    made = {} if made is None else made

    def read_again(source: Source) -> Page:
        if source not in made or made[source].config is not config:
            made[source] = Page.of(source.path.removeprefix(folder), source, config)
        return made[source]

    pages = tuple(
        page if edited[page.file] is page.source and config is site.config else read_again(edited[page.file])
        for page in site.pages
    )
    files = {name if folder + name not in moved else moved[folder + name].removeprefix(folder) for name in site.files}
    return replace(site, pages=pages, config=config, config_source=config_source, files=frozenset(files))


def _diff(before: Source, after: Source, place: str) -> str:
    lines = difflib.unified_diff(
        before.text.splitlines(keepends=True),
        after.text.splitlines(keepends=True),
        f"a/{place}{before.path}",
        f"b/{place}{after.path}",
    )
    renamed = f"rename {place}{before.path} => {place}{after.path}\n" if after.path != before.path else ""
    shown = renamed + "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
    return shown.encode("utf-8", "replace").decode()
