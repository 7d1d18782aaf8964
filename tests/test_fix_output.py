"""What `presscheck fix` changes by itself changes the site where a finding said so, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from presscheck.check import active_rules, check_site
from presscheck.commands.checking import carry_out, sources_of, with_sources
from presscheck.diagnostics import Diagnostic
from presscheck.fix import Mending, mend, wanted
from presscheck.site import Site
from presscheck.text import Source
from tests.conftest import HERE, lay, load, render

RULES = HERE / "rules"
FIXED = sorted(folder.parent.name for folder in RULES.glob("*/fixed"))
"""The rules with fixes that may be applied; their bad sites have other mistakes, too."""
MADE_STRICT = frozenset({"config-ref-errors-off"})
"""Whose fix is that Hugo stops, from now on, at what it passed over."""
RANDOM = frozenset(
    {
        *("tag-case-variant", "tag-path-collision", "url-duplicate", "url-case-clash", "url-escapes-site"),
        *("alias-duplicate", "alias-shadows-page", "term-page-kind", "tag-reserved", "url-static-shadow"),
    }
)
"""What makes Hugo print a page, or how a tag is spelt on it, in one way or another from build to build."""
NOTHING_VISIBLE = (
    *("date-as-string", "date-no-offset", "front-matter-toml11", "front-matter-key-order"),
    *("key-case", "encoding-bom", "key-legacy-name", "alias-of-itself"),
)
"""What is written otherwise and means the same to Hugo today."""


def mended(site: Site, folder: Path, alone: str = "") -> Mending:
    """Mends the site in `folder` as `presscheck fix` does, or `presscheck fix --rule` for a rule that is `alone`."""
    names = frozenset({alone}) if alone else frozenset()
    rules = [each for each in active_rules(site.config, names) if not alone or each.rule.name == alone]

    def judged(edited: Mapping[str, Source], moved: Mapping[str, str]) -> list[Diagnostic]:
        return check_site(with_sources(site, edited, moved), rules)

    def is_wanted(each: Diagnostic) -> bool:
        return wanted(each, names, unsafe=False)

    mending = mend(sources_of(site), judged, is_wanted, lambda path: (folder / path).exists())
    carry_out(folder, mending)
    return mending


def printed(site: Site, output: Path) -> dict[str, bytes]:
    """What browsers get of each single page, by its file."""
    found = {}
    for page in site.published:
        path = output / (page.address or "/").lstrip("/") / "index.html"
        if page.kind == "page" and page.address and path.is_file():
            found[page.file] = path.read_bytes()
    return found


@pytest.mark.parametrize("name", FIXED)
def test_only_pages_with_a_finding_change(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "site", RULES / name / "bad")
    site = load(folder)
    was_found = check_site(site, active_rules(site.config))
    notes = {note.path for each in was_found for note in each.notes}
    was_built = render(folder, tmp_path / "before").status == 0
    before = printed(site, tmp_path / "before") if was_built else {}
    mending = mended(site, folder)
    changed = {each.source.path for each in mending.files} | {each.path for _, each in mending.rewrites}
    changed |= {each.path for each in mending.moves}
    again = load(folder)
    found = check_site(again, active_rules(again.config))
    is_built = render(folder, tmp_path / "after").status == 0
    assert is_built or not was_built or name in MADE_STRICT, "no fix breaks what Hugo could read"
    assert is_built or any(each.severity.value == "error" for each in found), "what is mended, Hugo reads"
    assert not any(wanted(each, frozenset(), unsafe=False) for each in found), "once is enough"
    if not is_built or not was_built or any(path.startswith("config") for path in changed):
        return
    if any(each.rule in RANDOM for each in (*was_found, *found)):
        return
    after = printed(again, tmp_path / "after")
    apart = {path for path in before if path not in changed | notes and after.get(path) != before[path]}
    assert apart == set()


@pytest.mark.parametrize("name", NOTHING_VISIBLE)
def test_what_means_the_same_looks_the_same(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "site", RULES / name / "bad")
    assert render(folder, tmp_path / "before").status == 0
    assert mended(load(folder), folder, name).files
    assert render(folder, tmp_path / "after").status == 0
    assert files_in(tmp_path / "after") == files_in(tmp_path / "before")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
