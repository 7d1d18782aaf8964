"""The engine: which rules there are, which of them run, and what becomes of what they find."""

from __future__ import annotations

import fnmatch
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from presscheck import rules as rules_package
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic, Finding, Severity
from presscheck.errors import UsageError
from presscheck.page import Page
from presscheck.settings import TABLES, TABLES_OF_TABLES, ensure_readable, suggestion, values_of
from presscheck.site import Site
from presscheck.suppressions import VERBS, Suppression, Use
from presscheck.text import Source, Span

if TYPE_CHECKING:
    from presscheck.publication import Publication


@dataclass(frozen=True)
class Rule:
    """A rule as its module defines it: one module, one name, one question."""

    name: str
    """The module's name with hyphens."""
    severity: Severity
    """How bad its findings are unless the settings say otherwise."""
    manual: str
    """Its documentation in Markdown: the module's docstring."""
    module: ModuleType
    """Where its `check_page`, `check_in_site`, `check_site`, `check_output`, `check_external` or `check_suppression` is."""

    @property
    def summary(self) -> str:
        """A sentence that is true of every good page."""
        return self.manual.partition("\n")[0].rstrip(".")

    @property
    def supersedes(self) -> tuple[str, ...]:
        """The rules that say nothing where it has found something, because it knows better what is wrong there."""
        found: tuple[str, ...] = getattr(self.module, "SUPERSEDES", ())
        return found

    @property
    def is_on(self) -> bool:
        """Whether it runs unless the settings say otherwise: False for a matter of taste, or of a site's own policy."""
        found: bool = getattr(self.module, "IS_ON", True)
        return found

    @property
    def protects(self) -> bool:
        """Whether it keeps whoever writes a post from harming the site, its readers or a build: no comment in a post silences it."""
        found: bool = getattr(self.module, "PROTECTS", False)
        return found

    @property
    def options(self) -> type[Any] | None:
        """The dataclass of its options, if it has any."""
        found: type[Any] | None = getattr(self.module, "Options", None)
        return found

    def question(self, name: str) -> Callable[..., Iterator[Finding]] | None:
        """Its function `name`, such as `check_page`, if it has that one."""
        found: Callable[..., Iterator[Finding]] | None = getattr(self.module, name, None)
        return found


@dataclass(frozen=True)
class ActiveRule:
    """A rule with the settings of one site."""

    rule: Rule
    """The rule."""
    severity: Severity
    """How bad its findings are here."""
    arguments: tuple[Any, ...]
    """What its functions get besides what they judge: its options, or nothing."""
    silent: tuple[str, ...] = ()
    """Patterns of the paths at which it is silent."""

    def is_silent(self, path: str) -> bool:
        """Whether the settings silence it for the file at `path`, relative to the site's root."""
        return any(fnmatch.fnmatchcase(path, pattern) for pattern in self.silent)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name; a module in `presscheck/rules/` is a rule."""
    names = sorted(info.name for info in pkgutil.iter_modules(rules_package.__path__) if info.name[0] != "_")
    found = []
    for name in names:
        module = importlib.import_module(f"{rules_package.__name__}.{name}")
        found.append(Rule(name.replace("_", "-"), module.SEVERITY, (module.__doc__ or "").strip(), module))
    return tuple(found)


def rule_named(name: str) -> Rule:
    """The rule called `name`; raises UsageError with a suggestion."""
    for rule in all_rules():
        if rule.name == name:
            return rule
    raise UsageError(f"there is no rule `{name}`", _suggestion(name, [rule.name for rule in all_rules()]))


def active_rules(config: Config, asked: frozenset[str] = frozenset()) -> tuple[ActiveRule, ...]:
    """The rules that the settings of a site leave on; raises UsageError for a rule or option that does not exist.

    Those `asked` for by name are on too, unless the settings set them off.
    """
    settings = config.settings
    where = f"[params.presscheck] in {config.path}"
    for key in settings:
        if key not in _SETTINGS:
            raise UsageError(f"`{key}` in {where} is not a setting", _suggestion(key, list(_SETTINGS)))
    tables = settings.get("rules", {})
    if not isinstance(tables, Mapping):
        raise UsageError(f"`rules` in {where} is not a table", "write `[params.presscheck.rules.NAME]`")
    for name in tables:
        rule_named(name)
    selected, ignored = (named(_texts(settings, key, where), where) for key in ("select", "ignore"))
    places = _places(settings, where)
    protected(config)
    active = []
    for rule in all_rules():
        table = tables.get(rule.name, {})
        if not isinstance(table, Mapping):
            raise UsageError(
                f"`rules.{rule.name}` in {where} is not a table", f"write `[params.presscheck.rules.{rule.name}]`"
            )
        is_on = rule.is_on or rule.name in asked or rule.name in selected
        if rule.name in ignored or ("select" in settings and rule.name not in selected | asked):
            is_on = False
        severity = table.get("severity", rule.severity.value if is_on else "off")
        if severity == "off" or not (is_on or "severity" in table) or rule.name in ignored:
            continue
        allowed = [each.value for each in Severity]
        if severity not in allowed:
            message = f'`severity = "{severity}"` for {rule.name} in {where} is none of {", ".join(allowed)}, off'
            raise UsageError(message, _suggestion(str(severity), [*allowed, "off"]))
        silent = tuple(pattern for pattern, names in places if rule.name in names)
        active.append(ActiveRule(rule, Severity(severity), _arguments(rule, table, where), silent))
    ensure_readable(config)
    return tuple(active)


_SETTINGS = ("rules", "select", "ignore", "paths", "baseline", "style", "suppressible", *TABLES, *TABLES_OF_TABLES)


def protected(config: Config) -> frozenset[str]:
    """The rules that no comment in a post silences; raises UsageError for a pattern in `suppressible` that names none."""
    where = f"[params.presscheck] in {config.path}"
    freed = named(_texts(config.settings, "suppressible", where), where)
    return frozenset(rule.name for rule in all_rules() if rule.protects) - freed


def named(patterns: Iterable[str], where: str) -> frozenset[str]:
    """The rules whose names match any of `patterns` (`*` for any letters); raises UsageError for one that none matches."""
    names = [rule.name for rule in all_rules()]
    found: set[str] = set()
    for pattern in patterns:
        matching = fnmatch.filter(names, pattern)
        if not matching:
            raise UsageError(f"`{pattern}` in {where} is no rule", _suggestion(pattern, names))
        found.update(matching)
    return frozenset(found)


def _texts(table: Mapping[str, Any], key: str, where: str) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise UsageError(f"`{key}` in {where} is not a list of texts", f'write `{key} = ["link-*"]`')
    return found


def _places(settings: Mapping[str, Any], where: str) -> list[tuple[str, frozenset[str]]]:
    """For each pattern of paths the rules that are silent there."""
    tables = settings.get("paths", [])
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        raise UsageError(f"`paths` in {where} is not a list of tables", "write `[[params.presscheck.paths]]`")
    found = []
    for table in tables:
        for key in table:
            if key not in {"match", "ignore"}:
                raise UsageError(f"`paths.{key}` in {where} is not a setting", _suggestion(key, ["match", "ignore"]))
        names = named(_texts(table, "ignore", where), where)
        found += [(pattern, names) for pattern in _texts(table, "match", where)]
    return found


def _arguments(rule: Rule, table: Mapping[str, Any], where: str) -> tuple[Any, ...]:
    options = {key: value for key, value in table.items() if key != "severity"}
    if not rule.options:
        for key in options:
            raise UsageError(f"`{key}` is not an option of {rule.name} in {where}", _suggestion(key, ["severity"]))
        return ()
    hint = f"`presscheck explain {rule.name}` shows how to write it"
    return (rule.options(**values_of(rule.options, options, f"an option of {rule.name} in {where}", hint)),)


Findings = tuple[tuple[str, Finding], ...]
"""What rules found, with their names."""

Question = tuple[str, Callable[..., Iterator[Finding]], tuple[Any, ...]]
"""A rule's name, one of its functions, and what that gets besides what it judges."""


def questions(rules: Iterable[ActiveRule], name: str) -> tuple[Question, ...]:
    """The functions called `name` of those of `rules` that have one."""
    found = ((rule, rule.rule.question(name)) for rule in rules)
    return tuple((rule.rule.name, function, rule.arguments) for rule, function in found if function)


def ask(asked: Iterable[Question], *subject: object) -> Findings:
    """What the questions find in `subject`: a page, a page and its site, a site, or a publication."""
    found: list[tuple[str, Finding]] = []
    for name, question, arguments in asked:
        for finding in question(*subject, *arguments):
            found.append((name, finding))  # noqa: PERF401 - the hottest loop: most questions find nothing
    return tuple(found)


def check_site(
    site: Site, rules: Sequence[ActiveRule], known: dict[int, tuple[Page, Findings]] | None = None
) -> list[Diagnostic]:
    """What `rules` find in the sources of `site`, in the order of files and places.

    `known` keeps pages, by their identity, and what was found in each alone: for who asks the same rules about most of the
    same pages again.
    """
    alone, inside = questions(rules, "check_page"), questions(rules, "check_in_site")
    known = {} if known is None else known
    for page in site.pages:
        if id(page) not in known:
            known[id(page)] = page, ask(alone, page)
    found = [(page.file, known[id(page)][1] + ask(inside, page, site)) for page in site.pages]
    everything = judged([*found, (None, ask(questions(rules, "check_site"), site))], rules, site.source_at)
    return settled(everything, site, rules)


def judged(
    found: Iterable[tuple[str | None, Findings]],
    rules: Iterable[ActiveRule],
    source_at: Callable[[str], Source | None],
) -> list[Diagnostic]:
    """The diagnostics that findings become under the settings of `rules`, in the order of files and places.

    With each group of findings comes the file that those are in which name none.
    """
    active = {rule.rule.name: rule for rule in rules}
    diagnostics = []
    for file, findings in found:
        for name, finding in findings:
            path = finding.path or file
            if path is None:
                message = f"{name} found something and did not say in which file"
                raise ValueError(message)
            if not active[name].is_silent(path):
                diagnostics.append(_judged(active[name], finding, source_at(path) or Source(path, "")))
    return in_order(_unsaid(diagnostics, active))


def _unsaid(diagnostics: list[Diagnostic], active: Mapping[str, ActiveRule]) -> list[Diagnostic]:
    """`diagnostics` without those that another rule says better at the same place."""
    better = {name: rule.rule.supersedes for name, rule in active.items() if rule.rule.supersedes}
    said: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for each in diagnostics:
        for worse in better.get(each.rule, ()):
            said[each.path, worse].append(each.span)
    if not said:
        return diagnostics
    return [
        each
        for each in diagnostics
        if not any(span == each.span or span.overlaps(each.span) for span in said.get((each.path, each.rule), ()))
    ]


def settled(diagnostics: Iterable[Diagnostic], site: Site, rules: Sequence[ActiveRule]) -> list[Diagnostic]:
    """What is left to report once the authors' suppressions are honoured, and what is wrong with those.

    `diagnostics` are all that `rules` found in the sources.
    """
    left, used = unsuppressed(diagnostics, site)
    asked = questions(rules, "check_suppression")
    if not site.suppressions or not asked:
        return left
    names = frozenset(rule.name for rule in all_rules())
    judging = frozenset(
        rule.rule.name for rule in rules if any(map(rule.rule.question, ("check_page", "check_in_site", "check_site")))
    )
    found = []
    guarded = protected(site.config)
    for path, each in site.suppressions:
        in_vain = guarded if path in site.by_file else frozenset()
        unused = tuple(
            (name, span) for name, span in each.rules if name in judging - in_vain and (path, each, name) not in used
        )
        found.append((path, ask(asked, each, Use(unused, names, _today(site), in_vain))))
    return in_order([*left, *judged(found, rules, site.source_at)])


def _today(site: Site) -> date:
    """The day of the clock, in UTC: the same wherever the clock is told."""
    return site.clock.astimezone(UTC).date()


def unsuppressed(
    diagnostics: Iterable[Diagnostic], site: Site
) -> tuple[list[Diagnostic], set[tuple[str, Suppression, str]]]:
    """Those of `diagnostics` that no suppression of their file covers, and which suppression was of use for which rule."""
    guarded = protected(site.config) if site.suppressions else frozenset()
    by_file: dict[str, list[Suppression]] = defaultdict(list)
    for path, each in site.suppressions:
        is_over = bool(each.until) and (each.last_day or date.min) < _today(site)
        if each.reason and each.verb in VERBS - {"on"} and not is_over:
            by_file[path].append(each)
    left = []
    used: set[tuple[str, Suppression, str]] = set()
    for diagnostic in diagnostics:
        covering = [each for each in by_file.get(diagnostic.path, ()) if each.covers(diagnostic.rule, diagnostic.span)]
        if covering and diagnostic.rule in guarded and diagnostic.path in site.by_file:
            covering = []
        used.update((diagnostic.path, each, diagnostic.rule) for each in covering)
        if not covering:
            left.append(diagnostic)
    return left, used


def check_publication(publication: Publication, rules: Sequence[ActiveRule]) -> list[Diagnostic]:
    """What `rules` find in what was rendered, in the order of files and places."""
    rendered = {page.name: page for page in publication.pages}

    def source_at(path: str) -> Source | None:
        return rendered[path].load() if path in rendered else publication.site.source_at(path)

    return judged([(None, ask(questions(rules, "check_output"), publication))], rules, source_at)


def rules_about_others() -> frozenset[str]:
    """The names of the rules that other sites have to be asked for."""
    return _rules_that("check_external")


def rules_about_output() -> frozenset[str]:
    """The names of the rules that look at what was rendered."""
    return _rules_that("check_output")


def _rules_that(question: str) -> frozenset[str]:
    return frozenset(rule.name for rule in all_rules() if rule.question(question))


def check_external(
    pages: Iterable[Page], site: Site, rules: Sequence[ActiveRule], answers: Mapping[str, object]
) -> list[Diagnostic]:
    """What `rules` find in what other sites answered about the links of `pages`, besides what is suppressed."""
    asked = questions(rules, "check_external")
    found = [(page.file, ask(asked, page, answers)) for page in pages] if asked and answers else []
    return unsuppressed(judged(found, rules, site.source_at), site)[0]


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, place and rule, each once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key)


def _judged(rule: ActiveRule, finding: Finding, source: Source) -> Diagnostic:
    span = Span(min(finding.span.start, len(source.text)), min(finding.span.end, len(source.text)))
    return Diagnostic(
        rule=rule.rule.name,
        severity=rule.severity,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        message=finding.message,
        label=finding.label,
        consequence=finding.consequence,
        help=finding.help,
        notes=finding.notes,
        fix=finding.fix,
    )


def _suggestion(word: str, known: list[str]) -> str:
    return suggestion(word, known, "see `presscheck rules`")
