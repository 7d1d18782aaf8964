"""The engine: which rules there are, which of them run, and what becomes of what they find."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from presscheck import rules as rules_package
from presscheck.config import Config
from presscheck.diagnostics import Diagnostic, Finding, Severity
from presscheck.errors import UsageError
from presscheck.site import Page, Site
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
    """Where its `check_page`, `check_site` or `check_output` is."""

    @property
    def summary(self) -> str:
        """A sentence that is true of every good page."""
        return self.manual.partition("\n")[0].rstrip(".")

    @property
    def options(self) -> type[Any] | None:
        """The dataclass of its options, if it has any."""
        found: type[Any] | None = getattr(self.module, "Options", None)
        return found

    def question(self, name: str) -> Callable[..., Iterator[Finding]] | None:
        """Its function `check_page`, `check_site` or `check_output`, if it has that one."""
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


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name; a module in `presscheck/rules/` is a rule."""
    names = sorted(info.name for info in pkgutil.iter_modules(rules_package.__path__))
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


def active_rules(config: Config) -> tuple[ActiveRule, ...]:
    """The rules that the settings of a site leave on; raises UsageError for a rule or option that does not exist."""
    settings = config.settings
    where = f"[params.presscheck] in {config.path}"
    for key in settings:
        if key != "rules":
            raise UsageError(f"`{key}` in {where} is not a setting", _suggestion(key, ["rules"]))
    tables = settings.get("rules", {})
    if not isinstance(tables, Mapping):
        raise UsageError(f"`rules` in {where} is not a table", "write `[params.presscheck.rules.NAME]`")
    for name in tables:
        rule_named(name)
    active = []
    for rule in all_rules():
        table = tables.get(rule.name, {})
        if not isinstance(table, Mapping):
            raise UsageError(
                f"`rules.{rule.name}` in {where} is not a table", f"write `[params.presscheck.rules.{rule.name}]`"
            )
        severity = table.get("severity", rule.severity.value)
        if severity == "off":
            continue
        allowed = [each.value for each in Severity]
        if severity not in allowed:
            message = f'`severity = "{severity}"` for {rule.name} in {where} is none of {", ".join(allowed)}, off'
            raise UsageError(message, _suggestion(str(severity), [*allowed, "off"]))
        active.append(ActiveRule(rule, Severity(severity), _arguments(rule, table, where)))
    return tuple(active)


def _arguments(rule: Rule, table: Mapping[str, Any], where: str) -> tuple[Any, ...]:
    options = {key.replace("-", "_"): value for key, value in table.items() if key != "severity"}
    known = {each.name: each.default for each in fields(rule.options)} if rule.options else {}
    for key, value in options.items():
        if key not in known:
            message = f"`{key}` is not an option of {rule.name} in {where}"
            raise UsageError(message, _suggestion(key, [*known, "severity"]))
        wanted = list if isinstance(known[key], tuple) else type(known[key])
        if not isinstance(value, wanted):
            message = f"the option `{key}` of {rule.name} in {where} is not {_TYPE_NAMES[wanted]}"
            raise UsageError(message, f"`presscheck explain {rule.name}` shows how to write it")
    if not rule.options:
        return ()
    return (
        rule.options(**{key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}),
    )


_MOST_LISTED = 12
_TYPE_NAMES = {list: "a list", bool: "true or false", int: "a whole number", float: "a number", str: "text"}


PageFindings = tuple[tuple[str, Finding], ...]
"""What the rules that look at one page found in it, with their names."""


def ask_page(page: Page, rules: Iterable[ActiveRule]) -> PageFindings:
    """What the rules that look at one page find in `page`."""
    found: list[tuple[str, Finding]] = []
    for rule in rules:
        ask = rule.rule.question("check_page")
        if ask:
            found.extend((rule.rule.name, finding) for finding in ask(page, *rule.arguments))
    return tuple(found)


def check_site(
    site: Site, rules: Iterable[ActiveRule], known: Mapping[str, PageFindings] | None = None
) -> list[Diagnostic]:
    """What `rules` find in the sources of `site`, in the order of files and places.

    `known` holds, by file, what the same rules found in single pages before.
    """
    active = {rule.rule.name: rule for rule in rules}
    found: list[Diagnostic] = []
    for page in site.pages:
        pairs = known.get(page.file) if known is not None else None
        for name, finding in ask_page(page, active.values()) if pairs is None else pairs:
            found.append(_judged(active[name], finding, page.source))
    for rule in active.values():
        ask = rule.rule.question("check_site")
        if ask:
            found.extend(_located(rule, ask(site, *rule.arguments), site.source_at))
    return in_order(found)


def check_publication(publication: Publication, rules: Iterable[ActiveRule]) -> list[Diagnostic]:
    """What `rules` find in what was rendered, in the order of files and places."""
    rendered = {page.name: page for page in publication.pages}

    def source_at(path: str) -> Source | None:
        return rendered[path].load() if path in rendered else publication.site.source_at(path)

    found: list[Diagnostic] = []
    for rule in rules:
        ask = rule.rule.question("check_output")
        if ask:
            found.extend(_located(rule, ask(publication, *rule.arguments), source_at))
    return in_order(found)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, place and rule, each once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key)


def _located(
    rule: ActiveRule, findings: Iterable[Finding], source_at: Callable[[str], Source | None]
) -> Iterator[Diagnostic]:
    for finding in findings:
        if finding.path is None:
            message = f"{rule.rule.name} found something and did not say in which file"
            raise ValueError(message)
        yield _judged(rule, finding, source_at(finding.path) or Source(finding.path, ""))


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
    close = difflib.get_close_matches(word, known, 1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known: {', '.join(known)}" if len(known) <= _MOST_LISTED else "see `presscheck rules`"
