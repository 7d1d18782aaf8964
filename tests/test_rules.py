"""Every rule against its fixtures in `tests/rules/<name>/`.

bad/              a site with the mistake: the minimal site with these files on top
bad.txt           what presscheck reports of it, whole; `PRESSCHECK_UPDATE=1 pytest tests/test_rules.py` writes it
good/             the site as it should be
before/           for a rule that compares: the site as an earlier revision had it
answers.toml      for a rule about other sites: what they answer, instead of asking them
fixed/            what `presscheck fix --unsafe-fixes --rule <name>` makes of bad/, for a rule whose fix may be applied
consequence.toml  what the real Hugo does with bad/ and good/, so that the manual tells the truth
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from presscheck import read, reproduce
from presscheck.check import ActiveRule, active_rules, all_rules, check_external, check_publication, check_site
from presscheck.commands.checking import carry_out, rewritten, sources_of, with_sources
from presscheck.diagnostics import Applicability, Diagnostic
from presscheck.fix import mend, wanted
from presscheck.publication import Difference
from presscheck.reports import report
from presscheck.rules.link_external_dead import Answer, Verdict
from presscheck.site import Site
from presscheck.survey import survey_output
from presscheck.text import Source
from tests.conftest import CLOCK, HERE, lay, load, render

FIXTURES = HERE / "rules"
NAMES = [rule.name for rule in all_rules()]
RENDERED_TWICE = "output-not-reproducible"
UPDATE = bool(os.environ.get("PRESSCHECK_UPDATE"))


def active(site: Site, name: str) -> list[ActiveRule]:
    """The rule alone; with all others, if it is about what others find."""
    rules = active_rules(site.config, frozenset({name}))
    return [
        rule
        for rule in rules
        if rule.rule.name == name or (rule.rule.question("check_suppression") is None and is_about_others(name))
    ]


def is_about_others(name: str) -> bool:
    return name.startswith("suppression-")


def load_compared(folder: Path, name: str) -> Site:
    """The site in `folder`, with the addresses of `before/` where there is one."""
    site = load(folder)
    before = FIXTURES / name / "before"
    if not before.exists():
        return site
    published = load(lay(folder.parent / "before", before)).published
    return replace(site, previous={page.path: (page.address or "", page.title) for page in published})


def answers_of(name: str) -> dict[str, Answer]:
    path = FIXTURES / name / "answers.toml"
    table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return {address: Answer(Verdict(verdict), *rest) for address, (verdict, *rest) in table.items()}


def look(site: Site, rules: list[ActiveRule], name: str) -> list[Diagnostic]:
    """What the rules find in the sources, and in what other sites answer."""
    return [*check_site(site, rules), *check_external(site.pages, site, rules, answers_of(name))]


def rendered_elsewhere(site: Site, folder: Path, output: Path) -> tuple[Difference, ...]:
    """What a second rendering makes otherwise."""
    root = read.find_root(folder)
    assert root
    copy = reproduce.copy_site(root, site.config, output, folder.parent)
    render(copy.folder, folder.parent / "second")
    return reproduce.differences(output, folder.parent / "second")


def judge(site: Site, folder: Path, name: str) -> tuple[list[Diagnostic], dict[str, Source]]:
    """What the rule finds in the site, rendered as well when it asks about output."""
    rules = active(site, name)
    found = [each for each in look(site, rules, name) if each.rule == name]
    sources = sources_of(site)
    if any(rule.rule.name == name and rule.rule.question("check_output") for rule in rules):
        output = folder.parent / f"{folder.name}-public"
        if name == RENDERED_TWICE:
            for path in folder.rglob("*"):
                os.utime(path, (CLOCK.timestamp(), CLOCK.timestamp()))
        run = render(folder, output)
        publication = survey_output(site, output, "public", run.messages, folder.parent / "sheets")
        if name == RENDERED_TWICE:
            publication = replace(publication, differences=rendered_elsewhere(site, folder, output))
        found += check_publication(publication, rules)
        sources.update({page.name: page.load() for page in publication.pages})
    return found, sources


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_its_parts(name: str) -> None:
    rule = next(rule for rule in all_rules() if rule.name == name)
    folder = FIXTURES / name
    parts = ("bad", "good", "consequence.toml", *(() if UPDATE else ("bad.txt",)))
    assert [part for part in parts if not (folder / part).exists()] == []
    assert len(rule.manual.split("\n\n")) >= 3, "the manual says what is true, why it matters, what to do"
    assert rule.manual.partition("\n")[0].endswith("."), "the first line is a sentence"


def test_every_fixture_belongs_to_a_rule() -> None:
    assert sorted(folder.name for folder in FIXTURES.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_site_is_reported(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "bad", FIXTURES / name / "bad")
    found, sources = judge(load_compared(folder, name), folder, name)
    text = report("full", found, sources.get)
    expected = FIXTURES / name / "bad.txt"
    if UPDATE:
        expected.write_text(text, "utf-8")
    assert found
    assert text == expected.read_text("utf-8")
    for each in found:
        assert each.message[:1] not in "ABCDEFGIJKLMNOPQRSTUVWXYZ" or each.message.startswith("Hugo"), "lower case"
        assert not each.message.endswith("."), "no full stop"


@pytest.mark.parametrize("name", NAMES)
def test_a_good_site_is_not_reported(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "good", FIXTURES / name / "good")
    site = load_compared(folder, name)
    assert site.pages
    found, _ = judge(site, folder, name)
    assert found == []
    others = [each for each in check_site(site, active_rules(site.config)) if each.severity.value == "error"]
    assert others == [], "a good example has no other mistake either"


@pytest.mark.parametrize("name", NAMES)
def test_a_fix_does_what_it_says(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "bad", FIXTURES / name / "bad")
    site = load_compared(folder, name)
    rules = active(site, name)
    sources = sources_of(site)

    def judged(edited: Mapping[str, Source], moved: Mapping[str, str]) -> list[Diagnostic]:
        return look(with_sources(site, edited, moved), rules, name)

    def is_wanted(each: Diagnostic) -> bool:
        return wanted(each, frozenset({name}), unsafe=True)

    before = judged(sources, {})
    applicable = [each for each in before if is_wanted(each)]
    expected = FIXTURES / name / "fixed"
    assert UPDATE or expected.exists() == bool(applicable), "fixed/ is there when a fix may be applied, and only then"
    for each in before:
        if each.fix:
            assert each.fix.edits or each.fix.moves or each.fix.rewrites
            assert all(edit.span.end <= len(sources[each.path].text) for edit in each.fix.edits)
            assert each.fix.applicability in Applicability
    if not applicable:
        return
    mending = mend(sources, judged, is_wanted, lambda path: (folder / path).exists())
    changed = {each.result.path: each.data for each in mending.files}
    changed.update((move.to, (folder / move.path).read_bytes()) for move in mending.moves)
    changed.update((each.path, rewritten(folder, each)[1]) for _, each in mending.rewrites)
    if UPDATE:
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in changed.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    assert changed == {
        path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()
    }
    carry_out(folder, mending)
    again = load_compared(folder, name)

    def judged_again(edited: Mapping[str, Source], moved: Mapping[str, str]) -> list[Diagnostic]:
        return look(with_sources(again, edited, moved), rules, name)

    settled = mend(sources_of(again), judged_again, is_wanted)
    assert (settled.files, settled.rewrites) == ((), ()), "once is enough"


def cases() -> Iterator[Any]:
    for name in NAMES:
        path = FIXTURES / name / "consequence.toml"
        if path.exists():
            for which in tomllib.loads(path.read_text("utf-8")):
                yield pytest.param(name, which, id=f"{name}-{which}")


@pytest.mark.parametrize(("name", "which"), list(cases()))
def test_hugo_does_what_the_manual_says(name: str, which: str, tmp_path: Path) -> None:
    """`which` is bad or good; the keys of its table:

    status     Hugo's exit status, 0 unless given
    silent     whether it printed neither warning nor error
    says       patterns found in what it printed
    published  files that it made
    absent     files that it did not make
    contains   for each file, patterns found in it
    lacks      for each file, patterns not found in it
    """
    expected = tomllib.loads((FIXTURES / name / "consequence.toml").read_text("utf-8"))[which]
    known = {"status", "silent", "says", "published", "absent", "contains", "lacks"}
    assert not expected.keys() - known
    folder = lay(tmp_path / which, FIXTURES / name / which)
    output = tmp_path / "public"
    run = render(folder, output)
    assert run.status == expected.get("status", 0), run.output
    if "silent" in expected:
        assert (not run.messages) == expected["silent"], run.output
    for pattern in expected.get("says", []):
        assert re.search(pattern, run.output), run.output
    for path in expected.get("published", []):
        assert (output / path).is_file(), sorted(str(p.relative_to(output)) for p in output.rglob("*"))
    for path in expected.get("absent", []):
        assert not (output / path).exists()
    for path, patterns in expected.get("contains", {}).items():
        text = (output / path).read_text("utf-8", "replace")
        for pattern in patterns:
            assert re.search(pattern, text), text
    for path, patterns in expected.get("lacks", {}).items():
        text = (output / path).read_text("utf-8", "replace")
        for pattern in patterns:
            assert not re.search(pattern, text), text


def test_consequences_ask_for_something() -> None:
    for name in NAMES:
        tables = tomllib.loads((FIXTURES / name / "consequence.toml").read_text("utf-8"))
        assert set(tables) == {"bad", "good"}
        for table in tables.values():
            assert table.keys() & {"says", "published", "absent", "contains", "lacks", "silent"}
