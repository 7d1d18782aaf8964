from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from presscheck.check import all_rules
from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.schema import of_post, of_settings
from tests.conftest import ROOT, load
from tests.test_cli import run

Make = Callable[..., Path]


def test_every_rule_and_every_option_is_in_the_schema_of_the_settings() -> None:
    rules = of_settings()["properties"]["rules"]["properties"]
    assert set(rules) == {rule.name for rule in all_rules()}
    for rule in all_rules():
        properties = rules[rule.name]["properties"]
        assert properties["severity"]["default"] == (rule.severity.value if rule.is_on else "off")
        for name, each in properties.items():
            assert name == "severity" or each["description"], f"{rule.name} does not say what {name} means"
    json.dumps(of_settings())


def test_what_our_own_posts_set_is_in_the_schema_of_a_post() -> None:
    site = load(ROOT)
    schema = of_post(site.config)
    known = {key.lower() for key in schema["properties"]}
    for page in site.pages:
        assert set(page.front_matter.document.top) <= known, page.path
    assert schema["required"] == ["title"]


@pytest.mark.parametrize(
    ("settings", "required"),
    [
        ({"key-missing": {"keys": ["title", "tags"]}}, ["title", "tags"]),
        ({"key-missing": {"severity": "off"}}, []),
        ({}, ["title"]),
    ],
)
def test_a_post_must_set_what_the_rules_ask_for(settings: dict[str, object], required: list[str]) -> None:
    assert of_post(Config.of({"params": {"presscheck": {"rules": settings}}}))["required"] == required


@pytest.mark.parametrize("rules", ["x", {"key-missing": 3}, {"key-missing": {"keys": "x"}}])
def test_settings_of_the_wrong_kind_are_refused(rules: object) -> None:
    with pytest.raises(UsageError):
        of_post(Config.of({"params": {"presscheck": {"rules": rules}}}))


@pytest.mark.parametrize("of", ["post", "settings"])
def test_the_command_prints_json(site_of: Make, of: str) -> None:
    done = run("schema", of, cwd=site_of({}))
    assert done.returncode == 0
    assert json.loads(done.stdout)["type"] == "object"


def test_rules_are_listed_for_programs(tmp_path: Path) -> None:
    listed = json.loads(run("rules", "--format", "json", cwd=tmp_path).stdout)
    assert [each["name"] for each in listed] == [rule.name for rule in all_rules()]
    assert {each["severity"] for each in listed} == {"error", "warning", "info"}


def test_what_is_found_can_be_selected_and_counted(site_of: Make) -> None:
    text = '+++\ntitle = "A"\ndate = 2026-03-02T09:00:00Z\n+++\n\n[a](/x/) [b](/y/) ![](/z.png)\n'
    folder = site_of({"content/posts/a.md": text})
    clock = ("--clock", "2026-11-22T12:00:00Z")
    assert run("check", "--select", "link-*", "--statistics", *clock, cwd=folder).stdout.split()[:2] == [
        "2",
        "link-broken",
    ]
    done = run(
        "check", "--ignore", "link-*", "--ignore", "image-missing", "--output-format", "concise", *clock, cwd=folder
    )
    assert done.stdout.count("\n") == 1
    assert "image-alt-missing" in done.stdout
    target = folder / "report.sarif"
    run("check", "--output-format", "sarif", "--output-file", target, *clock, cwd=folder)
    assert len(json.loads(target.read_text())["runs"][0]["results"]) == 4
    done = run("check", "--select", "link-brokn", cwd=folder)
    assert done.returncode == 2
    assert "did you mean `link-broken`?" in done.stderr
