"""Imports point downward only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "presscheck"
LAYERS = [
    {"text", "errors", "interrupts", "location", "nearest", "unwanted"},
    {"diagnostics"},
    {"identity"},
    {"baseline"},
    {"keyed"},
    {"yaml_lines"},
    {
        "toml_reader",
        "yaml_reader",
        "shortcodes",
        "dates",
        "casts",
        "urls",
        "go_urls",
        "modules",
        "references",
        "globs",
        "config_folder",
        "attributes",
        "raw_html",
    },
    {"dialect"},
    {"front_matter", "goldmark", "config"},
    {"markdown"},
    {"suppressions", "settings", "cascades"},
    {"facts", "ledger"},
    {"page"},
    {"site"},
    {"links"},
    {"feeds"},
    {"publication"},
    {"rules"},
    {"check"},
    {"fix", "reports", "schedule", "why"},
    {"schema"},
    {"manual", "documentation"},
    {"manifest", "segments"},
    {"guards", "hosting"},
    {"files", "processes", "heap", "cores"},
    {"read", "hugo", "releases", "changes", "style", "search", "stand_ins"},
    {"cache", "equip", "shards"},
    {"survey", "external"},
    {"reproduce"},
    {"pipeline", "publish", "record"},
    {"sharding"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
PURE = {name for layer in LAYERS[:24] for name in layer}
ALLOWED_IN_RULES = {
    "text",
    "attributes",
    "casts",
    "dialect",
    "diagnostics",
    "globs",
    "config_folder",
    "keyed",
    "location",
    "nearest",
    "toml_reader",
    "dates",
    "facts",
    "markdown",
    "page",
    "site",
    "links",
    "feeds",
    "publication",
    "suppressions",
    "config",
    "urls",
    "go_urls",
    "shortcodes",
    "ledger",
    "unwanted",
}
WORLD = {"os", "pathlib", "subprocess", "shutil", "socket", "tempfile", "urllib.request", "http", "fcntl"}


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(
                {f"{node.module}.{name.name}" for name in node.names} if node.module == "presscheck" else {node.module}
            )
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


def test_every_module_has_a_layer() -> None:
    assert {module_of(path) for path in FILES} == {name for layer in LAYERS for name in layer}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    height = {name: at for at, layer in enumerate(LAYERS) for name in layer}
    own = module_of(path)
    for name in imports(path):
        if name.startswith("presscheck.") and name != "presscheck.__version__":
            below = name.split(".")[1]
            assert below == own or height[below] < height[own] or own in {"read", "hugo"}, f"{own} imports {below}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_a_rule_imports_words_its_model_and_the_standard_library(path: Path) -> None:
    ours = {
        name.split(".")[1]
        for name in imports(path)
        if name.startswith("presscheck.") and not name.startswith("presscheck.rules._")
    }
    assert ours <= ALLOWED_IN_RULES


@pytest.mark.parametrize(
    "path", [p for p in FILES if module_of(p) in PURE], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_only_named_modules_touch_the_world(path: Path) -> None:
    assert not imports(path) & WORLD
