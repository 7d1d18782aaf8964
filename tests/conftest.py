"""What the tests share: a fixed moment, and small sites that a writer could have written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from presscheck import hugo, read
from presscheck.site import Site
from tests.chromium import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ROOT = HERE.parent
MINIMAL = HERE / "sites" / "minimal"
CLOCK = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""Every test's now."""

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


def load(folder: Path) -> Site:
    """The site in `folder` as of CLOCK."""
    root = read.find_root(folder)
    assert root is not None
    return read.read_site(root, CLOCK)


def render(folder: Path, output: Path) -> hugo.Run:
    """Have the real Hugo build the site in `folder` into `output`."""
    output.mkdir(parents=True, exist_ok=True)
    return hugo.build(folder, output, clock=CLOCK, cache_folder=output.parent / "cache", time_limit=120)


@pytest.fixture
def site_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes a minimal site of the given files (path below the root: text or bytes) and returns its folder."""

    def make(files: dict[str, str | bytes], name: str = "site") -> Path:
        folder = lay(tmp_path / name)
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for each worker: Playwright can be started once in a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most workers open no browser for a while

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()
