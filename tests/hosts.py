"""Hosts, as far as they read our files: which headers they send with what is at a path.

Written after the public sources of Cloudflare's asset server, Netlify's parser of headers and their documentation.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Rule:
    """What `_headers` says of one pattern."""

    pattern: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)


def rules_of(text: str) -> list[Rule]:
    """Those of a file `_headers`."""
    found: list[Rule] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        assert len(line) <= 2000
        if line.startswith("/"):
            found.append(Rule(line))
        elif line.startswith("!"):
            assert ":" not in line
            found[-1].taken_back.append(line[1:].strip().lower())
        else:
            name, _, value = line.partition(":")
            found[-1].lines.append((name.strip().lower(), value.strip()))
    assert len(found) <= 100
    assert len({rule.pattern for rule in found}) == len(found)
    return found


def cloudflare(text: str, path: str) -> dict[str, str]:
    """All rules that fit, in their order; a name that comes again is joined with commas, unless it was taken back."""
    sent: dict[str, str] = {}
    for rule in rules_of(text):
        assert rule.pattern.count("*") <= 1
        if re.fullmatch(re.escape(rule.pattern).replace(r"\*", ".*"), path):
            for name in rule.taken_back:
                sent.pop(name, None)
            for name, value in rule.lines:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


def netlify(text: str, path: str) -> dict[str, str]:
    """All rules that fit; a later value goes before an earlier one, and what is taken back is not understood."""
    sent: dict[str, str] = {}
    for rule in rules_of(text):
        parts = [
            "?(.*)" if part == "*" else part.replace("*", "(.*)") if "*" in part else re.escape(part)
            for part in filter(None, rule.pattern.split("/"))
        ]
        if re.search(f"^/{'/'.join(parts)}/?$", path, re.IGNORECASE):
            sent |= dict(rule.lines)
    return sent


def firebase(text: str, path: str) -> dict[str, str]:
    """All rules that fit, each going before those above it."""
    sent: dict[str, str] = {}
    for rule in json.loads(text)["hosting"]["headers"]:
        if re.search(rule["regex"], path):
            sent |= {each["key"].lower(): each["value"] for each in rule["headers"]}
    return sent


def azure(text: str, path: str) -> dict[str, str]:
    """The first route that fits, over what is sent with everything."""
    told: dict[str, Any] = json.loads(text)
    sent = {name.lower(): value for name, value in told["globalHeaders"].items()}
    for route in told["routes"]:
        start, star, end = route["route"].partition("*")
        folder = route["route"].removesuffix("index.html")
        if (path.startswith(start) and path.endswith(end)) if star else path in {route["route"], folder}:
            return sent | {name.lower(): value for name, value in route.get("headers", {}).items()}
    return sent
