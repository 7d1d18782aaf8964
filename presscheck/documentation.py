"""The pages of the documentation that are made from the rules, so that they cannot say something else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from presscheck.check import Rule, all_rules
from presscheck.schema import option_meanings
from presscheck.toml_reader import quoted

_FAMILIES = {
    "Addresses": ("alias", "ledger", "section", "url"),
    "Configuration": ("config",),
    "Dates": ("date",),
    "Files": ("file", "secret"),
    "Front matter": ("front",),
    "Keys": ("description", "draft", "key", "layout", "title", "weight"),
    "Links": ("link", "ref"),
    "Markdown": (
        "alert", "attribute", "code", "comment", "conflict", "emoji", "entity", "fence", "footnote", "heading", "html", "inline",
        "list", "markdown", "nesting", "reference", "summary", "syntax", "table", "template",
    ),
    "Pictures": ("image", "media"),
    "Rendered pages": ("output",),
    "Shortcodes": ("shortcode",),
    "Suppressions": ("suppression",),
    "Tags": ("tag", "term"),
    "Text": ("doubled", "encoding", "page", "text"),
}  # fmt: skip
"""The first words of the names of rules by the heading that they stand under."""
_OTHERS = "Various"
"""The heading of those that begin with another word."""

_SUBJECTS = {
    "check_page": "each page",
    "check_in_site": "each page among the others",
    "check_site": "the whole site",
    "check_output": "the rendered pages",
    "check_suppression": "each suppression",
    "check_external": "each link to another site, with --external",
}
_LONGEST_DESCRIPTION = 155


@dataclass(frozen=True, slots=True)
class _Option:
    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class _Family:
    title: str
    rules: tuple[Rule, ...]


def pages(reports: Mapping[str, str]) -> dict[str, str]:
    """The text of every generated page by its file name: `_index.md`, and `NAME.md` for each rule.

    `reports` holds, by rule, what the full report says of the rule's bad example.
    """
    environment = Environment(
        loader=PackageLoader("presscheck"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown, not HTML, and our own text
    )
    made = {"_index.md": environment.get_template("rules.md.jinja").render(families=_families())}
    for rule in all_rules():
        text = environment.get_template("rule.md.jinja").render(
            rule=rule,
            title=quoted(rule.name),
            description=quoted(_description(rule)),
            summary=_as_text(rule.manual.partition("\n\n")[0]),
            manual=_as_text(rule.manual.partition("\n\n")[2]),
            subjects=", ".join(_SUBJECTS[name] for name in _SUBJECTS if rule.question(name)),
            fixes=_fixes(rule),
            options=_options(rule.options),
            report=_as_text(reports.get(rule.name, "").rstrip()),
        )
        made[f"{rule.name}.md"] = text
    return {name: re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in made.items()}


def _families() -> list[_Family]:
    def title(rule: Rule) -> str:
        word = rule.name.partition("-")[0]
        return next((name for name, words in _FAMILIES.items() if word in words), _OTHERS)

    return [_Family(name, tuple(rules)) for name, rules in groupby(sorted(all_rules(), key=title), title)]


def _description(rule: Rule) -> str:
    """The rule's first sentence without its code, and where that is short, what else the page says."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", rule.summary.replace("`", "").replace("<!--more-->", "the divider")) + "."
    more = f"{text} What Hugo does, what a reader suffers, and what to do."
    return more if len(more) <= _LONGEST_DESCRIPTION else text


def _as_text(text: str) -> str:
    """`text` with shortcode calls written so that Hugo prints them."""
    return re.sub(
        r"\{\{(?:<(.*?)>|%(.*?)%)\}\}",
        lambda call: f"{{{{</*{call[1]}*/>}}}}" if call[1] is not None else f"{{{{%/*{call[2]}*/%}}}}",
        text,
        flags=re.DOTALL,
    )


def _fixes(rule: Rule) -> str:
    source = inspect.getsource(rule.module)
    kinds = [kind for kind in ("safe", "unsafe", "placeholder") if f"Applicability.{kind.upper()}" in source]
    if "problem.fix" in source:
        kinds = ["safe", "unsafe"]
    return ", ".join(kinds) or "none"


def _options(options: type[Any] | None) -> list[_Option]:
    if options is None:
        return []
    meanings = option_meanings(options)
    return [
        _Option(each.name.replace("_", "-"), _as_toml(each.default), meanings[each.name]) for each in fields(options)
    ]


def _as_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_as_toml(each) for each in value)}]"
    return quoted(value) if isinstance(value, str) else str(value)
