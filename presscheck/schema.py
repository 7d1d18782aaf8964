"""JSON Schemas (draft 2020-12) of a post's front matter and of presscheck's settings, for editors."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields
from typing import Any

from presscheck.check import Rule, active_rules, all_rules
from presscheck.config import Config
from presscheck.diagnostics import Severity
from presscheck.rules.key_type import WANTED
from presscheck.rules.key_unknown import HUGO_KEYS
from presscheck.settings import TABLES, TABLES_OF_TABLES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_TYPES: dict[str, dict[str, Any]] = {
    "a text": _TEXT,
    "a list of texts": {"anyOf": [_TEXT, _TEXTS]},
    "a whole number": {"type": "integer"},
    "a date": {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]},
    "a table": {"type": "object"},
    "a table, or a list of tables": {
        "anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}],
    },
    "`true` or `false`": {"type": "boolean"},
}
_KINDS: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: _TEXT,
    tuple: _TEXTS,
}


def of_post(config: Config) -> dict[str, Any]:
    """The schema of a post's front matter on a site with this configuration, as the rules judge it."""
    properties: dict[str, Any] = {key: {} for key in HUGO_KEYS}
    properties |= {key: _TYPES[WANTED[key.lower()]] for key in HUGO_KEYS if key.lower() in WANTED}
    properties |= {"draft": {"type": "boolean"}}
    properties |= dict.fromkeys(config.taxonomies, _TYPES["a list of texts"])
    required = [
        key for rule in active_rules(config) if rule.rule.name == "key-missing" for key in rule.arguments[0].keys
    ]
    return {
        "$schema": _DIALECT,
        "title": "The front matter of a post",
        "type": "object",
        "properties": dict(sorted(properties.items())),
        "required": required,
    }


def of_settings() -> dict[str, Any]:
    """The schema of the table `params.presscheck` in the configuration."""
    names = [rule.name for rule in all_rules()]
    patterns = {**_TEXTS, "description": "Names of rules; `*` stands for any letters."}
    place = {
        "type": "object",
        "properties": {
            "match": {**_TEXTS, "description": "Paths below the site's root; `*` stands for any characters."},
            "ignore": patterns,
        },
        "required": ["match", "ignore"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": "Settings of presscheck",
        "type": "object",
        "properties": {
            "select": {**patterns, "examples": [["link-*"]]},
            "ignore": patterns,
            "paths": {"type": "array", "items": place},
            "baseline": {**_TEXT, "description": "The file of accepted findings, in the site's root."},
            **{name: _of_table(table) for name, table in TABLES.items()},
            **{
                name: {"type": "object", "additionalProperties": _of_table(table)}
                for name, table in TABLES_OF_TABLES.items()
            },
            "suppressible": {
                **patterns,
                "description": "Rules that protect readers, and that comments in posts may silence all the same.",
            },
            "style": {"type": "boolean", "description": "Whether rumdl looks at the style of the Markdown too."},
            "rules": {
                "type": "object",
                "properties": {rule.name: _of_rule(rule) for rule in all_rules()},
                "propertyNames": {"enum": names},
            },
        },
        "additionalProperties": False,
    }


def _of_rule(rule: Rule) -> dict[str, Any]:
    levels = [*(each.value for each in Severity), "off"]
    default = rule.severity.value if rule.is_on else "off"
    properties: dict[str, Any] = {"severity": {"enum": levels, "default": default}}
    if rule.options:
        properties |= _properties(rule.options)
    return {
        "description": f"{rule.summary}.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _of_table(table: type[Any]) -> dict[str, Any]:
    return {
        "description": (table.__doc__ or "").strip(),
        "type": "object",
        "properties": _properties(table),
        "additionalProperties": False,
    }


def _properties(table: type[Any]) -> dict[str, Any]:
    """The fields of a dataclass, each with a default, as properties of an object."""
    meanings = option_meanings(table)
    found: dict[str, Any] = {}
    for each in fields(table):
        value = list(each.default) if isinstance(each.default, tuple) else each.default
        shown = {**_KINDS[type(each.default)], "default": value, "description": meanings.get(each.name, "")}
        found[each.name.replace("_", "-")] = shown
    return found


def option_meanings(options: type[Any]) -> dict[str, str]:
    """What each option means: the text below it in the class."""
    body = ast.parse(inspect.getsource(options)).body[0]
    found: dict[str, str] = {}
    name = ""
    for node in getattr(body, "body", []):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = str(node.value.value)
    return found
