"""What the tests share: a fixed moment, and small sites that a writer could have written."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from presscheck import hugo, read
from presscheck.check import active_rules, check_site
from presscheck.site import Site
from tests.chromium import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ROOT = HERE.parent
MINIMAL = HERE / "sites" / "minimal"
CLOCK = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""Every test's now."""
SECTIONS = {
    "content/_index.md": '+++\ntitle = "Front"\n+++\n',
    "content/posts/_index.md": '+++\ntitle = "Posts"\n+++\n',
    "content/docs/_index.md": '+++\ntitle = "Docs"\n+++\n',
    "content/archive/_index.md": '+++\ntitle = "Archive"\nlayout = "archive"\n+++\n',
    "content/tags/_index.md": '+++\ntitle = "Tags"\n+++\n',
}
"""The pages that the menu of this repository's own configuration names."""

os.environ.pop("FORCE_COLOR", None)
# A loaded machine is slow, and that is no failure.
# The same cases in every run of CI, others at every run elsewhere.
settings.register_profile(
    "presscheck",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("presscheck")


@pytest.fixture(scope="session", autouse=True)
def _no_hugo_variables() -> None:
    for name in [name for name in os.environ if name.startswith("HUGO_")]:
        del os.environ[name]


def lay(folder: Path, *overlays: Path) -> Path:
    """The minimal site with `overlays` on top, copied into `folder`."""
    for layer in (MINIMAL, *overlays):
        shutil.copytree(layer, folder, symlinks=True, dirs_exist_ok=True)
    return folder


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """`folder`, with `files` below it by their path."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def lay_our_templates(folder: Path) -> Path:
    """What this repository's own site is made with, copied into `folder`; its configuration and pages are not."""
    for name in ("layouts", "assets", "i18n", "static", "archetypes"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def load(folder: Path) -> Site:
    """The site in `folder` as of CLOCK."""
    root = read.find_root(folder)
    assert root is not None
    return read.read_site(root, CLOCK)


def findings_in(folder: Path) -> set[tuple[str, str]]:
    """What a check of the site in `folder` finds: rules, and the files they are about."""
    site = load(folder)
    return {(each.rule, each.path) for each in check_site(site, active_rules(site.config))}


def render(folder: Path, output: Path) -> hugo.Run:
    """Have the real Hugo build the site in `folder` into `output`."""
    output.mkdir(parents=True, exist_ok=True)
    return hugo.build(folder, output, clock=CLOCK, cache_folder=output.parent / "cache", time_limit=120)


@pytest.fixture
def site_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes a minimal site of the given files (path below the root: text or bytes) and returns its folder."""

    def make(files: dict[str, str | bytes], name: str = "site") -> Path:
        return write(lay(tmp_path / name), files)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for each worker: Playwright can be started once in a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most workers open no browser for a while

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()
